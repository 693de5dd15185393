import { addDays, addMonths, type LocalDate } from '../../../kernel/local-date.ts';
import type { Parameter } from '../../../rules/shapes.ts';
import type { Certificate, Licence } from '../types.ts';
import type { Start } from './counting.ts';
import { bears, type DutyDraft, draft, type Inquiry, inForce, momentUnderLaw } from './duty-draft.ts';
import { classOf } from './roles.ts';

/** Duties that follow from the certificates and licences a party holds, without any event. */
export function certificateDuties(inquiry: Inquiry): DutyDraft[] {
  const { party } = inquiry.asked;
  return [
    ...(party.certificates ?? []).flatMap((certificate, i) =>
      ofCertificate(inquiry, certificate, `party.certificates.${i}`),
    ),
    ...(party.licences ?? []).flatMap((licence, i) => ofLicence(inquiry, licence, `party.licences.${i}`)),
    ...withoutPrintedDate(inquiry),
  ];
}

function borne(inquiry: Inquiry, id: string): Parameter | undefined {
  const parameter = inquiry.rulebook.parameters.get(id);
  return parameter && bears(inquiry, parameter) ? parameter : undefined;
}

function ofCertificate(inquiry: Inquiry, certificate: Certificate, place: string): DutyDraft[] {
  const { held } = inquiry.asked.party;
  // a certificate of registration is of class II or III; a filing of class I does not expire
  const cls =
    classOf(certificate) ??
    (held.has('registrant') ? (held.has('filer') ? undefined : 'II/III') : held.has('filer') ? 'I' : undefined);
  const subject = certificate.number ?? null;
  const first = certificate.firstRegistered;
  const out: DutyDraft[] = [];
  if (certificate.conditionalUntil) {
    const parameter = borne(inquiry, 'conditional');
    if (parameter) out.push(...printedDate(inquiry, parameter, certificate.conditionalUntil, subject));
  }
  if (held.has('registrant') && cls !== 'I') {
    if (certificate.expires) {
      const start = { date: certificate.expires, words: '注册证有效期届满日', name: place };
      out.push(...renewal(inquiry, 'cert-renew', start, subject));
    }
    if (cls === undefined)
      out.push(...unknown(inquiry, 'prer', `${place}.class`, certificate.expires ?? null, subject));
    else if (first) out.push(...reports(inquiry, first, subject), ...laterCycle(inquiry, certificate, first, subject));
    else out.push(...unknown(inquiry, 'prer', `${place}.firstRegistered`, certificate.expires ?? null, subject));
  }
  if (held.has('filer') && cls === 'I') {
    if (first) out.push(...reportsOfClassI(inquiry, first, subject));
    else out.push(...unknown(inquiry, 'prer-class1', `${place}.firstRegistered`, null, subject));
  }
  return out;
}

function ofLicence(inquiry: Inquiry, licence: Licence, place: string): DutyDraft[] {
  const id = licence.kind === 'production' ? 'licence-renew' : 'dist-licence-renew';
  const subject = licence.number ?? null;
  if (!licence.expires) return unknown(inquiry, id, `${place}.expires`, null, subject);
  const words = licence.kind === 'production' ? '生产许可证有效期届满日' : '经营许可证有效期届满日';
  return renewal(inquiry, id, { date: licence.expires, words, name: place }, subject);
}

/** A duty of the party of which only the fact that would place it is missing. */
function unknown(
  inquiry: Inquiry,
  id: string,
  missing: string,
  anchor: LocalDate | null,
  subject: string | null,
): DutyDraft[] {
  const parameter = inquiry.rulebook.parameters.get(id);
  if (!parameter) return [];
  const used = inForce(inquiry, id, inquiry.asked.to);
  if (used === 'not-in-force') return [];
  const kind = parameter.duty?.pattern === 'anniversary' ? 'recurring' : 'event';
  return [
    draft(inquiry, parameter, used === 'absent' ? null : used, {
      kind,
      subject,
      anchor,
      missing: [missing],
      words: [`缺少 ${missing}，无从起算`],
    }),
  ];
}

/** Renewal of a certificate or licence, counted back from its day of expiry. */
export function renewal(inquiry: Inquiry, id: string, start: Start, subject: string | null): DutyDraft[] {
  const parameter = inquiry.rulebook.parameters.get(id);
  if (!parameter) return [];
  const used = inForce(inquiry, id, start.date);
  if (used === 'not-in-force') return [];
  const parts = { kind: 'event', subject, anchor: start.date, labels: [start.date] } as const;
  if (used === 'absent')
    return [draft(inquiry, parameter, null, { ...parts, missing: [id], words: [`${start.words}（${start.date}）`] })];
  const moment = momentUnderLaw(inquiry, used, start);
  const earliest = moment.window
    ? moment.window.from
    : addMonths(start.date, -12 * cycleYears(inquiry, start.date).years);
  return [
    draft(inquiry, parameter, used, {
      ...parts,
      moment,
      accepts: { from: earliest, to: start.date },
      words: [],
    }),
  ];
}

/**
 * Years of the first registration cycle on a day. The rulebook holds the validity of certificates from Order 47 on; for a
 * day before that its first text is used and the answer says so.
 */
function cycleYears(inquiry: Inquiry, day: LocalDate): { years: number; words: string[] } {
  const found = inForce(inquiry, 'cert-validity', day);
  if (typeof found !== 'string' && typeof found.value === 'number') return { years: found.value, words: [] };
  const first = inquiry.rulebook.parameters.get('cert-validity')?.values[0];
  const known = found !== 'absent' && typeof first?.value === 'number' ? first.value : 0;
  return {
    years: known,
    words: known ? [`${first?.from}之前的注册证有效期不在规则库内，按其后规定的${known}年计首个周期`] : [],
  };
}

/** Reports of the first cycle: after each full year from the first registration. */
export function reports(inquiry: Inquiry, first: LocalDate, subject: string | null): DutyDraft[] {
  const cycle = cycleYears(inquiry, addMonths(first, 12));
  const parameter = inquiry.rulebook.parameters.get('prer');
  if (cycle.years === 0) return unknown(inquiry, 'prer', 'cert-validity', null, subject);
  return parameter ? anniversaries(inquiry, { parameter, first, subject, ...cycle }) : [];
}

export function reportsOfClassI(inquiry: Inquiry, first: LocalDate, subject: string | null): DutyDraft[] {
  const parameter = inquiry.rulebook.parameters.get('prer-class1');
  const years = inForce(inquiry, 'prer-class1-years', inquiry.asked.to);
  const count = typeof years !== 'string' && typeof years.value === 'number' ? years.value : 0;
  if (count === 0) return unknown(inquiry, 'prer-class1', 'prer-class1-years', null, subject);
  return parameter ? anniversaries(inquiry, { parameter, first, subject, years: count, words: [] }) : [];
}

interface Series {
  readonly parameter: Parameter;
  readonly first: LocalDate;
  readonly years: number;
  readonly subject: string | null;
  readonly words: readonly string[];
}

function anniversaries(inquiry: Inquiry, series: Series): DutyDraft[] {
  const { parameter, first, subject } = series;
  const out: DutyDraft[] = [];
  for (let n = 1; n <= series.years; n++) {
    const full = addMonths(first, 12 * n);
    const used = inForce(inquiry, parameter.id, full);
    if (used === 'not-in-force') continue;
    const start = { date: full, words: `首次注册或者备案（${first}）满${n}年`, name: 'anniversary' };
    const parts = {
      kind: 'recurring',
      subject,
      anchor: full,
      period: { from: addMonths(first, 12 * (n - 1)), to: addDays(full, -1) },
      labels: [full, full.slice(0, 4)],
      accepts: { from: full, to: addDays(addMonths(first, 12 * (n + 1)), -1) },
    } as const;
    const last = n === series.years ? ['该年与首个周期同时结束'] : [];
    out.push(
      used === 'absent'
        ? draft(inquiry, parameter, null, { ...parts, missing: [parameter.id], words: [start.words] })
        : draft(inquiry, parameter, used, {
            ...parts,
            moment: momentUnderLaw(inquiry, used, start),
            words: [...series.words, ...last],
          }),
    );
  }
  return out;
}

/** After the first cycle the report is made by the next application for renewal, and kept. */
function laterCycle(inquiry: Inquiry, certificate: Certificate, first: LocalDate, subject: string | null): DutyDraft[] {
  const parameter = inquiry.rulebook.parameters.get('prer-renewed');
  const { years } = cycleYears(inquiry, addMonths(first, 12));
  const { expires } = certificate;
  if (!parameter || !expires || years === 0 || expires <= addMonths(first, 12 * years)) return [];
  const used = inForce(inquiry, parameter.id, expires);
  const apply = inForce(inquiry, 'cert-renew', expires);
  if (used === 'not-in-force') return [];
  const parts = { kind: 'event', subject, anchor: expires, labels: [expires], opens: null } as const;
  if (typeof used === 'string' || typeof apply === 'string')
    return [
      draft(inquiry, parameter, null, {
        ...parts,
        missing: [typeof used === 'string' ? parameter.id : 'cert-renew'],
        words: [],
      }),
    ];
  const moment = momentUnderLaw(inquiry, apply, { date: expires, words: '注册证有效期届满日', name: 'expires' });
  return [
    draft(inquiry, parameter, used, {
      ...parts,
      due: moment.due,
      missing: moment.missing,
      accepts: { from: addMonths(expires, -12 * years), to: expires },
      words: ['非首个注册周期：须在下次延续注册申请时完成，以延续申请的最后一日为限', ...moment.words],
    }),
  ];
}

/** What a certificate granted under conditions asks for by the day printed on it. */
export function printedDate(
  inquiry: Inquiry,
  parameter: Parameter,
  day: LocalDate,
  subject: string | null,
): DutyDraft[] {
  const used = inForce(inquiry, parameter.id, day);
  if (used === 'not-in-force') return [];
  const parts = { kind: 'event', subject, anchor: day, labels: [day] } as const;
  if (used === 'absent') return [draft(inquiry, parameter, null, { ...parts, missing: [parameter.id], words: [] })];
  const moment = momentUnderLaw(inquiry, used, { date: day, words: '注册证载明的日期', name: 'conditionalUntil' });
  return [draft(inquiry, parameter, used, { ...parts, moment, words: [] })];
}

/** A conditional registrant none of whose certificates gives the printed day. */
function withoutPrintedDate(inquiry: Inquiry): DutyDraft[] {
  const { party, events } = inquiry.asked;
  if (!party.held.has('registrant-conditional')) return [];
  if (party.certificates?.some((one) => one.conditionalUntil)) return [];
  if (events.some((event) => event.type === 'conditional' || event.type === 'condition-date')) return [];
  return unknown(inquiry, 'conditional', 'party.certificates.conditionalUntil', null, null);
}
