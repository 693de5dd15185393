import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { inject } from 'vitest';
import { type ConnectionTarget, connect, type Sql, withDatabase } from '../../src/platform/postgres/connections.ts';
import { dataFolder, readSecrets } from '../../src/platform/postgres/data-folder.ts';
import { APP_ROLE, checkTrigrams, OWNER_ROLE } from '../../src/platform/postgres/database-setup.ts';
import { underLock } from '../../src/platform/postgres/file-lock.ts';
import { migrate } from '../../src/platform/postgres/migrate.ts';
import { openStore, type Store, storeOn } from '../../src/platform/postgres/store.ts';

/** A database of its own, a copy of the migrated template. */
export interface TestDatabase {
  readonly name: string;
  /** The store over this database; `store.appSql()` and `store.ownerSql()` are the pools below. */
  readonly store: Store;
  /** Pool of the application role: what services get. */
  readonly app: Sql;
  /** Pool of the owner of the tables: for arranging rows no application may write. */
  readonly owner: Sql;
  /** Environment for a CLI process that shall work on this database. */
  readonly env: { readonly DATABASE_URL: string };
  /** Ends the pools and drops the database. */
  drop(): Promise<void>;
}

interface TestServer {
  /** May create and drop databases. */
  readonly admin: Sql;
  readonly owner: ConnectionTarget;
  readonly app: ConnectionTarget;
  readonly template: string;
  readonly dataDir: string;
}

let server: Promise<TestServer> | undefined;

/**
 * Copies the migrated template into a new database. The server is started by the first test that asks (or is the
 * one `DATABASE_URL` names) and serves the whole run. Call `drop()` when done, in `afterEach` or `afterAll`.
 */
export async function cloneDatabase(): Promise<TestDatabase> {
  server ??= openServer();
  const { admin, owner, app, template, dataDir } = await server;
  const name = `${template}_${randomBytes(5).toString('hex')}`;
  await admin.unsafe(`create database ${name} template ${template} ${owner.url ? '' : `owner ${OWNER_ROLE}`}`);
  const targets = { owner: withDatabase(owner, name), app: withDatabase(app, name) };
  const store = storeOn({
    kind: owner.url ? 'external' : 'embedded',
    dataDir,
    ...targets,
    announce: () => undefined,
    leave: async () => {
      await admin.unsafe(`drop database if exists ${name} with (force)`);
    },
  });
  return {
    name,
    store,
    app: store.appSql({ max: 4 }),
    owner: store.ownerSql({ max: 4 }),
    env: { DATABASE_URL: targets.owner.url ?? urlOf(targets.owner) },
    drop: () => store.close(),
  };
}

function urlOf(target: ConnectionTarget): string {
  return `postgres://${target.user}:${target.password}@127.0.0.1:${target.port}/${target.database}`;
}

async function openServer(): Promise<TestServer> {
  const { dataDir, databaseUrl, template } = inject('xiedangTestStore');
  const store = await openStore({
    dataDir,
    databaseUrl,
    role: 'client',
    // A test database need not survive a power cut.
    start: { settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', shared_buffers: '128MB' } },
  });
  const administrator: ConnectionTarget = databaseUrl
    ? store.owner
    : {
        ...store.owner,
        user: 'postgres',
        password: readSecrets(dataFolder(dataDir))?.superuser ?? '',
        database: 'postgres',
      };
  const admin = connect(administrator, { max: 1, applicationName: 'xiedang-test' });
  await underLock(join(dataDir, 'template.lock'), () => ensureTemplate(admin, store.owner, template));
  return { admin, owner: store.owner, app: { ...store.app, role: APP_ROLE }, template, dataDir };
}

/** Made under a passing name and renamed when migrated: another worker never copies half of it. */
async function ensureTemplate(admin: Sql, owner: ConnectionTarget, template: string): Promise<void> {
  const [existing] = await admin`select 1 from pg_database where datname = ${template}`;
  if (existing) return;
  const draft = `${template}_draft`;
  await admin.unsafe(`drop database if exists ${draft} with (force)`);
  await admin.unsafe(
    `create database ${draft} template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C.UTF-8' ${owner.url ? '' : `owner ${OWNER_ROLE}`}`,
  );
  const sql = connect(withDatabase(owner, draft), { max: 1, applicationName: 'xiedang-test' });
  try {
    await migrate(sql);
    await checkTrigrams(sql);
  } finally {
    await sql.end();
  }
  await admin.unsafe(`alter database ${draft} rename to ${template}`);
}
