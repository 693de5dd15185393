import { useEffect, useState } from 'react';
import { useText } from '../../i18n/text.ts';
import { dossier } from './messages.ts';

export interface OutlineEntry {
  readonly id: string;
  readonly title: string;
  readonly count?: number | undefined;
}

/** The sections of a file; the one in view is marked. */
export function Outline({ entries }: { entries: readonly OutlineEntry[] }) {
  const t = useText(dossier);
  const [current, setCurrent] = useState(entries[0]?.id);
  useEffect(() => {
    const observer = new IntersectionObserver(
      (seen) => {
        const first = seen.find((entry) => entry.isIntersecting);
        if (first) setCurrent(first.target.id);
      },
      { rootMargin: '-80px 0px -70% 0px' },
    );
    for (const { id } of entries) {
      const element = document.getElementById(id);
      if (element) observer.observe(element);
    }
    return () => observer.disconnect();
  }, [entries]);
  return (
    <nav className="dossier-outline" aria-label={t('outline')}>
      <ul className="plain-list">
        {entries.map((entry) => (
          <li key={entry.id}>
            <a href={`#${entry.id}`} aria-current={current === entry.id ? 'location' : undefined}>
              {entry.title}
              {entry.count !== undefined && <span className="hint"> {entry.count}</span>}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
