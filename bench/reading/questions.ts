import type { Sql } from '../../src/platform/postgres/connections.ts';
import { randomFrom } from './latencies.ts';

/** One request of the benchmark. `group` is what the budgets are stated for, `kind` how the question was made. */
export interface Question {
  readonly group: 'dossier' | 'lookup' | 'search' | 'facets' | 'suggest';
  readonly kind: string;
  readonly path: string;
  readonly headers?: string;
}

interface Device {
  readonly source: string;
  readonly record_key: string;
  readonly di_key: string;
  readonly model: string | null;
  readonly catalog_no: string | null;
  readonly name: string | null;
  readonly brand: string | null;
  readonly description: string | null;
  readonly holder_name: string | null;
  readonly holder_key: string | null;
  readonly holder_code: string | null;
  readonly certificates: string[];
  readonly class_key: string | null;
}

interface Term {
  readonly kind: string;
  readonly term: string;
  readonly pinyin: string;
  readonly initials: string;
}

const API = '/api/v1';
const JSON_WANTED = 'Accept: application/json\r\n';
/** Words that stand in a large part of the national base. */
const FREQUENT = [
  '支架',
  '导管',
  '隐形眼镜',
  '一次性使用',
  '软性亲水接触镜',
  '医用',
  '接骨板',
  '注射器',
  '试剂盒',
  '有限公司',
];

/** Devices, package identifiers and names drawn from all over the register; the same seed draws the same. */
async function draw(sql: Sql, seed: number, count: number) {
  const [size] = await sql<{ rows: number }[]>`
    select sum(greatest(c.reltuples, 0))::float8 as rows from pg_class c
    join pg_inherits i on i.inhrelid = c.oid where i.inhparent = 'device_version'::regclass`;
  const percent = (wanted: number, of: number) => Math.min(100, Math.max(0.02, (wanted * 100) / Math.max(1, of)));
  const share = percent(count, size?.rows ?? 1);
  const devices = await sql.unsafe<Device[]>(
    `select p.source, v.record_key, v.di_key, v.model, v.catalog_no, p.name, p.brand, p.description, p.holder_name,
       p.holder_key, p.holder_code, p.certificates, p.class_key
     from device_version v tablesample bernoulli (${share}) repeatable (${seed})
     join product p on p.shelf = v.shelf and p.id = v.product_id
     order by md5(v.record_key || '${seed}') limit ${count}`,
  );
  const identifiers = await sql.unsafe<{ di_key: string; level: number }[]>(
    `select di_key, level from device_identifier tablesample bernoulli (${share}) repeatable (${seed})
     order by md5(di_key || '${seed}') limit ${count}`,
  );
  const terms = await sql.unsafe<Term[]>(
    `select kind, term, pinyin, initials from search_term where length(pinyin) between 4 and 40
     order by md5(term || '${seed}') limit ${count}`,
  );
  return { devices, identifiers, terms };
}

/** A search made of the data, with the way it was made. */
interface Words {
  readonly kind: string;
  readonly q: string;
}

/**
 * The mix of questions: what people type, taken from the register itself by a seed, so that it fits data of any size.
 * Kinds take turns; `count` = questions of each group.
 */
export async function questions(sql: Sql, seed: number, count: number): Promise<Question[]> {
  const random = randomFrom(seed);
  const { devices, identifiers, terms } = await draw(sql, seed, Math.max(400, count));
  if (devices.length === 0) throw new RangeError('the register is empty: import a release first');
  const turn = <T>(list: readonly (() => T)[], i: number): T => (list[i % list.length] as () => T)();
  const one = <T>(list: readonly T[]): T => list[random(list.length)] as T;
  const device = () => one(devices);
  // words and filters of one question are taken from one device where it has them: people narrow what they found
  let current = device();
  const having = (key: keyof Device): string => {
    const own = current[key];
    if (typeof own === 'string' && own.length > 1) return own;
    for (let i = 0; i < 200; i++) {
      const value = device()[key];
      if (typeof value === 'string' && value.length > 1) return value;
    }
    return '支架';
  };
  const partOf = (text: string, least: number, most: number): string => {
    const runs = text.match(/[\p{L}\p{N}]+/gu) ?? [text];
    const long = runs.filter((run) => [...run].length >= least);
    const characters = [...one(long.length ? long : runs)];
    const length = Math.min(characters.length, least + random(most - least + 1));
    const from = random(characters.length - length + 1);
    return characters.slice(from, from + length).join('');
  };
  const certificate = (): string => {
    for (let i = 0; i < 200; i++) {
      const [number] = device().certificates;
      if (number) return number;
    }
    return '国械注准20203070001';
  };
  const wrong = (text: string): string => {
    const characters = [...text];
    const at = random(characters.length);
    const other = [...having('name')];
    characters[at] = other[random(other.length)] ?? '器';
    return characters.join('');
  };
  const element = (key: string): string => (/^\d{14}$/.test(key) ? `01${key}17280930101A${random(9000) + 1000}` : key);
  const chinese = (kind: string) => terms.filter((t) => t.kind === kind && /[\u3400-\u9fff]{3}/u.test(t.term));
  const names = chinese('name').length ? chinese('name') : terms;
  const words: readonly (() => Words)[] = [
    () => ({ kind: 'name', q: having('name') }),
    () => ({ kind: 'name part', q: partOf(having('name'), 2, 6) }),
    () => ({ kind: 'holder', q: having('holder_name') }),
    () => ({ kind: 'holder part', q: partOf(having('holder_name'), 2, 6) }),
    () => ({ kind: 'model', q: having('model') }),
    () => ({ kind: 'model prefix', q: having('model').slice(0, 3 + random(3)) }),
    () => ({ kind: 'certificate', q: certificate() }),
    () => ({ kind: 'pinyin', q: one(names).pinyin }),
    () => ({ kind: 'initials', q: one(names).initials }),
    () => ({ kind: 'typing error', q: wrong(one(names).term) }),
    () => ({ kind: 'frequent word', q: one(FREQUENT) }),
    () => ({ kind: 'holder and name', q: `${partOf(having('holder_name'), 3, 4)} ${partOf(having('name'), 2, 3)}` }),
    () => ({ kind: 'frequent and model', q: `${one(FREQUENT)} ${having('model').slice(0, 4)}` }),
    () => ({ kind: 'description part', q: partOf(having('description'), 4, 8) }),
    () => ({ kind: 'identifier prefix', q: device().di_key.slice(0, 7 + random(5)) }),
    () => ({ kind: 'brand', q: having('brand') }),
  ];
  const filters: readonly (() => string)[] = [
    () => '',
    () => '',
    () => '',
    () => `&class=${(having('class_key') || '07').slice(0, 2)}`,
    () => '&status=valid',
  ];
  const record = (d: Device) => `${encodeURIComponent(d.source)}/${encodeURIComponent(d.record_key)}`;
  const dossiers: readonly (() => Question)[] = [
    () => ({ group: 'dossier', kind: 'record key', path: `${API}/dossiers/devices/${record(device())}` }),
    () => ({
      group: 'dossier',
      kind: 'certificate',
      path: `${API}/dossiers/certificates/${encodeURIComponent(certificate())}`,
    }),
    () => ({ group: 'dossier', kind: 'party', path: `${API}/parties/${encodeURIComponent(having('holder_key'))}` }),
    () => ({ group: 'dossier', kind: 'past day', path: `${API}/dossiers/devices/${record(device())}?asOf=2024-06-30` }),
  ];
  const identifier = () => (identifiers.length ? one(identifiers).di_key : device().di_key);
  const codes: readonly (() => { kind: string; code: string })[] = [
    () => ({ kind: 'main identifier', code: device().di_key }),
    () => ({ kind: 'further identifier', code: identifier() }),
    () => ({ kind: 'element string', code: element(device().di_key) }),
    () => ({ kind: 'certificate', code: certificate() }),
    () => ({ kind: 'credit code', code: having('holder_code') }),
    () => ({ kind: 'model', code: having('model') }),
    () => ({ kind: 'catalogue number', code: having('catalog_no') }),
    () => ({ kind: 'unknown', code: `0690${String(random(1e9)).padStart(9, '0')}7` }),
  ];
  const lookup = (i: number): Question => {
    const { kind, code } = turn(codes, i);
    return { group: 'lookup', kind, path: `${API}/lookup?code=${encodeURIComponent(code)}` };
  };
  const link = (): Question => ({
    group: 'lookup',
    kind: 'digital link',
    path: `/01/${device().di_key}`,
    headers: JSON_WANTED,
  });
  const search = (i: number): Question => {
    current = device();
    const { kind, q } = (words[i % words.length] as () => Words)();
    const filter = (filters[Math.floor(i / words.length) % filters.length] as () => string)();
    return {
      group: 'search',
      kind: filter ? `${kind}${filter.slice(0, 7)}` : kind,
      path: `${API}/devices?q=${encodeURIComponent(q)}${filter}`,
    };
  };
  const out: Question[] = [];
  for (let i = 0; i < count; i++) {
    out.push(turn(dossiers, i), i % 9 === 8 ? link() : lookup(i));
    const found = search(i);
    out.push(found);
    if (i % 4 === 0) out.push({ ...found, group: 'facets', path: found.path.replace('/devices?', '/devices/facets?') });
    if (i % 4 === 1) {
      const typed = one(terms);
      const text = random(2) ? [...typed.term].slice(0, 2 + random(4)).join('') : typed.pinyin.slice(0, 3 + random(4));
      out.push({ group: 'suggest', kind: 'beginning', path: `${API}/search/suggest?q=${encodeURIComponent(text)}` });
    }
  }
  out.push({ group: 'facets', kind: 'everything', path: `${API}/devices/facets` });
  out.push({ group: 'search', kind: 'everything', path: `${API}/devices` });
  return out;
}
