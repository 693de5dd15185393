import type { IScannerControls } from '@zxing/browser';
import { useEffect, useRef, useState } from 'react';
import { useText } from '../../i18n/text.ts';
import { codes } from './messages.ts';
import { barcodeReader, scanText } from './scan-image.ts';

/** The picture of the camera; every code read once is handed on. */
export default function Camera({ onCode }: { onCode(code: string): void }) {
  const t = useText(codes);
  const video = useRef<HTMLVideoElement>(null);
  const [state, setState] = useState<'starting' | 'on' | 'denied'>('starting');
  const [last, setLast] = useState('');
  const hand = useRef(onCode);
  hand.current = onCode;

  useEffect(() => {
    let controls: IScannerControls | undefined;
    let stopped = false;
    const seen = new Set<string>();
    const start = async () => {
      try {
        const reader = barcodeReader();
        controls = await reader.decodeFromConstraints(
          { video: { facingMode: 'environment', width: { ideal: 1920 }, height: { ideal: 1080 } } },
          video.current ?? undefined,
          (result) => {
            if (!result) return;
            const code = scanText(result);
            if (code === '' || seen.has(code)) return;
            seen.add(code);
            setLast(code);
            hand.current(code);
          },
        );
        if (stopped) controls.stop();
        else setState('on');
      } catch {
        if (!stopped) setState('denied');
      }
    };
    void start();
    return () => {
      stopped = true;
      controls?.stop();
    };
  }, []);

  return (
    <div className="camera">
      {state === 'denied' ? (
        <p className="notice notice-amber" role="alert">
          {t('cameraDenied')}
        </p>
      ) : (
        <>
          <video ref={video} muted playsInline aria-label={t('camera')} />
          <p className="hint" aria-live="polite">
            {state === 'starting' ? t('cameraStarting') : last ? t('cameraRead', { code: last }) : t('cameraHint')}
          </p>
        </>
      )}
    </div>
  );
}
