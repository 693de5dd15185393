import { describe, expect, it } from 'vitest';
import { foldText } from '../../src/domains/devices/index.ts';
import { actNumbersIn, actNumbersOfKey, sameNumber, standardsIn } from '../../src/domains/policy/search/act-numbers.ts';
import { sameText, sketchBands, textSketch, translationStem } from '../../src/domains/policy/search/copies.ts';
import { readQuestion } from '../../src/domains/policy/search/question.ts';
import { readDocument } from '../../src/domains/policy/search/read-document.ts';
import { mendSlips, suspectsOf } from '../../src/domains/policy/search/slips.ts';

const number = (text: string, typed = false) => {
  const [found] = actNumbersIn(foldText(text), typed);
  return found && [found.mark ?? found.issuer, found.year, found.no];
};
const sameness = (asked: string, own: string) => {
  const [a] = actNumbersIn(foldText(asked), true);
  const [b] = actNumbersIn(foldText(own));
  return a && b ? sameNumber(a, b) : undefined;
};

describe('document numbers', () => {
  it.each([
    ['粵藥監械業〔2020〕381號', ['粤药监械业', 2020, 381]],
    ['食药监办械函[2013]3号', ['食药监办械函', 2013, 3]],
    ['国家药品监督管理局医疗器械技术审评中心2023年第9号通告', ['cmde', 2023, 9]],
    ['公告（2022年 第28号）', [null, 2022, 28]],
    ['国务院令第739号', ['state-council', null, 739]],
    ['第3号', undefined],
    ['2022年28件', undefined],
  ])('reads %s', (text, expected) => {
    expect(number(text)).toEqual(expected);
  });

  it.each([
    ['粤药监械业2020-381', ['粤药监械业', 2020, 381]],
    ['NMPA No. 28 of 2022', ['nmpa', 2022, 28]],
    ['state council order 739', ['state-council', null, 739]],
  ])('reads %s as people type it', (text, expected) => {
    expect(number(text, true)).toEqual(expected);
  });

  it('tells the same number from another', () => {
    expect(sameness('粤药监械业2020-381', '粵藥監械業字〔2020〕381號')).toBe(1);
    expect(sameness('粤药监械业2020-381', '粤药监械〔2020〕381号')).toBe(0);
    expect(sameness('2022年第28号', '2021年第28号')).toBe(0);
    expect(sameness('国务院令第739号', '2021年第739号')).toBe(0);
    expect(sameness('器审中心通告2023年第9号', '国家药品监督管理局2023年第9号通告')).toBeLessThan(0.5);
    expect(actNumbersOfKey('a/cmde-2023-9-2a42.md')).toMatchObject([{ year: 2023, no: 9 }]);
    expect(actNumbersOfKey('a/14-03-02.md')).toEqual([]);
  });

  it('reads standards however they are written', () => {
    const ids = standardsIn(foldText('YY/T 0664、ＹＹ0664—2020、GB 9706.1-2020、IEC62366，GB/T 42062'));
    expect(ids.map(({ id, year }) => [id, year])).toEqual([
      ['yy0664', null],
      ['yy0664', 2020],
      ['gb9706.1', 2020],
      ['iec62366', null],
      ['gb42062', null],
    ]);
  });

  it('is linear in a text that is all numbers', () => {
    const started = performance.now();
    actNumbersIn('根据国家药监局2021年第126号'.repeat(50_000));
    actNumbersIn('号'.repeat(500_000));
    standardsIn('gb '.repeat(300_000));
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

describe('questions', () => {
  const forms = (question: string) => readQuestion(question).terms.map((term) => term.forms.map(({ text }) => text));

  it('drops what only asks and puts the words of acts beside everyday words', () => {
    expect(forms('口罩怎么办理延续注册')).toEqual([['口罩', '医用口罩', '防护口罩'], ['延续注册']]);
    expect(forms('UDI 什么时候')[0]).toContain('唯一标识');
    expect(forms('What is the guidance for hospital beds?')).toEqual([
      ['guidance', '指导原则', '指南'],
      ['hospital beds', '电动病床', '病床'],
    ]);
    expect(readQuestion('？！。').terms).toEqual([]);
  });

  it('mends a character of the same sound where what was written is unknown', () => {
    const known = new Map([
      ['不良', 900],
      ['良事', 500],
      ['事件', 700],
      ['件监', 300],
    ]);
    const df = (pair: string) => known.get(pair) ?? 0;
    expect(mendSlips('不良世件监测', suspectsOf('不良世件监测', df), df)).toBe('不良事件监测');
    expect(mendSlips('不良事件监测', suspectsOf('不良事件监测', df), df)).toBeNull();
  });
});

describe('copies', () => {
  const text = Array.from({ length: 300 }, (_, i) => `第${i}条注册人应当在第${i * 7}日内提交材料${i * i}份。`).join('');

  it('knows a text with small changes and no other', () => {
    const own = textSketch(text);
    const changed = textSketch(text.replaceAll('第17条', '第十七条').replace('材料', '资料'));
    const other = textSketch(text.replaceAll('注册人应当在', '经营企业可以于').replaceAll('提交', '申请'));
    expect([sameText(own, changed), sameText(own, other)]).toEqual([true, false]);
    expect(sketchBands(own).some((band) => sketchBands(changed).includes(band))).toBe(true);
    expect(sameText(textSketch('短文一'), textSketch('短文二'))).toBe(false);
  });

  it('knows translations by their names', () => {
    expect(translationStem('a/x.zh.md')).toBe(translationStem('a/x.en.md'));
    expect(translationStem('a/x.md')).not.toBe(translationStem('b/x.md'));
  });
});

it('believes the text where the title names something else', () => {
  const source = { key: 'k.md', otherTitle: null, number: null, url: null, language: null };
  const text = '自测用血糖监测系统用于血糖监测。血糖仪与试纸配套使用，血糖监测系统的准确度。'.repeat(60);
  expect(readDocument({ ...source, title: '胰岛素测定试剂注册审查指导原则', text }).fields.trust).toBeLessThan(0.3);
  expect(readDocument({ ...source, title: '血糖监测系统注册审查指导原则', text }).fields.trust).toBe(1);
  expect(readDocument({ ...source, title: null, text: '# [Translation needed] 题目' }).stub).toBe(true);
});
