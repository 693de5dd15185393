import { Button, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { DayField } from '../../components/day-field.tsx';
import { usePick, useText } from '../../i18n/text.ts';
import { eventsFor, WITH_RESULT } from './event-text.ts';
import { clocks as words } from './messages.ts';
import type { CaseEvent, Catalogue } from './types.ts';

const RESULTS: Readonly<Record<string, readonly string[]>> = {
  'qms-finished': ['通过', '整改后复查', '未通过'],
  'opinion-issued': ['通过', '不通过'],
  'objection-decided': ['维持', '改变'],
  decided: ['准予', '不予'],
};

const ENGLISH: Readonly<Record<string, string>> = {
  通过: 'passed',
  整改后复查: 'rectify, then second look',
  未通过: 'failed',
  不通过: 'not passed',
  维持: 'upheld',
  改变: 'changed',
  准予: 'granted',
  不予: 'refused',
};

interface Props {
  readonly id: string;
  readonly event: CaseEvent;
  readonly procedure: string;
  readonly catalogue: Catalogue | undefined;
  readonly lang: 'zh' | 'en';
  onChange(event: CaseEvent): void;
  onRemove?: () => void;
  /** A word about this row, such as that it is not counted. */
  readonly remark?: string | undefined;
}

/** One event: its day, what happened, and what this event needs besides. */
export function EventFields({ id, event, procedure, catalogue, lang, onChange, onRemove, remark }: Props) {
  const t = useText(words);
  const pick = usePick();
  const [noting, setNoting] = useState(false);
  const { usual, other } = eventsFor(procedure, catalogue?.events ?? []);
  const option = (one: Catalogue['events'][number]) => ({ value: one.id, label: pick(one.name) });
  const name = pick(catalogue?.events.find((one) => one.id === event.type)?.name ?? event.type);
  const results = RESULTS[event.type];
  return (
    <div className="event-row" data-testid="event-row">
      <div className="event-main">
        <DayField
          id={`${id}-day`}
          value={event.date || undefined}
          placeholder={t('date')}
          onChange={(date) => onChange({ ...event, date: date ?? '' })}
        />
        <Select
          id={`${id}-type`}
          aria-label={t('event')}
          className="event-type"
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={t('chooseEvent')}
          {...(event.type ? { value: event.type } : {})}
          onChange={(type: string) => onChange({ type, date: event.date, ...(event.note ? { note: event.note } : {}) })}
          options={[
            { label: t('usualEvents'), options: usual.map(option) },
            { label: t('otherEvents'), options: other.map(option) },
          ].filter((group) => group.options.length > 0)}
        />
        {!event.note && !noting && (
          <Button type="text" className="event-tool" title={t('addNote')} onClick={() => setNoting(true)}>
            {t('noteShort')}
          </Button>
        )}
        {onRemove && (
          <Button
            type="text"
            className="event-tool"
            aria-label={t('removeEvent', { name })}
            title={t('removeEvent', { name })}
            onClick={onRemove}
          >
            ×
          </Button>
        )}
      </div>
      <div className="event-more">
        {WITH_RESULT.has(event.type) && results && (
          <Select
            size="small"
            aria-label={t('result')}
            className="event-result"
            placeholder={t('result')}
            allowClear
            {...(event.result ? { value: event.result } : {})}
            onChange={(result?: string) => onChange({ ...event, result: result ?? null })}
            options={[...new Set([...results, ...(event.result ? [event.result] : [])])].map((value) => ({
              value,
              label: lang === 'zh' ? value : (ENGLISH[value] ?? value),
            }))}
          />
        )}
        {event.type === 'extended' && (
          <span className="row event-length">
            <InputNumber
              size="small"
              aria-label={t('length')}
              min={1}
              max={10_000}
              precision={0}
              value={event.length ?? null}
              onChange={(length) => onChange({ ...event, length })}
            />
            <span className="hint">{t('workdaysUnit')}</span>
          </span>
        )}
        {(event.note || noting) && (
          <Input
            size="small"
            aria-label={t('note')}
            placeholder={t('note')}
            className="event-note"
            maxLength={2000}
            value={event.note ?? ''}
            onChange={(change) => onChange({ ...event, note: change.target.value })}
          />
        )}
        {remark && <span className="hint event-remark">{remark}</span>}
      </div>
    </div>
  );
}
