import { lazy } from 'react';
import { Route, Routes } from 'react-router';
import { NotFoundPage } from '../../frame/not-found-page.tsx';
import '../../styles/rules.css';
import '../../styles/dossier.css';
import '../../styles/devices.css';
import '../../styles/policies.css';

const modules = {
  list: () => import('./policy-list-page.tsx'),
  compare: () => import('./compare-page.tsx'),
  unresolved: () => import('./unresolved-page.tsx'),
  review: () => import('./review-page.tsx'),
  one: () => import('./policy-page.tsx'),
  read: () => import('./read-desk-page.tsx'),
} as const;

const PolicyListPage = lazy(modules.list);
const ComparePage = lazy(modules.compare);
const ReviewPage = lazy(modules.review);
const UnresolvedPage = lazy(modules.unresolved);
const PolicyPage = lazy(modules.one);
const ReadDeskPage = lazy(modules.read);

/** The pages of policies, so that the page that opens first knows of one file instead of all. */
export default function PolicyPages() {
  return (
    <Routes>
      <Route index element={<PolicyListPage />} />
      <Route path="read" element={<ReadDeskPage />} />
      <Route path="compare" element={<ComparePage />} />
      <Route path="review" element={<ReviewPage />} />
      <Route path="unresolved" element={<UnresolvedPage />} />
      <Route path=":id" element={<PolicyPage />} />
      <Route path="*" element={<NotFoundPage />} />
    </Routes>
  );
}

/** Fetches the pages before they are opened. */
export function fetchAhead(): void {
  for (const load of Object.values(modules)) load().catch(() => undefined);
}
