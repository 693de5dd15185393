import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../parse.ts';
import type { PolicyDocument } from '../types.ts';

const notice = (body: string): PolicyDocument => {
  const document = parsePolicy(
    `山西省药品监督管理局关于开展专项检查工作的通知\n各市州药品监督管理局:\n现将有关事项通知如下:\n${body}\n山西省药品监督管理局\n2025年3月3日`,
  ).documents[0];
  if (!document) throw new Error('no document');
  return document;
};
const duties = (body: string): [string | null, string | null][] =>
  notice(body).obligations.map(({ actor, deadline }) => [actor, deadline]);

describe('a task set without a word of duty', () => {
  it.each([
    ['市检验中心每季度监测一次抽样结果。', '市检验中心'],
    ['各市药监局于2025年5月20日前完成名单核对。', '各市药监局'],
    ['省采购中心自收到材料之日起10个工作日内办结申请。', '省采购中心'],
    ['市医保局对价格异常的产品进行公开提示。', '市医保局'],
  ])('%s binds %s', (sentence, actor) => {
    expect(duties(sentence).map(([who]) => who)).toEqual([actor]);
  });

  it.each(['截至5月底,市检验中心每月已完成检验120批。', '企业可每年申报一次。', '省药监局支持企业每年参加培训。'])(
    '%s binds nobody',
    (sentence) => {
      expect(duties(sentence)).toEqual([]);
    },
  );

  it('a report tells what was done, not what is to be done', () => {
    const [document] = parsePolicy(
      '近日,山西省药品监督管理局印发《山西省检验工作办法》。省检验中心每季度监测一次抽样结果,覆盖全部企业。',
    ).documents;
    expect(document?.obligations).toEqual([]);
  });
});

describe('several duties in one sentence', () => {
  it('the task of another body behind the first duty has its own day', () => {
    expect(duties('申请单位应当于2025年5月10日前提交材料,初审部门于5月25日前完成审核。')).toEqual([
      ['申请单位', '2025-05-10'],
      ['初审部门', '2025-05-25'],
    ]);
  });

  it('another day asks for something else of the same body', () => {
    expect(duties('各市药监局应当于2025年6月30日前完成抽查,7月15日前报送总结。')).toEqual([
      ['各市药监局', '2025-06-30'],
      ['各市药监局', '2025-07-15'],
    ]);
  });

  it('a ban behind a duty with a limit stands alone; one that only turns the duty round does not', () => {
    expect(duties('医疗机构应当在收货后20日内付清货款,不得以验收为由拖延付款。')).toHaveLength(2);
    expect(duties('检查人员应当严守纪律,不得泄露秘密。')).toHaveLength(1);
  });

  it('a sanction names in its case whom it bars', () => {
    expect(duties('市药监局对试点单位每年开展1次评估,申请人提供虚假数据的,2年内不得再次申请。')).toEqual([
      ['市药监局', null],
      ['申请人', null],
    ]);
  });
});

describe('requests and wants', () => {
  it('请相关企业…于某日前… binds the enterprises', () => {
    expect(duties('请相关经营企业立即停止销售,并于2025年4月10日前退回库存。')).toEqual([
      ['相关经营企业', '2025-04-10'],
    ]);
  });

  it('应采尽采 is a saying', () => {
    expect(duties('推进网上采购,确保应采尽采。')).toEqual([]);
  });

  it('由某局负责 names who is in charge of a measure', () => {
    expect(duties('对首次申报的项目给予补助,由市财政局负责。')).toEqual([]);
  });

  it('要 binds whom a report names; a draft binds nobody', () => {
    const [told] = parsePolicy(
      '近日,山西省医疗保障局召开会议。会议要求,各市医保局要在2025年9月30日前完成清理。',
    ).documents;
    expect(told?.obligations.map(({ deadline }) => deadline)).toEqual(['2025-09-30']);
    const [draft] = parsePolicy(
      '山西省医疗保障局关于公开征求《山西省耗材规则(征求意见稿)》意见的通知\n现公开征求意见,请于2025年9月1日前反馈至邮箱a@b.cn。\n征求意见稿明确,企业应当每年提交报告。\n山西省医疗保障局\n2025年8月1日',
    ).documents;
    expect(draft?.obligations).toEqual([]);
  });
});

describe('who carries a measure out', () => {
  it('the body whose task stands in it', () => {
    const { measures } = notice(
      '一、建立名单。由各市上报名单。\n二、动态清理。省药品监督管理局每半年清理一次名单。\n三、通报结果。结果向社会公布。',
    );
    expect(measures.map(({ departments }) => departments)).toEqual([[], ['山西省药品监督管理局'], []]);
  });
});
