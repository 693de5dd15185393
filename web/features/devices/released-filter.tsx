import { DayField } from '../../components/day-field.tsx';
import { useText } from '../../i18n/text.ts';
import { type Conditions, useConditions } from './conditions.ts';
import { devices } from './messages.ts';

/** Only devices whose release carries a date in this span. */
export default function ReleasedFilter({ conditions }: { conditions: Conditions }) {
  const t = useText(devices);
  const { change } = useConditions();
  return (
    <fieldset className="facet">
      <legend>{t('released')}</legend>
      {(['releasedFrom', 'releasedTo'] as const).map((name) => (
        <div key={name} className="field">
          <label htmlFor={name} className="hint">
            {t(name)}
          </label>
          <DayField id={name} value={conditions[name]} onChange={(day) => change({ [name]: day })} />
        </div>
      ))}
    </fieldset>
  );
}
