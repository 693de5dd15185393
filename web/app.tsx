import { ConfigProvider } from 'antd';
import enUS from 'antd/es/locale/en_US';
import zhCN from 'antd/es/locale/zh_CN';
import { lazy, useMemo } from 'react';
import { Route, Routes } from 'react-router';
import { HomePage } from './features/home/home-page.tsx';
import { NotFoundPage } from './frame/not-found-page.tsx';
import { usePreferences } from './frame/preferences.tsx';
import { Shell } from './frame/shell.tsx';
import { antdTheme } from './theme.ts';

const AboutPage = lazy(() => import('./features/about/about-page.tsx'));
const CertificatePage = lazy(() => import('./features/dossiers/certificate-page.tsx'));
const CodeDeskPage = lazy(() => import('./features/codes/code-desk-page.tsx'));
const DeviceListPage = lazy(() => import('./features/devices/device-list-page.tsx'));
const DevicePage = lazy(() => import('./features/dossiers/device-page.tsx'));
const PartyListPage = lazy(() => import('./features/parties/party-list-page.tsx'));
const PartyPage = lazy(() => import('./features/parties/party-page.tsx'));
const QualityPage = lazy(() => import('./features/quality/quality-page.tsx'));
const ReleaseListPage = lazy(() => import('./features/releases/release-list-page.tsx'));
const ReleasePage = lazy(() => import('./features/releases/release-page.tsx'));
const SourcesPage = lazy(() => import('./features/sources/sources-page.tsx'));

export function App() {
  const { lang, mode } = usePreferences();
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
          <Route path="releases" element={<ReleaseListPage />} />
          <Route path="releases/:releaseId" element={<ReleasePage />} />
          <Route path="quality" element={<QualityPage />} />
          <Route path="sources" element={<SourcesPage />} />
          <Route path="about" element={<AboutPage />} />
          <Route path="*" element={<NotFoundPage />} />
        </Route>
      </Routes>
    </ConfigProvider>
  );
}
