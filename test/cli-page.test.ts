import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { repositoryRoot } from './support/import-graph.ts';

const folder = join(repositoryRoot, 'src/app/cli/commands');

/** The command with all its verb groups; the program itself loads only the group that is asked for. */
async function wholeProgram(): Promise<Command> {
  const program = new Command('xiedang').configureHelp({ helpWidth: 100 });
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith('.ts') || file.endsWith('.test.ts')) continue;
    const { register } = (await import(join(folder, file))) as { register?: (program: Command) => void };
    register?.(program);
  }
  return program;
}

/** Help of a verb and of all below it; hidden ones are left out. */
function pagesOf(command: Command, path: string): string[] {
  const below = command
    .createHelp()
    .visibleCommands(command)
    .filter((sub) => sub.name() !== 'help');
  const own = below.length > 0 ? [] : [`## ${path}\n\n\`\`\`\n${command.helpInformation().trim()}\n\`\`\``];
  return [...own, ...below.flatMap((sub) => pagesOf(sub, `${path} ${sub.name()}`))];
}

describe('the page of the command line', () => {
  it('is what the help says', async () => {
    const pages = pagesOf(await wholeProgram(), 'xiedang').sort();
    expect(pages.length).toBeGreaterThan(8);
    const text = `# Command line

Written from the help of the command by \`test/cli-page.test.ts\` (\`npx vitest run test/cli-page.test.ts -u\`).

With \`--json\`: one JSON object a line in, from standard input or a file; one a line out, in the same order, \`id\` carried over. A line that cannot be answered gives \`{"id":…,"error":{"code","message"}}\` in its place and the run goes on. Standard output holds answers only; progress goes to standard error and only on a terminal. Exit code 0: every line answered, be it with errors or refused rows; 1: a file or the command as a whole failed; 2: wrong usage. Codes: [codes.md](codes.md).

${pages.join('\n\n')}
`;
    await expect(text).toMatchFileSnapshot('../docs/reference/cli.md');
  });
});
