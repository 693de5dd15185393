import { weekday } from '../../../src/kernel/local-date.ts';
import { usePreferences } from '../../frame/preferences.tsx';
import { useText } from '../../i18n/text.ts';
import '../../styles/calendars.css';
import { dayOf, holidayName, numberOf, type WorkDays, weekdayName } from '../clocks/work-days.ts';
import { calendars } from './messages.ts';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** Names of the weekdays as heads of columns; 1990-01-01 was a Monday. */
const MONDAY = numberOf('1990-01-01');
const HEADS = { zh: ['一', '二', '三', '四', '五', '六', '日'], en: ['M', 'T', 'W', 'T', 'F', 'S', 'S'] } as const;

interface Props {
  readonly days: WorkDays;
  /** First and last month, `2026-01`. */
  readonly from: string;
  readonly to: string;
  /** At most so many months. */
  readonly most?: number;
  /** Days to be marked, both included. */
  readonly marked?: { readonly from: number; readonly to: number };
}

/** Months with their holidays and make-up days. */
export function MonthGrid({ days, from, to, most = 24, marked }: Props) {
  const t = useText(calendars);
  const months: string[] = [];
  let [year = 0, month = 0] = from.split('-').map(Number);
  for (;;) {
    const name = `${year}-${String(month).padStart(2, '0')}`;
    if (name > to) break;
    months.push(name);
    month = month === 12 ? 1 : month + 1;
    if (month === 1) year++;
  }
  return (
    <>
      <div className="months">
        {months.slice(0, most).map((name) => (
          <Month key={name} month={name} days={days} marked={marked} many={from.slice(0, 4) !== to.slice(0, 4)} />
        ))}
      </div>
      {months.length > most && <p className="hint">{t('moreMonths', { n: months.length - most })}</p>}
    </>
  );
}

interface MonthProps {
  readonly month: string;
  readonly days: WorkDays;
  readonly marked: Props['marked'];
  readonly many: boolean;
}

function Month({ month, days, marked, many }: MonthProps) {
  const t = useText(calendars);
  const { lang } = usePreferences();
  const [year = 0, m = 1] = month.split('-').map(Number);
  const first = numberOf(`${month}-01`);
  const next = m === 12 ? numberOf(`${year + 1}-01-01`) : numberOf(`${year}-${String(m + 1).padStart(2, '0')}-01`);
  const weeks: (number | null)[][] = [];
  let week: (number | null)[] = Array.from({ length: weekday(first) }, () => null);
  for (let day = first; day < next; day++) {
    week.push(day);
    if (week.length === 7) {
      weeks.push(week);
      week = [];
    }
  }
  if (week.length > 0) weeks.push([...week, ...Array.from({ length: 7 - week.length }, () => null)]);
  const name = lang === 'zh' ? `${m}月` : (MONTHS[m - 1] ?? '');
  return (
    <table className="month">
      <caption>{many ? (lang === 'zh' ? `${year}年${name}` : `${name} ${year}`) : name}</caption>
      <thead>
        <tr>
          {HEADS[lang].map((head, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: weekdays have no other name
            <th key={index} scope="col" abbr={weekdayName(MONDAY + index, lang)}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: weeks have no other name
          <tr key={index}>
            {row.map((day, column) => {
              // biome-ignore lint/suspicious/noArrayIndexKey: an empty place has no other name
              if (day === null) return <td key={column} />;
              const { kind, name: holiday } = days.kindOf(day);
              const inside = marked && day >= marked.from && day <= marked.to;
              const edge = marked && (day === marked.from || day === marked.to);
              const said =
                kind === 'holiday' ? holidayName(holiday, lang) : kind === 'makeUp' ? t('legendMakeUp') : undefined;
              return (
                <td
                  key={day}
                  className={`day-${kind}${inside ? ' day-inside' : ''}${edge ? ' day-edge' : ''}`}
                  title={said ? `${dayOf(day)} ${said}` : undefined}
                >
                  {Number(dayOf(day).slice(8))}
                  {kind === 'makeUp' && <span className="day-on">{t('worked')}</span>}
                  {said && kind === 'holiday' && <span className="visually-hidden"> {said}</span>}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
