import type { ImportSummary } from '../import/import-files.ts';

/** How files are to be taken in; what is left out is told from the files. */
export interface IntakeRequest {
  readonly mode?: 'full' | 'update' | undefined;
  readonly source?: string | undefined;
  readonly releasedOn?: string | undefined;
  readonly dryRun?: boolean | undefined;
}

/** A file that lies where it will stay while it is taken in. */
export interface IntakeFile {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

export type JobOrigin = 'upload' | 'folder' | 'continue';
export type JobState = 'queued' | 'running' | 'done' | 'failed' | 'interrupted';

/** An importing process that ends without a word (memory, a fault of the machine) is started so often. */
export const MOST_ATTEMPTS = 3;

export interface Failure {
  readonly code: string;
  readonly message: string;
}

/** How far a running import has come, written by the process that runs it. */
export interface JobProgress {
  readonly stage?: string;
  readonly read?: number;
  /** Records a second while reading; null before the first second. */
  readonly rate?: number | null;
  readonly at?: string;
}

export interface ImportJob {
  readonly id: number;
  readonly origin: JobOrigin;
  readonly request: IntakeRequest;
  readonly state: JobState;
  readonly actor: string;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly stopRequestedAt: string | null;
  readonly attempts: number;
  readonly importId: number | null;
  readonly progress: JobProgress;
  readonly summary: ImportSummary | null;
  readonly failure: Failure | null;
}

/** The number behind the public name of a job, `job-12`; undefined for anything else. */
export function jobNumber(id: string): number | undefined {
  const found = /^job-([1-9]\d{0,8})$/.exec(id);
  return found ? Number(found[1]) : undefined;
}

export function jobName(id: number): string {
  return `job-${id}`;
}
