import type { ReactNode } from 'react';
import { StateStamp } from '../../components/state-words.tsx';

interface Props {
  /** What kind of file this is, on its tab. */
  readonly tab: string;
  readonly title: string;
  readonly subtitle?: ReactNode;
  readonly state: string;
  /** In the place of the stamp of that state, for files with states of their own. */
  readonly stamp?: ReactNode;
  /** Pairs under the title. */
  readonly lines: readonly { readonly label: string; readonly value: ReactNode }[];
  readonly bar?: ReactNode;
  readonly actions?: ReactNode;
  readonly demo?: string | undefined;
}

/** The header of a file, like the cover of a folder. */
export function Cover({ tab, title, subtitle, state, stamp, lines, bar, actions, demo }: Props) {
  return (
    <header className="dossier-cover">
      <div className="cover-tab">
        <span>{tab}</span>
        {demo && <span className="word word-amber">{demo}</span>}
      </div>
      <div className="cover-body">
        <div className="cover-main">
          <h1>{title}</h1>
          {subtitle && <p className="cover-subtitle">{subtitle}</p>}
          <dl className="cover-lines">
            {lines.map((line) => (
              <div key={line.label}>
                <dt>{line.label}</dt>
                <dd>{line.value}</dd>
              </div>
            ))}
          </dl>
        </div>
        <div className="cover-side">{stamp ?? <StateStamp state={state} />}</div>
        {bar && <div className="cover-bar">{bar}</div>}
        {actions && <div className="cover-actions row no-print">{actions}</div>}
      </div>
    </header>
  );
}
