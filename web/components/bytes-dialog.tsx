import { Modal, Switch } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useApi } from '../api/queries.ts';
import type { SourceBytes } from '../api/types.ts';
import { useText } from '../i18n/text.ts';
import '../styles/bytes.css';
import { Failure } from './failure.tsx';
import { parts } from './messages.ts';
import { PageSkeleton } from './page-skeleton.tsx';
import { recordLines } from './record-text.ts';

/** Where a record stands in its file; without `length` it is shown to its end. */
export interface BytePlace {
  readonly releaseId: string;
  readonly partNo: number | null;
  readonly part: string | null;
  readonly at: number | null;
  readonly length?: number | null;
  readonly file: string | null;
  readonly sha256?: string | null;
}

interface Props {
  readonly reference: BytePlace;
  /** The value that was pointed at, and the tag of its field: marked in the text. */
  readonly value?: string | undefined;
  readonly tag?: string | undefined;
  onClose(): void;
}

/** The bytes of the file a value was read from: one value a line, or exactly as they stand there. */
export default function BytesDialog({ reference, value, tag, onClose }: Props) {
  const t = useText(parts);
  const [raw, setRaw] = useState(false);
  const box = useRef<HTMLPreElement>(null);
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
  const text = bytes.data?.available ? bytes.data.text : null;
  const lines = useMemo(() => (text === null ? [] : recordLines(text, tag, value)), [text, tag, value]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the mark comes into view when the text has arrived
  useEffect(() => {
    box.current?.querySelector('mark')?.scrollIntoView({ block: 'center' });
  }, [lines, raw]);
  return (
    <Modal open title={t('bytesOf')} footer={null} onCancel={onClose} width={820}>
      <p className="hint mono bytes-place">
        {[reference.file, reference.part === reference.file ? null : reference.part].filter(Boolean).join(' › ')}
        {reference.at !== null && ` · ${t('placeByte', { from: reference.at })}`}
        {reference.sha256 && ` · SHA-256 ${reference.sha256}`}
      </p>
      {bytes.isPending && <PageSkeleton />}
      {bytes.error && <Failure error={bytes.error} onRetry={() => void bytes.refetch()} />}
      {bytes.data && text === null && <p className="notice notice-grey">{t('bytesGone')}</p>}
      {text !== null && (
        <div className="stack">
          <p className="row">
            <Switch size="small" checked={raw} onChange={setRaw} aria-label={t('bytesRaw')} /> {t('bytesRaw')}
            {bytes.data?.encoding && <span className="hint">{bytes.data.encoding}</span>}
          </p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
          <pre ref={box} className="code-block bytes-text" tabIndex={0} data-testid="bytes-text">
            {raw
              ? text
              : lines.map((line, number) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: lines of one text have no other name
                  <span key={number} className={`bytes-line bytes-depth-${Math.min(line.depth, 8)}`}>
                    {line.pieces.map(([piece, hit], index) =>
                      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one line have no other name
                      hit ? <mark key={index}>{piece}</mark> : piece,
                    )}
                    {'\n'}
                  </span>
                ))}
          </pre>
        </div>
      )}
    </Modal>
  );
}
