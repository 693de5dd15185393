import { describe, expect, it } from 'vitest';
import { scanAliases } from './aliases.ts';
import { findCites } from './citations.ts';

const cited = (text: string) =>
  findCites(text, []).cites.map(({ title, number, relation }) => [title, number, relation]);

describe('acts named otherwise than in book marks', () => {
  it('are the works of a list of references', () => {
    expect(
      findCites(
        '参考文献\n[1]国家港航局.起重机登记管理办法:国家港航局令第47号[Z].\n[2]锚链检验规则:国家港航局公告2021年第121号[Z].\n[3]张三.锚链的检验方法[J].港口,2015.',
        [],
      ).cites.map(({ title, number, issuer }) => [title, number, issuer]),
    ).toEqual([
      ['起重机登记管理办法', '国家港航局令第47号', '国家港航局'],
      ['锚链检验规则', '2021年第121号', null],
    ]);
  });
  it('are named by number alone, or in quotation marks with their number', () => {
    expect(cited('申请人应按照国家港航监督管理局2021年第121号公告附件5提交资料。')).toEqual([
      ['国家港航监督管理局2021年第121号公告', '2021年第121号', 'basis'],
    ]);
    expect(cited('见“关于印发锚地管理规定的通知”(港航发〔2019〕78号)。')).toEqual([
      ['关于印发锚地管理规定的通知', '港航发〔2019〕78号', 'refers'],
    ]);
    expect(findCites('按照2021年第121号公告办理。', [], '2021年第121号').cites).toEqual([]);
  });
  it('count once when the list gives the number of a title named before', () => {
    const { cites } = findCites('依据《锚链检验规则》。\n锚链检验规则:国家港航局令第7号[Z].', []);
    expect(cites).toMatchObject([{ number: '国家港航局令第7号', mentions: 2 }]);
  });
});

describe('titles', () => {
  it('end with 要求, 标准 or 格式 when a body issues them', () => {
    expect(cited('按照《起重机登记申报资料要求及说明》和《危险货物集装箱分级标准》。').map(([title]) => title)).toEqual(
      ['起重机登记申报资料要求及说明', '危险货物集装箱分级标准'],
    );
    expect(cited('填写《产品技术要求》,符合《企业标准》。')).toEqual([]);
  });
  it('are no standards by name, no articles and books', () => {
    expect(cited('GB/T 2828.1-2012《计数抽样检验程序 第1部分》,YY/T 0681.1《加速试验指南》')).toEqual([]);
    expect(cited('[2]李四.《锚地评估指南》解读[J].港口,2018.')).toEqual([]);
  });
  it('with and without their edition name one act, a part of a series another', () => {
    const text =
      '见《吊具审查指导原则》(2019年第5号)和《吊具审查指导原则(2022年修订版)》,《吊具试验指导原则 第二部分:静载》。';
    expect(cited(text).map(([title]) => title)).toEqual(['吊具审查指导原则', '吊具试验指导原则 第二部分:静载']);
  });
  it('keep the number behind a comma', () =>
    expect(cited('见《吊具说明书编写规定》,(港航械〔2007〕240号)。')[0]?.[1]).toBe('港航械〔2007〕240号'));
});

describe('what a text does with an act', () => {
  it.each([
    ['吊具参数的制定需符合《吊具编写指导原则》。', 'refers'],
    ['国家港航局公布的《禁止委托目录》。', 'mentions'],
    ['见《吊具指导原则》(2022年修订版)《索具指导原则》', 'refers'],
    ['依据所申报产品的结构,参考《索具指导原则》开展试验。', 'refers'],
    ['根据《港口安全条例》,制定本办法。', 'basis'],
    ['港航局印发《锚地管理办法》。', 'issues'],
    ['修订了《锚地管理办法》。', 'amends'],
    ['是否实施或豁免试验可参照《吊具试验指南》。', 'refers'],
  ])('%s', (text, relation) => expect(findCites(text, []).cites.at(-1)?.relation).toBe(relation));

  it('holds for all titles of a row', () =>
    expect(
      cited('应当符合《甲港口规定》《乙锚地规则》和《丙航道办法》等要求。').map(([, , relation]) => relation),
    ).toEqual(['refers', 'refers', 'refers']));
});

describe('short names', () => {
  it.each([
    ['《锚地名录》(2021年第3号,以下简称“名录”)', '名录', '锚地名录'],
    ['船用设备(简称“设备”)', '设备', '船用设备'],
    ['托运人、收货人(以下称“委托方”)', '委托方', '托运人、收货人'],
    ['托运人(下称甲方)委托其他承运企业(以下称“受托方”)', '受托方', '其他承运企业'],
    ['采用试验用锚链(以下简称试链)', '试链', '试验用锚链'],
    ['《甲类货物目录》和《乙类货物目录》(以下统称目录)', '目录', '《甲类货物目录》和《乙类货物目录》'],
    ['主要成分为石灰(成分为氧化钙,以下简称B干粉)', 'B干粉', '主要成分为石灰'],
  ])('%s', (text, alias, means) => expect(scanAliases(text).at(-1)).toMatchObject({ alias, means }));

  it('lead to the act they stand for, an edition in the marks as well', () => {
    const { cites } = findCites(
      '《港口货物统计规则》(2020年第9号,以下简称《规则》)。《规则》第三条。《规则(2020版)》第五条。',
      [],
    );
    expect(cites).toMatchObject([{ mentions: 3, articles: ['第三条', '第五条'] }]);
  });
});
