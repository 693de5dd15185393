import { useQueryClient } from '@tanstack/react-query';
import { Button, Input, InputNumber } from 'antd';
import { type FormEvent, useMemo, useState } from 'react';
import { sendJson } from '../../api/client.ts';
import { DayField } from '../../components/day-field.tsx';
import { Failure } from '../../components/failure.tsx';
import { keepEnter } from '../../components/keep-enter.ts';
import { useText } from '../../i18n/text.ts';
import { type CalendarYear, WorkDays } from '../clocks/work-days.ts';
import { calendars } from './messages.ts';
import { MonthGrid } from './month-grid.tsx';
import { readNotice } from './notice-text.ts';

const NAMES = ['元旦', '春节', '清明节', '劳动节', '端午节', '中秋节', '国庆节'];

interface Row {
  readonly key: number;
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

export interface Entered {
  readonly year: number;
  readonly edition: string;
  readonly reckoned: {
    readonly id: string | null;
    readonly cases: number;
    readonly changed: number;
    readonly milliseconds: number;
  };
}

interface Props {
  readonly year: number;
  readonly known: readonly CalendarYear[];
  onDone(entered: Entered): void;
  onCancel(): void;
}

let nextKey = 1;
const row = (name: string, from = '', to = ''): Row => ({ key: nextKey++, name, from, to });

/** Enters the calendar of a year; it is drawn while it is written. */
export function YearForm({ year: first, known, onDone, onCancel }: Props) {
  const t = useText(calendars);
  const cache = useQueryClient();
  const [year, setYear] = useState(first);
  const [rows, setRows] = useState<readonly Row[]>(() => NAMES.map((name) => row(name)));
  const [makeUp, setMakeUp] = useState<readonly { readonly key: number; readonly day: string }[]>([]);
  const [text, setText] = useState('');
  const [said, setSaid] = useState('');
  const [notice, setNotice] = useState('');
  const [url, setUrl] = useState('');
  const [by, setBy] = useState('');
  const [why, setWhy] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);

  const filled = rows.filter((one) => one.name.trim() !== '' && one.from !== '');
  const days = useMemo(() => {
    const off: Record<string, string[]> = {};
    for (const one of filled) {
      const to = one.to === '' || one.to < one.from ? one.from : one.to;
      const list: string[] = off[one.name] ?? [];
      for (let at = Date.parse(one.from); at <= Date.parse(to) && list.length < 60; at += 86_400_000)
        list.push(new Date(at).toISOString().slice(0, 10));
      off[one.name] = list;
    }
    const shown = { year, off, makeUp: makeUp.map((one) => one.day).filter(Boolean) } as unknown as CalendarYear;
    return new WorkDays([shown]);
  }, [filled, makeUp, year]);

  const setRow = (key: number, more: Partial<Row>) =>
    setRows((before) => before.map((one) => (one.key === key ? { ...one, ...more } : one)));
  const read = (written: string) => {
    setText(written);
    const found = readNotice(written, year);
    if (written.trim() === '') setSaid('');
    else if (found.holidays.length === 0) setSaid(t('textNone'));
    else {
      setSaid(t('textRead', { n: found.holidays.length, m: found.makeUp.length }));
      setRows(found.holidays.map((one) => row(one.name, one.from, one.to)));
      setMakeUp(found.makeUp.map((day) => ({ key: nextKey++, day })));
    }
  };

  const save = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setFailure(null);
    const off: Record<string, string[]> = {};
    for (const one of filled) {
      const days = one.to === '' || one.to === one.from ? one.from : `${one.from}..${one.to}`;
      off[one.name.trim()] = [...(off[one.name.trim()] ?? []), days];
    }
    try {
      const entered = await sendJson<Entered>('POST', '/calendars', {
        year,
        off,
        makeUp: makeUp.map((one) => one.day).filter(Boolean),
        notice: { title: notice, url: url || null },
        by,
        why,
      });
      await cache.invalidateQueries();
      onDone(entered);
    } catch (error) {
      setFailure(error);
      setBusy(false);
    }
  };
  const ready = filled.length > 0 && [notice, by, why].every((word) => word.trim() !== '');
  const line = (id: string, label: string, value: string, change: (text: string) => void, hint?: string) => (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <Input id={id} maxLength={500} value={value} onChange={(event) => change(event.target.value)} />
      {hint && <p className="hint">{hint}</p>}
    </div>
  );
  return (
    <form className="panel" onSubmit={save} onKeyDown={keepEnter} aria-label={t('enterOther')}>
      <div className="panel-head">
        <h2>{t('enterOther')}</h2>
        <Button onClick={onCancel}>{t('cancel')}</Button>
      </div>
      <div className="panel-body year-form">
        <div className="stack">
          <div className="field">
            <label htmlFor="calendar-year">{t('year')}</label>
            <InputNumber
              id="calendar-year"
              min={1990}
              max={2119}
              precision={0}
              value={year}
              onChange={(value) => value !== null && setYear(value)}
            />
            {known.some((one) => one.year === year) && <p className="hint">{t('replace', { year: String(year) })}</p>}
          </div>
          <div className="field">
            <label htmlFor="calendar-text">{t('fromText')}</label>
            <textarea
              id="calendar-text"
              className="desk-text calendar-text"
              rows={3}
              value={text}
              onChange={(event) => read(event.target.value)}
            />
            <p className="hint" role="status">
              {said || t('fromTextHint')}
            </p>
          </div>
          <fieldset className="year-rows">
            <legend>{t('holiday')}</legend>
            {rows.map((one, index) => (
              <div key={one.key} className="year-row">
                <Input
                  aria-label={`${t('holiday')} ${index + 1}`}
                  value={one.name}
                  maxLength={40}
                  onChange={(event) => setRow(one.key, { name: event.target.value })}
                />
                <DayField
                  id={`off-from-${index}`}
                  value={one.from || undefined}
                  placeholder={t('first')}
                  onChange={(day) => setRow(one.key, { from: day ?? '' })}
                />
                <DayField
                  id={`off-to-${index}`}
                  value={one.to || undefined}
                  placeholder={t('last')}
                  onChange={(day) => setRow(one.key, { to: day ?? '' })}
                />
                <Button
                  type="text"
                  aria-label={`${t('remove')} ${one.name}`}
                  onClick={() => setRows((before) => before.filter((other) => other.key !== one.key))}
                >
                  ×
                </Button>
              </div>
            ))}
            <Button size="small" onClick={() => setRows((before) => [...before, row('')])}>
              ＋ {t('addHoliday')}
            </Button>
          </fieldset>
          <fieldset className="year-rows">
            <legend>{t('makeUp')}</legend>
            {makeUp.map((one, index) => (
              <div key={one.key} className="year-row year-row-day">
                <DayField
                  id={`make-up-${index}`}
                  value={one.day || undefined}
                  onChange={(day) =>
                    setMakeUp((before) =>
                      before.map((other) => (other.key === one.key ? { ...other, day: day ?? '' } : other)),
                    )
                  }
                />
                <Button
                  type="text"
                  aria-label={`${t('remove')} ${one.day}`}
                  onClick={() => setMakeUp((before) => before.filter((other) => other.key !== one.key))}
                >
                  ×
                </Button>
              </div>
            ))}
            <Button size="small" onClick={() => setMakeUp((before) => [...before, { key: nextKey++, day: '' }])}>
              ＋ {t('addMakeUp')}
            </Button>
          </fieldset>
          {line('calendar-notice', t('noticeTitle'), notice, setNotice)}
          {line('calendar-url', t('noticeUrl'), url, setUrl, t('noticeUrlHint'))}
          {line('calendar-by', t('by'), by, setBy)}
          {line('calendar-why', t('why'), why, setWhy)}
          {failure !== null && <Failure error={failure} />}
          <div className="row">
            <Button type="primary" htmlType="submit" loading={busy} disabled={!ready}>
              {t('save')}
            </Button>
          </div>
        </div>
        <MonthGrid days={days} from={`${year}-01`} to={`${year}-12`} />
      </div>
    </form>
  );
}
