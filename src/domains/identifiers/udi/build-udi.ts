import { writeGs1 } from './build-gs1.ts';
import { writeHibc } from './build-hibc.ts';
import { writeIfa, writeIsbt128, writeMa } from './build-others.ts';
import { currentYear } from './dates.ts';
import { parseUdi } from './parse-udi.ts';
import { problem } from './problems.ts';
import type { BuildUdiSpec, BuiltUdi, UdiAgency, UdiProblem } from './types.ts';
import type { FieldReport, Writing } from './writing.ts';

type Writer = (spec: BuildUdiSpec, refYear: number, report: FieldReport) => Writing;

const WRITERS: Readonly<Record<UdiAgency, Writer>> = {
  GS1: writeGs1,
  HIBCC: writeHibc,
  ICCBBA: writeIsbt128,
  IFA: writeIfa,
  MA: writeMa,
  AHM: (spec) => ({ elements: [], form: 'ahm', text: spec.di ?? '', bracketed: null, digitalLink: null }),
};

/** Fields a code of the agency has no place for. */
const NO_PLACE: Readonly<Record<UdiAgency, readonly (keyof BuildUdiSpec)[]>> = {
  GS1: ['donationId', 'mphoLot', 'sterilizationLot', 'useBy'],
  HIBCC: ['donationId', 'mphoLot', 'sterilizationLot', 'useBy'],
  ICCBBA: ['quantity', 'sterilizationLot', 'useBy'],
  IFA: ['quantity', 'donationId', 'mphoLot', 'sterilizationLot', 'useBy'],
  MA: ['quantity', 'donationId', 'mphoLot'],
  AHM: ['lot', 'serial', 'expiry', 'manufactured', 'quantity', 'donationId', 'mphoLot', 'sterilizationLot', 'useBy'],
};

/**
 * Builds a code, with check digits and characters, from fields or from elements: the inverse of `parseUdi`. Never throws; the
 * text is read again by the parser, so that `problems` says what is wrong with it.
 */
export function buildUdi(spec: BuildUdiSpec): BuiltUdi {
  const problems: UdiProblem[] = [];
  const report: FieldReport = (code, field) => {
    problems.push(problem(code, 'error', 0, field || undefined));
  };
  const { agency } = spec;
  const built: BuiltUdi = {
    valid: false,
    agency: null,
    form: null,
    text: '',
    di: null,
    bracketed: null,
    digitalLink: null,
    problems,
  };
  if (!agency || !Object.hasOwn(WRITERS, agency)) {
    report('build.agency', '');
    return built;
  }
  const refYear = spec.refYear ?? currentYear();
  if (!spec.elements) {
    for (const field of NO_PLACE[agency]) if (spec[field]) report('build.field', field);
    if (!spec.di && !spec.diBody && spec.form !== 'hibc-secondary') report('build.di', '');
  }
  const writing = WRITERS[agency](spec, refYear, report);
  built.agency = agency;
  built.form = writing.form;
  built.text = writing.text;
  built.bracketed = writing.bracketed;
  built.digitalLink = writing.digitalLink;
  const read = parseUdi(writing.text, { form: writing.form, refYear });
  built.di = read.di;
  problems.push(...read.problems);
  built.valid = !problems.some((one) => one.severity === 'error');
  return built;
}
