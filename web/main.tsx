import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { retry } from './api/queries.ts';
import { App } from './app.tsx';
import { initialMode, PreferencesProvider } from './frame/preferences.tsx';
import { themeCss } from './theme.ts';
import './styles/base.css';
import './styles/frame.css';
import './styles/parts.css';
import './styles/table.css';
import './styles/print.css';

const sheet = document.createElement('style');
sheet.textContent = themeCss();
document.head.prepend(sheet);
document.documentElement.dataset.theme = initialMode();

const client = new QueryClient({
  defaultOptions: { queries: { retry, staleTime: 30_000, refetchOnWindowFocus: false } },
});

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <BrowserRouter>
          <PreferencesProvider>
            <App />
          </PreferencesProvider>
        </BrowserRouter>
      </QueryClientProvider>
    </StrictMode>,
  );
}
