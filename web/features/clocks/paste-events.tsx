import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useText } from '../../i18n/text.ts';
import { type ReadText, readEvents } from './event-text.ts';
import { clocks as words } from './messages.ts';
import type { Catalogue } from './types.ts';

interface Props {
  readonly catalogue: Catalogue | undefined;
  onTake(read: ReadText): void;
  onCancel(): void;
}

/** A field for the events of a case as text; says of every line it cannot read why. */
export function PasteEvents({ catalogue, onTake, onCancel }: Props) {
  const t = useText(words);
  const [text, setText] = useState('');
  const read = useMemo(() => readEvents(text, catalogue?.events ?? []), [text, catalogue]);
  return (
    <div className="paste-events">
      <label htmlFor="paste-text">{t('paste')}</label>
      <textarea
        id="paste-text"
        className="desk-text mono"
        rows={6}
        spellCheck={false}
        placeholder={'2026-03-02 收到申请\n2026-03-05 受理\n审评补正通知 2026年7月10日'}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onPaste={(event) => event.stopPropagation()}
      />
      <p className="hint">{t('pasteHint')}</p>
      {read.faults.length > 0 && (
        <ul className="plain-list paste-faults" role="alert">
          {read.faults.map((fault) => (
            <li key={fault.line}>
              <span className="tone-red">{t('faultLine', { line: fault.line })}</span>
              <span className="mono paste-line">{fault.text}</span> {t(`fault.${fault.reason}`)}
            </li>
          ))}
          <li className="hint">{t('notTaken')}</li>
        </ul>
      )}
      <div className="row">
        <Button type="primary" disabled={read.events.length === 0} onClick={() => onTake(read)}>
          {t('takeOver', { n: read.events.length })}
        </Button>
        <Button onClick={onCancel}>{t('cancel')}</Button>
      </div>
    </div>
  );
}
