import { AppError } from '../../kernel/app-error.ts';

/** Program and arguments that run this very command again in a process of its own, built or from the sources. */
export function commandEntry(): [program: string, ...args: string[]] {
  const script = process.argv[1];
  if (script === undefined) throw new AppError('serve.no-entry', 'this program was not started from a file', {});
  return [process.execPath, ...process.execArgv, script];
}
