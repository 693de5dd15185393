import { Button, Select } from 'antd';
import { useState } from 'react';
import { DayField } from '../../components/day-field.tsx';
import { useDates } from '../../frame/dates.ts';
import { usePreferences } from '../../frame/preferences.tsx';
import { usePick, useText } from '../../i18n/text.ts';
import { EventFields } from './event-fields.tsx';
import { inOrder } from './event-text.ts';
import { EXAMPLES } from './examples.ts';
import { clocks as words } from './messages.ts';
import { PasteEvents } from './paste-events.tsx';
import { PROVINCES } from './provinces.ts';
import type { Catalogue, DeskCase } from './types.ts';
import { type Desk, type DeskEvent, keyed } from './use-desk.ts';

interface Props {
  readonly desk: Desk;
  readonly catalogue: Catalogue | undefined;
  readonly asOf: string;
  onDesk(desk: Desk): void;
  onLoad(found: DeskCase): void;
  onClear(): void;
}

/** The left side of the desk: what the case is and what happened to it. */
export function CaseForm({ desk, catalogue, asOf, onDesk, onLoad, onClear }: Props) {
  const t = useText(words);
  const pick = usePick();
  const { lang } = usePreferences();
  const dates = useDates();
  const [pasting, setPasting] = useState(false);
  const [cleared, setCleared] = useState<Desk | null>(null);
  const change = (more: Partial<Desk>) => onDesk({ ...desk, ...more });
  const setEvent = (key: number, event: DeskEvent) => {
    const moved = desk.events.find((one) => one.key === key)?.date !== event.date;
    const events = desk.events.map((one) => (one.key === key ? event : one));
    change({ events: moved ? (inOrder(events) as DeskEvent[]) : events });
  };
  const choice = (name: 'class' | 'origin' | 'route', values: readonly string[]) => (
    <label className="field" htmlFor={`clock-${name}`}>
      <span className="hint">{t(name)}</span>
      <Select
        id={`clock-${name}`}
        value={desk[name]}
        onChange={(value: string) => change({ [name]: value })}
        options={[
          { value: '', label: t('notStated') },
          ...values.map((value) => ({ value, label: t(`${name}.${value}` as 'class.II') })),
        ]}
      />
    </label>
  );
  return (
    <section className="clock-form" aria-label={t('input')}>
      <p className="row clock-examples">
        <span className="hint">{t('examples')}</span>
        {EXAMPLES.map((example) => (
          <button key={example.key} type="button" className="link" onClick={() => onLoad(example.desk)}>
            {t(`example.${example.key}`)}
          </button>
        ))}
      </p>
      <div className="clock-about">
        <label className="field clock-about-wide" htmlFor="clock-procedure">
          <span className="hint">{t('procedure')}</span>
          <Select
            id="clock-procedure"
            showSearch={{ optionFilterProp: 'label' }}
            value={desk.procedure}
            onChange={(procedure: string) => change({ procedure })}
            options={(catalogue?.procedures ?? []).map((one) => ({ value: one.id, label: pick(one.name) }))}
          />
        </label>
        {choice('class', ['II', 'III'])}
        {choice('origin', ['domestic', 'imported'])}
        <label className="field" htmlFor="clock-province">
          <span className="hint">{t('province')}</span>
          <Select
            id="clock-province"
            showSearch={{ optionFilterProp: 'label' }}
            value={desk.province.slice(0, 2)}
            onChange={(province: string) => change({ province })}
            options={[
              { value: '', label: t('notStated') },
              ...PROVINCES.map(([code, zh, en]) => ({ value: code, label: `${code} ${lang === 'zh' ? zh : en}` })),
            ]}
          />
        </label>
        {choice('route', ['innovation', 'priority', 'emergency'])}
      </div>
      <div className="row between">
        <h2>{t('events')}</h2>
        {!pasting && (
          <button type="button" className="link" onClick={() => setPasting(true)}>
            {t('paste')}
          </button>
        )}
      </div>
      {pasting && (
        <PasteEvents
          catalogue={catalogue}
          onCancel={() => setPasting(false)}
          onTake={({ events, about }) => {
            change({
              ...about,
              events: inOrder([...desk.events.filter((one) => one.type !== ''), ...events.map(keyed)]) as DeskEvent[],
            });
            setPasting(false);
          }}
        />
      )}
      <div className="event-rows">
        {desk.events.map((event) => (
          <EventFields
            key={event.key}
            id={`event-${event.key}`}
            event={event}
            procedure={desk.procedure}
            catalogue={catalogue}
            lang={lang}
            onChange={(next) => setEvent(event.key, { ...next, key: event.key })}
            onRemove={() => change({ events: desk.events.filter((one) => one.key !== event.key) })}
            remark={
              event.type !== '' && event.date === ''
                ? t('noDate')
                : event.date > asOf && event.type !== 'expires'
                  ? t('afterAsOf')
                  : undefined
            }
          />
        ))}
      </div>
      <div className="row">
        <Button
          data-testid="add-event"
          onClick={() => change({ events: [...desk.events, keyed({ type: '', date: '' })] })}
        >
          ＋ {t('addEvent')}
        </Button>
        {desk.events.length > 0 ? (
          <Button
            type="text"
            onClick={() => {
              setCleared(desk);
              onClear();
            }}
          >
            {t('clear')}
          </Button>
        ) : (
          cleared && (
            <Button type="text" onClick={() => onDesk(cleared)}>
              {t('undo')}
            </Button>
          )
        )}
      </div>
      <div className="field clock-as-of">
        <label htmlFor="clock-as-of">{t('whatIf')}</label>
        <DayField
          id="clock-as-of"
          value={dates.asOf}
          placeholder={t('today')}
          onChange={(day) => dates.set(day, dates.knownAt)}
        />
        <p className="hint">{t('whatIfHint')}</p>
      </div>
    </section>
  );
}
