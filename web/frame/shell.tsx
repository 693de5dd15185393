import { Suspense, useEffect, useRef } from 'react';
import { Outlet, useLocation } from 'react-router';
import { useApi } from '../api/queries.ts';
import type { Summary } from '../api/types.ts';
import { PageSkeleton } from '../components/page-skeleton.tsx';
import { useText } from '../i18n/text.ts';
import { AsOfBanner } from './as-of-banner.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { frame } from './messages.ts';
import { Rail } from './rail.tsx';
import { TopBar } from './top-bar.tsx';

/** What stands around every page: rail, top bar, banners. */
export function Shell() {
  const t = useText(frame);
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  const summary = useApi<Summary>('/summary', {}, { timeless: true });
  const first = useRef(true);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the effect belongs to the change of page
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    // a new page is read from its beginning, also by a screen reader
    main.current?.focus({ preventScroll: true });
  }, [pathname]);

  return (
    <div className="shell">
      <a className="skip" href="#main">
        {t('skip')}
      </a>
      <Rail />
      <div className="shell-body">
        <TopBar demo={summary.data?.demo ?? false} />
        <AsOfBanner />
        <main id="main" ref={main} tabIndex={-1} className="page">
          <ErrorBoundary key={pathname}>
            <Suspense fallback={<PageSkeleton />}>
              <Outlet />
            </Suspense>
          </ErrorBoundary>
        </main>
      </div>
    </div>
  );
}
