/**
 * A library of many policies: how fast they are taken in with their acts, citations and links, how fast questions and
 * files answer, and how fast a citation is joined when the act arrives. The documents are made from real texts of a file
 * of JSON lines by putting other names, numbers and years into them, so that titles, citations and words stay alike.
 *
 *   XIEDANG_DATA=<an empty folder> node --import tsx bench/policy-library.ts <documents.jsonl.gz> [documents, 100000] [characters, 3000]
 *
 * Prints a JSON object after every 10,000 documents and one at the end.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { actsOf } from '../src/domains/policy/desk.pg.ts';
import { searchPolicies } from '../src/domains/policy/index.ts';
import { countPolicies, facetRows, listPolicies } from '../src/domains/policy/lists.pg.ts';
import { policyLibrary } from '../src/domains/policy/store.pg.ts';
import type { LocalDate } from '../src/kernel/local-date.ts';
import { migrate } from '../src/platform/postgres/migrate.ts';
import { openStore, storeOptionsFrom } from '../src/platform/postgres/store.ts';
import { importPolicies } from '../src/processes/import-policies/import-policies.ts';

const [file, count = '100000', characters = '3000'] = process.argv.slice(2);
if (!file || !process.env.XIEDANG_DATA)
  throw new Error('name a file of documents, and an empty folder in XIEDANG_DATA');
const wanted = Number(count);
const LONGEST = Number(characters);
const STEP = 10_000;

const texts = gunzipSync(readFileSync(file))
  .toString('utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line) as { title_zh?: string; body: string; lang?: string })
  .filter(({ body, lang }) => lang === 'zh' && body.length > 1_000);

const PLACES = ['甲省', '乙省', '丙省', '丁省', '戊省', '己省', '庚省', '辛省', '壬省', '癸省'];
const PRODUCTS = [
  '导管',
  '支架',
  '缝线',
  '试剂',
  '敷料',
  '软件',
  '球囊',
  '种植体',
  '监护仪',
  '穿刺针',
  '呼吸机',
  '内窥镜',
];

/** One of the real texts with other words in it: of one family of titles there is one act, and many that cite it. */
function varied(n: number): string {
  const base = texts[n % texts.length] as (typeof texts)[number];
  const round = Math.floor(n / texts.length);
  const place = PLACES[round % PLACES.length] as string;
  const product = PRODUCTS[Math.floor(round / PLACES.length) % PRODUCTS.length] as string;
  const year = 2005 + (n % 20);
  const swap = (text: string) =>
    round === 0
      ? text
      : text
          .replaceAll('医疗器械', `${place}${product}`)
          .replace(/(?:19|20)\d\d(?=年)/g, () => String(year))
          .replace(/。/g, (stop, at: number) => (at % 7 === round % 7 ? `，第${round}类除外。` : stop));
  const from = round === 0 ? 0 : (round * 997) % Math.max(1, base.body.length - LONGEST);
  const body = `${place}药监械〔${year}〕${n}号\n\n${swap(base.body.slice(from, from + LONGEST))}\n${place}药品监督管理局\n${year}年${(n % 12) + 1}月${(n % 28) + 1}日\n`;
  return JSON.stringify({ path: `bench/${n}.md`, title_zh: swap(base.title_zh ?? `通知${n}`), lang: 'zh', body });
}

const percentile = (values: number[], share: number) =>
  Math.round([...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0);

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

const QUESTIONS = [
  '医疗器械召回',
  '口罩延续注册',
  '软件注册审查指导原则',
  '2022年第28号',
  'YY/T 0664',
  '临床试验质量管理规范',
  '导管 生物相容性',
  '一次性使用 灭菌 有效期',
  '网络安全',
  '不良事件监测',
  '创新医疗器械特别审查',
  '支架 临床评价',
  'software guidance',
  '体外诊断试剂 说明书',
  '分类目录 调整',
];

const folder = mkdtempSync(join(tmpdir(), 'xiedang-bench-'));
const store = await openStore({ ...storeOptionsFrom(process.env), role: 'client' });
const out = (value: unknown) => process.stdout.write(`${JSON.stringify(value)}\n`);
try {
  const sql = store.ownerSql();
  await migrate(sql);
  const options = { actor: 'local', refuse: (refused: unknown) => Promise.reject(new Error(JSON.stringify(refused))) };
  const take = (name: string, lines: string[]) => {
    writeFileSync(join(folder, name), lines.join('\n'));
    return importPolicies(sql, [join(folder, name)], options);
  };
  const app = store.appSql({ max: 4 });
  const library = policyLibrary(app);
  const measure = async (documents: number) => {
    const search: number[] = [];
    for (let round = 0; round < 3; round++)
      for (const question of QUESTIONS)
        search.push(await timed(() => searchPolicies(library, question, { filter: {}, offset: 0, limit: 20 })));
    const filtered: number[] = [];
    for (const question of QUESTIONS)
      filtered.push(
        await timed(() =>
          searchPolicies(library, question, { filter: { year: 2021, policyOnly: true }, offset: 0, limit: 20 }),
        ),
      );
    const asOf = '2026-11-22' as LocalDate;
    const [law] = await app.unsafe<{ id: string; n: number }[]>(
      'select target_document as id, count(*)::integer as n from policy_cite where target_document is not null group by 1 order by 2 desc limit 1',
    );
    out({
      bench: 'policy-library',
      documents,
      searchP50: percentile(search, 0.5),
      searchP95: percentile(search, 0.95),
      filteredP95: percentile(filtered, 0.95),
      newest: percentile([await timed(() => listPolicies(app, {}, 'newest', null, 50))], 0.5),
      count: percentile([await timed(() => countPolicies(app, { policyOnly: true }))], 0.5),
      facets: percentile([await timed(() => facetRows(app, {}, asOf, null))], 0.5),
      mostCited: law?.n ?? 0,
      mostCitedPage: law ? percentile([await timed(() => actsOf(app, law.id, asOf))], 0.5) : null,
    });
  };
  for (let from = 0; from < wanted; from += STEP) {
    const lines = Array.from({ length: Math.min(STEP, wanted - from) }, (_, i) => varied(from + i));
    const bytes = lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0);
    const cpu = process.cpuUsage();
    const { seconds, inserted } = await take(`part-${from}.jsonl`, lines);
    const used = process.cpuUsage(cpu);
    const load = {
      seconds,
      perSecond: Math.round(inserted / seconds),
      cpuSeconds: Math.round((used.user + used.system) / 1e6),
    };
    out({ bench: 'policy-library', imported: from + inserted, megabytes: Math.round(bytes / 1e5) / 10, ...load });
    await measure(from + inserted);
  }
  // an act that many cite arrives: all of them are joined in its transaction
  const [open] = await app.unsafe<{ title: string; n: number }[]>(
    `select min(title) as title, count(*)::integer as n from policy_cite
     where target_document is null and candidates = 0 and number_key is null and length(title_key) > 8
     group by title_key order by 2 desc limit 1`,
  );
  if (open) {
    const body =
      `${open.title}\n\n第一条 为了规范有关活动，制定本文件。\n第二条 有关单位应当遵守。\n第三条 其他。\n`.repeat(4);
    const seconds = await timed(() =>
      take('late.jsonl', [JSON.stringify({ path: 'bench/late.md', title_zh: open.title, lang: 'zh', body })]),
    );
    const [joined] = await app.unsafe<{ n: number }[]>(
      "select count(*)::integer as n from policy_cite c join policy_document d on d.id = c.target_document where d.key = 'bench/late.md'",
    );
    out({
      bench: 'policy-library',
      late: open.title,
      waiting: open.n,
      joined: joined?.n ?? 0,
      milliseconds: Math.round(seconds),
    });
  }
} finally {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
}
