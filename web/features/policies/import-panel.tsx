import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { sendForm } from '../../api/client.ts';
import { DropZone } from '../../components/drop-zone.tsx';
import { Failure } from '../../components/failure.tsx';
import { formatNumber, useText } from '../../i18n/text.ts';
import { importWords as words } from './import-messages.ts';

interface Taken {
  readonly read: number;
  readonly inserted: number;
  readonly unchanged: number;
  readonly updated: number;
  readonly rejected: number;
  readonly refused: readonly {
    readonly file: string;
    readonly line: number | null;
    readonly code: string;
    readonly message: string;
  }[];
}

const ACCEPT = '.txt,.md,.html,.htm,.docx,.pdf,.jsonl,.ndjson,.gz';

/** Taking policies in from files; every file or row that was refused is named with the reason. */
export default function ImportPanel({ onClose }: { onClose(): void }) {
  const t = useText(words);
  const client = useQueryClient();
  const [sent, setSent] = useState<{ readonly done: number; readonly all: number } | null>(null);
  const [taken, setTaken] = useState<Taken | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const send = async (files: readonly File[]) => {
    const form = new FormData();
    for (const file of files) form.append('files', file, file.name);
    setFailure(null);
    setTaken(null);
    setSent({ done: 0, all: 1 });
    try {
      setTaken(await sendForm<Taken>('/policies/import', form, (done, all) => setSent({ done, all })));
      await client.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).startsWith('/policies') });
    } catch (error) {
      setFailure(error);
    } finally {
      setSent(null);
    }
  };
  return (
    <section className="panel no-print" aria-label={t('title')} data-testid="policy-import">
      <div className="panel-head">
        <h2>{t('title')}</h2>
        <Button onClick={onClose}>{t('close')}</Button>
      </div>
      <div className="panel-body stack">
        <DropZone label={t('title')} accept={ACCEPT} multiple onFiles={(files) => void send(files)}>
          <p className="hint">{t('kinds')}</p>
        </DropZone>
        {sent && (
          <p aria-live="polite">
            <progress className="bar" max={sent.all} value={sent.done} aria-label={t('sending')} />
            {sent.done < sent.all ? t('sending') : t('reading')}
          </p>
        )}
        {failure !== null && <Failure error={failure} />}
        {taken && (
          <div aria-live="polite">
            <p>
              {t('taken', {
                read: taken.read,
                inserted: taken.inserted,
                updated: taken.updated,
                unchanged: taken.unchanged,
              })}
            </p>
            {taken.refused.length > 0 && (
              <>
                <p className="tone-red">{t('refused', { n: taken.rejected })}</p>
                <ul className="plain-list lines">
                  {taken.refused.map((one) => (
                    <li key={`${one.file}${one.line}${one.code}`}>
                      <span>
                        <span className="mono">
                          {one.file}
                          {one.line === null ? '' : `:${formatNumber(one.line)}`}
                        </span>{' '}
                        {one.message}
                      </span>
                      <span className="hint mono">{one.code}</span>
                    </li>
                  ))}
                </ul>
              </>
            )}
          </div>
        )}
      </div>
    </section>
  );
}
