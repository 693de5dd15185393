import { Button, Progress } from 'antd';
import { type ClipboardEvent, type KeyboardEvent, lazy, Suspense, useRef, useState } from 'react';
import { formatNumber, useText } from '../../i18n/text.ts';
import { codesOfFile } from './code-file.ts';
import { codes } from './messages.ts';
import { MAX_LINES } from './use-readings.ts';

const Camera = lazy(() => import('./camera.tsx'));
const GS = '\u001d';

interface Props {
  readonly text: string;
  readonly count: number;
  readonly read: number;
  onText(text: string): void;
  onAppend(lines: readonly string[]): void;
}

/** Where codes come in: typing, a hand scanner, the clipboard, files, pictures, the camera. */
export function DeskInput({ text, count, read, onText, onAppend }: Props) {
  const t = useText(codes);
  const field = useRef<HTMLTextAreaElement>(null);
  const image = useRef<HTMLInputElement>(null);
  const file = useRef<HTMLInputElement>(null);
  const [camera, setCamera] = useState(false);
  const [said, setSaid] = useState('');
  const [cleared, setCleared] = useState('');
  const [over, setOver] = useState(false);

  const insertGs = () => {
    const area = field.current;
    if (!area) return;
    area.setRangeText(GS, area.selectionStart, area.selectionEnd, 'end');
    onText(area.value);
    area.focus();
  };

  const take = async (files: readonly File[]) => {
    for (const one of files) {
      const { name } = one;
      try {
        if (one.type.startsWith('image/')) {
          const { readImage } = await import('./scan-image.ts');
          const code = await readImage(one);
          if (code === null) setSaid(t('imageNone', { name }));
          else {
            onAppend([code]);
            setSaid(t('imageRead', { name, n: 1 }));
          }
        } else {
          const lines = await codesOfFile(one);
          onAppend(lines);
          setSaid(t('fileRead', { name, n: lines.length }));
        }
      } catch (error) {
        setSaid(t('fileFailed', { name, reason: error instanceof Error ? error.message : String(error) }));
      }
    }
  };

  const onPaste = (event: ClipboardEvent) => {
    const files = [...event.clipboardData.files];
    if (files.length === 0) return;
    event.preventDefault();
    void take(files);
  };

  // hand scanners send the separator GS as Ctrl + ]
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey && event.key === ']') {
      event.preventDefault();
      insertGs();
    }
  };

  const chooser = (ref: typeof image, label: string, accept: string) => (
    <input
      ref={ref}
      type="file"
      className="visually-hidden"
      tabIndex={-1}
      aria-label={label}
      accept={accept}
      multiple
      onChange={(event) => {
        const files = [...(event.target.files ?? [])];
        event.target.value = '';
        void take(files);
      }}
    />
  );

  return (
    <section
      className={over ? 'desk-input drop-over' : 'desk-input'}
      aria-label={t('input')}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        const files = [...event.dataTransfer.files];
        setOver(false);
        if (files.length === 0) return;
        event.preventDefault();
        void take(files);
      }}
    >
      <label htmlFor="codes-text">{t('input')}</label>
      <textarea
        id="codes-text"
        ref={field}
        className="desk-text mono"
        spellCheck={false}
        autoComplete="off"
        wrap="off"
        rows={12}
        placeholder={t('placeholder')}
        value={text}
        onChange={(event) => onText(event.target.value)}
        onPaste={onPaste}
        onKeyDown={onKeyDown}
      />
      <div className="row between hint">
        <span>{t('lines', { n: count })}</span>
        {read < Math.min(count, MAX_LINES) && (
          <span role="status">{t('reading', { done: read, total: Math.min(count, MAX_LINES) })}</span>
        )}
      </div>
      {read < Math.min(count, MAX_LINES) && count > 2000 && (
        <Progress percent={Math.round((100 * read) / Math.min(count, MAX_LINES))} showInfo={false} size="small" />
      )}
      {count > MAX_LINES && (
        <p className="notice notice-amber">{t('tooMany', { n: count, rest: formatNumber(count - MAX_LINES) })}</p>
      )}
      <div className="row">
        <Button type={camera ? 'primary' : 'default'} aria-pressed={camera} onClick={() => setCamera(!camera)}>
          {camera ? t('stopCamera') : t('camera')}
        </Button>
        <Button onClick={() => image.current?.click()}>{t('image')}</Button>
        <Button onClick={() => file.current?.click()}>{t('file')}</Button>
        <Button onClick={insertGs} title="Ctrl + ]">
          {t('insertGs')}
        </Button>
        {text !== '' ? (
          <Button
            onClick={() => {
              setCleared(text);
              onText('');
            }}
          >
            {t('clear')}
          </Button>
        ) : (
          cleared !== '' && <Button onClick={() => onText(cleared)}>{t('undoClear')}</Button>
        )}
      </div>
      {chooser(image, t('imageLabel'), 'image/*')}
      {chooser(file, t('fileLabel'), '.txt,.csv,.tsv,.xlsx,text/plain')}
      <p className="hint">{t('dropHint')}</p>
      <p role="status" data-testid="desk-said">
        {said}
      </p>
      {camera && (
        <Suspense fallback={<p className="hint">{t('cameraStarting')}</p>}>
          <Camera onCode={(code) => onAppend([code])} />
        </Suspense>
      )}
    </section>
  );
}
