import { lazy } from 'react';
import { Route, Routes } from 'react-router';
import { NotFoundPage } from '../../frame/not-found-page.tsx';
import '../../styles/dossier.css';
import '../../styles/rules.css';
import '../../styles/policies.css';
import '../../styles/subscriptions.css';

const modules = {
  list: () => import('./subscriptions-page.tsx'),
  one: () => import('./subscription-page.tsx'),
} as const;

const SubscriptionsPage = lazy(modules.list);
const SubscriptionPage = lazy(modules.one);

/** Inbox, subscriptions, and one of them. */
export default function SubscriptionPages() {
  return (
    <Routes>
      <Route index element={<SubscriptionsPage />} />
      <Route path=":id" element={<SubscriptionPage />} />
      <Route path="*" element={<NotFoundPage />} />
    </Routes>
  );
}

/** Fetches the pages before they are opened. */
export function fetchAhead(): void {
  for (const load of Object.values(modules)) load().catch(() => undefined);
}
