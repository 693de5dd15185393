import { usePick, useText } from '../../i18n/text.ts';
import { ClockWord, toneOf } from './clock-word.tsx';
import { clocks as words } from './messages.ts';
import type { Clock } from './types.ts';
import { useLeft } from './use-left.ts';

/** The same as the drawing, in rows: for eyes, screen readers and paper that want a table. */
export function ClockTable({ clocks, asOf }: { clocks: readonly Clock[]; asOf: string }) {
  const t = useText(words);
  const pick = usePick();
  const left = useLeft();
  return (
    <section className="table-box" aria-label={t('drawing')}>
      <table className="data-table clock-table">
        <caption className="visually-hidden">{t('drawing')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('step')}</th>
            <th scope="col">{t('state')}</th>
            <th scope="col">{t('from')}</th>
            <th scope="col">{t('dueOn')}</th>
            <th scope="col">{t('caseLeft')}</th>
            <th scope="col">{t('stops')}</th>
          </tr>
        </thead>
        <tbody className="wrap">
          {clocks.map((clock) => (
            <tr key={clock.limit}>
              <th scope="row">{pick(clock.title)}</th>
              <td>
                <ClockWord tone={toneOf(clock)} />
              </td>
              <td>{clock.window?.from ?? clock.from}</td>
              <td>{clock.window?.to ?? clock.due}</td>
              <td>{left(clock, asOf)}</td>
              <td>
                {clock.stops
                  .map(
                    (stop) =>
                      `${t(`stop.${stop.kind}` as 'stop.expert')} ${stop.from}–${stop.to ?? ''} (${stop.workdays})`,
                  )
                  .join('; ')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
