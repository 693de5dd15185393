import type { ReactNode } from 'react';

/** One section of a file, reachable from the outline. */
export function Section({
  id,
  title,
  side,
  children,
}: {
  id: string;
  title: string;
  side?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section id={id} className="dossier-section" aria-labelledby={`${id}-title`}>
      <div className="row between section-head">
        <h2 id={`${id}-title`}>{title}</h2>
        {side}
      </div>
      {children}
    </section>
  );
}
