export { certificateFamily } from './certificate-family.ts';
export { creditCodeCheck } from './codes.ts';
export { findNumberFormat, NUMBER_FORMATS } from './formats.ts';
export { describeNumberPart, explainNumberPart } from './labels.ts';
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
  NumberSource,
} from './types.ts';
