import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { repositoryRoot } from '../support/import-graph.ts';

const command = join(repositoryRoot, 'bin/xiedang.mjs');
const START_LIMIT = 90_000;

/** The built program on a data folder of its own, with its server on a free port. */
export class Program {
  readonly folder = mkdtempSync(join(tmpdir(), 'xiedang-browser-test-'));
  readonly env: NodeJS.ProcessEnv = {
    ...process.env,
    XIEDANG_DATA: join(this.folder, 'data'),
    XIEDANG_DEMO: 'off',
    DATABASE_URL: '',
  };
  #server: ChildProcess | undefined;
  address = '';

  constructor() {
    // started by root, the database runs as another user, who must pass through
    chmodSync(this.folder, 0o755);
  }

  /** Runs a verb and answers what it wrote to stdout. */
  async run(...args: string[]): Promise<string> {
    const { stdout } = await promisify(execFile)(process.execPath, [command, ...args], {
      env: this.env,
      maxBuffer: 2 ** 26,
    });
    return stdout;
  }

  /** Starts the server and waits for its address. */
  async serve(): Promise<void> {
    const server = spawn(process.execPath, [command, 'serve', '--port', '0'], {
      env: this.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#server = server;
    this.address = await new Promise<string>((resolve, reject) => {
      let words = '';
      const timer = setTimeout(() => reject(new Error(`the server did not start: ${words}`)), START_LIMIT);
      const hear = (chunk: Buffer) => {
        words += chunk.toString();
        const found = /http:\/\/\S+/.exec(words)?.[0];
        if (found === undefined) return;
        clearTimeout(timer);
        resolve(found);
      };
      server.stdout.on('data', hear);
      server.stderr.on('data', hear);
      server.on('exit', (code) => reject(new Error(`the server ended with ${code}: ${words}`)));
    });
  }

  async get(path: string): Promise<unknown> {
    const answer = await fetch(`${this.address}${path}`);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }

  /** Stops the server and removes the data folder. */
  async close(): Promise<void> {
    const server = this.#server;
    if (server !== undefined && server.exitCode === null) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(() => server.kill('SIGKILL'), 20_000);
        server.on('exit', () => {
          clearTimeout(timer);
          resolve();
        });
        server.kill('SIGTERM');
      });
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}
