import { Button, Popconfirm } from 'antd';
import { useState } from 'react';
import { sendJson } from '../../api/client.ts';
import { Failure } from '../../components/failure.tsx';
import { keepEnter } from '../../components/keep-enter.ts';
import { formatInstant } from '../../frame/dates.ts';
import { usePreferences } from '../../frame/preferences.tsx';
import { usePick, useText } from '../../i18n/text.ts';
import { EventFields } from './event-fields.tsx';
import { cleanEvent } from './event-text.ts';
import { clocks as words } from './messages.ts';
import type { CaseEvent, Catalogue, WholeCase, WrittenEvent } from './types.ts';

interface Props {
  readonly found: WholeCase;
  readonly catalogue: Catalogue | undefined;
  /** The day of the page: what happened after it does not count. */
  readonly asOf: string;
  onChanged(): void;
}

const BLANK: CaseEvent = { type: '', date: '' };

/**
 * What happened to a case, as it was written. Nothing is edited: a correction is a further entry and the corrected one
 * stays, struck through.
 */
export function CaseHistory({ found, catalogue, asOf, onChanged }: Props) {
  const t = useText(words);
  const pick = usePick();
  const { lang } = usePreferences();
  const [draft, setDraft] = useState<CaseEvent>(BLANK);
  const [correcting, setCorrecting] = useState<{ readonly id: string; readonly event: CaseEvent } | null>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const [said, setSaid] = useState('');

  const send = async (event: CaseEvent | null, corrects: string | null): Promise<boolean> => {
    setBusy(true);
    setFailure(null);
    setSaid('');
    try {
      await sendJson('POST', `/clocks/cases/${found.id}/events`, { event: event && cleanEvent(event), corrects });
      setSaid(t('caseSaved'));
      onChanged();
      return true;
    } catch (error) {
      setFailure(error);
      return false;
    } finally {
      setBusy(false);
    }
  };
  const nameOf = (one: WrittenEvent | undefined) => pick(one?.name ?? one?.event?.type ?? '');
  const byId = new Map(found.events.map((one) => [one.id, one]));
  // a correction stands at the day of what it says; what was taken back stands where it was
  const sorted = [...found.events].sort((a, b) => dayOfEntry(a, byId).localeCompare(dayOfEntry(b, byId)));
  return (
    <section className="case-history" aria-label={t('history')}>
      <h2>{t('history')}</h2>
      <ol className="plain-list case-events">
        {sorted.map((one) => {
          const original = one.corrects ? byId.get(one.corrects) : undefined;
          const gone = one.correctedBy !== null;
          const by = one.correctedBy ? byId.get(one.correctedBy) : undefined;
          return (
            <li key={one.id} className={gone ? 'case-event case-event-gone' : 'case-event'} data-testid="case-event">
              {correcting?.id === one.id ? (
                <form
                  className="stack"
                  aria-label={t('correct')}
                  onKeyDown={keepEnter}
                  onSubmit={async (submit) => {
                    submit.preventDefault();
                    if (await send(correcting.event, one.id)) setCorrecting(null);
                  }}
                >
                  <EventFields
                    id="correction"
                    event={correcting.event}
                    procedure={found.procedure}
                    catalogue={catalogue}
                    lang={lang}
                    onChange={(event) => setCorrecting({ id: one.id, event })}
                  />
                  <div className="row">
                    <Button size="small" type="primary" htmlType="submit" loading={busy}>
                      {t('correct')}
                    </Button>
                    <Button size="small" onClick={() => setCorrecting(null)}>
                      {t('cancel')}
                    </Button>
                  </div>
                </form>
              ) : (
                <>
                  {one.event ? (
                    <div className={gone ? 'case-event-words struck' : 'case-event-words'}>
                      <time dateTime={one.event.date}>{one.event.date}</time>
                      <span>
                        {nameOf(one)}
                        {one.event.result && <span className="quiet"> · {one.event.result}</span>}
                        {one.event.length && (
                          <span className="quiet"> · {t('unit.workday', { n: one.event.length })}</span>
                        )}
                        {one.event.note && <span className="case-note">{one.event.note}</span>}
                      </span>
                    </div>
                  ) : (
                    <div className="case-event-words">
                      <time dateTime={original?.event?.date}>{original?.event?.date}</time>
                      <span>{t('takesBack', { name: nameOf(original) })}</span>
                    </div>
                  )}
                  <div className="row case-event-acts">
                    <span className="hint">
                      {t('recorded')} {formatInstant(one.recordedAt)}
                    </span>
                    {!gone && one.event && one.event.date > asOf && one.event.type !== 'expires' && (
                      <span className="word word-grey">{t('afterAsOf')}</span>
                    )}
                    {gone && <span className="word word-grey">{by?.event ? t('corrected') : t('takenBack')}</span>}
                    {one.corrects && one.event && <span className="word word-plain">{t('correctionOf')}</span>}
                    {!gone && one.event && !found.closed && (
                      <span className="row no-print">
                        <button
                          type="button"
                          className="link hint"
                          aria-label={`${t('correct')} ${one.event.date} ${nameOf(one)}`}
                          onClick={() => one.event && setCorrecting({ id: one.id, event: one.event })}
                        >
                          {t('correct')}
                        </button>
                        <Popconfirm
                          title={t('takeBackSure')}
                          okText={t('takeBack')}
                          cancelText={t('cancel')}
                          onConfirm={() => send(null, one.id)}
                        >
                          <button
                            type="button"
                            className="link hint"
                            aria-label={`${t('takeBack')} ${one.event.date} ${nameOf(one)}`}
                          >
                            {t('takeBack')}
                          </button>
                        </Popconfirm>
                      </span>
                    )}
                  </div>
                </>
              )}
            </li>
          );
        })}
      </ol>
      {failure !== null && <Failure error={failure} />}
      <p role="status" className="hint">
        {said}
      </p>
      {!found.closed && (
        <form
          className="stack case-append no-print"
          aria-label={t('append')}
          onKeyDown={keepEnter}
          onSubmit={async (submit) => {
            submit.preventDefault();
            if (await send(draft, null)) setDraft(BLANK);
          }}
        >
          <h3>{t('append')}</h3>
          <EventFields
            id="append"
            event={draft}
            procedure={found.procedure}
            catalogue={catalogue}
            lang={lang}
            onChange={setDraft}
          />
          <div className="row">
            <Button htmlType="submit" loading={busy && correcting === null} disabled={!draft.type || !draft.date}>
              {t('append')}
            </Button>
          </div>
        </form>
      )}
    </section>
  );
}

function dayOfEntry(one: WrittenEvent, byId: ReadonlyMap<string, WrittenEvent>): string {
  return one.event?.date ?? (one.corrects ? (byId.get(one.corrects)?.event?.date ?? '') : '');
}
