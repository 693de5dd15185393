import { useEffect } from 'react';

export interface RecentFile {
  readonly path: string;
  readonly label: string;
  readonly detail: string;
}

const KEY = 'xiedang.recent';
const KEPT = 8;

/** Files opened in this browser, latest first. */
export function recentFiles(): readonly RecentFile[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(stored) ? (stored as RecentFile[]) : [];
  } catch {
    return [];
  }
}

/** Remembers that a file was opened. */
export function useRemember(file: RecentFile | undefined): void {
  const { path, label, detail } = file ?? { path: '', label: '', detail: '' };
  useEffect(() => {
    if (path === '') return;
    const others = recentFiles().filter((other) => other.path !== path);
    try {
      localStorage.setItem(KEY, JSON.stringify([{ path, label, detail }, ...others].slice(0, KEPT)));
    } catch {
      // no storage, no memory
    }
  }, [path, label, detail]);
}
