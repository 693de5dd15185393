import { useQueryClient } from '@tanstack/react-query';
import { Button, Input, Popover } from 'antd';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { sendJson } from '../../api/client.ts';
import { useApi } from '../../api/queries.ts';
import { AppLink } from '../../components/app-link.tsx';
import { Failure } from '../../components/failure.tsx';
import { PageSkeleton } from '../../components/page-skeleton.tsx';
import { usePageTitle } from '../../components/page-title.ts';
import { formatInstant, todayInShanghai, useDates, useHref } from '../../frame/dates.ts';
import { usePreferences } from '../../frame/preferences.tsx';
import { usePick, useText } from '../../i18n/text.ts';
import '../../styles/clocks.css';
import { CaseAnswer } from './case-answer.tsx';
import { CaseHistory } from './case-history.tsx';
import { writeAddress } from './event-text.ts';
import { clocks as words } from './messages.ts';
import { provinceName } from './provinces.ts';
import type { WholeCase } from './types.ts';
import { useCatalogue, useWorkDays } from './use-clocks.ts';

/** A kept case: where it stands, its clocks with their reasons, what happened and how it was corrected. */
export default function CasePage() {
  const { id = '' } = useParams();
  const t = useText(words);
  const pick = usePick();
  const { lang } = usePreferences();
  const dates = useDates();
  const href = useHref();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const catalogue = useCatalogue();
  const days = useWorkDays();
  const [reason, setReason] = useState('');
  const [failure, setFailure] = useState<unknown>(null);
  const whole = useApi<WholeCase>(`/clocks/cases/${encodeURIComponent(id)}`, {}, { keep: true });
  const found = whole.data;
  usePageTitle(found ? found.title : t('casesTitle'));
  if (whole.error) return <Failure error={whole.error} onRetry={() => void whole.refetch()} />;
  if (!found) return <PageSkeleton rows={12} />;

  const changed = () => {
    void cache.invalidateQueries({ queryKey: [`/clocks/cases/${encodeURIComponent(id)}`] });
    void cache.invalidateQueries({ queryKey: ['/clocks/cases'] });
  };
  const close = async (closed: boolean) => {
    setFailure(null);
    try {
      await sendJson('POST', `/clocks/cases/${id}/close`, { closed, reason: reason.trim() || null });
      setReason('');
      changed();
    } catch (error) {
      setFailure(error);
    }
  };
  const onDesk = () => {
    const gone = new Set(found.events.map((one) => one.corrects).filter((one) => one !== null));
    const events = found.events.flatMap((one) => (one.event && !gone.has(one.id) ? [one.event] : []));
    const search = writeAddress(new URLSearchParams(), {
      procedure: found.procedure,
      class: found.class ?? '',
      origin: found.origin ?? '',
      province: found.province ?? '',
      route: found.route ?? '',
      events,
    });
    navigate(href(`/clocks?${search}`));
  };
  const about = [
    pick(found.procedureName),
    found.class && t(`class.${found.class}` as 'class.II'),
    found.origin && t(`origin.${found.origin}` as 'origin.domestic'),
    found.province && provinceName(found.province, lang),
    found.route && t(`route.${found.route}` as 'route.priority'),
  ].filter(Boolean);
  return (
    <article className="case-page">
      <header className="page-head">
        <div>
          <p className="no-print">
            <AppLink to="/clocks/cases">← {t('backToCases')}</AppLink>
          </p>
          <h1>{found.title}</h1>
          <p className="row">
            <span>{about.join(' · ')}</span>
            {found.closed && <span className="word word-green">{t('isClosed')}</span>}
            <span className="hint">
              {t('recorded')} {formatInstant(found.recordedAt)}
            </span>
          </p>
        </div>
        <div className="row no-print">
          <Button onClick={onDesk}>{t('asDesk')}</Button>
          <Button onClick={() => window.print()}>{t('print')}</Button>
          {found.closed ? (
            <Button onClick={() => void close(false)}>{t('reopen')}</Button>
          ) : (
            <Popover
              trigger="click"
              placement="bottomRight"
              content={
                <form
                  className="stack close-case"
                  onSubmit={(event) => {
                    event.preventDefault();
                    void close(true);
                  }}
                >
                  <label htmlFor="close-reason">{t('closeReason')}</label>
                  <Input
                    id="close-reason"
                    maxLength={500}
                    value={reason}
                    onChange={(event) => setReason(event.target.value)}
                  />
                  <Button type="primary" htmlType="submit">
                    {t('close')}
                  </Button>
                </form>
              }
            >
              <Button aria-haspopup="dialog">{t('close')}</Button>
            </Popover>
          )}
        </div>
      </header>
      {failure !== null && <Failure error={failure} />}
      <div className="case-columns">
        <CaseAnswer decision={found.decision} catalogue={catalogue.data} days={days} today={dates.asOf === undefined} />
        <CaseHistory found={found} catalogue={catalogue.data} asOf={found.decision.asOf} onChanged={changed} />
      </div>
      <p className="print-only hint">{t('onPaper', { date: dates.asOf ?? todayInShanghai() })}</p>
    </article>
  );
}
