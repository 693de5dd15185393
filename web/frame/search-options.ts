import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { getJson, sendJson } from '../api/client.ts';
import type { Lookup, Page, Suggestion } from '../api/types.ts';
import { certificatePath, devicePath, partyPath } from '../components/app-link.tsx';
import { useText } from '../i18n/text.ts';
import { pages } from './areas.ts';
import { frame } from './messages.ts';

export interface Option {
  readonly kind: Suggestion['kind'] | 'policy' | 'page' | 'search';
  readonly label: string;
  readonly detail: string | null;
  readonly href: string;
}

interface FoundPolicy {
  readonly id: string;
  readonly title: string;
  readonly number: string | null;
}

const CERTIFICATE = /[械药食][^\s]{0,6}[准进许备字生网经临]|\d{4}第?\d{3,}号/;

/** True when the text is rather a code or number than words. Only decides where Enter leads first. */
export function looksLikeCode(text: string): boolean {
  if (CERTIFICATE.test(text)) return true;
  if (/[\u3400-\u9fff]/.test(text)) return false;
  return (text.match(/\d/g)?.length ?? 0) >= 6 || /^(\+|=|&|\[\)>|MA\.|\(\d{2})/.test(text);
}

/** True for the number of an official document: 国办发〔2024〕53号, 2024年第38号, 国务院令第739号. */
export function looksLikeDocument(text: string): boolean {
  return /[〔[(（【]\s*(19|20)\d{2}\s*[〕\])）】]\s*第?\s*\d+\s*号|(19|20)\d{2}\s*年第\s*\d+\s*号|令\s*第?\s*\d+\s*号/.test(
    text,
  );
}

/** The page that answers a code: its file when there is exactly one, else the code desk or the search. */
export async function whereIs(code: string): Promise<string> {
  const desk = `/codes?code=${encodeURIComponent(code)}`;
  try {
    const { items } = await sendJson<{ items: Lookup[] }>('POST', '/lookup', { codes: [code] });
    const found = items[0];
    if (!found) return desk;
    const match = found.matches[0];
    if (found.kind === 'certificate' && found.found) return certificatePath(match?.certificate ?? code);
    if (found.kind === 'credit-code' && found.found && match?.device.holderKey)
      return partyPath(match.device.holderKey);
    if (found.status === 'found' && match) return devicePath(match.device.source, match.device.recordKey);
    if (found.kind === 'model' || found.kind === 'unknown') return `/devices?q=${encodeURIComponent(code)}`;
    return desk;
  } catch {
    // without the server the desk still reads the code
    return desk;
  }
}

function useDelayed(value: string, milliseconds: number): string {
  const [delayed, setDelayed] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setDelayed(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return delayed;
}

/** What may be meant: suggestions of the server, the plain search, the code desk, pages of this name. */
export function useSearchOptions(text: string, active: boolean): readonly Option[] {
  const t = useText(frame);
  const q = text.trim();
  const asked = useDelayed(q, 150);
  const { data } = useQuery({
    queryKey: ['/search/suggest', asked],
    queryFn: ({ signal }) => getJson<{ items: readonly Suggestion[] }>('/search/suggest', { q: asked }, signal),
    enabled: active && asked.length > 0,
    placeholderData: keepPreviousData,
  });
  const policies = useQuery({
    queryKey: ['/policies', 'suggest', asked],
    queryFn: ({ signal }) => getJson<Page<FoundPolicy>>('/policies', { q: asked, limit: 3 }, signal),
    enabled: active && /[\u3400-\u9fff]{2}/.test(asked),
    placeholderData: keepPreviousData,
  }).data;
  return useMemo(() => {
    if (q === '') return [];
    const lower = q.toLowerCase();
    const encoded = encodeURIComponent(q);
    const options: Option[] = [...(asked === '' ? [] : (data?.items ?? []))];
    if (/[\u3400-\u9fff]{2}/.test(asked))
      for (const found of policies?.items.slice(0, 3) ?? [])
        options.push({ kind: 'policy', label: found.title, detail: found.number, href: `/policies/${found.id}` });
    if (looksLikeCode(q))
      options.push({ kind: 'code', label: t('openCode', { q }), detail: null, href: `/codes?code=${encoded}` });
    options.push({ kind: 'search', label: t('searchAll', { q }), detail: null, href: `/devices?q=${encoded}` });
    options.push({ kind: 'search', label: t('searchPolicies', { q }), detail: null, href: `/policies?q=${encoded}` });
    for (const page of pages)
      if (t(page.key).toLowerCase().includes(lower))
        options.push({ kind: 'page', label: t(page.key), detail: page.path, href: page.path });
    return options.slice(0, 16);
  }, [q, asked, data, policies, t]);
}
