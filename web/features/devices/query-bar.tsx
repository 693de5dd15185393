import { Button } from 'antd';
import { type FormEvent, useEffect, useState } from 'react';
import { parts } from '../../components/messages.ts';
import { useText } from '../../i18n/text.ts';
import { CONDITIONS, type Condition, useConditions, useConditionWords } from './conditions.ts';
import { devices } from './messages.ts';

/** The text of the search and its conditions, each with its own way out. */
export function QueryBar() {
  const t = useText(devices);
  const p = useText(parts);
  const { conditions, change, clear } = useConditions();
  const words = useConditionWords(conditions);
  const [text, setText] = useState(conditions.q ?? '');
  useEffect(() => setText(conditions.q ?? ''), [conditions.q]);
  const set = CONDITIONS.filter((name): name is Condition => conditions[name] !== undefined);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change({ q: text.trim() || undefined });
  };
  return (
    <div className="query-bar">
      <form className="query-form" onSubmit={submit}>
        <input
          className="search-input"
          type="search"
          aria-label={t('queryField')}
          placeholder={t('queryField')}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Button type="primary" htmlType="submit">
          {t('apply')}
        </Button>
      </form>
      {set.length > 0 && (
        <ul className="row plain-list" aria-label={t('query')}>
          {set.map((name) => {
            const label = words(name, conditions[name] ?? '');
            return (
              <li key={name} className="condition">
                <span title={label}>{label}</span>
                <button
                  type="button"
                  aria-label={p('remove', { condition: label })}
                  onClick={() => change({ [name]: undefined })}
                >
                  ×
                </button>
              </li>
            );
          })}
          {set.length > 1 && (
            <li>
              <button type="button" className="link" onClick={clear}>
                {p('clearAll')}
              </button>
            </li>
          )}
        </ul>
      )}
    </div>
  );
}
