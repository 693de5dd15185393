import { readFileSync } from 'node:fs';
import { availableParallelism, freemem, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { AppError } from '../../../kernel/app-error.ts';
import { diagnoseStore, type Finding } from '../../../platform/postgres/diagnosis.ts';
import { storeOptionsFrom } from '../../../platform/postgres/store.ts';

/** The national base of device identifiers, for which the disk is checked unless told otherwise. */
const NATIONAL_BASE = 5_700_000;
/** Ours at most 600 MB, PostgreSQL at most 1 GB, and room for the system's file cache. */
const MEMORY_NEEDED = 2 * 2 ** 30;
const OLDEST_NODE = [20, 19] as const;

const MARKS = { ok: '✓', warning: '!', error: '✗' } as const;

export function register(program: Command): void {
  program
    .command('doctor')
    .description('检查运行环境并说明如何修复 · say what is wrong and how to mend it')
    .option('--plan-devices <n>', 'devices the disk must hold', String(NATIONAL_BASE))
    .option('--json', 'one finding per line as JSON')
    .action(async (options: { planDevices: string; json?: boolean }) => {
      const planned = Number(options.planDevices.replaceAll('_', ''));
      if (!Number.isSafeInteger(planned) || planned < 0) {
        throw new AppError('usage.plan-devices', `--plan-devices ${options.planDevices}: expected a whole number`);
      }
      const findings = [programVersions(), memory(), ...(await diagnoseStore(storeOptionsFrom(process.env), planned))];
      process.stdout.write(options.json ? asJson(findings) : asText(findings));
      if (findings.some(({ status }) => status === 'error')) process.exitCode = 1;
    });
}

function asJson(findings: readonly Finding[]): string {
  return findings.map((finding) => `${JSON.stringify(finding)}\n`).join('');
}

function asText(findings: readonly Finding[]): string {
  return findings
    .map(({ status, message, mend }) => {
      const lines = [`${MARKS[status]} ${message.zh}`, `  ${message.en}`];
      if (mend) lines.push(`  → ${mend.zh}`, ...(mend.en === mend.zh ? [] : [`    ${mend.en}`]));
      return `${lines.join('\n')}\n`;
    })
    .join('');
}

function programVersions(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const message = {
    zh: `械档 ${programVersion()}，Node ${process.versions.node}，${availableParallelism()} 核`,
    en: `Xiedang ${programVersion()}, Node ${process.versions.node}, ${availableParallelism()} cores`,
  };
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]))
    return { check: 'versions', status: 'ok', message, mend: null };
  const needed = OLDEST_NODE.join('.');
  return {
    check: 'versions',
    status: 'error',
    message,
    mend: { zh: `请安装 Node ${needed} 或更高版本`, en: `install Node ${needed} or later` },
  };
}

function programVersion(): string {
  for (let at = dirname(fileURLToPath(import.meta.url)); dirname(at) !== at; at = dirname(at)) {
    try {
      const { name, version } = JSON.parse(readFileSync(join(at, 'package.json'), 'utf8')) as {
        name: string;
        version: string;
      };
      if (name === 'xiedang') return version;
    } catch {
      // Further up.
    }
  }
  return '?';
}

/** Memory of the machine, or of the container when that is less. */
function memory(): Finding {
  const limit = process.constrainedMemory?.() ?? 0;
  const total = limit > 0 && limit < totalmem() ? limit : totalmem();
  const gigabytes = (bytes: number) => (bytes / 2 ** 30).toFixed(1);
  const message = {
    zh: `内存 ${gigabytes(total)} GB，空闲 ${gigabytes(Math.min(freemem(), total))} GB`,
    en: `${gigabytes(total)} GB memory, ${gigabytes(Math.min(freemem(), total))} GB free`,
  };
  if (total >= MEMORY_NEEDED) return { check: 'memory', status: 'ok', message, mend: null };
  return {
    check: 'memory',
    status: 'error',
    message,
    mend: {
      zh: `全量导入需要至少 ${gigabytes(MEMORY_NEEDED)} GB 内存`,
      en: `a full import needs at least ${gigabytes(MEMORY_NEEDED)} GB of memory`,
    },
  };
}
