/** The single door of the identifiers library: published as `xiedang/identifiers`, no dependency, runs in a browser. */
export {
  certificateFamily,
  creditCodeCheck,
  describeNumberPart,
  explainNumberPart,
  type Firmness,
  findNumberFormat,
  NUMBER_FORMATS,
  type NumberFormat,
  type NumberKind,
  type NumberOptions,
  type NumberProblem,
  type NumberReading,
  type NumberResult,
  type NumberSource,
  parseNumber,
  splitCertificateField,
} from './numbers/index.ts';
