import { addDays, addMonths, daysInMonth, type LocalDate, parseLocalDate } from '../../../kernel/local-date.ts';
import type { Parameter } from '../../../rules/shapes.ts';
import { bears, type DutyDraft, draft, type Inquiry, inForce } from './duty-draft.ts';

/** Duties of each quarter and each year, for every period that could be due in the days asked about. */
export function recurringDuties(inquiry: Inquiry): DutyDraft[] {
  const out: DutyDraft[] = [];
  for (const parameter of inquiry.rulebook.parameters.values()) {
    const pattern = parameter.duty?.pattern;
    if (pattern !== 'yearly-fixed-date' && pattern !== 'yearly' && pattern !== 'quarterly') continue;
    if (!bears(inquiry, parameter)) continue;
    if (parameter.id === 'quality-agreement-review' && inquiry.asked.party.entrusts === false) continue;
    for (const period of pattern === 'quarterly' ? quarters(inquiry) : years(inquiry)) {
      const one = ofPeriod(inquiry, parameter, period);
      if (one) out.push(one);
    }
  }
  return out;
}

interface Period {
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly name: string;
  readonly labels: readonly string[];
}

function pad(number: number, width = 2): string {
  return String(number).padStart(width, '0');
}

/** Years from the one before the first day asked about. */
function years({ asked }: Inquiry): Period[] {
  const out: Period[] = [];
  for (let year = Math.max(1, Number(asked.from.slice(0, 4)) - 1); year <= Number(asked.to.slice(0, 4)); year++) {
    const y = pad(year, 4);
    out.push({ from: `${y}-01-01` as LocalDate, to: `${y}-12-31` as LocalDate, name: `${y}年度`, labels: [y] });
  }
  return out;
}

function quarters({ asked }: Inquiry): Period[] {
  const out: Period[] = [];
  for (let year = Number(asked.from.slice(0, 4)); year <= Number(asked.to.slice(0, 4)); year++)
    for (let quarter = 1; quarter <= 4; quarter++) {
      const y = pad(year, 4);
      const last = quarter * 3;
      out.push({
        from: `${y}-${pad(last - 2)}-01` as LocalDate,
        to: `${y}-${pad(last)}-${pad(daysInMonth(year, last))}` as LocalDate,
        name: `${y}年第${quarter}季度`,
        labels: [`${y}Q${quarter}`, `${y}-Q${quarter}`],
      });
    }
  return out;
}

/** The duty of one period: it arises with the period and rests on the rule in force on the period's last day. */
function ofPeriod(inquiry: Inquiry, parameter: Parameter, period: Period): DutyDraft | undefined {
  const { since } = inquiry.asked.party;
  if (since && period.to < since) return undefined;
  const used = inForce(inquiry, parameter.id, period.to);
  if (used === 'not-in-force') return undefined;
  const parts = {
    kind: 'recurring',
    period: { from: period.from, to: period.to },
    anchor: period.to,
    labels: period.labels,
  } as const;
  const said = `周期：${period.name}（${period.from} 至 ${period.to}）`;
  if (used === 'absent') return draft(inquiry, parameter, null, { ...parts, missing: [parameter.id], words: [said] });
  const partly = used.from !== null && used.from > period.from ? [`规定自${used.from}起施行，本周期自该日起适用`] : [];
  if (parameter.duty?.pattern === 'yearly-fixed-date') {
    const year = pad(Number(period.to.slice(0, 4)) + 1, 4);
    const due = parseLocalDate(`${year}-${String(used.value)}`);
    return draft(inquiry, parameter, used, {
      ...parts,
      due: due ?? null,
      missing: due ? [] : [parameter.id],
      opens: addDays(period.to, 1),
      accepts: { from: addDays(period.to, 1), to: addMonths(period.to, 12) },
      words: [said, ...(due ? [`最迟 ${due}（次年固定日期）`] : []), ...partly, ...importedWords(inquiry, parameter)],
    });
  }
  const quarterly = parameter.duty?.pattern === 'quarterly';
  return draft(inquiry, parameter, used, {
    ...parts,
    due: period.to,
    opens: period.from,
    accepts: { from: period.from, to: period.to },
    words: [
      said,
      quarterly ? '每季度一次；条文未定季度内的日期，以季度最后一日为限' : '每年一次；条文未定日期，以当年最后一日为限',
      ...(parameter.id === 'quality-agreement-review' ? ['仅适用于委托生产'] : []),
      ...partly,
    ],
  });
}

function importedWords({ asked }: Inquiry, parameter: Parameter): string[] {
  return parameter.id === 'self-report-prod' && asked.party.origin === 'imported'
    ? ['进口注册人、备案人的报告由代理人向其所在地省级部门提交，见 self-report-agent']
    : [];
}
