import { useEffect } from 'react';

/** The pages, each in a file of its own. */
export const pageModules = {
  about: () => import('./features/about/about-page.tsx'),
  certificate: () => import('./features/dossiers/certificate-page.tsx'),
  clockPages: () => import('./features/clocks/clock-pages.tsx'),
  codeDesk: () => import('./features/codes/code-desk-page.tsx'),
  deviceList: () => import('./features/devices/device-list-page.tsx'),
  device: () => import('./features/dossiers/device-page.tsx'),
  partyList: () => import('./features/parties/party-list-page.tsx'),
  party: () => import('./features/parties/party-page.tsx'),
  policyPages: () => import('./features/policies/policy-pages.tsx'),
  quality: () => import('./features/quality/quality-page.tsx'),
  releaseList: () => import('./features/releases/release-list-page.tsx'),
  release: () => import('./features/releases/release-page.tsx'),
  ruleList: () => import('./features/rules/rule-list-page.tsx'),
  rule: () => import('./features/rules/rule-page.tsx'),
  ruleChanges: () => import('./features/rules/change-list-page.tsx'),
  instrumentList: () => import('./features/rules/instrument-list-page.tsx'),
  instrument: () => import('./features/rules/instrument-page.tsx'),
  subscriptionPages: () => import('./features/subscriptions/subscription-pages.tsx'),
  sources: () => import('./features/sources/sources-page.tsx'),
} as const;

/** Parts of pages that are fetched apart and stand in them without being asked for. */
const parts = [
  () => import('./features/clocks/clocks-at-risk.tsx'),
  () => import('./features/devices/released-filter.tsx'),
  () => import('./features/policies/new-policies.tsx'),
  () => import('./frame/date-choice.tsx'),
];

const AFTER_MS = 2500;

/**
 * Fetches the pages once the first one stands: the code desk then reads codes without the server, and a server that
 * stops is told by the page that was asked for instead of by a missing file.
 */
export function usePagesAhead(): void {
  useEffect(() => {
    const timer = setTimeout(() => {
      for (const load of [...Object.values(pageModules), ...parts]) load().catch(() => undefined);
      for (const load of [pageModules.clockPages, pageModules.policyPages, pageModules.subscriptionPages])
        load().then(
          ({ fetchAhead }) => fetchAhead(),
          () => undefined,
        );
      void import('./features/codes/create-worker.ts').then(({ createReadingWorker }) => {
        // once started its program is kept by the browser
        const worker = createReadingWorker();
        setTimeout(() => worker.terminate(), AFTER_MS);
      });
    }, AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
}
