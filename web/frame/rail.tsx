import { NavLink, useLocation } from 'react-router';
import { useText } from '../i18n/text.ts';
import { areas } from './areas.ts';
import { useHref } from './dates.ts';
import { frame } from './messages.ts';
import { usePreferences } from './preferences.tsx';

/** The areas in words; narrow screens show them as one line under the top bar. */
export function Rail() {
  const t = useText(frame);
  const href = useHref();
  const { pathname } = useLocation();
  const { railClosed, set } = usePreferences();
  return (
    <nav className={railClosed ? 'rail rail-closed' : 'rail'} aria-label={t('areas')}>
      <NavLink to={href('/')} className="brand" end>
        <span className="brand-name">械档</span>
        <span className="brand-latin">Xiedang</span>
      </NavLink>
      <div className="rail-areas" id="rail-areas">
        {areas.map((area) => (
          <section key={area.group} className="rail-group" aria-label={t(area.group)}>
            <h2 className="rail-title">{t(area.group)}</h2>
            {area.items.map((item) => (
              <NavLink
                key={item.key}
                to={href(item.path)}
                end={item.end ?? false}
                className={({ isActive }) =>
                  isActive || (item.also !== undefined && pathname.startsWith(item.also))
                    ? 'rail-link active'
                    : 'rail-link'
                }
              >
                {t(item.key)}
              </NavLink>
            ))}
          </section>
        ))}
        <div className="rail-group rail-last">
          <NavLink to={href('/about')} className="rail-link">
            {t('about')}
          </NavLink>
        </div>
      </div>
      <button
        type="button"
        className="rail-toggle"
        aria-expanded={!railClosed}
        aria-controls="rail-areas"
        aria-label={railClosed ? t('openRail') : t('closeRail')}
        title={railClosed ? t('openRail') : t('closeRail')}
        onClick={() => set({ railClosed: !railClosed })}
      >
        {railClosed ? '»' : '«'}
      </button>
    </nav>
  );
}
