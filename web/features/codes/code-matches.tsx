import type { Lookup } from '../../api/types.ts';
import { AppLink, certificatePath, devicePath, partyPath } from '../../components/app-link.tsx';
import { useSourceName } from '../../components/source-name.ts';
import { DemoWord, StateWord } from '../../components/state-words.tsx';
import { useText } from '../../i18n/text.ts';
import { codes } from './messages.ts';
import type { LookupState } from './use-lookups.ts';

/** Where all matches of a number are listed. */
function allPath(lookup: Lookup): string {
  const [match] = lookup.matches;
  if (lookup.kind === 'certificate' && match?.certificate) return certificatePath(match.certificate);
  if (lookup.kind === 'credit-code' && match?.device.holderKey) return partyPath(match.device.holderKey);
  return `/devices?q=${encodeURIComponent(lookup.code)}`;
}

/** What the base holds for a code: every match, with its level. */
export function CodeMatches({ lookup }: { lookup: LookupState | undefined }) {
  const t = useText(codes);
  const sourceName = useSourceName();
  if (lookup === undefined) return <p className="hint">{t('pending')}</p>;
  if (lookup === 'failed') return <p className="hint">{t('unreachable')}</p>;
  if (lookup.matches.length === 0) return <p className="quiet">{t('notFoundDetail')}</p>;
  return (
    <>
      {lookup.matches.length > 1 && <p className="quiet">{t('severalDetail')}</p>}
      <ul className="plain-list matches">
        {lookup.matches.map((match) => {
          const level = `level.${match.level}` as keyof typeof codes;
          const { device } = match;
          return (
            <li key={`${device.source}/${device.recordKey}/${match.level}/${match.di}`} className="match">
              <div className="row">
                <AppLink to={devicePath(device.source, device.recordKey)}>
                  {[device.name, device.model].filter(Boolean).join(' · ') || device.recordKey}
                </AppLink>
                <StateWord state={device.status} />
                <DemoWord demo={device.demo} />
              </div>
              <p>
                {match.level === null ? t('byNumber') : level in codes ? t(level) : match.level}
                {match.packLevel && ` · ${match.packLevel}`}
                {match.unitsOfUse !== null && match.unitsOfUse > 1 && ` · ${t('unitsOfUse', { n: match.unitsOfUse })}`}
                <span className="hint mono"> {match.di}</span>
              </p>
              <p className="row quiet">
                {match.holder &&
                  (device.holderKey ? (
                    <AppLink to={partyPath(device.holderKey)}>{match.holder}</AppLink>
                  ) : (
                    match.holder
                  ))}
                {match.certificate && <AppLink to={certificatePath(match.certificate)}>{match.certificate}</AppLink>}
                <span className="hint">{sourceName(device.source)}</span>
              </p>
            </li>
          );
        })}
      </ul>
      {lookup.more && (
        <p>
          {t('moreMatches')} <AppLink to={allPath(lookup)}>{t('allOf')}</AppLink>
        </p>
      )}
    </>
  );
}
