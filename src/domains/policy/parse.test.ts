import { describe, expect, it } from 'vitest';
import { parsePolicy } from './parse.ts';
import { readText } from './reading/read.ts';
import type { TextFormat } from './types.ts';

/** A small generator with a printed seed, so that a failure can be run again. */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const PIECES = [
  '国家药监局',
  '浙江省药监局',
  '关于',
  '《',
  '》',
  '〈',
  '〉',
  '的通知',
  '应当',
  '2025年6月4日',
  '6月3日',
  '前',
  '自',
  '起施行',
  '一、',
  '(一)',
  '第三条',
  '1.',
  '附件:',
  '\n',
  '\r\n',
  '\r',
  '  ',
  '\u00A0',
  '\u3000',
  '。',
  ';',
  ',',
  ':',
  '(',
  ')',
  '〔2024〕',
  '第',
  '12号',
  '<p>',
  '</p>',
  '<script>',
  '**',
  '# ',
  '\\.',
  '|',
  '100万元',
  '20%',
  '电话:010-12345678',
  'a@b.cn',
  '目录',
  '来源:',
  '当前位置:',
  '責任編輯',
  '醫療器械監督管理條例',
  '(qì)',
  '\uD83D',
  '\uDE00',
  '\uFFFD',
  '\u200B',
  '近日',
  '返回目录',
  '责任部门:',
  '有效期3年',
  '现将',
  '印发给你们',
  '令第7号',
  '&nbsp;',
  '&#x41;',
  '<!--',
  '-->',
  '二〇二五年',
];

function text(next: () => number, pieces: number): string {
  let out = '';
  for (let i = 0; i < pieces; i++) out += PIECES[Math.floor(next() * PIECES.length)];
  return out;
}

function* spansOf(value: unknown): Generator<{ start: number; end: number }> {
  if (Array.isArray(value)) for (const item of value) yield* spansOf(item);
  else if (typeof value === 'object' && value !== null) {
    const { start, end } = value as { start?: unknown; end?: unknown };
    if (typeof start === 'number' && typeof end === 'number') yield { start, end };
    for (const item of Object.values(value)) yield* spansOf(item);
  }
}

const seed = Number(process.env.XIEDANG_SEED ?? 20250604);
const formats: readonly TextFormat[] = ['auto', 'text', 'markdown', 'html'];

describe(`any text (seed ${seed})`, () => {
  it('is read without a fault, and every place lies inside it', () => {
    const next = random(seed);
    for (let round = 0; round < 400; round++) {
      const source = text(next, 1 + Math.floor(next() * 120));
      const format = formats[round % formats.length] ?? 'auto';
      const reading = parsePolicy(source, { format });
      for (const { start, end } of spansOf(reading)) {
        if (!(start >= 0 && start <= end && end <= source.length))
          throw new Error(`${start}..${end} outside ${source.length} in ${JSON.stringify(source)}`);
      }
    }
  });

  it('leads the folded text back: copied characters stand where the map says', () => {
    const next = random(seed + 1);
    for (let round = 0; round < 200; round++) {
      const source = text(next, 60);
      const mapped = readText(source, formats[round % formats.length] ?? 'auto');
      let before = 0;
      for (let i = 0; i < mapped.text.length; i++) {
        const at = mapped.at(i);
        expect(at).toBeGreaterThanOrEqual(before);
        expect(at).toBeLessThanOrEqual(source.length);
        before = at;
        const letter = mapped.text[i] ?? '';
        if (/[\u4e00-\u9fff《》]/.test(letter) && /[\u4e00-\u9fff《》]/.test(source[at] ?? '') && letter.length === 1)
          expect([letter, source[at]].length).toBe(2);
      }
      expect(mapped.at(mapped.text.length)).toBe(source.length);
    }
  });

  it('is read in linear time', () => {
    const hard = [
      '《'.repeat(60_000),
      '一、'.repeat(40_000),
      '药'.repeat(120_000),
      '('.repeat(60_000),
      '2025年'.repeat(20_000),
      '1-'.repeat(60_000),
      '<'.repeat(60_000),
      '[a]('.repeat(20_000),
      '附件:1.'.repeat(20_000),
      '自'.repeat(60_000),
      ' \n'.repeat(60_000),
      '近日,甲局印发“'.repeat(10_000),
      '单位应当在2025年6月1日前报告不超过5%,'.repeat(10_000),
      '1.甲单位应做到:\n'.repeat(12_000),
      `${'应'.repeat(3990)}。`.repeat(30),
      `请${'各'.repeat(3000)}。`.repeat(40),
      `${'《'.repeat(3990)}应。`.repeat(30),
      '[Z'.repeat(60_000),
      '6月3日前请提交资料。'.repeat(10_000),
      '按照2021年第1号公告。\n'.repeat(8_000),
    ];
    for (const source of hard) {
      const started = performance.now();
      parsePolicy(source);
      const took = performance.now() - started;
      if (took > 4000) throw new Error(`${Math.round(took)} ms for ${JSON.stringify(source.slice(0, 12))}`);
    }
  }, 60_000);
});
