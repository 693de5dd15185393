import { Button } from 'antd';
import { type FormEvent, useId, useState } from 'react';
import { Failure } from '../../components/failure.tsx';
import { useText } from '../../i18n/text.ts';
import { type CorrectionField, faultOf, typedOf } from './correction-fields.ts';
import { review } from './review-messages.ts';
import { useWord } from './words.ts';

interface Props {
  readonly fields: readonly CorrectionField[];
  readonly item: Readonly<Record<string, unknown>>;
  onSave(typed: Readonly<Record<string, string>>, note: string): Promise<void>;
  onCancel(): void;
}

/** The name of a field of a correction. */
export function useFieldName(): (name: string) => string {
  const t = useText(review);
  return (name) => {
    const key = `field.${name}`;
    return key in review ? t(key as keyof typeof review) : name;
  };
}

/** The fields of one element, to be mended in place. */
export function CorrectionForm({ fields, item, onSave, onCancel }: Props) {
  const t = useText(review);
  const word = useWord();
  const nameOf = useFieldName();
  const id = useId();
  const [typed, setTyped] = useState(() => typedOf(item, fields));
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const [fault, setFault] = useState<string | null>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const wrong = faultOf(typed, fields);
    setFault(wrong);
    if (wrong) return;
    setBusy(true);
    setFailure(null);
    try {
      await onSave(typed, note.trim());
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  const put = (name: string, value: string) => setTyped((before) => ({ ...before, [name]: value }));
  return (
    <form className="correction-form" onSubmit={submit} data-testid="correction-form">
      {fields.map(({ name, type, choices, words }) => {
        const field = `${id}-${name}`;
        const value = typed[name] ?? '';
        return (
          <div key={name} className="correction-field">
            <label htmlFor={field}>
              {nameOf(name)}
              {type === 'list' && <span className="hint"> {t('listHint')}</span>}
            </label>
            {type === 'choice' || type === 'flag' ? (
              <select
                id={field}
                className="text-field"
                value={value}
                onChange={(event) => put(name, event.target.value)}
              >
                {(type === 'flag' ? ['false', 'true'] : (choices ?? [])).map((one) => (
                  <option key={one} value={one}>
                    {type === 'flag' ? t(one === 'true' ? 'yes' : 'no') : words ? word(words, one) : one}
                  </option>
                ))}
              </select>
            ) : type === 'long' || type === 'list' ? (
              <textarea
                id={field}
                className="text-field"
                rows={type === 'list' ? Math.min(6, value.split('\n').length + 1) : 3}
                value={value}
                aria-invalid={fault === name}
                onChange={(event) => put(name, event.target.value)}
              />
            ) : (
              <input
                id={field}
                className="text-field"
                inputMode={type === 'number' ? 'decimal' : undefined}
                placeholder={type === 'day' ? t('dayHint') : undefined}
                value={value}
                aria-invalid={fault === name}
                onChange={(event) => put(name, event.target.value)}
              />
            )}
          </div>
        );
      })}
      <div className="correction-field">
        <label htmlFor={`${id}-note`}>{t('note')}</label>
        <input
          id={`${id}-note`}
          className="text-field"
          placeholder={t('notePlaceholder')}
          value={note}
          maxLength={500}
          onChange={(event) => setNote(event.target.value)}
        />
      </div>
      {fault && (
        <p className="tone-red" role="alert">
          {t('fault', { field: nameOf(fault) })}
        </p>
      )}
      {failure !== null && <Failure error={failure} />}
      <p className="row">
        <Button type="primary" size="small" htmlType="submit" loading={busy}>
          {t('save')}
        </Button>
        <Button size="small" onClick={onCancel}>
          {t('cancel')}
        </Button>
      </p>
    </form>
  );
}
