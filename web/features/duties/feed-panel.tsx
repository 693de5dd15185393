import { Button, Popconfirm } from 'antd';
import { useState } from 'react';
import { sendJson } from '../../api/client.ts';
import { copyText } from '../../components/copy-text.ts';
import { Failure } from '../../components/failure.tsx';
import { useText } from '../../i18n/text.ts';
import { duties as words } from './messages.ts';
import type { WholeProfile } from './types.ts';

/** The private address of the calendar: made on request, shown once, replaced on request. */
export function FeedPanel({ found, onChanged }: { found: WholeProfile; onChanged(): void }) {
  const t = useText(words);
  const [address, setAddress] = useState('');
  const [copied, setCopied] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const make = async () => {
    setBusy(true);
    setFailure(null);
    try {
      const { path } = await sendJson<{ path: string }>('POST', `/duties/profiles/${found.id}/feed`, {});
      setAddress(new URL(path, window.location.href).href);
      onChanged();
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className="panel no-print" aria-label={t('calendar')}>
      <div className="panel-head">
        <h2>{t('calendar')}</h2>
      </div>
      <div className="panel-body stack feed-panel">
        <p className="hint">{t('calendarHint')}</p>
        {address !== '' ? (
          <div className="field">
            <label htmlFor="feed-address">{t('feedAddress')}</label>
            <div className="row feed-row">
              <input
                id="feed-address"
                className="text-field mono"
                readOnly
                value={address}
                onFocus={(event) => event.target.select()}
              />
              <Button onClick={async () => setCopied(await copyText(address))}>
                {copied ? t('copied') : t('copy')}
              </Button>
            </div>
          </div>
        ) : (
          <p>{found.feed ? t('feedOn') : t('feedOff')}</p>
        )}
        <p>
          {found.feed ? (
            <Popconfirm title={t('renewSure')} okText={t('renewFeed')} cancelText={t('cancel')} onConfirm={make}>
              <Button loading={busy}>{t('renewFeed')}</Button>
            </Popconfirm>
          ) : (
            <Button loading={busy} onClick={make}>
              {t('makeFeed')}
            </Button>
          )}
        </p>
        {failure !== null && <Failure error={failure} />}
      </div>
    </section>
  );
}
