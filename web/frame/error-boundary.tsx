import { Button } from 'antd';
import { Component, type ReactNode } from 'react';
import { useText } from '../i18n/text.ts';
import { frame } from './messages.ts';

/** A file of the web could not be fetched: the server is away, or was upgraded meanwhile. */
const NOT_FETCHED = /preload css|dynamically imported module|importing a module script failed|loading chunk/i;

function Crashed({ error }: { error: Error }) {
  const t = useText(frame);
  if (NOT_FETCHED.test(error.message))
    return (
      <section className="notice notice-red" role="alert">
        <h1>{t('notFetched')}</h1>
        <p>{t('notFetchedDetail')}</p>
        <Button onClick={() => window.location.reload()}>{t('reload')}</Button>
      </section>
    );
  return (
    <section className="notice notice-red" role="alert">
      <h1>{t('crashed')}</h1>
      <p>{t('crashedDetail')}</p>
      <pre className="code-block">{error.message}</pre>
      <Button onClick={() => window.location.reload()}>{t('reload')}</Button>
    </section>
  );
}

/** Keeps the fault of one page from taking the frame with it. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: Error } {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    return this.state.error ? <Crashed error={this.state.error} /> : this.props.children;
  }
}
