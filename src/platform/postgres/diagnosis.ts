import { existsSync, realpathSync, statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { isAppError } from '../../kernel/app-error.ts';
import { findBinaryPackage } from './binaries.ts';
import type { Sql } from './connections.ts';
import { type DataFolder, dataFolder, defaultDataDir, prepareDataFolder } from './data-folder.ts';
import { checkTrigrams } from './database-setup.ts';
import { postmasterState, serverLogPath } from './embedded-server.ts';
import { lockIsHeld, readLock } from './file-lock.ts';
import { existingParent, folderSize } from './frozen-copy.ts';
import { appliedMigrations, pendingMigrations, readMigrations } from './migrate.ts';
import { processesWorkingIn, processState } from './process-identity.ts';
import { openStore, type Store, type StoreOptions } from './store.ts';
import { countUsers } from './users.ts';

export interface Words {
  readonly zh: string;
  readonly en: string;
}

/** One thing looked at. `error`: it will not work; `warning`: it works, but look at it. */
export interface Finding {
  readonly check: string;
  readonly status: 'ok' | 'warning' | 'error';
  readonly message: Words;
  /** What to do; null when nothing need be done. */
  readonly mend: Words | null;
}

/** The oldest PostgreSQL our SQL is tested on. */
const OLDEST_SERVER = 15;
/**
 * Disk for one device of the national base: its row, identifiers, search text and indexes, and the same again while
 * an import is merged beside the published release. An estimate: one narrow table with its indexes measured
 * 1.25 kB a row; docs/reference/performance.md has the figure of a real load once measured.
 */
const BYTES_PER_DEVICE = 2_500;
/** Write-ahead log (at most 4 GB between checkpoints), programs, logs. */
const BYTES_BESIDE = 6 * 2 ** 30;

const ok = (check: string, zh: string, en: string): Finding => ({
  check,
  status: 'ok',
  message: { zh, en },
  mend: null,
});
const fault = (status: 'warning' | 'error', check: string, message: Words, mend: Words): Finding => ({
  check,
  status,
  message,
  mend,
});
const gigabytes = (bytes: number) => (bytes / 2 ** 30).toFixed(1);

/** Looks at the store: data folder, disk, locks, and the database itself, which is started for it when it exists. */
export async function diagnoseStore(options: Omit<StoreOptions, 'role'>, plannedDevices: number): Promise<Finding[]> {
  const dataDir = options.dataDir ?? defaultDataDir();
  if (options.databaseUrl) return database({ ...options, dataDir });
  const reachable = await dataFolderFindings(dataDir);
  const findings = [programs(), ...reachable, await disk(dataDir, plannedDevices)];
  if (reachable.some(({ status }) => status === 'error')) return findings;
  const folder = dataFolder(realpathSync(dataDir));
  findings.push(...locks(folder));
  // A stopped database answers nobody: opening it would only wait.
  if (findings.some(({ check }) => check === 'frozen')) return findings;
  if (!existsSync(join(folder.cluster, 'PG_VERSION'))) {
    return [...findings, ok('database', '尚无数据库，首次启动时自动创建', 'no database yet; the first start makes it')];
  }
  return [...findings, ...(await database({ ...options, dataDir }))];
}

function programs(): Finding {
  try {
    const { version } = findBinaryPackage();
    return ok('postgres-programs', `自带 PostgreSQL ${version}`, `PostgreSQL programs ${version} are installed`);
  } catch (error) {
    return fault(
      'error',
      'postgres-programs',
      { zh: '缺少本平台的 PostgreSQL 程序', en: messageOf(error) },
      {
        zh: '运行 npm ci（不要省略可选依赖），或用 DATABASE_URL 指定 PostgreSQL 服务器',
        en: 'run npm ci with optional dependencies, or name a server in DATABASE_URL',
      },
    );
  }
}

async function dataFolderFindings(dataDir: string): Promise<Finding[]> {
  try {
    prepareDataFolder(dataFolder(dataDir));
  } catch (error) {
    const mend =
      isAppError(error) && error.code === 'store.data-unreachable'
        ? {
            zh: `允许通过该目录（chmod o+x ${String(error.details.folder)}），或用 XIEDANG_DATA 指定其他目录`,
            en: `chmod o+x ${String(error.details.folder)}, or name another folder in XIEDANG_DATA`,
          }
        : {
            zh: '把该目录交给当前用户，或用 XIEDANG_DATA 指定其他目录',
            en: 'give this user the folder, or name another one in XIEDANG_DATA',
          };
    return [fault('error', 'data-folder', { zh: `数据目录不可用：${dataDir}`, en: messageOf(error) }, mend)];
  }
  const folder = dataFolder(dataDir);
  const findings = [
    ok(
      'data-folder',
      `数据目录 ${dataDir}，日志 ${serverLogPath(folder)}`,
      `data folder ${dataDir}, log ${serverLogPath(folder)}`,
    ),
  ];
  const secrets = existsSync(folder.secrets) ? statSync(folder.secrets) : undefined;
  if (secrets && (secrets.mode & 0o077) !== 0) {
    findings.push(
      fault(
        'error',
        'secrets',
        {
          zh: `其他用户可以读取数据库密码：${folder.secrets}`,
          en: `other users can read the database passwords in ${folder.secrets}`,
        },
        { zh: `chmod 600 ${folder.secrets}`, en: `chmod 600 ${folder.secrets}` },
      ),
    );
  }
  if (!secrets && existsSync(folder.cluster)) {
    findings.push(
      fault(
        'error',
        'secrets',
        { zh: `数据库密码文件丢失：${folder.secrets}`, en: `the database passwords are missing: ${folder.secrets}` },
        { zh: '从备份中取回 secrets.json', en: 'put secrets.json back from a backup' },
      ),
    );
  }
  return findings;
}

/** Free space against what the planned number of devices needs beyond the data already here. */
async function disk(dataDir: string, plannedDevices: number): Promise<Finding> {
  const parent = await existingParent(dataDir);
  const { bavail, bsize } = await statfs(parent);
  const free = bavail * bsize;
  const { cluster } = dataFolder(dataDir);
  const used = existsSync(cluster) ? await folderSize(cluster).catch(() => 0) : 0;
  const needed = Math.max(0, plannedDevices * BYTES_PER_DEVICE + BYTES_BESIDE - used);
  const plan = plannedDevices.toLocaleString('en-US');
  if (free >= needed) {
    return ok(
      'disk',
      `可用 ${gigabytes(free)} GB，${plan} 条器械记录约需 ${gigabytes(needed)} GB`,
      `${gigabytes(free)} GB free; ${plan} devices need about ${gigabytes(needed)} GB`,
    );
  }
  return fault(
    'error',
    'disk',
    {
      zh: `磁盘空间不足：可用 ${gigabytes(free)} GB，${plan} 条器械记录约需 ${gigabytes(needed)} GB`,
      en: `too little disk: ${gigabytes(free)} GB free, ${plan} devices need about ${gigabytes(needed)} GB`,
    },
    {
      zh: '释放空间，用 XIEDANG_DATA 换到更大的磁盘，或用 --plan-devices 给出较小的计划',
      en: 'free space, move XIEDANG_DATA to a larger disk, or give a smaller --plan-devices',
    },
  );
}

function locks(folder: DataFolder): Finding[] {
  const findings: Finding[] = [];
  const server = readLock(folder.serverLock);
  if (server && lockIsHeld(folder.serverLock)) {
    findings.push(
      ok(
        'server',
        `服务运行中，进程 ${server.pid}${server.address ? `，${server.address}` : ''}`,
        `a server is running, pid ${server.pid}${server.address ? `, ${server.address}` : ''}`,
      ),
    );
  } else if (existsSync(folder.serverLock)) {
    findings.push(
      fault(
        'warning',
        'server',
        {
          zh: `上次服务被强行终止，留下锁文件 ${folder.serverLock}`,
          en: `a server ended without cleaning up; its lock is left: ${folder.serverLock}`,
        },
        { zh: '无需处理，下次启动自动接管', en: 'nothing to do: the next start takes it over' },
      ),
    );
  }
  if (!existsSync(folder.cluster)) return findings;
  const found = postmasterState(folder);
  if ('postmaster' in found && countUsers(folder.users) === 0) {
    findings.push(
      fault(
        'warning',
        'orphan',
        {
          zh: `数据库进程 ${found.postmaster.pid} 无人使用（程序曾被强行终止）`,
          en: `the database process ${found.postmaster.pid} has no user (a program was killed)`,
        },
        {
          zh: '无需处理，下一个命令会接管并在结束时停止它',
          en: 'nothing to do: the next command adopts it and stops it when done',
        },
      ),
    );
  }
  const frozen = processesWorkingIn(realpathSync(folder.cluster)).filter((pid) => processState(pid) === 'T');
  if (frozen.length && !lockIsHeld(folder.startLock)) {
    const command = `kill -CONT ${frozen.join(' ')}`;
    findings.push(
      fault(
        'error',
        'frozen',
        { zh: '数据库进程处于暂停状态', en: 'the database processes are stopped' },
        { zh: command, en: command },
      ),
    );
  }
  return findings;
}

async function database(options: Omit<StoreOptions, 'role'>): Promise<Finding[]> {
  let store: Store;
  try {
    store = await openStore({ ...options, role: 'client' });
  } catch (error) {
    return [unavailable(error)];
  }
  try {
    const sql = store.ownerSql();
    const [row] = await sql<{ version: number; encoding: string; ctype: string }[]>`
      select current_setting('server_version_num')::integer / 10000 as version, pg_encoding_to_char(encoding) as encoding, datctype as ctype
      from pg_database where datname = current_database()`;
    const version = row?.version ?? 0;
    const findings = [
      version >= OLDEST_SERVER
        ? ok(
            'server-version',
            `PostgreSQL ${version}，${row?.encoding}，lc_ctype ${row?.ctype}`,
            `PostgreSQL ${version}, ${row?.encoding}, lc_ctype ${row?.ctype}`,
          )
        : fault(
            'error',
            'server-version',
            { zh: `PostgreSQL ${version} 版本过低`, en: `PostgreSQL ${version} is too old` },
            { zh: `请使用 ${OLDEST_SERVER} 或更高版本`, en: `use ${OLDEST_SERVER} or later` },
          ),
      ...(row?.encoding === 'UTF8'
        ? []
        : [
            fault(
              'error',
              'encoding',
              { zh: `数据库编码为 ${row?.encoding}`, en: `the database encoding is ${row?.encoding}` },
              { zh: '用 ENCODING UTF8 重建数据库', en: "create the database with ENCODING 'UTF8'" },
            ),
          ]),
      await migrations(sql),
    ];
    return [...findings, await trigrams(sql)];
  } catch (error) {
    return [unavailable(error)];
  } finally {
    await store.close();
  }
}

function unavailable(error: unknown): Finding {
  return fault(
    'error',
    'database',
    { zh: '数据库无法打开', en: messageOf(error) },
    { zh: '按提示处理；详情见数据库日志', en: 'follow the message; the log of the database has more' },
  );
}

async function migrations(sql: Sql): Promise<Finding> {
  try {
    const pending = pendingMigrations(readMigrations(), await appliedMigrations(sql));
    if (pending.length === 0) return ok('migrations', '库结构为最新', 'the schema is up to date');
    return fault(
      'warning',
      'migrations',
      { zh: `有 ${pending.length} 个迁移尚未执行`, en: `${pending.length} migrations are to be applied` },
      { zh: '下次启动服务时自动备份并执行', en: 'the next start of the server makes a backup and applies them' },
    );
  } catch (error) {
    return fault(
      'error',
      'migrations',
      { zh: '库结构与程序不一致', en: messageOf(error) },
      {
        zh: '使用写入该库的程序版本，或恢复升级前的备份',
        en: 'use the release that wrote it, or restore the backup made before the upgrade',
      },
    );
  }
}

async function trigrams(sql: Sql): Promise<Finding> {
  const [installed] = await sql`select 1 from pg_extension where extname = 'pg_trgm'`;
  if (!installed)
    return fault(
      'warning',
      'chinese-index',
      { zh: '尚未安装 pg_trgm', en: 'pg_trgm is not installed yet' },
      { zh: '首次迁移时自动安装', en: 'the first migration installs it' },
    );
  try {
    await checkTrigrams(sql);
    return ok('chinese-index', '中文可建三元组索引', 'Chinese text can be indexed');
  } catch (error) {
    return fault(
      'error',
      'chinese-index',
      { zh: 'lc_ctype 不识别中文，索引会悄悄失效', en: messageOf(error) },
      { zh: "用 LC_CTYPE 'C.UTF-8' 重建数据库", en: "create the database anew with LC_CTYPE 'C.UTF-8'" },
    );
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message || error.name : String(error));
