import type { UdiResult } from '../identifiers/index.ts';
import { type CodeReading, readCode } from './code-reading.ts';
import { toHit } from './device-row.ts';
import { unitsOfPackage } from './package-chain.ts';
import { carriesPi, PI_FIELDS, type PiField, type SourceCatalogue, unitsInBase } from './published-source.ts';
import type { ReadAt } from './read-at.ts';
import type { IdentifierRow, LookupStore, NamedBy, NamedRow } from './store.ts';
import { type CodeProblem, LEVELS, type Lookup, type LookupMatch } from './types.ts';

/** Devices listed for one certificate number, credit code or model; `more` says that there are others. */
export const NAMED_LIMIT = 20;

const PI_WORDS: Readonly<Record<PiField, string>> = {
  lot: '批号',
  serial: '序列号',
  manufactured: '生产日期',
  expiry: '失效日期',
};

const CHAIN_WORDS: Readonly<Record<string, string>> = {
  'package-chain-loop': '包装层级成环，无法计算使用单元数',
  'package-chain-broken': '包装层级断开，无法计算使用单元数',
  'package-quantity-missing': '包装缺少数量，无法计算使用单元数',
  'base-units-missing': '记录未给出最小销售单元中使用单元的数量',
};

/**
 * What one code is, today and as known now: one statement when it is an identifier of the register, which is what
 * scanners ask all day.
 */
export async function lookUpNow(
  store: LookupStore,
  today: string,
  code: string,
  sources: SourceCatalogue,
): Promise<Lookup | null> {
  const reading = readCode(code);
  if (reading.udi === null) return null;
  const rows = await store.findByIdentifiersNow(today, reading.diKeys);
  const key = reading.diKeys.find((each) => rows.some((row) => row.matched_key === each));
  if (key === undefined) return null;
  return answerIdentifier(
    reading,
    rows.filter((row) => row.matched_key === key),
    sources,
    today,
  );
}

/**
 * What each code is: identifier at any level, certificate number, credit code, model or catalogue number.
 * Answers stand in the order of the codes. At most four round trips for any number of codes.
 */
export async function lookUp(
  store: LookupStore,
  at: ReadAt,
  codes: readonly string[],
  sources: SourceCatalogue,
): Promise<Lookup[]> {
  const readings = codes.map(readCode);
  const keys = [...new Set(readings.flatMap((reading) => reading.diKeys))];
  const byKey = groupBy(await store.findByIdentifiers(at, keys), (row) => row.matched_key);
  const rowsOf = (reading: CodeReading) => {
    const first = reading.diKeys.find((key) => byKey.has(key));
    return first === undefined ? [] : (byKey.get(first) ?? []);
  };
  const open = readings.filter((reading) => rowsOf(reading).length === 0);
  const [certificates, holders] = await Promise.all([
    named(
      store,
      at,
      'certificate',
      open.map((reading) => reading.certificate),
    ),
    named(
      store,
      at,
      'holder',
      open.map((reading) => reading.creditCode),
    ),
  ]);
  const foundByName = (reading: CodeReading) =>
    (reading.certificate !== null && certificates.get(reading.certificate)) ||
    (reading.creditCode !== null && holders.get(reading.creditCode)) ||
    undefined;
  const unnamed = open.filter((reading) => !foundByName(reading));
  // a text of no known form may still be printed in the certificate field, or be a model
  const [models, printed] = await Promise.all([
    named(
      store,
      at,
      'model',
      unnamed.map((reading) => reading.model),
    ),
    named(
      store,
      at,
      'certificate',
      unnamed.map((reading) => reading.model),
    ),
  ]);
  return readings.map((reading) => {
    const rows = rowsOf(reading);
    if (rows.length > 0) return answerIdentifier(reading, rows, sources, at.asOf);
    const byName = foundByName(reading);
    if (byName) return answerNamed(reading, reading.kind, byName);
    const model = reading.model === null ? undefined : (printed.get(reading.model) ?? models.get(reading.model));
    if (model && reading.model !== null)
      return answerNamed(reading, printed.has(reading.model) ? 'certificate' : 'model', model);
    return {
      code: reading.code,
      kind: reading.kind,
      parsed: reading.parsed,
      found: false,
      matches: [],
      more: false,
      problems: [...reading.problems],
      status: reading.invalid ? 'invalid' : 'not-found',
    } satisfies Lookup;
  });
}

async function named(
  store: LookupStore,
  at: ReadAt,
  by: NamedBy,
  texts: readonly (string | null)[],
): Promise<Map<string, NamedRow[]>> {
  const distinct = [...new Set(texts.filter((text): text is string => text !== null && text !== ''))];
  return groupBy(await store.findNamed(at, by, { texts: distinct, limit: NAMED_LIMIT + 1 }), (row) => row.asked);
}

function groupBy<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

function answerNamed(reading: CodeReading, kind: Lookup['kind'], rows: readonly NamedRow[]): Lookup {
  const matches = rows.slice(0, NAMED_LIMIT).map((row): LookupMatch => {
    const device = toHit(row);
    return {
      di: device.di,
      level: null,
      unitsOfUse: null,
      packLevel: null,
      device,
      holder: device.holder,
      certificate: device.certificates[0] ?? null,
    };
  });
  return {
    code: reading.code,
    kind,
    parsed: reading.parsed,
    found: true,
    matches,
    more: rows.length > NAMED_LIMIT,
    problems: reading.kind === kind ? [...reading.problems] : [],
    status: rows.length > 1 ? 'several' : 'found',
  };
}

function answerIdentifier(
  reading: CodeReading,
  rows: readonly IdentifierRow[],
  sources: SourceCatalogue,
  asOf: string,
): Lookup {
  const problems = new Map<string, CodeProblem>();
  const note = (problem: CodeProblem) => problems.set(`${problem.code} ${problem.message}`, problem);
  for (const problem of reading.problems) note(problem);
  const seen = new Set<string>();
  const matches: LookupMatch[] = [];
  for (const row of rows) {
    const level = LEVELS[row.level] ?? 'base';
    const place = `${row.version_id}/${level}/${row.pack_level ?? ''}`;
    if (seen.has(place)) continue;
    seen.add(place);
    const payload = sources.get(row.source)?.unpack(row.payload) ?? {};
    const units = unitsOf(row, level, unitsInBase(row.source, payload));
    if (units.problem !== null) {
      note({ code: units.problem, severity: 'warning', message: CHAIN_WORDS[units.problem] ?? units.problem });
    }
    for (const problem of productionProblems(reading.udi, row.source, payload)) note(problem);
    const device = toHit(row);
    matches.push({
      di: level === 'base' ? device.di : row.matched_key,
      level,
      unitsOfUse: units.units,
      packLevel: row.pack_level,
      device,
      holder: device.holder,
      certificate: device.certificates[0] ?? null,
    });
  }
  const expiry = reading.udi?.expiry;
  if (expiry && expiry.slice(0, 10) < asOf.slice(0, expiry.length)) {
    note({ code: 'item-expired', severity: 'notice', message: `代码中的失效日期 ${expiry} 已过` });
  }
  const devices = new Set(matches.map((match) => `${match.device.source}/${match.device.recordKey}`));
  return {
    code: reading.code,
    kind: reading.kind === 'unknown' ? 'di' : reading.kind,
    parsed: reading.parsed,
    found: true,
    matches,
    more: false,
    problems: [...problems.values()],
    status: devices.size > 1 ? 'several' : 'found',
  };
}

function unitsOf(
  row: IdentifierRow,
  level: (typeof LEVELS)[number],
  base: number | null,
): { units: number | null; problem: string | null } {
  if (level === 'unit-of-use' || level === 'direct-mark') return { units: 1, problem: null };
  if (level === 'base' || level === 'secondary') return { units: base, problem: null };
  if (level === 'registered') return { units: null, problem: null };
  const links = row.packages ?? [];
  return unitsOfPackage(
    row.matched_key,
    links.filter((l) => l.l === 1).map((l) => ({ diKey: l.k, containsKey: l.c, quantity: l.q })),
    { key: row.di_key, units: base, unitOfUseKeys: links.filter((l) => l.l === 2).map((l) => l.k) },
  );
}

/** A production identifier in the code that the record says its code does not carry. */
function productionProblems(
  udi: UdiResult | null,
  source: string,
  payload: Parameters<typeof carriesPi>[1],
): CodeProblem[] {
  if (udi === null) return [];
  return PI_FIELDS.flatMap((field): CodeProblem[] =>
    udi[field] && carriesPi(source, payload, field) === false
      ? [
          {
            code: 'pi-not-declared',
            severity: 'warning',
            message: `代码含${PI_WORDS[field]}，而数据库记录声明生产标识不含${PI_WORDS[field]}`,
          },
        ]
      : [],
  );
}
