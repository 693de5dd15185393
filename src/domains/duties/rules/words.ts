import type { LocalDate } from '../../../kernel/local-date.ts';
import type { UsedValue } from '../../../rules/rulebook.ts';
import type { Firmness, Parameter, Source, Table } from '../../../rules/shapes.ts';

const DURATIONS: Readonly<Record<string, string>> = {
  workday: '个工作日',
  day: '日',
  hour: '小时',
  'workday-before-event': '个工作日（事前）',
  'workday-before-expiry': '个工作日（届满前）',
  'month-before-expiry': '个月（届满前）',
};

/** How far a limit without a number goes, in words. */
const MOMENTS: Readonly<Record<string, string>> = {
  immediate: '条文写“立即”，以事件当日为准',
  'at-once': '条文要求即时办理，以事件当日为准',
  'same-day': '条文写“当日”',
  timely: '条文写“及时”，未定天数；以事件当日为稳妥',
  'before-or-at': '须在事前或者当时办理，以计划之日为最后一日',
  'before-resuming': '须在恢复之前办理，以计划恢复之日为最后一日',
  'before-implementing': '须在实施之前办理，以计划实施之日为最后一日',
  'at-renewal': '须在延续注册申请时完成',
  'certificate-date': '以注册证载明的日期为准',
};

const FIRMNESS: Readonly<Record<Firmness, string>> = {
  'primary-text': '',
  mirror: '（据转载文本）',
  quoted: '（据二手引述）',
  unverified: '（未经核实）',
  missing: '（未找到）',
};

export function momentWords(unit: string): string | undefined {
  return MOMENTS[unit];
}

/** "依据《办法》第四十五条、《指南》五(五)：…（据转载文本）": the first source, and every other that names an article. */
export function basisWords(used: UsedValue, parameter: Parameter, titleOf: (instrument: string) => string): string {
  const value = parameter.values.find((one) => one.from === used.from && one.recorded === used.recorded);
  const cited = sourceWords(value?.sources ?? [{ instrument: used.source, article: used.article }], titleOf);
  const duration = DURATIONS[used.unit];
  const number = duration
    ? `：${Array.isArray(used.value) ? used.value.join('—') : String(used.value)}${duration}`
    : '';
  const mine = used.overlay ? `（本单位设定：${used.overlay.by}，${used.overlay.why}）` : '';
  return `依据${cited}${number}${FIRMNESS[used.firmness]}${mine}`;
}

/** Words for the basis of a row of a table. */
export function rowBasisWords(row: Table['rows'][number], titleOf: (instrument: string) => string): string {
  return `依据${sourceWords(row.sources, titleOf)}${FIRMNESS[row.firmness]}`;
}

function sourceWords(
  sources: readonly Pick<Source, 'instrument' | 'article'>[],
  titleOf: (instrument: string) => string,
): string {
  return sources
    .filter((source, i) => i === 0 || source.article !== null)
    .map((source) => `《${titleOf(source.instrument)}》${source.article ?? '（条款未注明）'}`)
    .join('、');
}

export function provisionalWords(uncertainFrom: LocalDate): string {
  return `${uncertainFrom}起的放假安排尚未公布，按周一至周五暂算`;
}
