import { useQueryClient } from '@tanstack/react-query';
import { Button, Popconfirm } from 'antd';
import { useState } from 'react';
import { sendJson } from '../../api/client.ts';
import { Failure } from '../../components/failure.tsx';
import { useText } from '../../i18n/text.ts';
import { ITEM_FORMS, itemOf, takenOf } from './correction-fields.ts';
import { CorrectionForm } from './correction-form.tsx';
import type { Element } from './elements.ts';
import { review } from './review-messages.ts';
import type { PolicyFile } from './types.ts';

/** Fetches a policy and the queue again once something was mended. */
export function useMended(file: PolicyFile): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    await client.invalidateQueries({ queryKey: [`/policies/${encodeURIComponent(file.id)}`] });
    await client.invalidateQueries({ queryKey: ['/policies/review'] });
  };
}

/** Mending one element where it stands: its fields, or that it is none. */
export function CorrectionTools({ file, element }: { file: PolicyFile; element: Element }) {
  const t = useText(review);
  const mended = useMended(file);
  const [open, setOpen] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const form = ITEM_FORMS[element.kind];
  const document = element.document === null ? undefined : file.reading?.documents[element.document];
  if (!form || !document) return null;
  const item = itemOf(document, form.element, element.index);
  const { start, end, ...before } = item;
  const about = {
    version: file.versionId ?? file.versions[0]?.id,
    ordinal: element.document,
    element: form.element,
    start,
    end,
    before,
  };
  const send = async (body: Readonly<Record<string, unknown>>) => {
    await sendJson('POST', `/policies/${encodeURIComponent(file.id)}/corrections`, { ...about, ...body });
    await mended();
  };
  if (open)
    return (
      <CorrectionForm
        fields={form.fields}
        item={item}
        onCancel={() => setOpen(false)}
        onSave={async (typed, note) => {
          const value = takenOf(typed, form.fields, form.element === 'contacts');
          await send({ op: 'change', value, ...(note === '' ? {} : { note }) });
          setOpen(false);
        }}
      />
    );
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {t('correct')}
      </Button>
      <Popconfirm
        title={t('removeSure')}
        okText={t('remove')}
        cancelText={t('cancel')}
        onConfirm={async () => {
          try {
            await send({ op: 'remove' });
          } catch (error) {
            setFailure(error);
          }
        }}
      >
        <Button size="small">{t('remove')}</Button>
      </Popconfirm>
      {failure !== null && <Failure error={failure} />}
    </>
  );
}
