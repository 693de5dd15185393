import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../parse.ts';
import { applyCorrections } from './apply-corrections.ts';
import { doubtsOf } from './doubts.ts';
import { goldOf } from './gold.ts';
import { type Anchor, anchorAt, type Correction } from './types.ts';

const TEXT = `甲省药品监督管理局关于开展自查的通知
甲药监械〔2025〕3号
各市市场监督管理局:
根据《医疗器械监督管理条例》(国务院令第739号),现就有关事项通知如下:
企业应当于2025年10月31日前完成自查,并保存记录。经营企业不得销售过期产品。抽查比例不低于20%。
甲省药品监督管理局
2025年9月1日`;

const anchorOf = (quote: string, text = TEXT): Anchor => {
  const start = text.indexOf(quote);
  return anchorAt(text, { start, end: start + quote.length });
};
const duty = (action: string) => ({
  actor: '企业',
  modal: '应当',
  action,
  deadline: null,
  within: null,
  condition: null,
  exception: null,
  consequence: null,
});
const apply = (corrections: Correction[], text = TEXT) => applyCorrections(parsePolicy(text), corrections, text);

describe('corrections laid over a reading', () => {
  it('set what has one value; another kind makes it a policy or not', () => {
    const { reading } = apply([
      { id: '1', ordinal: 0, op: 'set', element: 'docNumber', value: '甲药监械〔2025〕4号' },
      { id: '2', ordinal: 0, op: 'set', element: 'kind', value: 'news' },
      { id: '3', ordinal: 0, op: 'set', element: 'issueDate', value: null },
    ]);
    expect(reading.documents[0]).toMatchObject({
      docNumber: '甲药监械〔2025〕4号',
      kind: 'news',
      isPolicy: false,
      issueDate: null,
    });
  });

  it('the later of two of one element holds', () => {
    const { reading } = apply([
      { id: '1', ordinal: 0, op: 'set', element: 'title', value: '甲' },
      { id: '2', ordinal: 0, op: 'set', element: 'title', value: '乙' },
    ]);
    expect(reading.documents[0]?.title).toBe('乙');
  });

  it('add, change and take out items, in the order of the text', () => {
    const before = parsePolicy(TEXT).documents[0];
    const wrong = before?.obligations.find(({ action }) => action.includes('过期产品'));
    const { reading } = apply([
      {
        id: '1',
        ordinal: 0,
        op: 'add',
        element: 'obligations',
        anchor: anchorOf('并保存记录'),
        value: duty('保存记录'),
      },
      {
        id: '2',
        ordinal: 0,
        op: 'remove',
        element: 'obligations',
        anchor: anchorOf('经营企业不得销售过期产品'),
        before: wrong,
      },
    ]);
    const actions = reading.documents[0]?.obligations.map(({ action }) => action) ?? [];
    expect(actions.some((action) => action.includes('过期产品'))).toBe(false);
    expect(actions.at(-1)).toBe('保存记录');
  });

  it('find their item again in a text that moved, and are orphans when its words are gone', () => {
    const change: Correction = {
      id: 'c',
      ordinal: 0,
      op: 'change',
      element: 'figures',
      anchor: anchorOf('20%'),
      before: { value: 20, unit: '%' },
      value: { value: 20, unit: '%', of: '抽查比例', op: '>=' },
    };
    const moved = TEXT.replace('各市市场监督管理局:', '各市市场监督管理局,各有关单位:');
    const { reading, orphans } = apply([change], moved);
    const figure = reading.documents[0]?.figures.find(({ unit }) => unit === '%');
    expect(orphans).toEqual([]);
    expect(figure?.of).toBe('抽查比例');
    expect(moved.slice(figure?.start, figure?.end)).toBe('20%');
    expect(reading.documents[0]?.figures.filter(({ unit }) => unit === '%')).toHaveLength(1);
    expect(apply([change], TEXT.replace('20%', '三成')).orphans).toEqual(['c']);
  });

  it('tell short words by those around them: 5年 is not the end of 2025年', () => {
    const text = TEXT.replace('抽查比例不低于20%', '记录应当保存5年');
    const start = text.indexOf('保存5年') + 2;
    const change: Correction = {
      id: 'c',
      ordinal: 0,
      op: 'change',
      element: 'figures',
      anchor: anchorAt(text, { start, end: start + 2 }),
      before: {},
      value: { value: 5, unit: '年', of: '保存', op: '>=' },
    };
    expect(apply([change], text).orphans).toEqual([]);
    expect(apply([change], text.replace('保存5年', '长期保存')).orphans).toEqual(['c']);
  });

  it('put an item in that a later extraction does not find any more', () => {
    const reading = parsePolicy(TEXT);
    const without = { ...reading, documents: reading.documents.map((d) => ({ ...d, obligations: [] })) };
    const change: Correction = {
      id: 'c',
      ordinal: 0,
      op: 'change',
      element: 'obligations',
      anchor: anchorOf('完成自查'),
      before: {},
      value: duty('完成自查'),
    };
    expect(applyCorrections(without, [change], TEXT).reading.documents[0]?.obligations).toHaveLength(1);
  });

  it('of two items at one place the one the person saw is meant', () => {
    const reading = parsePolicy(TEXT);
    const place = anchorOf('企业应当于2025年10月31日前完成自查,并保存记录');
    const two = [
      { ...duty('完成自查'), ...place },
      { ...duty('保存记录'), ...place },
    ];
    const given = { ...reading, documents: reading.documents.map((d) => ({ ...d, obligations: two })) };
    const removed = applyCorrections(
      given,
      [{ id: 'c', ordinal: 0, op: 'remove', element: 'obligations', anchor: place, before: duty('保存记录') }],
      TEXT,
    );
    expect(removed.reading.documents[0]?.obligations.map(({ action }) => action)).toEqual(['完成自查']);
  });

  it('never throw and never lose another item, whatever the anchor', () => {
    const count = parsePolicy(TEXT).documents[0]?.figures.length ?? 0;
    fc.assert(
      fc.property(
        fc.integer({ min: -5, max: 500 }),
        fc.integer({ min: -5, max: 500 }),
        fc.string(),
        (start, end, quote) => {
          const { reading } = apply([
            {
              id: 'c',
              ordinal: 0,
              op: 'remove',
              element: 'figures',
              anchor: { start, end, quote, lead: quote, trail: quote },
              before: null,
            },
          ]);
          expect(reading.documents[0]?.figures.length).toBeGreaterThanOrEqual(count - 1);
        },
      ),
      { seed: 20261122 },
    );
  });
});

describe('doubts', () => {
  it('are told of policies and not of news', () => {
    const reading = parsePolicy('近日,某企业宣布其产品获批上市,销售增长30%,市场前景广阔。');
    expect(reading.documents.flatMap((document) => doubtsOf(document, reading))).toEqual([]);
    const bare = parsePolicy('关于开展自查的通知\n各有关单位:\n请认真开展自查,应当如实报告。');
    expect(bare.documents.flatMap((document) => doubtsOf(document, bare))).toEqual(['no-issuer', 'no-date']);
  });
});

describe('gold', () => {
  it('has the places of its items in the text', () => {
    const document = parsePolicy(TEXT).documents[0];
    if (!document) throw new Error('no document');
    const gold = goldOf(document, {
      key: 'a.txt',
      ordinal: 0,
      reviewedBy: 'local',
      reviewedAt: '2026-11-22T00:00:00Z',
    });
    expect(gold).toMatchObject({ id: 'a.txt#0', docNumber: '甲药监械〔2025〕3号', issueDate: '2025-09-01' });
    const [figure] = gold.figures as { offset: number }[];
    expect(TEXT.slice(figure?.offset)).toMatch(/^(?:不低于)?20%/);
  });
});
