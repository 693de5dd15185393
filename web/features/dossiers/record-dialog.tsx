import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Modal, Select } from 'antd';
import { useState } from 'react';
import { sendJson } from '../../api/client.ts';
import type { DossierRecord, JsonSchema, RecordKind, Subject } from '../../api/dossier-types.ts';
import { useApi } from '../../api/queries.ts';
import { DayField } from '../../components/day-field.tsx';
import { Failure } from '../../components/failure.tsx';
import { PageSkeleton } from '../../components/page-skeleton.tsx';
import { todayInShanghai } from '../../frame/dates.ts';
import { usePick, useText } from '../../i18n/text.ts';
import { dossier } from './messages.ts';
import { SchemaField } from './schema-field.tsx';

interface Props {
  readonly subject: Subject;
  /** The record that the new one corrects. */
  readonly corrects?: DossierRecord;
  onClose(): void;
}

type Body = Readonly<Record<string, unknown>>;

function missing(schema: JsonSchema | undefined, body: Body): boolean {
  return (schema?.required ?? []).some((name) => body[name] === undefined || body[name] === '');
}

/** The body of the record to correct, as the form's first answers. */
function bodyOf(record: DossierRecord | undefined): Body {
  const body = record?.body;
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? { ...body } : {};
}

/** Adds one record to a file; the fields come from the schema of the kind. */
export default function RecordDialog({ subject, corrects, onClose }: Props) {
  const t = useText(dossier);
  const pick = usePick();
  const client = useQueryClient();
  const kinds = useApi<{ items: readonly RecordKind[] }>('/records/kinds', {}, { timeless: true });
  const [kindName, setKindName] = useState(corrects?.kind ?? 'note');
  const [occurredOn, setOccurredOn] = useState(corrects?.occurredOn ?? todayInShanghai());
  const [body, setBody] = useState<Body>(() => bodyOf(corrects));
  const kind = kinds.data?.items.find((item) => item.kind === kindName) ?? kinds.data?.items[0];
  const save = useMutation({
    mutationFn: () =>
      sendJson('POST', '/records', {
        kind: kind?.kind,
        occurredOn,
        subjects: [subject],
        body,
        ...(corrects ? { corrects: corrects.id } : {}),
      }),
    onSuccess: async () => {
      await client.invalidateQueries();
      onClose();
    },
  });
  return (
    <App>
      <Modal
        open
        title={corrects ? t('correctTitle') : t('addRecord')}
        onCancel={onClose}
        onOk={() => save.mutate()}
        okText={t('save')}
        cancelText={t('cancel')}
        confirmLoading={save.isPending}
        okButtonProps={{ disabled: !kind || !occurredOn || missing(kind.schema, body) }}
      >
        {kinds.isPending && <PageSkeleton rows={4} />}
        {kinds.error && <Failure error={kinds.error} onRetry={() => void kinds.refetch()} />}
        {kind && (
          <form className="stack" onSubmit={(event) => event.preventDefault()}>
            <p className="hint">{t('recordAppendOnly')}</p>
            <div className="field">
              <label htmlFor="record-kind">{t('recordKind')}</label>
              <Select
                id="record-kind"
                value={kind.kind}
                disabled={corrects !== undefined}
                onChange={(value: string) => {
                  setKindName(value);
                  setBody({});
                }}
                options={(kinds.data?.items ?? []).map((item) => ({ value: item.kind, label: pick(item.label) }))}
              />
            </div>
            <div className="field">
              <label htmlFor="record-date">{t('occurredOn')}</label>
              <DayField
                id="record-date"
                max={todayInShanghai()}
                value={occurredOn}
                onChange={(day) => setOccurredOn(day ?? '')}
              />
            </div>
            {Object.entries(kind.schema.properties ?? {}).map(([name, schema]) => (
              <SchemaField
                key={`${kind.kind}-${name}`}
                name={name}
                schema={schema}
                required={kind.schema.required?.includes(name) ?? false}
                value={body[name]}
                onChange={(value) =>
                  setBody((before) => {
                    const { [name]: _, ...others } = before;
                    return value === undefined ? others : { ...others, [name]: value };
                  })
                }
              />
            ))}
          </form>
        )}
        {save.error && <Failure error={save.error} />}
      </Modal>
    </App>
  );
}
