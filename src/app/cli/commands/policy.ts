import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import {
  type PolicyDocument,
  type PolicyReading,
  parsePolicy,
  type TextFormat,
} from '../../../domains/policy/index.ts';
import { AppError } from '../../../kernel/app-error.ts';
import { readAnyDocument } from '../../../processes/read-documents/read-document.ts';
import type { DocumentText } from '../../../processes/read-documents/types.ts';
import { answerLines, errorLine, openInput, writeOut } from '../json-lines.ts';
import { addDeskCommands } from './policy-desk.ts';
import { addLibraryCommands } from './policy-library.ts';
import { addMatchCommand } from './policy-match.ts';

/** Longer texts are refused: they are collections to be parted first, or no text at all. */
const LONGEST = 64 * 1024 * 1024;
const FORMATS: readonly TextFormat[] = ['auto', 'text', 'markdown', 'html'];

function formatOf(value: unknown): TextFormat {
  const format = FORMATS.find((known) => known === (value ?? 'auto'));
  if (!format) throw new AppError('policy.bad-format', `format must be one of: ${FORMATS.join(', ')}`);
  return format;
}

async function readFileText(file: string): Promise<DocumentText> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (cause) {
    throw new AppError('policy.file-unreadable', `cannot read ${file}: ${(cause as Error).message}`, { file });
  }
  return readAnyDocument(bytes);
}

function parse(text: string, format: TextFormat): PolicyReading {
  if (text.length > LONGEST) throw new AppError('policy.too-long', `the text is longer than ${LONGEST} characters`);
  return parsePolicy(text, { format });
}

async function answer(row: Record<string, unknown>): Promise<Record<string, unknown>> {
  const { id = null, text, file, format } = row;
  if (typeof text !== 'string' && typeof file !== 'string') {
    throw new AppError('policy.no-text', 'give "text", or "file" with the name of a text, DOCX or PDF file');
  }
  if (typeof text === 'string') return { id, ...parse(text, formatOf(format)) };
  const read = await readFileText(file as string);
  const reading = parse(read.text, read.from === 'text' ? formatOf(format) : 'text');
  // places count in the text of the file, which nobody but us has made of it
  return read.from === 'text'
    ? { id, ...reading }
    : { id, ...reading, from: read.from, notices: read.notices, text: read.text };
}

function show(document: PolicyDocument): string {
  const lines = [document.partOf === null ? document.title : `  + ${document.title}`];
  const line = (label: string, value: string | null): void => {
    if (value) lines.push(`  ${label}: ${value}`);
  };
  line(
    '种类 kind',
    `${document.kind}${document.docType ? ` (${document.docType})` : ''}${document.isPolicy ? '' : ' · 非政策文件'}`,
  );
  line('发文 issuers', document.issuers.join('、'));
  line('地域 region', document.region.primary);
  line('文号 number', document.docNumber);
  line('成文 issued', document.issueDate);
  line('发布 published', document.publishDate);
  line('施行 effective', document.effectiveDate ?? document.effectiveRule);
  line('失效 expiry', document.expiry);
  line('期限 deadlines', document.deadlines.join('、'));
  for (const cite of document.cites)
    line(`引用 ${cite.relation}`, `《${cite.title}》${cite.number ? ` ${cite.number}` : ''}`);
  for (const measure of document.measures)
    line(
      '措施 measure',
      `${measure.no ?? ''} ${measure.heading}${measure.departments.length > 0 ? ` [${measure.departments.join('、')}]` : ''}`,
    );
  for (const duty of document.obligations)
    line('义务 duty', `${duty.actor ?? '?'} ${duty.modal} ${duty.action}${duty.deadline ? ` (${duty.deadline})` : ''}`);
  for (const contact of document.contacts)
    line('联系 contact', contact.email ?? contact.phone ?? contact.postcode ?? null);
  return `${lines.join('\n')}\n`;
}

/** `xiedang policy parse`: notices read into documents with their structure. */
export function register(program: Command): void {
  const policy = program.command('policy').description('read, keep and search policies');
  addLibraryCommands(policy);
  addDeskCommands(policy);
  addMatchCommand(policy);
  policy
    .command('parse')
    .description(
      'read notices: kind, issuers, number, dates, measures, duties, figures, citations; with --json one {"id","text"} or {"id","file"} per line',
    )
    .argument(
      '[file]',
      'a text, Markdown, HTML, DOCX or PDF file; with --json a file of JSON lines (- is standard input)',
    )
    .option('--json', 'JSON lines in and out')
    .option('--format <format>', `how the text is to be read: ${FORMATS.join(', ')}`, 'auto')
    .action(async (file: string | undefined, flags: { json?: boolean; format: string }) => {
      const format = formatOf(flags.format);
      if (flags.json) {
        await answerLines(
          openInput(file),
          async (rows) => {
            const answers: Record<string, unknown>[] = [];
            for (const row of rows) {
              try {
                answers.push(await answer({ format, ...row }));
              } catch (error) {
                answers.push(errorLine(row.id ?? null, error));
              }
            }
            return answers;
          },
          20,
        );
        return;
      }
      if (file === undefined || file === '-') throw new AppError('usage.policy-file', 'name a file, or use --json');
      const read = await readFileText(file);
      for (const notice of read.notices) process.stderr.write(`${file}: ${JSON.stringify(notice)}\n`);
      const reading = parse(read.text, read.from === 'text' ? format : 'text');
      await writeOut(reading.documents.map(show).join('\n'));
      for (const damage of reading.damage)
        await writeOut(`损坏 damage: ${damage.kind} ${damage.text} @${damage.start}\n`);
    });
}
