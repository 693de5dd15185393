import { describe, expect, it } from 'vitest';
import { compareTexts } from './compare.ts';

const OLD = `甲类器械管理办法
第一章 总则
第一条 为加强甲类器械管理,制定本办法。
第二条 企业应当在15个工作日内报告。报告应当真实。
第三条 本办法所称企业,是指生产企业。
第四条 检查每年不少于一次。
第五条 本办法自2015年1月1日起施行。
`;
const NEW = `甲类器械管理办法
第一章 总则
第一条 为加强甲类器械管理，制定本办法。
第二条 省局负责监督检查工作，市局协助。
第三条 企业应当在10个工作日内报告。报告应当真实。
第四条 本办法自2025年1月1日起施行。
第五条 本办法所称企业，是指生产企业。
`;

describe('two versions of an act', () => {
  const { articles, counts } = compareTexts(OLD, NEW);
  const of = (no: string) => articles.find((article) => article.no === no && article.change !== 'removed');

  it('are told apart by article', () => {
    expect(articles.map(({ change, no, aNo }) => [change, no, aNo])).toEqual([
      ['same', null, null],
      ['same', null, null],
      ['same', '第一条', null],
      ['added', '第二条', null],
      ['changed', '第三条', '第二条'],
      ['moved', '第四条', '第五条'],
      ['same', '第五条', '第三条'],
      ['removed', '第四条', null],
    ]);
    expect(counts).toEqual({ same: 4, added: 1, removed: 1, changed: 1, moved: 1 });
  });

  it('with the words that changed, and the places in both texts', () => {
    const article = of('第三条');
    expect(article?.parts.filter(({ op }) => op !== '=')).toEqual([
      { op: '-', text: '二' },
      { op: '+', text: '三' },
      { op: '-', text: '15' },
      { op: '+', text: '10' },
    ]);
    expect(OLD.slice(article?.aStart ?? 0, article?.aEnd ?? 0)).toContain('15个工作日');
    expect(NEW.slice(article?.bStart ?? 0, article?.bEnd ?? 0)).toContain('10个工作日');
    for (const { change, parts } of articles)
      if (change === 'changed')
        expect(
          parts
            .filter(({ op }) => op !== '-')
            .map(({ text }) => text)
            .join(''),
        ).not.toBe('');
  });
});

it('words put together give both texts back', () => {
  const a = '第一条 企业应当建立制度,保存记录5年,并在30日内报告。第二条 其他。第三条 末。';
  const b = '第一条 注册人应当建立质量管理制度,保存记录至有效期后2年,30日内报告。第二条 其他。第三条 末。';
  for (const { parts, edited } of compareTexts(a, b).articles) {
    if (!edited) continue;
    const side = (op: string) =>
      parts
        .filter((part) => part.op !== op)
        .map(({ text }) => text)
        .join('');
    expect([side('+'), side('-')]).toEqual([a, b]);
  }
});

it.each([
  ['', ''],
  ['一', ''],
  ['', '一'],
  ['<script>x</script>', '第'.repeat(5000)],
])('case %# ends', (a, b) => {
  const { articles } = compareTexts(a, b);
  expect(Array.isArray(articles)).toBe(true);
});

it('texts of a thousand articles, and long ones without anything in common, do not hang', () => {
  const act = (word: string) =>
    Array.from(
      { length: 1500 },
      (_, i) => `第${i + 1}条 ${word}企业应当第${i * 7}次自查,${word.repeat((i % 9) + 3)}。`,
    ).join('\n');
  const started = performance.now();
  compareTexts(act('甲乙丙'), act('丁戊己庚'));
  const noise = (seed: number) =>
    Array.from({ length: 200_000 }, (_, i) => String.fromCharCode(0x4e00 + ((i * seed * 7919) % 20_000))).join('');
  compareTexts(noise(3), noise(11));
  expect(performance.now() - started).toBeLessThan(20_000);
});
