import { Button, Tooltip } from 'antd';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useLocation } from 'react-router';
import { useText } from '../i18n/text.ts';
import { DateControl } from './date-control.tsx';
import { useHotkey } from './hotkeys.ts';
import { frame } from './messages.ts';
import { usePreferences } from './preferences.tsx';
import { SearchBox } from './search-box.tsx';

const KeyList = lazy(() => import('./key-list.tsx'));
const Palette = lazy(() => import('./palette.tsx'));

const TOP_SEARCH = 'top-search';

export function TopBar({ demo }: { demo: boolean }) {
  const t = useText(frame);
  const { lang, mode, set } = usePreferences();
  // the home page has the same field, larger, in its middle
  const home = useLocation().pathname === '/';
  const [keys, setKeys] = useState(false);
  const [palette, setPalette] = useState(false);

  useHotkey('/', (event) => {
    event.preventDefault();
    const field = document.getElementById('home-search') ?? document.getElementById(TOP_SEARCH);
    if (field && field.offsetParent !== null) field.focus();
    else setPalette(true);
  });
  useHotkey('?', () => setKeys(true));
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        setPalette(true);
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);

  return (
    <header className="top">
      <div className="top-search">
        {!home && <SearchBox id={TOP_SEARCH} placeholder={t('searchEverything')} hint="Ctrl K" />}
      </div>
      <Button className="top-search-button" onClick={() => setPalette(true)}>
        {t('search')}
      </Button>
      <div className="top-right">
        {demo && (
          <Tooltip title={t('demoHint')}>
            <button type="button" className="demo-mark" data-testid="demo-mark">
              {t('demo')}
            </button>
          </Tooltip>
        )}
        <DateControl />
        <Button
          type="text"
          lang={lang === 'zh' ? 'en' : 'zh-CN'}
          onClick={() => set({ lang: lang === 'zh' ? 'en' : 'zh' })}
        >
          {t('switchLanguage')}
        </Button>
        <Button
          type="text"
          aria-label={mode === 'dark' ? t('toLight') : t('toDark')}
          onClick={() => set({ theme: mode === 'dark' ? 'light' : 'dark' })}
        >
          {mode === 'dark' ? t('light') : t('dark')}
        </Button>
        <Button type="text" className="top-keys" aria-label={t('keysTitle')} onClick={() => setKeys(true)}>
          ?
        </Button>
      </div>
      <Suspense fallback={null}>
        {keys && <KeyList onClose={() => setKeys(false)} />}
        {palette && <Palette onClose={() => setPalette(false)} />}
      </Suspense>
    </header>
  );
}
