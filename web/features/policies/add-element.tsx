import { Button, Popover } from 'antd';
import { useEffect, useState } from 'react';
import { sendJson } from '../../api/client.ts';
import { Failure } from '../../components/failure.tsx';
import { useText } from '../../i18n/text.ts';
import { FACT_FIELDS, ITEM_FORMS, itemOf, takenOf, typedOf } from './correction-fields.ts';
import { CorrectionForm } from './correction-form.tsx';
import { useMended } from './correction-tools.tsx';
import { ELEMENT_KINDS, type ElementKind } from './elements.ts';
import { policyWords } from './messages.ts';
import { review } from './review-messages.ts';
import type { PolicyFile, Span } from './types.ts';

/** The place of the words a person has selected in the original; null when nothing of it is selected. */
function selectedSpan(): Span | null {
  const selection = window.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  const at = (node: Node, offset: number): number | null => {
    const chunk = (node instanceof globalThis.Element ? node : node.parentElement)?.closest<HTMLElement>(
      '.marked-text .chunk',
    );
    if (!chunk) return null;
    const before = document.createRange();
    before.selectNodeContents(chunk);
    before.setEnd(node, offset);
    return Number(chunk.dataset.start ?? '0') + before.toString().length;
  };
  const start = at(range.startContainer, range.startOffset);
  const end = at(range.endContainer, range.endOffset);
  return start === null || end === null || end <= start ? null : { start, end };
}

/** What a person can do with the reading as a whole: mend the facts, mark words that were missed, sign it as read. */
export default function AddElement({ file, number }: { file: PolicyFile; number: number }) {
  const t = useText(review);
  const w = useText(policyWords);
  const mended = useMended(file);
  const [span, setSpan] = useState<Span | null>(null);
  const [mode, setMode] = useState<'facts' | ElementKind | null>(null);
  const [place, setPlace] = useState<Span | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const [done, setDone] = useState(false);
  const document = file.reading?.documents[number];
  useEffect(() => {
    const read = () => setSpan(selectedSpan());
    window.document.addEventListener('selectionchange', read);
    return () => window.document.removeEventListener('selectionchange', read);
  }, []);
  if (!document) return null;
  const path = `/policies/${encodeURIComponent(file.id)}`;
  const about = { version: file.versionId ?? file.versions[0]?.id, ordinal: number };
  const send = async (to: string, body: Readonly<Record<string, unknown>>) => {
    setFailure(null);
    try {
      await sendJson('POST', `${path}/${to}`, { ...about, ...body });
      await mended();
    } catch (error) {
      setFailure(error);
      throw error;
    }
  };
  const facts = document as unknown as Readonly<Record<string, unknown>>;
  const form = mode && mode !== 'facts' ? ITEM_FORMS[mode] : undefined;
  return (
    <>
      <p className="row mend-tools no-print">
        <Button
          size="small"
          onClick={() => setMode(mode === 'facts' ? null : 'facts')}
          aria-expanded={mode === 'facts'}
        >
          {t('correctFacts')}
        </Button>
        <Popover
          trigger="click"
          placement="bottomLeft"
          content={
            <div className="mend-kinds">
              {ELEMENT_KINDS.filter((kind) => kind in ITEM_FORMS).map((kind) => (
                <button
                  key={kind}
                  type="button"
                  className="legend-kind"
                  onClick={() => {
                    setPlace(span);
                    setMode(kind);
                  }}
                >
                  <span className={`mk mk-${kind} mk-sample`}>{w(`element.${kind}`)}</span>
                </button>
              ))}
            </div>
          }
        >
          {/* a press on a button would take the selection away */}
          <Button
            size="small"
            disabled={!span}
            title={span ? undefined : t('selectFirst')}
            onMouseDown={(event) => event.preventDefault()}
          >
            {t('addSelected')}
          </Button>
        </Popover>
        <Button
          size="small"
          disabled={done}
          onClick={() =>
            void send('reviewed', {}).then(
              () => setDone(true),
              () => undefined,
            )
          }
        >
          {done ? t('reviewedDone') : t('markReviewed')}
        </Button>
      </p>
      {(failure !== null || mode !== null) && (
        <div className="mend no-print">
          {failure !== null && !mode && <Failure error={failure} />}
          {mode === 'facts' && (
            <CorrectionForm
              fields={FACT_FIELDS}
              item={facts}
              onCancel={() => setMode(null)}
              onSave={async (typed, note) => {
                const before = takenOf(typedOf(facts, FACT_FIELDS), FACT_FIELDS);
                const after = takenOf(typed, FACT_FIELDS);
                for (const { name } of FACT_FIELDS)
                  if (JSON.stringify(before[name]) !== JSON.stringify(after[name]))
                    await send('corrections', {
                      op: 'set',
                      element: name,
                      value: after[name],
                      ...(note === '' ? {} : { note }),
                    });
                setMode(null);
              }}
            />
          )}
          {form && place && (
            <>
              <blockquote lang="zh-CN">{file.text.slice(place.start, place.end)}</blockquote>
              <CorrectionForm
                key={`${mode}${place.start}`}
                fields={form.fields}
                item={
                  mode === 'obligation'
                    ? { modal: '应当', action: file.text.slice(place.start, place.end) }
                    : mode === 'cite'
                      ? { title: file.text.slice(place.start, place.end).replace(/^《|》$/g, ''), relation: 'mentions' }
                      : mode === 'measure'
                        ? { heading: file.text.slice(place.start, place.end) }
                        : itemOf(document, form.element, -1)
                }
                onCancel={() => setMode(null)}
                onSave={async (typed, note) => {
                  await send('corrections', {
                    op: 'add',
                    element: form.element,
                    start: place.start,
                    end: place.end,
                    value: takenOf(typed, form.fields, form.element === 'contacts'),
                    ...(note === '' ? {} : { note }),
                  });
                  setMode(null);
                }}
              />
            </>
          )}
        </div>
      )}
    </>
  );
}
