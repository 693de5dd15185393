import { Checkbox, Select } from 'antd';
import { useId } from 'react';
import type { JsonSchema } from '../../api/dossier-types.ts';
import { DayField } from '../../components/day-field.tsx';
import { usePreferences } from '../../frame/preferences.tsx';
import { useText } from '../../i18n/text.ts';
import { dossier } from './messages.ts';
import { recordAnswer, recordField } from './record-words.ts';

interface Props {
  readonly name: string;
  readonly schema: JsonSchema;
  readonly required: boolean;
  readonly value: unknown;
  onChange(value: string | number | boolean | readonly string[] | undefined): void;
}

/** The branch of a nullable schema that carries the value. */
function core(schema: JsonSchema): JsonSchema {
  return schema.anyOf?.find((one) => one.type !== 'null') ?? schema;
}

/** One field of a record, drawn from its JSON schema. */
export function SchemaField({ name, schema, required, value, onChange }: Props) {
  const t = useText(dossier);
  const id = useId();
  const inner = core(schema);
  const types = [inner.type].flat();
  const { lang } = usePreferences();
  const label = recordField(name, lang, schema.title ?? inner.title);
  const title = (
    <label htmlFor={id}>
      {label} {required && <span className="hint">{t('required')}</span>}
    </label>
  );
  if (types.includes('boolean'))
    return (
      <Checkbox checked={value === true} onChange={(event) => onChange(event.target.checked)}>
        {label}
      </Checkbox>
    );
  if (inner.enum)
    return (
      <div className="field">
        {title}
        <Select
          id={id}
          allowClear={!required}
          value={typeof value === 'string' ? value : null}
          onChange={(next: string | null | undefined) => onChange(next ?? undefined)}
          options={inner.enum.map((option) => ({ value: option, label: recordAnswer(option, lang) }))}
        />
      </div>
    );
  if (types.includes('number') || types.includes('integer'))
    return (
      <div className="field">
        {title}
        <input
          id={id}
          className="text-field"
          type="number"
          value={typeof value === 'number' ? value : ''}
          onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.valueAsNumber)}
        />
      </div>
    );
  if (types.includes('array'))
    return (
      <div className="field">
        {title}
        <Select
          id={id}
          mode="tags"
          value={Array.isArray(value) ? (value as string[]) : []}
          tokenSeparators={[',', '，', '\n', ' ']}
          onChange={(next: string[]) => onChange(next.length > 0 ? next : undefined)}
        />
      </div>
    );
  const long = inner.format === undefined && (inner.maxLength ?? 1000) > 120;
  const text = typeof value === 'string' ? value : '';
  if (inner.format === 'date')
    return (
      <div className="field">
        {title}
        <DayField id={id} value={text || undefined} onChange={onChange} />
      </div>
    );
  const change = (next: string) => onChange(next === '' ? undefined : next);
  return (
    <div className="field">
      {title}
      {long ? (
        <textarea
          id={id}
          className="text-field"
          rows={3}
          value={text}
          onChange={(event) => change(event.target.value)}
        />
      ) : (
        <input
          id={id}
          className="text-field"
          type="text"
          value={text}
          onChange={(event) => change(event.target.value)}
        />
      )}
    </div>
  );
}
