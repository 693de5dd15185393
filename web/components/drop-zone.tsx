import { Button } from 'antd';
import { type DragEvent, type ReactNode, useRef, useState } from 'react';
import { useText } from '../i18n/text.ts';
import { parts } from './messages.ts';

interface Props {
  readonly label: string;
  readonly accept?: string;
  readonly multiple?: boolean;
  readonly children?: ReactNode;
  onFiles(files: readonly File[]): void;
}

/** A place for files: dropping, choosing with mouse or keyboard. */
export function DropZone({ label, accept, multiple, children, onFiles }: Props) {
  const t = useText(parts);
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const files = [...event.dataTransfer.files];
    if (files.length > 0) onFiles(files);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra way; the button inside does the same
    <div
      className={over ? 'drop drop-over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <p>
        {t('dropHere')} <Button onClick={() => input.current?.click()}>{t('chooseFile')}</Button>
      </p>
      {children}
      <input
        ref={input}
        type="file"
        className="visually-hidden"
        tabIndex={-1}
        aria-label={label}
        multiple={multiple}
        accept={accept}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = '';
          if (files.length > 0) onFiles(files);
        }}
      />
    </div>
  );
}
