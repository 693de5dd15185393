import { describe, expect, it } from 'vitest';
import { foldText, searchQuery, searchTerms, searchVector, variantsOf } from './search-text.ts';

describe('folding of text', () => {
  it('meets full width, capitals and traditional characters', () => {
    expect(foldText('ＰＴＣＡ球囊擴張導管')).toBe('ptca球囊扩张导管');
    expect(foldText('支架')).toBe('支架');
  });
});

describe('search vector', () => {
  it('writes pairs with positions, the last character alone, and weights', () => {
    expect(searchVector([['冠脉支架', 'A']])).toBe("'冠脉':1A '脉支':2A '支架':3A '架':4A ");
  });
  it('keeps fields apart and writes no letter for weight D', () => {
    expect(
      searchVector([
        ['支架', 'A'],
        ['BT 3', 'D'],
      ]),
    ).toBe("'支架':1A '架':2A 'bt':6 '3':7 ");
  });
  it('lets a word stand again and keeps characters outside the basic plane whole', () => {
    expect(searchVector([['ab ab', 'A']])).toBe("'ab':1A 'ab':2A ");
    expect(searchVector([['𠮷支', 'A']])).toBe("'𠮷支':1A '支':2A ");
    expect(searchQuery('𠮷')).toBe("('𠮷':*)");
  });
  it('stays below the last position of a tsvector', () => {
    const text = searchVector([['支架'.repeat(20_000), 'D']]);
    expect(Math.max(...[...text.matchAll(/\d+/g)].map((m) => Number(m[0])))).toBeLessThanOrEqual(16_383);
  });
});

describe('questions', () => {
  it('ask a phrase of pairs', () => {
    expect(searchQuery('椎间融合器')).toBe("('椎间' <-> '间融' <-> '融合' <-> '合器')");
  });
  it('join terms by AND and treat one character as the beginning of a pair', () => {
    expect(searchQuery('输液器 针')).toBe("('输液' <-> '液器') & ('针':*)");
  });
  it('step over the last character where a Latin word follows', () => {
    expect(searchQuery('3M胶带x')).toBe("('3m' <-> '胶带' <2> 'x':*)");
  });
  it('never let operators of the query language through', () => {
    expect(searchQuery("a'|!b & (c)")).toBe("('a' <-> 'b':*) & ('c':*)");
    expect(searchQuery('!!!')).toBeNull();
    expect(searchTerms('  ')).toEqual([]);
  });

  it('knows every other form of a character that is folded to it', () => {
    expect(variantsOf('检')).toContain('檢');
    expect(variantsOf('金')).toContain('⾦');
    expect(variantsOf('a1')).toBe('');
    for (const form of variantsOf('检查外包装')) expect('检查外包装').toContain(foldText(form));
  });
});
