import type { Value } from '../../api/types.ts';
import { SourceMark } from '../../components/source-mark.tsx';
import { usePick, useText } from '../../i18n/text.ts';
import { dossier } from './messages.ts';
import { plainText, ValueText } from './value-text.tsx';

const WIDE = 60;

interface Props {
  readonly values: readonly Value[];
  /** Tags that differ from the version before; marked in the margin. */
  readonly changed?: ReadonlySet<string>;
}

/** Values with their labels in two columns; every value can be pointed at. */
export function FactList({ values, changed }: Props) {
  const pick = usePick();
  const t = useText(dossier);
  return (
    <dl className="facts">
      {values.map((value, index) => {
        const label = pick(value.label) || value.tag;
        const text = plainText(value.value);
        const differs = changed?.has(value.tag) ?? false;
        const wide = text.length > WIDE || Array.isArray(value.value);
        return (
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: a source may give one tag several times
            key={`${value.tag}-${index}`}
            className={`fact${wide ? ' fact-wide' : ''}${differs ? ' fact-changed' : ''}`}
          >
            <dt title={value.tag}>
              {label}
              {differs && <span className="visually-hidden"> {t('changedSince')}</span>}
            </dt>
            <dd>
              <SourceMark src={value.src} label={label} text={text} tag={value.tag}>
                <ValueText value={value.value} />
              </SourceMark>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
