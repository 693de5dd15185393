import { describe, expect, it } from 'vitest';
import { findDamage } from './damage.ts';
import { formatOf } from './markup.ts';
import { readPage } from './page.ts';
import { readText } from './read.ts';

const identity = (start: number, end: number) => ({ start, end });

describe('one plain form for matching', () => {
  it('folds widths, blanks and line ends', () => {
    expect(readText('（一）甲，乙：丙；２５％\r\n丁　戊\u00A0己\r庚').text).toBe('(一)甲,乙:丙;25%\n丁 戊 己\n庚');
  });

  it('joins digits with the characters beside them, but not a number that opens an item', () => {
    expect(readText('2024 年 7 月 1 日第 14 号').text).toBe('2024年7月1日第14号');
    expect(readText('附件:1.甲手册 2.乙表').text).toBe('附件:1.甲手册 2.乙表');
  });

  it('reads traditional script as simplified when the text is written in it', () => {
    const text = '依據《醫療器械監督管理條例》及國務院有關規定,責令你企業停產整改。';
    expect(readText(text).text).toBe('依据《医疗器械监督管理条例》及国务院有关规定,责令你企业停产整改。');
  });

  it('leaves out readings in brackets and keeps Latin words in brackets', () => {
    expect(readText('器(qì)械(xiè)注册').text).toBe('器械注册');
    expect(readText('通过小程序(app)办理').text).toBe('通过小程序(app)办理');
  });

  it('leads every character back to its place', () => {
    const source = '**第 3 条**　注册人（甲）应当\r\n报告';
    const mapped = readText(source, 'markdown');
    for (const word of ['注册人', '甲', '应当', '报告']) {
      const at = mapped.text.indexOf(word);
      expect(source.slice(mapped.at(at), mapped.endAt(at + word.length))).toBe(word);
    }
  });
});

describe('markup', () => {
  it('knows the format by its own signs', () => {
    expect(formatOf('<html><body><p>甲</p></body></html>')).toBe('html');
    expect(formatOf('# 甲\n\n乙')).toBe('markdown');
    expect(formatOf('甲 < 乙 > 丙')).toBe('text');
  });

  it('takes text out of HTML and nothing else', () => {
    const page =
      '<html><head><title>x</title></head><body><script>alert("应当")</script><p>甲&nbsp;乙&#20057;</p><img src=x onerror=alert(1)><p>3 < 5</p></body></html>';
    const { text } = readText(page);
    expect(text).not.toMatch(/alert|onerror|script/);
    expect(text.replace(/\s+/g, '')).toBe('甲乙乙3<5');
  });

  it('survives HTML that does not end', () => {
    for (const broken of ['<p', '<p>甲<script>', '<!--', '<html><p>甲</p', '<div><div><div>', '&#xFFFFFF;&#0;'])
      expect(() => readText(broken, 'html')).not.toThrow();
  });

  it('drops the signs of Markdown and keeps masked digits', () => {
    expect(readText('## **一、范围**\n1\\. 甲 [乙](https://a.example/b)', 'markdown').text).toBe('一、范围\n1. 甲 乙');
    expect(readText('甲采字〔**〕**号\n**年3月**日', 'markdown').text).toContain('〔**〕**号');
  });
});

describe('damage is told', () => {
  it('finds masks, impossible dates and broken numbers', () => {
    const text = '甲〔**〕**号 2021月12月21日 乙〔2025104 2024年13月1日';
    expect(findDamage(text, identity).map((damage) => damage.kind)).toEqual(
      expect.arrayContaining(['masked', 'impossible-date', 'broken-number']),
    );
  });

  it('finds none in a sound text', () => {
    expect(findDamage('国办发〔2024〕53号,2024年12月31日', identity)).toEqual([]);
  });
});

describe('a page', () => {
  const page = `当前位置:首页 > 公告
甲省药监局关于某事的公告
发布时间:2025-03-04 09:00 来源:甲省药监局 浏览次数:9
为做好某事,现公告如下:
一、甲事应当办好。
二、乙事应当办好。
三、丙事应当办好。
特此公告。
责任编辑:某
版权所有:某`;

  it('is cut to its text, and its own line is kept', () => {
    const { text } = readText(page);
    const read = readPage(text, 0, text.length);
    expect(text.slice(read.bodyStart, read.bodyEnd)).toMatch(/^为做好某事[\s\S]*特此公告。$/);
    expect(read.headline?.text).toBe('甲省药监局关于某事的公告');
    expect(read.info.get('published')?.value).toMatch(/^2025-03-04/);
  });
});
