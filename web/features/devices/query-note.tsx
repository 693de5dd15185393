import type { DevicePage } from '../../api/types.ts';
import { AppLink } from '../../components/app-link.tsx';
import { useText } from '../../i18n/text.ts';
import { devices } from './messages.ts';

/** Says when something else than the question was answered, and what may have been meant. */
export function QueryNote({ page, q }: { page: DevicePage; q: string | undefined }) {
  const t = useText(devices);
  const { instead, didYouMean = [] } = page;
  return (
    <>
      {instead === 'near' && <p className="quiet">{t('insteadNear')}</p>}
      {Array.isArray(instead) && instead.length > 0 && (
        <p className="quiet">{t('insteadNames', { q: q ?? '', names: instead.join('、') })}</p>
      )}
      {didYouMean.length > 0 && (
        <p className="did-you-mean">
          {t('didYouMean')}{' '}
          {didYouMean.map((name) => (
            <AppLink key={name} to={`/devices?q=${encodeURIComponent(name)}`}>
              {name}
            </AppLink>
          ))}
        </p>
      )}
    </>
  );
}
