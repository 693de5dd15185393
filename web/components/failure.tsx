import { Button } from 'antd';
import { ApiFailure } from '../api/client.ts';
import { useText } from '../i18n/text.ts';
import { parts } from './messages.ts';

/** What happened, what it means, what to do, and the code. */
export function Failure({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const t = useText(parts);
  const failure = error instanceof ApiFailure ? error : null;
  const offline = failure?.status === 0;
  const title = offline
    ? t('unreachable')
    : (failure?.code === 'http.not-found' && t('notYet')) ||
      // titles of problems are the English names of HTTP states: what happened stands in the detail
      t(failure?.status === 404 ? 'notThere' : 'loadingFailed');
  const detail = offline ? t('unreachableDetail') : (failure?.detail ?? (error instanceof Error ? error.message : ''));
  return (
    <div className="notice notice-red" role="alert">
      <h2>{title}</h2>
      {detail && <p>{detail}</p>}
      <div className="row">
        {onRetry && <Button onClick={onRetry}>{t('retry')}</Button>}
        {failure && (
          <span className="hint mono">
            {t('code')} {failure.code}
          </span>
        )}
      </div>
    </div>
  );
}
