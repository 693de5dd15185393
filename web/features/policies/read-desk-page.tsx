import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { type FormEvent, useEffect, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { sendForm, sendJson } from '../../api/client.ts';
import { copyText } from '../../components/copy-text.ts';
import { DropZone } from '../../components/drop-zone.tsx';
import { Failure } from '../../components/failure.tsx';
import { PageSkeleton } from '../../components/page-skeleton.tsx';
import { usePageTitle } from '../../components/page-title.ts';
import { usePick, useText } from '../../i18n/text.ts';
import '../../styles/policies.css';
import { type DeskText, keepText, keptText, plainFile } from './desk-store.ts';
import { EXAMPLES } from './examples.ts';
import { policies, policyWords } from './messages.ts';
import { PolicyPages } from './policy-nav.tsx';
import { ReadingView } from './reading-view.tsx';
import type { PolicyReading, TextFormat } from './types.ts';

const FORMATS: readonly TextFormat[] = ['auto', 'text', 'markdown', 'html'];
const ACCEPT = '.txt,.md,.markdown,.html,.htm,.docx,.pdf';
const EMPTY: DeskText = { text: '', format: 'auto', name: '' };

interface FileAnswer {
  readonly text: string;
  /** What kind of file the text was taken out of. */
  readonly from: 'text' | 'docx' | 'pdf';
  /** What of the file could not be taken over. */
  readonly notices: readonly (
    | { readonly kind: 'pages-without-text'; readonly pages: readonly number[] }
    | { readonly kind: 'automatic-numbers'; readonly count: number }
    | { readonly kind: 'left-out'; readonly what: string }
  )[];
}

/** Paste or drop a text; the structure stands beside it. */
export default function ReadDeskPage() {
  const t = useText(policies);
  const w = useText(policyWords);
  const pick = usePick();
  const [search, setSearch] = useSearchParams();
  const example = EXAMPLES.find((one) => one.id === search.get('example'));
  const [desk, setDesk] = useState<DeskText>(() => keptText() ?? EMPTY);
  const [typed, setTyped] = useState(desk.text);
  const [kept, setKept] = useState(true);
  const [copied, setCopied] = useState(false);
  const [fileError, setFileError] = useState<unknown>(null);
  const [notices, setNotices] = useState<readonly string[]>([]);
  const [busy, setBusy] = useState(false);
  const editing = search.get('edit') === '1' || (!example && desk.text === '');
  usePageTitle(t('deskTitle'));

  const shown = useMemo<DeskText>(
    () => (example ? { text: example.text, format: 'auto', name: '' } : desk),
    [example, desk],
  );
  const answer = useQuery<PolicyReading>({
    queryKey: ['/policies/parse', shown.format, shown.text],
    queryFn: ({ signal }) =>
      sendJson<PolicyReading>('POST', '/policies/parse', { text: shown.text, format: shown.format }, { signal }),
    enabled: shown.text !== '' && !editing,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
  // what is being typed stays when the page is left or loaded again
  useEffect(() => {
    if (example) return;
    const keep = () => setKept(keepText({ ...desk, text: editing ? typed : desk.text }));
    const timer = setTimeout(keep, 300);
    window.addEventListener('pagehide', keep);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('pagehide', keep);
    };
  }, [desk, typed, editing, example]);

  const address = (changes: Readonly<Record<string, string | null>>) =>
    setSearch((before) => {
      const after = new URLSearchParams(before);
      for (const name of ['el', 'doc']) after.delete(name);
      for (const [name, value] of Object.entries(changes)) {
        if (value === null) after.delete(name);
        else after.set(name, value);
      }
      return after;
    });
  const take = (next: DeskText) => {
    setDesk(next);
    setTyped(next.text);
    setKept(keepText(next));
    address({ example: null, edit: null });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (typed.trim() !== '') take({ ...desk, text: typed });
  };
  const takeFile = async (files: readonly File[]) => {
    const [file] = files;
    if (!file) return;
    setFileError(null);
    setNotices([]);
    setBusy(true);
    try {
      const plain = await plainFile(file);
      if (plain) return take(plain);
      const form = new FormData();
      form.append('file', file);
      const read = await sendForm<FileAnswer>('/policies/read-file', form, () => undefined);
      take({ text: read.text, format: read.from === 'text' ? 'auto' : 'text', name: file.name });
      setNotices(
        read.notices.map((notice) => {
          if (notice.kind === 'pages-without-text') return t('noticePages', { pages: notice.pages.join('、') });
          if (notice.kind === 'automatic-numbers') return t('noticeNumbers', { n: notice.count });
          return t('noticeLeftOut', { what: notice.what });
        }),
      );
    } catch (error) {
      setFileError(error);
    } finally {
      setBusy(false);
    }
  };
  const edit = () => {
    setTyped(shown.text);
    if (example) setDesk(shown);
    address({ example: null, edit: '1' });
  };
  const clear = () => {
    setDesk(EMPTY);
    setTyped('');
    address({ example: null, edit: null });
  };
  const reading = answer.data;
  return (
    <div className="stack policy-desk">
      <header className="page-head">
        <div>
          <h1>{t('deskTitle')}</h1>
          <p>{t('deskLead')}</p>
        </div>
        <PolicyPages />
      </header>
      <div className="row between policy-desk-bar">
        <p className="row policy-examples">
          <span className="quiet">{t('examplesTitle')}</span>
          {EXAMPLES.map((one) => (
            <button
              key={one.id}
              type="button"
              className="link"
              aria-pressed={example?.id === one.id}
              onClick={() => address({ example: one.id, edit: null })}
            >
              {pick(one.title)}
            </button>
          ))}
          <span className="hint">{t('examplesInvented')}</span>
        </p>
        {!editing && (
          <p className="row">
            <Button onClick={edit}>{t('editText')}</Button>
            <Button
              disabled={!reading}
              onClick={async () => {
                setCopied(await copyText(JSON.stringify(reading, null, 2)));
                setTimeout(() => setCopied(false), 1500);
              }}
            >
              {copied ? w('copied') : t('copyStructure')}
            </Button>
            <Button onClick={clear}>{t('clear')}</Button>
          </p>
        )}
      </div>
      {!editing && (
        <p className="row">
          {shown.name && <b>{shown.name}</b>}
          <span className="hint">{w('characters', { n: shown.text.length })}</span>
          {reading && <span className="hint">{w('documentsIn', { n: reading.documents.length })}</span>}
          {reading && reading.damage.length > 0 && (
            <span className="word word-amber">{t('damageFound', { n: reading.damage.length })}</span>
          )}
        </p>
      )}
      {editing && (
        <form className="stack" onSubmit={submit}>
          <label className="field">
            <b>{t('deskField')}</b>
            <textarea
              className="text-field policy-input"
              rows={16}
              spellCheck={false}
              placeholder={t('deskPlaceholder')}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              onKeyDown={(event) => {
                if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event);
              }}
            />
          </label>
          <div className="row">
            <Button type="primary" htmlType="submit" disabled={typed.trim() === ''}>
              {t('read')}
            </Button>
            <Select
              aria-label={t('format')}
              className="policy-format"
              value={desk.format}
              onChange={(format: TextFormat) => setDesk({ ...desk, format })}
              options={FORMATS.map((format) => ({ value: format, label: t(`format.${format}`) }))}
            />
            <span className="hint">{w('characters', { n: typed.length })}</span>
          </div>
          <DropZone label={t('files')} accept={ACCEPT} onFiles={(files) => void takeFile(files)}>
            <p className="hint">{t('files')}</p>
          </DropZone>
        </form>
      )}
      {!kept && <p className="notice notice-amber">{t('notStored')}</p>}
      {notices.length > 0 && (
        <ul className="plain-list notice notice-amber">
          {notices.map((notice) => (
            <li key={notice}>{notice}</li>
          ))}
        </ul>
      )}
      {busy && <PageSkeleton />}
      {fileError !== null && <Failure error={fileError} />}
      {!editing && answer.isPending && <PageSkeleton rows={12} />}
      {answer.error && <Failure error={answer.error} onRetry={() => void answer.refetch()} />}
      {!editing && reading && !answer.isPlaceholderData && <ReadingView text={shown.text} reading={reading} />}
    </div>
  );
}
