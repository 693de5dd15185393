import { Modal } from 'antd';
import { useApi } from '../api/queries.ts';
import type { SourceBytes, SourceRef } from '../api/types.ts';
import { useText } from '../i18n/text.ts';
import { Failure } from './failure.tsx';
import { parts } from './messages.ts';
import { PageSkeleton } from './page-skeleton.tsx';

/** The bytes of the file a value was read from. */
export default function BytesDialog({ reference, onClose }: { reference: SourceRef; onClose(): void }) {
  const t = useText(parts);
  const bytes = useApi<SourceBytes>(
    '/sources/bytes',
    {
      releaseId: reference.releaseId,
      part: reference.partNo ?? reference.part,
      at: reference.at,
      length: reference.length,
    },
    { timeless: true },
  );
  return (
    <Modal open title={t('bytesOf')} footer={null} onCancel={onClose} width={760}>
      <p className="hint mono">
        {reference.file} · {reference.sha256}
      </p>
      {bytes.isPending && <PageSkeleton />}
      {bytes.error && <Failure error={bytes.error} onRetry={() => void bytes.refetch()} />}
      {bytes.data &&
        (bytes.data.available && bytes.data.text !== null ? (
          <pre className="code-block">{bytes.data.text}</pre>
        ) : (
          <p className="notice notice-grey">{t('bytesGone')}</p>
        ))}
    </Modal>
  );
}
