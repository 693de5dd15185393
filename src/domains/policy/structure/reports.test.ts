import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../parse.ts';
import type { PolicyDocument } from '../types.ts';

const read = (text: string): PolicyDocument => {
  const document = parsePolicy(text).documents[0];
  if (!document) throw new Error('no document');
  return document;
};

describe('who a report is about, and when', () => {
  it('a day may stand between the body and its verb', () => {
    const report = read(
      '福建省药监局8月6日公布一批典型案例,涉及网络销售、无证经营等行为。2025年1月1日以来,全省共查处案件120件,案件线索移送公安机关。',
    );
    expect([report.issuers, report.issueDate]).toEqual([['福建省药品监督管理局'], '2025-08-06']);
  });

  it('部署 is what the body does, no part of its name', () => {
    expect(
      read('近日,山西省药监局部署开展夏季专项检查,时间从6月持续到8月,重点检查近期被责令整改的企业和新开办的企业。')
        .issuers,
    ).toEqual(['山西省药品监督管理局']);
  });

  it('the year of the number is that of the day in the lead', () => {
    const report = read(
      '9月8日,青海省医疗保障局印发《青海省编码应用方案》(青医保〔2025〕12号)。2026年3月底前完成接口,2026年9月底前完成对接。',
    );
    expect(report.issueDate).toBe('2025-09-08');
  });

  it('whoever answers gives an interpretation, or the site it stands on', () => {
    const answers = '问:办法何时实施?\n答:另行公布。\n问:谁来执行?\n答:各市执行。';
    expect(
      read(`《宁夏回族自治区甲办法》问答\n自治区医保局待遇处有关负责人就有关问题作了解答。\n${answers}`).issuers,
    ).toEqual(['宁夏回族自治区医疗保障局']);
    expect(read(`《甲办法》问答\n来源:国家药监局网站\n${answers}`).issuers).toEqual(['国家药品监督管理局']);
  });

  it('a consultation nobody signs is of the body that collects the comments', () => {
    const asked = read(
      '为规范管理,我局起草了《甲目录(征求意见稿)》,现公开征求意见。 请将意见反馈至云南省医疗保障局价格招采处,电子邮箱:a@yn.gov.cn。 联系电话:0871-1234567。',
    );
    expect(asked.issuers).toEqual(['云南省医疗保障局']);
  });

  it('a signature glued to an attachment that names the same region', () => {
    const glued = read(
      '为规范采购,现就开展自查有关事项通知如下: 一、自查。各企业应当开展自查。 二、报送。各市报送结果。 本通知自印发之日起施行。附件:湖南省自查情况表湖南省医疗保障局2025年4月2日',
    );
    expect([glued.issuers, glued.issueDate]).toEqual([['湖南省医疗保障局'], '2025-04-02']);
  });

  it('a note of publicity may stand behind the day, blanks in the brackets of the number', () => {
    const signed = read(
      '关于调整支付标准的通知\n湘医保发〔 2025 〕 9 号\n各市医疗保障局:\n现调整有关标准,请遵照执行。\n湖南省医疗保障局\n2025年4月2日(此件主动公开)',
    );
    expect([signed.docNumber, signed.issueDate]).toEqual(['湘医保发〔2025〕9号', '2025-04-02']);
  });
});

describe('points of answers and reports', () => {
  it('一要…二要…: what a meeting sets out', () => {
    const report = read('近日,河南省医保局召开会议。会议强调,一要加快报量工作;二要推动直接结算;三要完善监测预警。');
    expect(report.measures).toHaveLength(3);
  });

  it('一是…二是… in an answer', () => {
    const answer = read(
      '《甲规则》有关问题问答\n问:背景是什么?\n答:为规范管理。\n问:有哪些要求?\n答:一是入库时上传数据;二是每半年开展自查;三是妥善保存记录。',
    );
    expect(answer.measures.map(({ no }) => no)).toEqual(['一是', '二是', '三是']);
  });
});

describe('terms and new units', () => {
  it.each([
    ['收到材料后15日内办结。', ['15日']],
    ['公示5日后移出名单。', ['5日']],
    ['每月10日前报送。', []],
    ['全省检查机构320家次。', ['320家次']],
    ['负责人年龄不超过60周岁。', ['60周岁']],
    ['中标价每套3200元/套。', ['3200元/套']],
  ])('%s', (sentence, found) => {
    expect(read(`关于有关事项的通知\n${sentence}`).figures.map(({ value, unit }) => `${value}${unit}`)).toEqual(found);
  });
});

describe('the end of a year or month as a last day', () => {
  it.each([
    ['要加快结算,年底前覆盖全部县区。', ['2025-12-31']],
    ['2025年10月底前,三级医院要实现扫码入库。', ['2025-10-31']],
    ['年底前力争新增五家。', []],
    ['各市应当于每年年底前报送总结。', []],
  ])('%s', (sentence, days) => {
    expect(
      read(`近日,山西省医疗保障局召开会议,要求落实2025年8月1日印发的文件。会议要求,${sentence}`).deadlines,
    ).toEqual(days);
  });
});
