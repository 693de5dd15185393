import { Button } from 'antd';
import { useState } from 'react';
import { sendJson } from '../../api/client.ts';
import { copyText } from '../../components/copy-text.ts';
import { Failure } from '../../components/failure.tsx';
import { formatInstant } from '../../frame/dates.ts';
import { type Translate, useText } from '../../i18n/text.ts';
import { subscriptions as words } from './messages.ts';
import type { Channel, Subscription } from './types.ts';

const TONES: Readonly<Record<Channel['state'], string>> = {
  idle: 'word-green',
  waiting: 'word-plain',
  retrying: 'word-amber',
  paused: 'word-red',
  off: 'word-grey',
};

function stateWords(channel: Channel, t: Translate<typeof words>): string {
  return t(`state.${channel.state}`, { n: channel.state === 'waiting' ? channel.pending : channel.failures });
}

/** How a channel is doing, in a word. */
export function ChannelWord({ channel }: { channel: Channel }) {
  const t = useText(words);
  return (
    <span className={`word ${TONES[channel.state]}`} title={channel.reason ?? undefined}>
      {t(`channel.${channel.channel}`)} {stateWords(channel, t)}
    </span>
  );
}

/** Something that is shown once and then never again, with a button to take it. */
export function ShownOnce({ label, value }: { label: string; value: string }) {
  const t = useText(words);
  const [copied, setCopied] = useState(false);
  return (
    <div className="notice notice-amber" role="status">
      <p>{label}</p>
      <p className="row shown-once">
        <input
          className="text-field mono"
          readOnly
          value={value}
          aria-label={label}
          onFocus={(event) => event.target.select()}
        />
        <Button onClick={async () => setCopied(await copyText(value))}>{copied ? t('copied') : t('copy')}</Button>
      </p>
    </div>
  );
}

/** The ways a subscription goes out: how each is doing, trials, secrets, the private address of its feed. */
export function ChannelPanel({ found, onChanged }: { found: Subscription; onChanged(): void }) {
  const t = useText(words);
  const [busy, setBusy] = useState('');
  const [failure, setFailure] = useState<unknown>(null);
  const [said, setSaid] = useState<Readonly<Record<string, string>>>({});
  const [once, setOnce] = useState<{ readonly label: string; readonly value: string } | null>(null);
  const path = `/subscriptions/${encodeURIComponent(found.id)}`;
  const run = async (name: string, work: () => Promise<void>) => {
    setBusy(name);
    setFailure(null);
    try {
      await work();
      onChanged();
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy('');
    }
  };
  const trial = (channel: Channel['channel']) =>
    run(`trial-${channel}`, async () => {
      const answer = await sendJson<{ delivered: boolean; reason: string | null }>('POST', `${path}/trial`, {
        channel,
      });
      setSaid({
        ...said,
        [channel]: answer.delivered ? t('trialDone') : t('trialFailed', { reason: answer.reason ?? '' }),
      });
    });
  return (
    <section className="panel no-print" aria-label={t('channels')}>
      <div className="panel-head">
        <h2>{t('channels')}</h2>
      </div>
      <ul className="plain-list panel-body channel-list">
        {found.channels.map((channel) => (
          <li key={channel.channel}>
            <div className="row between">
              <span className="row">
                <ChannelWord channel={channel} />
                <span className="hint">{channel.channel === 'mail' ? found.mail?.to : found.webhook?.url}</span>
              </span>
              <span className="row">
                <Button
                  size="small"
                  loading={busy === `trial-${channel.channel}`}
                  onClick={() => void trial(channel.channel)}
                >
                  {t('trial')}
                </Button>
                {channel.state === 'paused' && (
                  <Button
                    size="small"
                    onClick={() =>
                      void run('resume', async () => {
                        await sendJson('POST', `${path}/resume`, { channel: channel.channel });
                      })
                    }
                  >
                    {t('resume')}
                  </Button>
                )}
                {channel.channel === 'webhook' && (
                  <Button
                    size="small"
                    onClick={() =>
                      void run('secret', async () => {
                        const { webhookSecret } = await sendJson<{ webhookSecret: string }>(
                          'POST',
                          `${path}/webhook-secret`,
                          {},
                        );
                        setOnce({ label: t('secretOnce'), value: webhookSecret });
                      })
                    }
                  >
                    {t('newSecret')}
                  </Button>
                )}
              </span>
            </div>
            {channel.reason && <p className="hint">{channel.reason}</p>}
            {channel.nextAttemptAt && (
              <p className="hint">{t('nextAttempt', { date: formatInstant(channel.nextAttemptAt) })}</p>
            )}
            {said[channel.channel] && <p aria-live="polite">{said[channel.channel]}</p>}
          </li>
        ))}
        <li>
          <div className="row between">
            <span className="row">
              <span className={`word ${found.feed ? 'word-green' : 'word-grey'}`}>{t('feed')}</span>
              <span className="hint">{t(found.feed ? 'feedOn' : 'feedOff')}</span>
            </span>
            <span className="row">
              <Button
                size="small"
                loading={busy === 'feed'}
                onClick={() =>
                  void run('feed', async () => {
                    const answer = await sendJson<{ path: string; url: string | null }>('POST', `${path}/feed`, {});
                    setOnce({
                      label: t('feedOnce'),
                      value: answer.url ?? new URL(answer.path, window.location.href).href,
                    });
                  })
                }
              >
                {t(found.feed ? 'renewFeed' : 'makeFeed')}
              </Button>
              {found.feed && (
                <Button
                  size="small"
                  onClick={() =>
                    void run('feed-end', async () => {
                      await sendJson('POST', `${path}/feed/end`, {});
                      setOnce(null);
                    })
                  }
                >
                  {t('endFeed')}
                </Button>
              )}
            </span>
          </div>
        </li>
      </ul>
      {once && <ShownOnce label={once.label} value={once.value} />}
      {failure !== null && <Failure error={failure} />}
    </section>
  );
}
