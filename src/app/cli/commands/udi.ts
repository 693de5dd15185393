import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import {
  type BuildUdiSpec,
  type BuiltUdi,
  buildUdi,
  type ParseUdiSettings,
  parseUdi,
  type UdiProblem,
  type UdiResult,
  udiProblemText,
} from '../../../domains/identifiers/index.ts';
import { explainUdi } from '../../../domains/identifiers/words.ts';
import { AppError } from '../../../kernel/app-error.ts';
import {
  BARCODE_KINDS,
  type BarcodeKind,
  drawBarcodePng,
  drawBarcodeSvg,
} from '../../../platform/barcodes/draw-barcode.ts';
import { answerLines, errorLine, openInput, writeOut } from '../json-lines.ts';

interface ParseFlags {
  readonly json?: boolean;
  readonly refYear?: string;
  readonly form?: string;
  readonly strict?: boolean;
  readonly lang: string;
}

interface BuildFlags extends Readonly<Record<string, string | boolean | undefined>> {
  readonly json?: boolean;
  readonly refYear?: string;
  readonly image?: string;
  readonly barcode?: string;
  readonly lang: string;
}

export function register(program: Command): void {
  const udi = program.command('udi').description('读取与生成医疗器械唯一标识 · read and build UDIs');
  udi
    .command('parse')
    .description('读取一个编码，或以 --json 逐行读取 · read one code, or JSON lines with --json')
    .argument('[code]', 'code, or with --json a file of JSON lines (default: standard input)')
    .option('--json', 'JSON lines in and out: {"id","input","form"?,"options"?}')
    .option('--ref-year <year>', 'year from which two-digit years are read (default: this year)')
    .option('--form <form>', 'form of the code (default: detected)')
    .option('--strict', 'GS1 associations between AIs are errors')
    .option('--lang <lang>', 'zh or en', 'zh')
    .action(parseAction);
  udi
    .command('build')
    .description('由字段生成编码与条码图 · build a code and its barcode')
    .argument('[file]', 'with --json: file of JSON lines (default: standard input)')
    .option('--json', 'JSON lines in and out: {"id","agency","di",…,"barcodes"?}')
    .option('--agency <agency>', 'GS1, HIBCC, ICCBBA, IFA, MA or AHM', 'GS1')
    .option('--form <form>', 'form of the text')
    .option('--di <di>', 'device identifier with its check digit')
    .option('--di-body <body>', 'device identifier without its check digit, which is worked out')
    .option('--lot <lot>', 'lot')
    .option('--serial <serial>', 'serial number')
    .option('--expiry <date>', 'expiry: YYYY-MM-DD or YYYY-MM')
    .option('--manufactured <date>', 'production date: YYYY-MM-DD')
    .option('--quantity <number>', 'quantity')
    .option('--stem <uri>', 'GS1 Digital Link: scheme, host and path before the key')
    .option('--ref-year <year>', 'year from which two-digit years will be read (default: this year)')
    .option('--image <file>', 'write a barcode to a file (.svg or .png)')
    .option('--barcode <kind>', `kind of barcode: ${BARCODE_KINDS.join(', ')}`)
    .option('--lang <lang>', 'zh or en', 'zh')
    .action(buildAction);
}

function yearOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-8]\d{3}$/.test(text)) throw new AppError('usage.ref-year', `--ref-year must be a year, not ${text}`);
  return Number(text);
}

function languageOf(text: string): 'zh' | 'en' {
  if (text !== 'zh' && text !== 'en') throw new AppError('usage.lang', `--lang must be zh or en, not ${text}`);
  return text;
}

async function parseAction(code: string | undefined, flags: ParseFlags): Promise<void> {
  const refYear = yearOf(flags.refYear);
  if (flags.json) {
    await answerLines(openInput(code), (rows) => rows.map((row) => parseRow(row, flags, refYear)));
    return;
  }
  if (code === undefined) throw new AppError('usage.code-missing', 'give a code, or JSON lines with --json');
  const settings = { form: flags.form, refYear, options: { strict: flags.strict } } as ParseUdiSettings;
  await writeOut(readable(parseUdi(code, settings), code, languageOf(flags.lang), refYear));
}

function parseRow(row: Record<string, unknown>, flags: ParseFlags, refYear: number | undefined) {
  const { id, input, form, options } = row;
  if (typeof input !== 'string') return errorLine(id, new AppError('udi.input-missing', '"input" must be text'));
  const given = typeof options === 'object' && options !== null ? options : {};
  const settings = {
    form: form ?? flags.form,
    refYear,
    options: flags.strict ? { strict: true, ...given } : given,
  } as ParseUdiSettings;
  return { id, ...parseUdi(input, settings) };
}

const LABELS: readonly (readonly [keyof UdiResult, string, string])[] = [
  ['di', '产品标识', 'device identifier'],
  ['diKey', '查询键', 'look-up key'],
  ['lot', '批号', 'lot'],
  ['serial', '序列号', 'serial number'],
  ['manufactured', '生产日期', 'production date'],
  ['expiry', '失效日期', 'expiry'],
  ['useBy', '有效期', 'use by'],
  ['quantity', '数量', 'quantity'],
  ['donationId', '捐献标识号', 'donation number'],
  ['mphoLot', '人源产品批号', 'MPHO lot'],
  ['sterilizationLot', '灭菌批号', 'sterilisation lot'],
  ['date', '日期', 'date'],
];

function readable(result: UdiResult, input: string, language: 'zh' | 'en', refYear: number | undefined): string {
  const zh = language === 'zh';
  const verdict = result.valid ? (zh ? '有效' : 'valid') : zh ? '无效' : 'not valid';
  const lines = [`${result.agency ?? (zh ? '无法识别' : 'unrecognised')}  ${result.form ?? ''}  ${verdict}`, ''];
  for (const part of explainUdi(result, language, refYear)) {
    lines.push(
      `  ${part.id.padEnd(10)} ${part.value.padEnd(24)} ${part.name}${part.meaning ? ` = ${part.meaning}` : ''}`,
    );
  }
  if (result.elements.length > 0) lines.push('');
  for (const [field, zhName, enName] of LABELS) {
    if (result[field] !== null) lines.push(`  ${zh ? zhName : enName}: ${String(result[field])}`);
  }
  lines.push(...problemLines(result.problems, input, language));
  return `${lines.join('\n')}\n`;
}

/** Problems with the place marked below the code; control characters are shown by their pictures. */
function problemLines(problems: readonly UdiProblem[], input: string, language: 'zh' | 'en'): string[] {
  if (problems.length === 0) return [];
  const shown = input.replace(/[\u0000-\u001f]/g, (char) => String.fromCharCode(0x2400 + char.charCodeAt(0)));
  const lines = [''];
  for (const one of problems) {
    const sign = one.severity === 'error' ? '✗' : '!';
    lines.push(`  ${sign} ${udiProblemText(one.code, language, one.detail)} [${one.code}]`);
    if (shown.length <= 200) lines.push(`    ${shown}`, `    ${' '.repeat(one.at)}^`);
  }
  return lines;
}

/** Barcode a form is usually drawn as: GS1 DataMatrix for GS1, QR for a Digital Link, DataMatrix for the rest. */
function barcodeText(built: BuiltUdi, kind: BarcodeKind): string {
  if (kind.startsWith('gs1-')) return built.bracketed ?? '';
  return kind === 'qr' && built.digitalLink ? built.digitalLink : built.text;
}

function barcodeKind(text: unknown, built: BuiltUdi): BarcodeKind {
  const kind =
    text ?? (built.agency !== 'GS1' ? 'datamatrix' : built.form === 'digital-link' ? 'qr' : 'gs1-datamatrix');
  const known = BARCODE_KINDS.find((one) => one === kind);
  if (!known)
    throw new AppError('usage.barcode', `no such barcode: ${String(kind)}; known: ${BARCODE_KINDS.join(', ')}`);
  if (known.startsWith('gs1-') && built.agency !== 'GS1') {
    throw new AppError('usage.barcode', `${known} carries GS1 data only`);
  }
  return known;
}

const isPair = (value: unknown) =>
  Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === 'string');

/** Fields of a build line are text, numbers of their own, or `elements`; anything else is refused by name. */
function checkFields(fields: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(fields)) {
    const good =
      value === null ||
      (name === 'elements'
        ? Array.isArray(value) && value.every(isPair)
        : ['quantity', 'gtinLength', 'refYear'].includes(name)
          ? Number.isSafeInteger(value)
          : name === 'withCheck'
            ? typeof value === 'boolean'
            : !SPEC_TEXTS.has(name) || typeof value === 'string');
    if (!good) throw new AppError('udi.bad-field', `"${name}" is not of the right kind`, { field: name });
  }
}

const SPEC_TEXTS = new Set(
  'agency form di diBody lot serial expiry manufactured donationId mphoLot sterilizationLot useBy symbology stem link check'.split(
    ' ',
  ),
);

async function buildRow(row: Record<string, unknown>, refYear: number | undefined): Promise<Record<string, unknown>> {
  const { id, barcodes, ...fields } = row;
  try {
    checkFields(fields);
    const built = buildUdi({ ...(refYear === undefined ? {} : { refYear }), ...fields } as BuildUdiSpec);
    if (!Array.isArray(barcodes)) return { id, ...built };
    const drawn: Record<string, string> = {};
    for (const one of barcodes) {
      const kind = barcodeKind(one, built);
      drawn[kind] = await drawBarcodeSvg({
        kind,
        text: barcodeText(built, kind),
        caption: built.bracketed ?? undefined,
      });
    }
    return { id, ...built, barcodes: drawn };
  } catch (error) {
    return errorLine(id, error);
  }
}

async function buildAction(file: string | undefined, flags: BuildFlags): Promise<void> {
  const refYear = yearOf(flags.refYear);
  if (flags.json) {
    await answerLines(openInput(file), (rows) => Promise.all(rows.map((row) => buildRow(row, refYear))));
    return;
  }
  const { json: _json, image, barcode, lang, refYear: _year, quantity, ...fields } = flags;
  const spec = { ...fields, quantity: quantity === undefined ? null : Number(quantity), refYear } as BuildUdiSpec;
  const built = buildUdi(spec);
  const lines = [built.text.replaceAll('\u001d', '␝'), built.bracketed, built.digitalLink].filter(Boolean);
  await writeOut(`${[...lines, ...problemLines(built.problems, built.text, languageOf(lang))].join('\n')}\n`);
  if (image !== undefined) await writeImage(image, built, barcodeKind(barcode, built));
  if (!built.valid) throw new AppError('udi.not-built', '编码有错误 · the code has errors');
}

async function writeImage(file: string, built: BuiltUdi, kind: BarcodeKind): Promise<void> {
  const drawing = { kind, text: barcodeText(built, kind), caption: built.bracketed ?? undefined };
  if (file.endsWith('.png')) await writeFile(file, await drawBarcodePng(drawing));
  else if (file.endsWith('.svg')) await writeFile(file, await drawBarcodeSvg(drawing));
  else throw new AppError('usage.image', `--image must end in .svg or .png: ${file}`);
}
