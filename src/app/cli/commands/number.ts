import type { Command } from 'commander';
import {
  certificateFamily,
  findNumberFormat,
  NUMBER_FORMATS,
  type NumberOptions,
  type NumberResult,
  parseNumber,
} from '../../../domains/identifiers/index.ts';
import {
  describeNumberPart,
  explainNumberPart,
  explainNumberReading,
  sourcesOfNumber,
} from '../../../domains/identifiers/words.ts';
import { AppError } from '../../../kernel/app-error.ts';
import { answerLines, openInput, writeOut } from '../json-lines.ts';

interface Flags {
  readonly json?: boolean;
  readonly kind?: string;
  readonly approved?: string;
  readonly traditional?: boolean;
  readonly lang: 'zh' | 'en';
}

function answer(row: Record<string, unknown>, options: NumberOptions): Record<string, unknown> {
  const { id = null, kind, value } = row;
  if (typeof value !== 'string') throw new AppError('number.no-value', '"value" must be text');
  if (kind !== undefined && kind !== null && typeof kind !== 'string') {
    throw new AppError('number.bad-kind', '"kind" must be text');
  }
  return { id, ...parseNumber(kind ?? undefined, value, options) };
}

/** The readable explanation of one number, in the language asked for. */
export function explain(value: string, result: NumberResult, lang: 'zh' | 'en'): string {
  const zh = lang === 'zh';
  const format = result.kind === null ? undefined : findNumberFormat(result.kind);
  const lines = [
    value.trim(),
    `  ${zh ? '种类' : 'kind'}: ${format ? format[lang] : zh ? '未能识别' : 'not recognised'}${result.kind ? ` [${result.kind}]` : ''}`,
    `  ${zh ? '符合格式' : 'conforms'}: ${result.valid ? (zh ? '是' : 'yes') : zh ? '否' : 'no'}`,
  ];
  if (result.normalized !== null && result.normalized !== value.trim()) {
    lines.push(`  ${zh ? '规范写法' : 'as the rule writes it'}: ${result.normalized}`);
  }
  for (const [name, part] of Object.entries(result.parts)) {
    const meaning = explainNumberPart(name, part, lang);
    lines.push(`  ${describeNumberPart(name, lang)}: ${part}${meaning && meaning !== part ? ` (${meaning})` : ''}`);
  }
  for (const reading of result.readings) {
    const catalogue = reading.catalogue ? `${reading.catalogue}${zh ? '版目录 ' : ' catalogue '}` : '';
    lines.push(`  ${zh ? '读作' : 'reads as'}: ${catalogue}${reading.code} ${explainNumberReading(reading, lang)}`);
  }
  for (const p of result.problems) {
    lines.push(`  ${p.severity} ${zh ? '位置' : 'at'} ${p.at}: ${zh ? p.message : p.messageEn} [${p.code}]`);
  }
  if (result.normalized !== null) lines.push(`  ${zh ? '同证键' : 'family'}: ${certificateFamily(value)}`);
  for (const source of result.kind === null ? [] : sourcesOfNumber(result.kind)) {
    const article = format?.article ? ` ${format.article}` : '';
    lines.push(`  ${zh ? '依据' : 'source'}: ${source.title}${article} (${source.firmness}) ${source.url}`.trimEnd());
  }
  return `${lines.join('\n')}\n`;
}

/** `xiedang number parse`: JSON lines with --json, else one number explained. */
export function register(program: Command): void {
  const number = program
    .command('number')
    .description('read certificate, licence, credit, document and insurance numbers');
  number
    .command('parse')
    .description('parse numbers; with --json one {"id","kind"?,"value"} per line from a file or standard input')
    .argument('[value]', 'the number, or with --json a file (- is standard input)')
    .option('--json', 'JSON lines in and out')
    .option('--kind <id>', `one of: ${NUMBER_FORMATS.map((format) => format.id).join(', ')}`)
    .option('--approved <date>', 'date printed on the certificate, decides which catalogue its category follows')
    .option('--traditional', 'read traditional 號 準 許 進 as simplified')
    .option('--lang <zh|en>', 'language of the explanation', 'zh')
    .action(async (value: string | undefined, flags: Flags) => {
      if (flags.kind !== undefined && !findNumberFormat(flags.kind)) {
        throw new AppError('usage.kind', `there is no kind of number called ${flags.kind}`);
      }
      if (flags.lang !== 'zh' && flags.lang !== 'en') throw new AppError('usage.lang', '--lang is zh or en');
      if (flags.approved !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(flags.approved)) {
        throw new AppError('usage.approved', '--approved is a date: YYYY-MM-DD');
      }
      const options: NumberOptions = {
        ...(flags.traditional ? { traditional: true } : {}),
        ...(flags.approved ? { approved: flags.approved } : {}),
      };
      if (flags.json) {
        const kind = flags.kind;
        await answerLines(openInput(value), (rows) =>
          rows.map((row) => answer(kind === undefined ? row : { kind, ...row }, options)),
        );
        return;
      }
      if (value === undefined) throw new AppError('usage.number', 'give a number, or --json for lines');
      const result = parseNumber(flags.kind, value, options);
      await writeOut(explain(value, result, flags.lang));
    });
}
