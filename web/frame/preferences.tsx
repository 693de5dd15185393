import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import type { Mode } from '../theme.ts';

export type Language = 'zh' | 'en';
export type ThemeChoice = Mode | 'system';

interface Stored {
  readonly lang: Language;
  readonly theme: ThemeChoice;
  readonly railClosed: boolean;
  readonly compact: boolean;
}

interface Preferences extends Stored {
  readonly mode: Mode;
  set(change: Partial<Stored>): void;
}

const KEY = 'xiedang.preferences';
const DEFAULTS: Stored = { lang: 'zh', theme: 'system', railClosed: false, compact: false };
const Context = createContext<Preferences>({ ...DEFAULTS, mode: 'light', set: () => undefined });

function load(): Stored {
  try {
    return { ...DEFAULTS, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Stored>) };
  } catch {
    return DEFAULTS;
  }
}

const darkQuery = window.matchMedia('(prefers-color-scheme: dark)');

function modeOf(theme: ThemeChoice, systemDark: boolean): Mode {
  if (theme === 'system') return systemDark ? 'dark' : 'light';
  return theme;
}

/** Language, theme and density of this browser; kept in local storage and shared between tabs. */
export function PreferencesProvider({ children }: { children: ReactNode }) {
  const [stored, setStored] = useState(load);
  const [systemDark, setSystemDark] = useState(darkQuery.matches);

  useEffect(() => {
    const onSystem = (event: MediaQueryListEvent) => setSystemDark(event.matches);
    const onStorage = (event: StorageEvent) => event.key === KEY && setStored(load());
    darkQuery.addEventListener('change', onSystem);
    window.addEventListener('storage', onStorage);
    return () => {
      darkQuery.removeEventListener('change', onSystem);
      window.removeEventListener('storage', onStorage);
    };
  }, []);

  const mode = modeOf(stored.theme, systemDark);
  useEffect(() => {
    document.documentElement.dataset.theme = mode;
    document.documentElement.lang = stored.lang === 'zh' ? 'zh-CN' : 'en';
  }, [mode, stored.lang]);

  const set = useCallback((change: Partial<Stored>) => {
    setStored((before) => {
      const after = { ...before, ...change };
      try {
        localStorage.setItem(KEY, JSON.stringify(after));
      } catch {
        // private windows may refuse storage; the choice then holds for this page only
      }
      return after;
    });
  }, []);

  const value = useMemo(() => ({ ...stored, mode, set }), [stored, mode, set]);
  return <Context value={value}>{children}</Context>;
}

export function usePreferences(): Preferences {
  return useContext(Context);
}

/** The theme before the first paint, so that nothing flashes. */
export function initialMode(): Mode {
  return modeOf(load().theme, darkQuery.matches);
}
