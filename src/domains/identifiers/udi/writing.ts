import type { UdiForm } from './types.ts';

/** Notes that a field cannot be written. */
export type FieldReport = (code: string, field: string) => void;

/** What a writer of an agency gives back. */
export interface Writing {
  readonly elements: readonly (readonly [string, string])[];
  readonly form: UdiForm;
  readonly text: string;
  readonly bracketed: string | null;
  readonly digitalLink: string | null;
}
