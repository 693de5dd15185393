import { describe, expect, it } from 'vitest';
import { findObligations } from './obligations.ts';

const duties = (text: string, orders = false) => findObligations(text, [], { deadlines: [], requests: true, orders });
const said = (text: string, orders = false) =>
  duties(text, orders).map(({ actor, modal, action }) => `${actor ?? '-'} ${modal} ${action}`);

describe('a ban', () => {
  it.each([
    ['两种阀门不应归入同一类别。', ['- 不应 归入同一类别']],
    ['标称容量不应当超过箱体容积。', ['- 不应当 超过箱体容积']],
    ['经销商不得拆零转售。', ['经销商 不得 拆零转售']],
    ['生产企业不能以自评代替型式试验。', ['生产企业 不能 以自评代替型式试验']],
  ])('keeps its sign: %s', (text, expected) => expect(said(text)).toEqual(expected));

  it('is none when 不准 means inaccurate, or when a label is told of', () => {
    expect(said('阀门老化会使计量不准,影响读数。')).toEqual([]);
    expect(said('包装上注明禁止倒置。')).toEqual([]);
    expect(said('属于国家禁止出口的货物。')).toEqual([]);
  });
});

describe('the one who is bound', () => {
  it.each([
    ['供货者、承运者委托他人仓储的,应当签订协议。', '供货者、承运者'],
    ['使用单位对高值耗材应当逐件登记。', '使用单位'],
    ['使用单位发现故障的,应当立即停用。', '使用单位'],
    ['4.2.1承租人应保存凭据。', '承租人'],
    ['省、自治区、直辖市粮食主管部门应当公布名单。', '省、自治区、直辖市粮食主管部门'],
    ['仓库改造方案应由产权人提交。', '产权人'],
    ['审核人员(含兼职、返聘)应当轮岗。', '审核人员'],
  ])('is found: %s', (text, actor) => expect(duties(text)[0]?.actor).toBe(actor));

  it.each([
    '至少应保留两份底单。',
    '电缆绝缘应当完好。',
    '在装卸货物时应当轻放。',
    '若不涉及应提交说明。',
    '《运单》应当写明收货地。',
    '有效日期应当清晰。',
  ])('is no thing, time or connective: %s', (text) => expect(duties(text)[0]?.actor).toBeNull());

  it('is taken over from the sentence before, but not by a thing from an authority', () => {
    expect(duties('养护单位应当巡查桥面。发现裂缝的,应当封闭车道。')[1]?.actor).toBe('养护单位');
    expect(duties('管理部门负责全市桥梁。桥面铺装应当平整。')[1]?.actor).toBeNull();
    expect(duties('养护单位应当巡查桥面。\n夜间应当设置警示灯。')[1]?.actor).toBeNull();
  });

  it('is taken over by the paragraphs of an article and the items of a list', () => {
    const article = '第三条 养护单位应当建立台账。\n对更换的支座应当拍照留存。\n第四条 档案应当编号。';
    expect(duties(article).map((duty) => duty.actor)).toEqual(['养护单位', '养护单位', null]);
    const list = '施工单位应当做到:\n(一)围挡应当连续。\n(二)夜间不得鸣笛。\n工期另行通知,应当公示。';
    expect(duties(list).map((duty) => duty.actor)).toEqual(['施工单位', '施工单位', null]);
  });

  it('may change within a sentence', () => {
    expect(said('托运人应当申报品名,承运人应当开箱查验。')).toEqual(['托运人 应当 申报品名', '承运人 应当 开箱查验']);
  });
});

describe('no duty', () => {
  it.each([
    '学员应当具备的技能见下表。',
    '列出船东应当满足的公约清单。',
    '该站执行的是国家颁布的应符合的标准。',
    '向其指定的负责港口管理的部门提交材料。',
    '经评审认为应当复检的,另行安排。',
    '根据合同的要求及进度对工程款进行支付。',
    '原则上应在当地办理。',
    '例如“设备应避免日晒。本机不得浸水。”等。',
    '通过反应和适应过程增强供应能力,积极应对各类风险。',
    '使用时应注意以下事项:\n1.通风\n2.避光',
  ])('%s', (text) => expect(said(text)).toEqual([]));

  it('hides behind one: the clause with its own modal counts', () => {
    expect(said('航标灯必须告知船员的信息应当醒目。')).toEqual(['- 应当 醒目']);
    expect(said('其他办法也可以采用,但应说明理由。')).toEqual(['- 应 说明理由']);
    expect(said('对已列明的词语原则上不应改动,对未列明的词语应当释义。')).toEqual(['- 应当 释义']);
    expect(said('航道等级应该在三级以上。')).toEqual(['- 应该 在三级以上']);
    expect(said('产品技术要求不得低于行业标准。')).toEqual(['- 不得 低于行业标准']);
  });
});

describe('words of duty', () => {
  it('are 应对 with an object that something is done to, and 应有', () => {
    expect(said('申请人应对焊缝的强度进行试验。')).toEqual(['申请人 应 对焊缝的强度进行试验']);
    expect(said('阀体应有永久标记。')).toEqual(['- 应 有永久标记']);
    expect(said('船员应有的技能。')).toEqual([]);
    expect(said('检验员应收集样品并应征求意见。')).toEqual(['检验员 应 收集样品并应征求意见']);
  });
  it('are 需 and 要 only for somebody named; 要 only in orders', () => {
    expect(said('申请人需提交图纸。此外还需准备时间。')).toEqual(['申请人 需 提交图纸']);
    expect(said('如申请人需延期,可以说明。')).toEqual([]);
    expect(said('各级港航部门要加强巡查。主要航道要求不变。', true)).toEqual(['各级港航部门 要 加强巡查']);
    expect(said('各级港航部门要加强巡查。')).toEqual([]);
  });
  it('take the items of their list along when the items have no modal', () => {
    const [duty, ...more] = duties('托运人应当提交下列单证:\n1.运单\n2.装箱单\n其余从略。');
    expect(more).toEqual([]);
    expect(duty?.action).toContain('装箱单');
  });
});

describe('condition and consequence', () => {
  it.each([
    ['如箱体含有隔板,应注明层数。', '如箱体含有隔板'],
    ['若一台样机不能代表全部型号,申请人应另选样机。', '若一台样机不能代表全部型号'],
    ['当航道水位发生变化时,船长应当减速。', '当航道水位发生变化时'],
    ['对于未编号的集装箱,应当单独堆放。', '对于未编号的集装箱'],
    ['如有多层包装应分别称重。', '如有多层包装'],
    ['装卸作业时应切断电源。', '装卸作业时'],
    ['船东隐瞒事实,或者伪造证书的,不得离港。', '船东隐瞒事实,或者伪造证书的'],
  ])('%s', (text, condition) => expect(duties(text)[0]?.condition).toBe(condition));

  it('are told apart: 未…的 is what follows only with a sanction behind the duty', () => {
    const [duty] = duties('船长应当在24小时内报告,未按时报告的,由海事机构给予警告。');
    expect(duty?.consequence).toMatch(/^未按时报告的,由海事机构给予警告/);
    expect(duty?.within).toBe('24小时内');
    expect(duties('承运人不得使用未经检验的容器。')[0]?.consequence).toBeNull();
    expect(duties('未贴签的,应当补贴。')[0]).toMatchObject({ condition: '未贴签的', consequence: null });
  });

  it('keep every limit, and take a ban for years for none', () => {
    expect(duties('港口应当在靠泊后3日内登记,5日内上报。')[0]?.within).toBe('靠泊后3日内;5日内');
    expect(duties('骗取补贴的,应当退回,3年内不再受理。')[0]?.within).toBeNull();
  });
});
