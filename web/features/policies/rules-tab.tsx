import { useQueryClient } from '@tanstack/react-query';
import { AutoComplete, Button, Input } from 'antd';
import { type FormEvent, useId, useState } from 'react';
import { sendJson } from '../../api/client.ts';
import { useApi } from '../../api/queries.ts';
import type { Page } from '../../api/types.ts';
import { AppLink } from '../../components/app-link.tsx';
import { DayField } from '../../components/day-field.tsx';
import { Failure } from '../../components/failure.tsx';
import { keepEnter } from '../../components/keep-enter.ts';
import { PageSkeleton } from '../../components/page-skeleton.tsx';
import { formatInstant } from '../../frame/dates.ts';
import { usePick, useText } from '../../i18n/text.ts';
import { ruleDrafts as words } from './rule-draft-messages.ts';
import type { PolicyFile, Span } from './types.ts';
import { policyPath } from './words.ts';

interface Proposal extends Span {
  readonly sentence: string;
  readonly value: number;
  readonly unit: string | null;
  readonly unitAsWritten: string;
  readonly from: string | null;
  readonly article: string | null;
  readonly parameters: readonly { readonly id: string; readonly zh: string; readonly en: string }[];
}

interface RuleDraft extends Span {
  readonly id: string;
  readonly sentence: string;
  readonly parameter: string;
  readonly title: string | null;
  readonly unit: string;
  readonly value: number | string;
  readonly from: string;
  readonly until: string | null;
  readonly article: string | null;
  readonly note: string | null;
  readonly actor: string;
  readonly recordedAt: string;
  readonly decision: {
    readonly accepted: boolean;
    readonly why: string;
    readonly edition: string | null;
    readonly actor: string;
    readonly at: string;
  } | null;
}

interface FormProps {
  readonly file: PolicyFile;
  readonly number: number;
  readonly proposal: Proposal;
  onDone(): Promise<void>;
  onCancel(): void;
}

function DraftForm({ file, number, proposal, onDone, onCancel }: FormProps) {
  const t = useText(words);
  const pick = usePick();
  const id = useId();
  const [typed, setTyped] = useState({
    parameter: proposal.parameters[0]?.id ?? '',
    title: '',
    unit: proposal.unit ?? proposal.unitAsWritten,
    value: String(proposal.value),
    article: proposal.article ?? '',
    note: '',
  });
  const [from, setFrom] = useState<string | undefined>(proposal.from ?? undefined);
  const [until, setUntil] = useState<string | undefined>(undefined);
  const [failure, setFailure] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const known = proposal.parameters.some((one) => one.id === typed.parameter);
  const put = (name: keyof typeof typed, value: string) => setTyped((before) => ({ ...before, [name]: value }));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setFailure(null);
    const number_ = Number(typed.value);
    try {
      await sendJson('POST', `/policies/${encodeURIComponent(file.id)}/drafts`, {
        version: file.versionId ?? file.versions[0]?.id,
        ordinal: number,
        start: proposal.start,
        end: proposal.end,
        parameter: typed.parameter.trim(),
        ...(known || typed.title.trim() === '' ? {} : { title: typed.title.trim() }),
        unit: typed.unit.trim(),
        value: typed.value.trim() !== '' && Number.isFinite(number_) ? number_ : typed.value.trim(),
        from,
        until: until ?? null,
        article: typed.article.trim() || null,
        note: typed.note.trim() || null,
      });
      await onDone();
    } catch (error) {
      setFailure(error);
      setBusy(false);
    }
  };
  const field = (name: 'unit' | 'value' | 'article' | 'note' | 'title', label: string) => (
    <div className="correction-field">
      <label htmlFor={`${id}-${name}`}>{label}</label>
      <Input id={`${id}-${name}`} value={typed[name]} onChange={(event) => put(name, event.target.value)} />
    </div>
  );
  return (
    <form className="correction-form" onSubmit={submit} onKeyDown={keepEnter}>
      <div className="correction-field">
        <label htmlFor={`${id}-parameter`}>{t('parameter')}</label>
        <AutoComplete
          id={`${id}-parameter`}
          value={typed.parameter}
          placeholder={t('newHint')}
          onChange={(value: string) => put('parameter', value)}
          options={proposal.parameters.map((one) => ({ value: one.id, label: `${pick(one)} · ${one.id}` }))}
        />
      </div>
      {!known && field('title', t('newTitle'))}
      {field('value', t('value'))}
      {field('unit', t('unit'))}
      <div className="correction-field">
        <label htmlFor={`${id}-from`}>{t('from')}</label>
        <DayField id={`${id}-from`} value={from} onChange={setFrom} />
      </div>
      <div className="correction-field">
        <label htmlFor={`${id}-until`}>{t('until')}</label>
        <DayField id={`${id}-until`} value={until} onChange={setUntil} />
      </div>
      {field('article', t('article'))}
      {field('note', t('note'))}
      {failure !== null && <Failure error={failure} />}
      <p className="row">
        <Button
          type="primary"
          size="small"
          htmlType="submit"
          loading={busy}
          disabled={!from || typed.parameter.trim() === '' || typed.unit.trim() === ''}
        >
          {t('save')}
        </Button>
        <Button size="small" onClick={onCancel}>
          {t('cancel')}
        </Button>
      </p>
    </form>
  );
}

function Decision({ draft, onDone }: { draft: RuleDraft; onDone(): Promise<void> }) {
  const t = useText(words);
  const [why, setWhy] = useState('');
  const [failure, setFailure] = useState<unknown>(null);
  const decide = async (verb: 'accept' | 'refuse') => {
    setFailure(null);
    try {
      await sendJson('POST', `/rule-drafts/${draft.id}/${verb}`, { why: why.trim() });
      await onDone();
    } catch (error) {
      setFailure(error);
    }
  };
  if (draft.decision)
    return (
      <p className="row">
        <span className={`word ${draft.decision.accepted ? 'word-green' : 'word-plain'}`}>
          {t(draft.decision.accepted ? 'accepted' : 'refused')}
        </span>
        <span>{draft.decision.why}</span>
        <span className="hint">
          {draft.decision.actor} · {formatInstant(draft.decision.at)}
        </span>
        {draft.decision.accepted && (
          <AppLink to={`/rules/${encodeURIComponent(draft.parameter)}`}>{t('openRule')}</AppLink>
        )}
      </p>
    );
  return (
    <>
      <p className="row no-print">
        <span className="word word-amber">{t('waiting')}</span>
        <input
          className="text-field draft-why"
          aria-label={t('why')}
          placeholder={t('why')}
          value={why}
          maxLength={500}
          onChange={(event) => setWhy(event.target.value)}
        />
        <Button size="small" type="primary" disabled={why.trim() === ''} onClick={() => void decide('accept')}>
          {t('accept')}
        </Button>
        <Button size="small" disabled={why.trim() === ''} onClick={() => void decide('refuse')}>
          {t('refuse')}
        </Button>
      </p>
      {failure !== null && <Failure error={failure} />}
    </>
  );
}

/** Values of a text that may become values of the rulebook: proposed, drafted, accepted by a person. */
export default function RulesTab({ file, number }: { file: PolicyFile; number: number }) {
  const t = useText(words);
  const pick = usePick();
  const client = useQueryClient();
  const [open, setOpen] = useState<number | null>(null);
  const path = `/policies/${encodeURIComponent(file.id)}/proposals`;
  const proposals = useApi<{ items: readonly Proposal[] }>(path, { ordinal: number }, { timeless: true });
  const drafts = useApi<Page<RuleDraft>>('/rule-drafts', { policy: file.id, limit: 100 }, { timeless: true });
  const again = async () => {
    setOpen(null);
    await client.invalidateQueries({ queryKey: ['/rule-drafts'] });
  };
  const at = (start: number) => {
    const to = policyPath(file.id, number);
    return `${to}${to.includes('?') ? '&' : '?'}at=${start}`;
  };
  return (
    <div className="stack">
      <section aria-labelledby="proposals-title">
        <div className="section-head">
          <h2 id="proposals-title">{t('title')}</h2>
          <p className="hint">{t('lead')}</p>
        </div>
        {proposals.isPending && <PageSkeleton />}
        {proposals.error && <Failure error={proposals.error} onRetry={() => void proposals.refetch()} />}
        {proposals.data?.items.length === 0 && <p className="hint">{t('noProposals')}</p>}
        <ul className="plain-list">
          {proposals.data?.items.map((proposal) => (
            <li key={proposal.start} className="subscription">
              <div className="row between">
                <span>
                  <b>
                    {proposal.value} {proposal.unitAsWritten}
                  </b>{' '}
                  <span className="hint">
                    {[proposal.article, proposal.parameters[0] && pick(proposal.parameters[0])]
                      .filter(Boolean)
                      .join(' · ')}
                  </span>
                </span>
                <span className="row no-print">
                  <AppLink to={at(proposal.start)} className="hint">
                    {t('showPlace')}
                  </AppLink>
                  {open !== proposal.start && (
                    <Button size="small" onClick={() => setOpen(proposal.start)}>
                      {t('draft')}
                    </Button>
                  )}
                </span>
              </div>
              <p className="quiet" lang="zh-CN">
                {proposal.sentence}
              </p>
              {open === proposal.start && (
                <DraftForm
                  file={file}
                  number={number}
                  proposal={proposal}
                  onDone={again}
                  onCancel={() => setOpen(null)}
                />
              )}
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="drafts-title">
        <div className="section-head">
          <h2 id="drafts-title">{t('drafts')}</h2>
        </div>
        {drafts.error && <Failure error={drafts.error} onRetry={() => void drafts.refetch()} />}
        {drafts.data?.items.length === 0 && <p className="hint">{t('noDrafts')}</p>}
        <ul className="plain-list" data-testid="rule-drafts">
          {drafts.data?.items.map((draft) => (
            <li key={draft.id} className="subscription">
              <p className="row">
                <b>{draft.title ?? draft.parameter}</b>
                <span>
                  {draft.value} {draft.unit}
                </span>
                <span className="hint">{t('fromTo', { from: draft.from })}</span>
                {draft.article && <span className="hint">{draft.article}</span>}
                <span className="hint">
                  {draft.actor} · {formatInstant(draft.recordedAt)}
                </span>
              </p>
              <p className="quiet" lang="zh-CN">
                {draft.sentence}
              </p>
              <Decision draft={draft} onDone={again} />
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
