import { expect, it } from 'vitest';
import { parsePolicy } from './parse.ts';

/**
 * Texts that would take a rule with a hidden second loop hours: long, of one piece, or of nothing but its own signs. No
 * time is measured; a rule that is not linear runs into the limit of the test by itself.
 */
const LENGTH = 600_000;
const LIMIT_MS = 120_000;

const fill = (piece: string): string => piece.repeat(Math.ceil(LENGTH / piece.length));

const PIECES: readonly string[] = [
  '医疗器械注册人备案人委托生产',
  '《',
  '《〈',
  '《条例》',
  '(',
  '(责任单位:市药监局)',
  '第一条',
  '1',
  '2025年1月1日',
  '<',
  '<div>',
  '<!--',
  '&amp;',
  '# ',
  '**',
  '|甲',
  '“',
  ',,',
  ' ',
  '\u00A0',
  '\n',
  '1.\n',
  'a',
  '应当',
  '企业应当于2025年3月1日前完成自查。',
  '一、甲。',
  '一、甲事项\n(一)乙事项。企业应当开展自查。\n',
  '甲省药监局关于开展检查的通知\n',
  '甲省药监局关于开展检查的通知\n近日,甲省药监局印发《某某办法》,明确有关要求,规范采购行为,保障供应。\n',
  '【甲】某某新规落地企业受益\n近日,某某公司宣布产品获批上市并将扩大产能满足市场需求。\n',
  '附件:1.甲 2.乙\n',
  '第1页 共9页\n',
  '某某季报\n第1页 共9页\n各省药品监督管理部门不再接收纸质备案资料并予以归档\n',
  '问:甲?\n答:乙。\n',
  '甲省药品监督管理局\n2025年1月1日\n',
  '甲省药品监督管理局 ',
  '甲药监〔2025〕1号',
  '根据《甲条例》(国务院令第739号)第一条、',
  'a@b.cn ',
  '0571-1234567 ',
  '最高给予100万元 ',
  '醫療器械監督管理條例國家藥品監督管理局應當',
];

it.each(PIECES)(
  'reads a text of nothing but %j',
  (piece) => {
    const text = fill(piece);
    const { documents } = parsePolicy(text);
    for (const { span } of documents) {
      expect(span.start).toBeGreaterThanOrEqual(0);
      expect(span.end).toBeLessThanOrEqual(text.length);
    }
  },
  LIMIT_MS,
);

it(
  'reads 20 MB of one line, and the same as lines',
  () => {
    const sentence = '根据《医疗器械监督管理条例》,企业应当于2025年3月1日前完成自查,抽查比例不低于20%。';
    const times = Math.ceil(20e6 / Buffer.byteLength(sentence));
    expect(parsePolicy(sentence.repeat(times)).documents.length).toBeGreaterThan(0);
    expect(parsePolicy(`${sentence}\n`.repeat(times)).documents.length).toBeGreaterThan(0);
  },
  LIMIT_MS,
);
