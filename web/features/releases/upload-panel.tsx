import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, Select } from 'antd';
import { useState } from 'react';
import { sendForm } from '../../api/client.ts';
import { DropZone } from '../../components/drop-zone.tsx';
import { Failure } from '../../components/failure.tsx';
import { useText } from '../../i18n/text.ts';
import { releaseText } from './messages.ts';
import { formatBytes } from './sizes.ts';

/** Chooses files, sends them, and hands on the import they began. */
export function UploadPanel({ onStarted }: { onStarted(importId: string): void }) {
  const t = useText(releaseText);
  const client = useQueryClient();
  const [files, setFiles] = useState<readonly File[]>([]);
  const [mode, setMode] = useState('auto');
  const [dryRun, setDryRun] = useState(false);
  const [sent, setSent] = useState<readonly [number, number]>([0, 0]);
  const size = files.reduce((sum, file) => sum + file.size, 0);
  const upload = useMutation({
    mutationFn: () => {
      const form = new FormData();
      if (mode !== 'auto') form.set('mode', mode);
      if (dryRun) form.set('dryRun', 'true');
      for (const file of files) form.append('file', file, file.name);
      return sendForm<{ importId: number | string }>('/releases', form, (done, total) => setSent([done, total]));
    },
    onSuccess: async ({ importId }) => {
      setFiles([]);
      onStarted(String(importId));
      await client.invalidateQueries({ queryKey: ['/releases'] });
    },
  });
  return (
    <section className="stack" aria-labelledby="upload-title">
      <h2 id="upload-title">{t('upload')}</h2>
      <DropZone
        label={t('uploadLabel')}
        multiple
        onFiles={(more) =>
          setFiles((before) => [...before.filter((one) => !more.some((two) => two.name === one.name)), ...more])
        }
      >
        <p className="hint">{t('uploadHint')}</p>
      </DropZone>
      {files.length > 0 && (
        <div className="stack">
          <p>{t('chosen', { n: files.length, size: formatBytes(size) })}</p>
          <ul className="plain-list lines">
            {files.map((file) => (
              <li key={file.name}>
                <span className="mono">{file.name}</span>
                <span className="row">
                  <span className="hint">{formatBytes(file.size)}</span>
                  <button
                    type="button"
                    className="link"
                    aria-label={t('removeFile', { name: file.name })}
                    onClick={() => setFiles((before) => before.filter((one) => one !== file))}
                  >
                    ×
                  </button>
                </span>
              </li>
            ))}
          </ul>
          <div className="row">
            <label htmlFor="import-mode">{t('mode')}</label>
            <Select
              id="import-mode"
              className="mode-choice"
              value={mode}
              onChange={(value: string) => setMode(value)}
              options={[
                { value: 'auto', label: t('modeAuto') },
                { value: 'full', label: t('modeFull') },
                { value: 'update', label: t('modeUpdate') },
              ]}
            />
            <Checkbox checked={dryRun} onChange={(event) => setDryRun(event.target.checked)}>
              {t('dryRun')}
            </Checkbox>
            <Button type="primary" loading={upload.isPending} onClick={() => upload.mutate()}>
              {t('start')}
            </Button>
          </div>
          {upload.isPending && sent[1] > 0 && (
            <div role="status">
              <progress className="bar" value={sent[0]} max={sent[1]} aria-label={t('uploadLabel')} />
              <p className="hint">{t('sending', { done: formatBytes(sent[0]), total: formatBytes(sent[1]) })}</p>
            </div>
          )}
        </div>
      )}
      {upload.error && <Failure error={upload.error} onRetry={() => upload.mutate()} />}
    </section>
  );
}
