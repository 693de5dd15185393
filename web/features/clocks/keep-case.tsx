import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import { sendJson } from '../../api/client.ts';
import { Failure } from '../../components/failure.tsx';
import { useHref } from '../../frame/dates.ts';
import { useText } from '../../i18n/text.ts';
import { cleanEvent, questionOf } from './event-text.ts';
import { clocks as words } from './messages.ts';
import type { DeskCase, WholeCase } from './types.ts';

/** Gives the case of the desk a title and keeps it. */
export function KeepCase({ desk, onCancel }: { desk: DeskCase; onCancel(): void }) {
  const t = useText(words);
  const navigate = useNavigate();
  const href = useHref();
  const [title, setTitle] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const keep = async (event: FormEvent) => {
    event.preventDefault();
    if (title.trim() === '') return;
    setBusy(true);
    setFailure(null);
    try {
      const events = desk.events.filter((one) => one.type !== '' && one.date !== '').map(cleanEvent);
      const made = await sendJson<WholeCase>('POST', '/clocks/cases', { ...questionOf(desk), events, title });
      navigate(href(`/clocks/cases/${made.id}`));
    } catch (error) {
      setFailure(error);
      setBusy(false);
    }
  };
  return (
    <form className="keep-case" onSubmit={keep} aria-label={t('keep')}>
      <label htmlFor="keep-title">{t('keepTitle')}</label>
      <div className="row">
        <Input
          id="keep-title"
          className="field-wide"
          autoFocus
          maxLength={300}
          value={title}
          onChange={(event) => setTitle(event.target.value)}
        />
        <Button type="primary" htmlType="submit" loading={busy} disabled={title.trim() === ''}>
          {t('keepNow')}
        </Button>
        <Button onClick={onCancel}>{t('cancel')}</Button>
      </div>
      <p className="hint">{t('keepHint')}</p>
      {failure !== null && <Failure error={failure} />}
    </form>
  );
}
