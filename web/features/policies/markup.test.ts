import { describe, expect, it } from 'vitest';
import { markupOf } from './markup.ts';

const folded = (text: string) => {
  let at = 0;
  let words = '';
  for (const [start, end] of markupOf(text)) {
    words += text.slice(at, start);
    at = end;
  }
  return words + text.slice(at);
};

describe('signs that are folded away', () => {
  it('are tags, scripts and comments of a page', () => {
    expect(folded('<div><p class="a">第一条</p><script>alert("x<y")</script><!-- 注 --><br/>第二条</div>')).toBe(
      '第一条第二条',
    );
  });

  it('are the signs of Markdown', () => {
    expect(folded('# 通知\n\n**第一条** 企业应当报告。')).toBe('通知\n\n第一条 企业应当报告。');
  });

  it('are none in plain text, also where it holds angle brackets', () => {
    expect(markupOf('《关于<器械>的通知》 3<5 且 a>b')).toEqual([]);
  });
});
