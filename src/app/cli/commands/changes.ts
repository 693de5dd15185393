import { type Command, Option } from 'commander';
import { CHANGE_KINDS, type ChangeKind, changesOf } from '../../../domains/releases/changes.ts';
import { changeStore, findRelease } from '../../../domains/releases/store.pg.ts';
import { AppError } from '../../../kernel/app-error.ts';
import { sourceCatalogue } from '../../source-catalogue.ts';
import { writeOut } from '../json-lines.ts';
import { withDevices } from '../with-devices.ts';

interface Flags {
  readonly release: string;
  readonly json?: boolean;
  readonly kind?: ChangeKind;
}

/** Characters collected before they are written. */
const CHUNK = 1 << 16;

export function register(program: Command): void {
  program
    .command('changes')
    .description('what a release changed: new, changed field by field, withdrawn, conflicting')
    .requiredOption('--release <id>', 'release id, as `xiedang releases` prints it')
    .addOption(new Option('--kind <kind>', 'only this kind').choices(CHANGE_KINDS))
    .option('--json', 'one JSON object a line')
    .action(async (flags: Flags) =>
      withDevices(async (_devices, store) => {
        const sql = store.appSql();
        const release = await findRelease(sql, flags.release);
        if (!release) throw new AppError('release.not-found', `没有这个发布批次：${flags.release}`, {});
        let out = '';
        for await (const { change } of changesOf(changeStore(sql), release, sourceCatalogue(), { kind: flags.kind })) {
          const { kind, key, fields, source } = change;
          out += flags.json
            ? `${JSON.stringify({ kind, key, fields, source })}\n`
            : `${kind}\t${key}\t${fields.map((field) => field.name).join(' ')}\n`;
          if (out.length >= CHUNK) {
            await writeOut(out);
            out = '';
          }
        }
        if (out) await writeOut(out);
      }),
    );
}
