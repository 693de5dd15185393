export { certificateFamily } from './certificate-family.ts';
export { creditCodeCheck } from './codes.ts';
export { findNumberFormat, NUMBER_FORMATS } from './formats.ts';
export { parseNumber } from './parse-number.ts';
export { splitCertificateField } from './split-field.ts';
export type {
  Firmness,
  NumberFormat,
  NumberKind,
  NumberOptions,
  NumberProblem,
  NumberReading,
  NumberResult,
} from './types.ts';
