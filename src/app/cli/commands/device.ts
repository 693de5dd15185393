import type { Command } from 'commander';
import type { DeviceService } from '../../../domains/devices/service.ts';
import { AppError } from '../../../kernel/app-error.ts';
import { answerLines, errorLine, openInput, writeOut } from '../json-lines.ts';
import { withDevices } from '../with-devices.ts';

interface Flags {
  readonly json?: boolean;
  readonly asOf?: string;
  readonly knownAt?: string;
}

/** Lines answered with one set of statements. */
const BATCH = 1000;

/** `{"id","code"}` lines → what each code is. Lines without a code are refused in their place. */
async function answerCodes(
  devices: DeviceService,
  rows: readonly Record<string, unknown>[],
  flags: Flags,
): Promise<Record<string, unknown>[]> {
  const at = await devices.readAt(flags);
  const codes = rows.map((row) => (typeof row.code === 'string' ? row.code : ''));
  const answers = await devices.lookUp(at, codes);
  return rows.map((row, i) => {
    if (typeof row.code !== 'string')
      return errorLine(row.id ?? null, new AppError('lookup.no-code', 'the line has no text "code"'));
    const { found, matches, problems, kind, status, more } = answers[i] as (typeof answers)[number];
    return { id: row.id ?? null, found, matches, problems, kind, status, more };
  });
}

export function register(program: Command): void {
  const device = program.command('device').description('look devices up and show their dossier');
  device
    .command('lookup')
    .description('say what each code is: identifier at any level, certificate, credit code, model')
    .argument('[code...]', 'codes; without any, lines are read from --file or standard input')
    .option('--json', 'JSON lines {"id","code"} in, one JSON line out for each')
    .option('--file <path>', 'read lines from a file')
    .option('--as-of <day>', 'legal day')
    .option('--known-at <time>', 'known day or instant')
    .action(async (codes: string[], flags: Flags & { readonly file?: string }) =>
      withDevices(async (devices) => {
        if (codes.length > 0) {
          const at = await devices.readAt(flags);
          for (const answer of await devices.lookUp(at, codes)) await writeOut(`${JSON.stringify(answer)}\n`);
          return;
        }
        if (!flags.json) throw new AppError('usage.no-code', 'give codes, or --json for lines on standard input');
        await answerLines(openInput(flags.file), (rows) => answerCodes(devices, rows, flags), BATCH);
      }),
    );
  device
    .command('show')
    .description('print the dossier of one device record as JSON')
    .argument('<source>', 'source, as nmpa-udid')
    .argument('<record-key>', 'key of the record in its source')
    .option('--json', 'JSON on one line')
    .option('--as-of <day>', 'legal day')
    .option('--known-at <time>', 'known day or instant')
    .action(async (source: string, recordKey: string, flags: Flags) =>
      withDevices(async (devices) => {
        const at = await devices.readAt(flags);
        const { list: _list, version: _version, ...file } = await devices.file(at, { source, recordKey });
        await writeOut(`${JSON.stringify(file, null, flags.json ? 0 : 2)}\n`);
      }),
    );
}
