import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { connect, withDatabase } from '../../src/platform/postgres/connections.ts';
import { dataFolder } from '../../src/platform/postgres/data-folder.ts';
import { stopPostmaster } from '../../src/platform/postgres/embedded-server.ts';
import { registerUser } from '../../src/platform/postgres/users.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    xiedangTestStore: { readonly dataDir: string; readonly databaseUrl: string | undefined; readonly template: string };
  }
}

/**
 * One database server for the whole run, in a fresh folder that is removed at the end. Nothing is started here:
 * the first test that asks for a database starts it. This process only counts as a user of it, so that the server
 * stays up between test files.
 */
export default function setup(project: TestProject): () => Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'xiedang-test-'));
  const folder = dataFolder(dataDir);
  const databaseUrl = process.env.DATABASE_URL || undefined;
  const template = `xiedang_test_${randomBytes(4).toString('hex')}`;
  mkdirSync(folder.users, { recursive: true });
  const registration = registerUser(folder.users);
  project.provide('xiedangTestStore', { dataDir, databaseUrl, template });
  return async () => {
    if (databaseUrl) await dropLeftovers(databaseUrl, template);
    registration.remove();
    await stopPostmaster(folder);
    rmSync(dataDir, { recursive: true, force: true });
  };
}

async function dropLeftovers(url: string, template: string): Promise<void> {
  const database = decodeURIComponent(new URL(url).pathname.slice(1)) || 'postgres';
  const admin = connect(withDatabase({ url, database }, database), { max: 1 });
  try {
    const left = await admin<{ name: string }[]>`
      select datname as name from pg_database where starts_with(datname, ${template})`;
    for (const { name } of left) await admin.unsafe(`drop database if exists ${name} with (force)`);
  } finally {
    await admin.end();
  }
}
