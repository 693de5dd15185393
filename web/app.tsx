import { ConfigProvider } from 'antd';
import enUS from 'antd/es/locale/en_US';
import zhCN from 'antd/es/locale/zh_CN';
import { lazy, useMemo } from 'react';
import { Route, Routes } from 'react-router';
import { HomePage } from './features/home/home-page.tsx';
import { NotFoundPage } from './frame/not-found-page.tsx';
import { usePreferences } from './frame/preferences.tsx';
import { Shell } from './frame/shell.tsx';
import { pageModules, usePagesAhead } from './pages.ts';
import { antdTheme } from './theme.ts';

const AboutPage = lazy(pageModules.about);
const CertificatePage = lazy(pageModules.certificate);
const ClockPages = lazy(pageModules.clockPages);
const CodeDeskPage = lazy(pageModules.codeDesk);
const DeviceListPage = lazy(pageModules.deviceList);
const DevicePage = lazy(pageModules.device);
const PartyListPage = lazy(pageModules.partyList);
const PartyPage = lazy(pageModules.party);
const PolicyPages = lazy(pageModules.policyPages);
const QualityPage = lazy(pageModules.quality);
const ReleaseListPage = lazy(pageModules.releaseList);
const ReleasePage = lazy(pageModules.release);
const RuleListPage = lazy(pageModules.ruleList);
const RulePage = lazy(pageModules.rule);
const RuleChangesPage = lazy(pageModules.ruleChanges);
const InstrumentListPage = lazy(pageModules.instrumentList);
const InstrumentPage = lazy(pageModules.instrument);
const SourcesPage = lazy(pageModules.sources);
const SubscriptionPages = lazy(pageModules.subscriptionPages);

export function App() {
  const { lang, mode } = usePreferences();
  usePagesAhead();
  const theme = useMemo(() => antdTheme(mode), [mode]);
  return (
    <ConfigProvider locale={lang === 'zh' ? zhCN : enUS} theme={theme} button={{ autoInsertSpace: false }}>
      <Routes>
        <Route element={<Shell />}>
          <Route index element={<HomePage />} />
          <Route path="devices" element={<DeviceListPage />} />
          <Route path="d/:source/:recordKey" element={<DevicePage />} />
          <Route path="c/:number" element={<CertificatePage />} />
          <Route path="parties" element={<PartyListPage />} />
          <Route path="p/:key" element={<PartyPage />} />
          <Route path="codes" element={<CodeDeskPage />} />
          <Route path="clocks/*" element={<ClockPages area="clocks" />} />
          <Route path="calendars/*" element={<ClockPages area="calendars" />} />
          <Route path="duties/*" element={<ClockPages area="duties" />} />
          <Route path="policies/*" element={<PolicyPages />} />
          <Route path="subscriptions/*" element={<SubscriptionPages />} />
          <Route path="releases" element={<ReleaseListPage />} />
          <Route path="releases/:releaseId" element={<ReleasePage />} />
          <Route path="quality" element={<QualityPage />} />
          <Route path="rules" element={<RuleListPage />} />
          <Route path="rules/changes" element={<RuleChangesPage />} />
          <Route path="rules/:id" element={<RulePage />} />
          <Route path="instruments" element={<InstrumentListPage />} />
          <Route path="instruments/:id" element={<InstrumentPage />} />
          <Route path="sources" element={<SourcesPage />} />
          <Route path="about" element={<AboutPage />} />
          <Route path="*" element={<NotFoundPage />} />
        </Route>
      </Routes>
    </ConfigProvider>
  );
}
