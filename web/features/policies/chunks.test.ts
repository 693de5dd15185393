import { describe, expect, it } from 'vitest';
import { chunksOf, piecesOf } from './chunks.ts';
import { type Element, type ElementKind, elementsOf, sectionAt, sentenceAt } from './elements.ts';
import type { PolicyReading } from './types.ts';

const element = (kind: ElementKind, start: number, end: number, index = 0): Element => ({
  id: `0.${kind}.${index}`,
  document: 0,
  kind,
  index,
  start,
  end,
});
const all = () => true;

describe('a text with marks', () => {
  it('is cut where marks begin and end, also where they overlap', () => {
    const text = '自2026年1月1日起，注册人应当上传。';
    const elements = [element('obligation', 0, 18), element('date', 1, 10), element('figure', 8, 14)];
    const [chunk] = chunksOf(text, elements);
    const pieces = piecesOf(text, chunk!, all);
    expect(pieces.map((piece) => piece.text).join('')).toBe(text);
    expect(pieces.map((piece) => piece.over.map((over) => over.kind).join('+'))).toEqual([
      'obligation',
      'obligation+date',
      'obligation+date+figure',
      'obligation+figure',
      'obligation',
      '',
    ]);
  });

  it('loses no character and no mark between chunks', () => {
    const line = '第一条 注册人应当在每年3月31日前提交年度自查报告。\n';
    const text = line.repeat(4000);
    const elements: Element[] = [];
    for (let at = 0; at < text.length; at += line.length) elements.push(element('obligation', at + 4, at + 26, at));
    elements.push(element('measure', 2000, 9000));
    elements.sort((a, b) => a.start - b.start || b.end - a.end);
    const chunks = chunksOf(text, elements);
    expect(chunks.map((chunk) => text.slice(chunk.start, chunk.end)).join('')).toBe(text);
    expect(chunks.every((chunk) => chunk.end - chunk.start <= 8000)).toBe(true);
    const seen = new Set(chunks.flatMap((chunk) => chunk.elements.map((one) => one.id)));
    expect(seen.size).toBe(elements.length);
    expect(chunks.filter((chunk) => chunk.elements.some((one) => one.kind === 'measure')).length).toBeGreaterThan(2);
    for (const chunk of chunks)
      expect(
        piecesOf(text, chunk, all)
          .map((piece) => piece.text)
          .join(''),
      ).toBe(text.slice(chunk.start, chunk.end));
  });

  it('cuts a text without line breaks', () => {
    const text = `${'甲'.repeat(20_000)}。`;
    const chunks = chunksOf(text, []);
    expect(chunks.map((chunk) => chunk.end - chunk.start)).toEqual([8000, 8000, 4001]);
    expect(chunksOf('', [])).toEqual([]);
  });

  it('leaves out what is switched off', () => {
    const text = '2026年1月1日';
    const [chunk] = chunksOf(text, [element('date', 0, 9)]);
    expect(piecesOf(text, chunk!, () => false)).toEqual([{ start: 0, text, over: [] }]);
  });

  it('takes 150,000 characters with 6,000 marks in a moment', () => {
    const text = '按照第二十条的规定，自收到之日起二十日内报告。\n'.repeat(6250);
    const elements = Array.from({ length: 6000 }, (_, at) => element('date', at * 24 + 3, at * 24 + 7, at));
    const started = performance.now();
    for (const chunk of chunksOf(text, elements)) piecesOf(text, chunk, all);
    expect(performance.now() - started).toBeLessThan(400);
  });
});

describe('elements', () => {
  it('stand in the order of the text, the longer first', () => {
    const document = {
      titleSpan: { start: 0, end: 4 },
      issuerDetails: [],
      dates: [{ date: '2026-01-01', kind: 'effective', start: 8, end: 12 }],
      sections: [],
      measures: [],
      obligations: [{ start: 8, end: 30 }],
      eligibility: { applicants: [], allOf: [{ start: 40, end: 44, text: '甲' }], anyOf: [], exclusions: [] },
      benefits: [],
      figures: [],
      cites: [],
      attachments: [],
      contacts: [],
      contradictions: [],
    };
    const reading = { documents: [document], damage: [{ start: 90, end: 99, kind: 'masked', text: '**' }] };
    const found = elementsOf(reading as unknown as PolicyReading, 95);
    expect(found.map((one) => one.id)).toEqual([
      '0.title.0',
      '0.obligation.0',
      '0.date.0',
      '0.eligibility.0',
      'x.damage.0',
    ]);
    expect(found.at(-1)?.end).toBe(95);
  });

  it('are quoted with their sentence and section', () => {
    const text = '第一条 前言。\n第二条 注册人应当在三十日内报告；逾期的，处罚。';
    const start = text.indexOf('三十日');
    const sentence = sentenceAt(text, { start, end: start + 3 });
    expect(text.slice(sentence.start, sentence.end)).toBe('第二条 注册人应当在三十日内报告；');
    const sections = [
      { level: 3, no: '第一条', heading: '前言', start: 0, end: 6 },
      { level: 3, no: '第二条', heading: '注册人', start: 8, end: 14 },
    ];
    expect(sectionAt({ sections } as never, start)).toBe('第二条');
    expect(sectionAt(undefined, start)).toBeNull();
  });
});
