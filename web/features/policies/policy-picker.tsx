import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useEffect, useState } from 'react';
import { getJson } from '../../api/client.ts';
import type { PolicyFile, PolicyPage } from './types.ts';

interface Props {
  readonly id: string;
  readonly label: string;
  readonly placeholder: string;
  readonly value: string | undefined;
  onValue(id: string | undefined): void;
}

/** A policy of the library, found by title, number or words. */
export function PolicyPicker({ id, label, placeholder, value, onValue }: Props) {
  const [text, setText] = useState('');
  const [asked, setAsked] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text.trim()), 200);
    return () => clearTimeout(timer);
  }, [text]);
  const found = useQuery({
    queryKey: ['/policies', 'pick', asked],
    queryFn: ({ signal }) =>
      getJson<PolicyPage>('/policies', asked === '' ? { limit: 12 } : { q: asked, limit: 12 }, signal),
    placeholderData: keepPreviousData,
  });
  const chosen = useQuery({
    queryKey: [`/policies/${encodeURIComponent(value ?? '')}`, {}],
    queryFn: ({ signal }) => getJson<PolicyFile>(`/policies/${encodeURIComponent(value ?? '')}`, {}, signal),
    enabled: value !== undefined,
  });
  const options = (found.data?.items ?? []).map((row) => ({
    value: row.id,
    label: [row.title, row.number, row.issuedOn ?? row.year].filter(Boolean).join(' · '),
  }));
  if (value && !options.some((one) => one.value === value))
    options.unshift({
      value,
      label: chosen.data ? [chosen.data.title, chosen.data.number].filter(Boolean).join(' · ') : value,
    });
  return (
    <Select
      id={id}
      className="policy-picker"
      aria-label={label}
      showSearch={{ filterOption: false, onSearch: setText }}
      allowClear
      placeholder={placeholder}
      loading={found.isFetching}
      value={value ?? null}
      onChange={(next: string | null | undefined) => onValue(next ?? undefined)}
      options={options}
    />
  );
}
