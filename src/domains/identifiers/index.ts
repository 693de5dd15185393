/** The single door of the identifiers library: published as `xiedang/identifiers`, no dependency, runs in a browser. */
export {
  certificateFamily,
  creditCodeCheck,
  type Firmness,
  findNumberFormat,
  NUMBER_FORMATS,
  type NumberFormat,
  type NumberKind,
  type NumberOptions,
  type NumberProblem,
  type NumberReading,
  type NumberResult,
  parseNumber,
  splitCertificateField,
} from './numbers/index.ts';
export { buildUdi } from './udi/build-udi.ts';
export {
  gs1CheckDigit,
  gs1CheckPair,
  gtinCheckDigitOk,
  hibcCheckCharacter,
  maCheckDigit,
  ppnCheckDigits,
} from './udi/check-digits.ts';
export { parseUdi } from './udi/parse-udi.ts';
export { type ProblemLanguage, udiProblemText } from './udi/problems.ts';
export { checkGtin, diKeyOf, type RegisteredDi } from './udi/registered-di.ts';
export {
  type BuildUdiSpec,
  type BuiltUdi,
  type ParseUdiSettings,
  type Severity,
  UDI_FORMS,
  type UdiAgency,
  type UdiElement,
  type UdiForm,
  type UdiOptions,
  type UdiProblem,
  type UdiResult,
} from './udi/types.ts';
