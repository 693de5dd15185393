import cliProgress from 'cli-progress';
import type { ImportProgress } from '../../processes/import/import-release.ts';

/** Progress of an import on a terminal: records, rate, time left as far as it can be told. Silent elsewhere. */
export function importBar(stream: NodeJS.WriteStream): { update(progress: ImportProgress): void; stop(): void } {
  if (!stream.isTTY) return { update: () => undefined, stop: () => undefined };
  let bar: cliProgress.SingleBar | undefined;
  const started = performance.now();
  return {
    update({ read, parts, stage, releaseId }) {
      if (!bar) {
        bar = new cliProgress.SingleBar(
          {
            stream,
            format: '{release} {stage} [{bar}] {value}/{total} parts · {read} records · {rate}/s · {eta_formatted}',
            hideCursor: true,
          },
          cliProgress.Presets.shades_classic,
        );
        bar.start(parts.total, parts.done, { release: releaseId, stage, read: 0, rate: 0 });
      }
      const rate = Math.round(read / Math.max(0.001, (performance.now() - started) / 1000));
      bar.update(parts.done, {
        release: releaseId,
        stage,
        read: read.toLocaleString('en'),
        rate: rate.toLocaleString('en'),
      });
    },
    stop: () => bar?.stop(),
  };
}
