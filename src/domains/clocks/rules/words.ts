import type { LocalDate } from '../../../kernel/local-date.ts';
import type { UsedValue } from '../../../rules/rulebook.ts';
import type { Firmness } from '../../../rules/shapes.ts';
import type { Stop, StopKind } from '../types.ts';

const UNIT_WORDS: Readonly<Record<string, string>> = {
  workday: '个工作日',
  'workday-minimum': '个工作日（不少于）',
  day: '日',
  month: '个月',
  year: '年',
  hour: '小时',
};

const STOP_WORDS: Readonly<Record<StopKind, string>> = {
  supplement: '申请人补正资料',
  rectification: '核查后整改',
  'applicant-delay': '因申请人原因延迟核查',
  expert: '专家咨询或评审',
  suspension: '依规定中止审评审批程序',
  'qms-check': '质量管理体系核查',
  objection: '异议处理',
};

const FIRMNESS_WORDS: Readonly<Record<Firmness, string>> = {
  'primary-text': '',
  mirror: '（据转载文本）',
  quoted: '（据二手引述）',
  unverified: '（未经核实）',
  missing: '（未找到）',
};

function unitWords(unit: string): string {
  return UNIT_WORDS[unit] ?? unit;
}

export function stopName(kind: StopKind): string {
  return STOP_WORDS[kind];
}

/** "《办法》第九十二条(二)：60个工作日（据转载文本）". */
export function basisWords(used: UsedValue, title: string): string {
  const value = Array.isArray(used.value) ? used.value.join('—') : String(used.value);
  const mine = used.overlay ? `（本单位设定：${used.overlay.by}，${used.overlay.why}）` : '';
  return `依据《${title}》${used.article ?? '（条款未注明）'}：${value}${unitWords(used.unit)}${FIRMNESS_WORDS[used.firmness]}${mine}`;
}

export function stopWords(stop: Stop): string {
  return stop.to === null
    ? `${stop.from}起${stopName(stop.kind)}，时限中止（${stop.article}）`
    : `${stop.from}至${stop.to}${stopName(stop.kind)}，扣除${stop.workdays}个工作日（${stop.article}）`;
}

export function provisionalWords(uncertainFrom: LocalDate): string {
  return `${uncertainFrom}起的放假安排尚未公布，按周一至周五暂算`;
}
