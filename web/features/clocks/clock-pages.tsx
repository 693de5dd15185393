import { lazy } from 'react';
import { Route, Routes } from 'react-router';
import { NotFoundPage } from '../../frame/not-found-page.tsx';

const modules = {
  desk: () => import('./clock-desk-page.tsx'),
  cases: () => import('./case-list-page.tsx'),
  one: () => import('./case-page.tsx'),
  calendars: () => import('../calendars/calendar-page.tsx'),
  enterprises: () => import('../duties/duties-page.tsx'),
  duties: () => import('../duties/duty-page.tsx'),
} as const;

const ClockDeskPage = lazy(modules.desk);
const CaseListPage = lazy(modules.cases);
const CasePage = lazy(modules.one);
const CalendarPage = lazy(modules.calendars);
const DutiesPage = lazy(modules.enterprises);
const DutyPage = lazy(modules.duties);

/** The pages of clocks, calendars and duties, so that the page that opens first knows of one file instead of six. */
export default function ClockPages({ area }: { area: 'clocks' | 'calendars' | 'duties' }) {
  return (
    <Routes>
      {area === 'clocks' && (
        <>
          <Route index element={<ClockDeskPage />} />
          <Route path="cases" element={<CaseListPage />} />
          <Route path="cases/:id" element={<CasePage />} />
        </>
      )}
      {area === 'calendars' && <Route index element={<CalendarPage />} />}
      {area === 'duties' && (
        <>
          <Route index element={<DutiesPage />} />
          <Route path=":id" element={<DutyPage />} />
        </>
      )}
      <Route path="*" element={<NotFoundPage />} />
    </Routes>
  );
}

/** Fetches the pages before they are opened. */
export function fetchAhead(): void {
  for (const load of Object.values(modules)) load().catch(() => undefined);
}
