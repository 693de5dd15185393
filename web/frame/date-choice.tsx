import { Button } from 'antd';
import { type FormEvent, useState } from 'react';
import { DayField } from '../components/day-field.tsx';
import { useText } from '../i18n/text.ts';
import { useDates } from './dates.ts';
import { frame } from './messages.ts';

export default function DateChoice({ onDone }: { onDone(): void }) {
  const t = useText(frame);
  const dates = useDates();
  const [asOf, setAsOf] = useState(dates.asOf);
  const [knownAt, setKnownAt] = useState(dates.knownAt?.slice(0, 10));

  const show = (event: FormEvent) => {
    event.preventDefault();
    dates.set(asOf, knownAt);
    onDone();
  };

  const field = (
    id: string,
    label: string,
    hint: string,
    value: string | undefined,
    change: (day?: string) => void,
  ) => (
    <div className="date-field">
      <label htmlFor={id}>{label}</label>
      <DayField id={id} value={value} placeholder={t('today')} onChange={change} />
      <p className="hint">{hint}</p>
    </div>
  );

  return (
    <form className="date-choice" onSubmit={show} aria-label={t('dates')}>
      {field('as-of', t('legalDate'), t('legalDateHint'), asOf, setAsOf)}
      {field('known-at', t('knownDate'), t('knownDateHint'), knownAt, setKnownAt)}
      <div className="row end">
        <Button
          disabled={dates.now && !asOf && !knownAt}
          onClick={() => {
            dates.set(undefined, undefined);
            onDone();
          }}
        >
          {t('backToToday')}
        </Button>
        <Button type="primary" htmlType="submit">
          {t('apply')}
        </Button>
      </div>
    </form>
  );
}
