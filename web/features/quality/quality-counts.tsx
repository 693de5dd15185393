import type { QualityCount } from '../../api/types.ts';
import { useSourceName } from '../../components/source-name.ts';
import { formatNumber, usePick, useText } from '../../i18n/text.ts';
import { quality } from './messages.ts';

const tones: Readonly<Record<string, string>> = { rejected: 'red', problem: 'amber', notice: 'grey' };

/** Counts by release and code; each one opens its rows. */
export function QualityCounts({ items, onOpen }: { items: readonly QualityCount[]; onOpen(item: QualityCount): void }) {
  const t = useText(quality);
  const pick = usePick();
  const sourceName = useSourceName();
  const groups = new Map<string, QualityCount[]>();
  for (const item of items) {
    const group = groups.get(item.release) ?? [];
    group.push(item);
    groups.set(item.release, group);
  }
  return (
    <>
      {[...groups].map(([release, rows]) => (
        <section key={release} className="panel">
          <div className="panel-head">
            <h2>{rows[0]?.releaseName ?? release}</h2>
            <span className="quiet">{sourceName(rows[0]?.source ?? '')}</span>
          </div>
          <div className="table-box quality-box">
            <table className="data-table quality-table">
              <caption className="visually-hidden">{rows[0]?.releaseName ?? release}</caption>
              <thead>
                <tr>
                  <th scope="col">{t('severity')}</th>
                  <th scope="col">{t('meaning')}</th>
                  <th scope="col">{t('code')}</th>
                  <th scope="col" className="num">
                    {t('count')}
                  </th>
                </tr>
              </thead>
              <tbody className="wrap">
                {[...rows]
                  .sort((a, b) => b.count - a.count)
                  .map((item) => {
                    const severity = `severity.${item.severity}` as keyof typeof quality;
                    return (
                      <tr key={`${item.code}-${item.severity}`}>
                        <td>
                          <span className={`word word-${tones[item.severity] ?? 'grey'}`}>
                            {severity in quality ? t(severity) : item.severity}
                          </span>
                        </td>
                        <td>{pick(item.label)}</td>
                        <td className="mono">{item.code}</td>
                        <td className="num">
                          <button
                            type="button"
                            className="link"
                            aria-label={`${item.code}: ${t('showRows', { n: item.count })}`}
                            onClick={() => onOpen(item)}
                          >
                            {formatNumber(item.count)}
                          </button>
                        </td>
                      </tr>
                    );
                  })}
              </tbody>
            </table>
          </div>
        </section>
      ))}
    </>
  );
}
