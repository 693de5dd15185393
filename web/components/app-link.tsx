import type { ComponentProps } from 'react';
import { Link } from 'react-router';
import { useHref } from '../frame/dates.ts';

/** A link inside the product that keeps the dates of the page. */
export function AppLink({ to, ...rest }: Omit<ComponentProps<typeof Link>, 'to'> & { to: string }) {
  const href = useHref();
  return <Link to={href(to)} {...rest} />;
}

/** Addresses of the files. */
export function devicePath(source: string, recordKey: string): string {
  return `/d/${encodeURIComponent(source)}/${encodeURIComponent(recordKey)}`;
}

export function certificatePath(number: string): string {
  return `/c/${encodeURIComponent(number)}`;
}

export function partyPath(key: string): string {
  return `/p/${encodeURIComponent(key)}`;
}
