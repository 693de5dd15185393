import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../parse.ts';
import { bodiesOfLine, fullBodyName, isBodyName, matchSignatory } from './bodies.ts';
import { scanBookMarks } from './book-marks.ts';
import { findCites } from './citations.ts';
import { chineseNumber, scanDates } from './dates.ts';
import { findContradictions, findFigures } from './figures.ts';
import { scanNumbers } from './numbers.ts';
import { findObligations } from './obligations.ts';

const first = (text: string) => {
  const document = parsePolicy(text).documents[0];
  if (!document) throw new Error('no document');
  return document;
};

describe('dates', () => {
  it.each([
    ['2025年6月4日', '2025-06-04'],
    ['2025-06-04', '2025-06-04'],
    ['2019.7.5', '2019-07-05'],
    ['2024/9/13', '2024-09-13'],
    ['二○○九年二月二十六日', '2009-02-26'],
    ['二〇二四年十二月三日', '2024-12-03'],
  ])('%s', (text, date) => expect(scanDates(text)[0]?.date).toBe(date));

  it('leaves impossible days and masked ones out', () => {
    expect(scanDates('2025年2月30日 2025年13月1日').filter((found) => found.date)).toEqual([]);
    expect(scanDates('**年6月3日')[0]?.date ?? null).toBeNull();
  });

  it.each([
    ['十二', 12],
    ['二十', 20],
    ['一百零六', 106],
    ['三', 3],
  ])('%s is %i', (words, value) => expect(chineseNumber(String(words))).toBe(value));
});

describe('document numbers', () => {
  it.each([
    ['国办发[2024]53号', '国办发〔2024〕53号'],
    ['依据食药监械监〔2015〕218号文', '食药监械监〔2015〕218号'],
    ['(2023年 第124号)', '2023年第124号'],
    ['中华人民共和国国务院令第739号', '中华人民共和国国务院令第739号'],
    ['甲市监处罚字〔2025〕第104号', '甲市监处罚字〔2025〕第104号'],
    ['甲市监处〔2024〕152023001234号', '甲市监处〔2024〕152023001234号'],
  ])('%s', (text, number) => expect(scanNumbers(text)[0]?.number).toBe(number));

  it('takes certificates, sites and periods for none', () => {
    expect(scanNumbers('国械注准20183010001 京公网安备 11010202010537号 (2024年第2期,总第87期)')).toEqual([]);
  });
});

describe('bodies', () => {
  it.each([
    ['国家药监局', null, '国家药品监督管理局'],
    ['国家药监局器审中心', null, '国家药品监督管理局医疗器械技术审评中心'],
    ['国家卫生健康委员会', null, '国家卫生健康委员会'],
    ['浙江医保局', null, '浙江省医疗保障局'],
    ['省卫生健康委', { province: '湖南省', city: null }, '湖南省卫生健康委员会'],
    ['市科技局', { province: '广东省', city: '中山市' }, '中山市科学技术局'],
    ['市科技局', null, '市科学技术局'],
  ])('%s', (written, home, full) => expect(fullBodyName(written, home)).toBe(full));

  it('keeps one body with two names whole and parts names set apart by blanks', () => {
    expect(bodiesOfLine('甲市科学技术委员会、某园区管理委员会')).toEqual(['甲市科学技术委员会、某园区管理委员会']);
    expect(bodiesOfLine('甲省药品监督管理局  甲省财政厅')).toEqual(['甲省药品监督管理局', '甲省财政厅']);
    expect(isBodyName('各有关单位')).toBe(false);
  });

  it('finds the signatory a short form stands for, or none', () => {
    const signatories = ['武汉市科学技术委员会', '武汉市财政局'];
    expect(matchSignatory('市科委', signatories)).toBe('武汉市科学技术委员会');
    expect(matchSignatory('教育局', signatories)).toBeNull();
  });
});

describe('citations', () => {
  it('reads chains, numbers in brackets, nested marks and articles', () => {
    const { cites } = findCites(
      '根据《甲管理办法》(国务院令第739号)《乙丙丁规定》第十一条第二款和《关于修改〈丙条例〉的决定》,制定本办法。',
      [],
    );
    expect(cites.map(({ title, number, relation }) => [title, number, relation])).toEqual([
      ['甲管理办法', '国务院令第739号', 'basis'],
      ['乙丙丁规定', null, 'basis'],
      ['关于修改〈丙条例〉的决定', null, 'basis'],
    ]);
    expect(cites[1]?.articles).toEqual(['第十一条第二款']);
  });

  it('merges an act with and without its issuer, and follows aliases', () => {
    const { cites, aliases } = findCites(
      '落实《国务院办公厅关于某事的意见》(以下简称《意见》)和《关于某事意见》,按照《意见》第三条办理。',
      [],
    );
    expect(cites).toHaveLength(1);
    expect(cites[0]).toMatchObject({ mentions: 3, articles: ['第三条'] });
    expect(aliases[0]).toMatchObject({ alias: '意见', means: '国务院办公厅关于某事的意见' });
  });

  it('takes licences, reports and standards for no acts', () => {
    expect(findCites('取得《药品经营许可证》,见《年度发展报告》和《GB 9706.1》。', []).cites).toEqual([]);
  });

  it('marks what is repealed', () => {
    expect(findCites('《甲管理办法》(局令第4号)同时废止。', []).cites[0]?.relation).toBe('repeals');
  });

  it('reads a title cut by a page break', () => {
    expect(scanBookMarks('《医疗器械监督管理条\n例》')[0]?.title).toBe('医疗器械监督管理条例');
  });
});

describe('figures', () => {
  const values = (text: string) => findFigures(text).map(({ value, unit, op }) => `${op}${value}${unit}`);
  it('reads number, multiplier, unit and qualifier', () => {
    expect(values('覆盖4.1万多张证照,共7300余个产品,占20%以上,最高500万元,连续3年,31个省份,2,000家')).toEqual([
      '>4.1万张',
      '>7300个',
      '>=20%',
      '<=500万元',
      '=3年',
      '=31个',
      '=2000家',
    ]);
  });
  it('keeps both ends of a range', () => expect(values('降幅20%-40%')).toEqual(['>=20%', '<=40%']));
  it('takes dates, names and numbering for none', () => {
    expect(values('2025年6月4日,“4个1+2”模式,《关于3项标准的公告》,第5条,7×24小时,GB 9706.1')).toEqual([]);
  });
  it('tells totals that do not add up', () => {
    const text = '抽检375批,其中合格365批,不合格9批。';
    expect(findContradictions(text, findFigures(text))).toHaveLength(1);
    const sound = '抽检375批,其中合格365批,不合格10批。';
    expect(findContradictions(sound, findFigures(sound))).toHaveLength(0);
  });
});

describe('duties', () => {
  const duties = (text: string) => findObligations(text, [], { deadlines: [], requests: true });
  it('bind with 应当, 必须, 不得 and give the actor', () => {
    const found = duties('注册人应当建立追溯制度。经营企业不得销售过期产品。');
    expect(found.map(({ actor, modal }) => [actor, modal])).toEqual([
      ['注册人', '应当'],
      ['经营企业', '不得'],
    ]);
  });
  it('do not come from 可以, 鼓励, 支持 or from words that hold 应 and 须', () => {
    expect(duties('企业可以自检。鼓励企业创新。支持企业发展。充分发挥示范效应和应用价值,保障供应。须知如下。')).toEqual(
      [],
    );
  });
  it('keep condition, exception, limit and consequence', () => {
    const [duty] = duties('发生变化的,除另有规定外,备案人应当自变化之日起20个工作日内报告,逾期未报告的按规定处理。');
    expect(duty).toMatchObject({ condition: '发生变化的', exception: '除另有规定外' });
    expect(duty?.within).toContain('20个工作日内');
    expect(duty?.consequence).toContain('逾期未报告');
  });
});

describe('a whole notice', () => {
  const text = `河北省药品监督管理局 河北省医疗保障局关于做好器械编码工作的通知
冀药监械〔2025〕7号
各市市场监督管理局:
根据《医疗器械监督管理条例》(国务院令第739号),现就有关事项通知如下:
一、落实主体责任。注册人应当于2025年9月30日前完成赋码。
二、加强监督检查。各市局应当将赋码情况纳入检查。
本通知自2025年7月1日起施行,有效期2年。
联系电话:0311-83720000,邮箱:bm@example.gov.cn
附件:1.编码目录 2.填报表
河北省药监局
河北省医保局
2025年6月20日`;

  it('gives head, dates, points, duties and particulars', () => {
    const document = first(text);
    expect(document).toMatchObject({
      kind: 'notice',
      isPolicy: true,
      title: '河北省药品监督管理局 河北省医疗保障局关于做好器械编码工作的通知',
      issuers: ['河北省药品监督管理局', '河北省医疗保障局'],
      region: { primary: '河北省', level: 'province' },
      docNumber: '冀药监械〔2025〕7号',
      issueDate: '2025-06-20',
      effectiveDate: '2025-07-01',
      expiry: '2027-06-30',
      deadlines: ['2025-09-30'],
    });
    expect(document.measures.map((measure) => measure.heading)).toEqual(['落实主体责任', '加强监督检查']);
    expect(document.obligations[0]).toMatchObject({ actor: '注册人', deadline: '2025-09-30' });
    expect(document.contacts).toMatchObject([{ phone: '0311-83720000', email: 'bm@example.gov.cn' }]);
    expect(document.attachments.map(({ no, title }) => [no, title])).toEqual([
      [1, '编码目录'],
      [2, '填报表'],
    ]);
  });

  it('shows the words behind every duty and measure', () => {
    const document = first(text);
    const [duty] = document.obligations;
    expect(text.slice(duty?.start, duty?.end)).toContain('注册人应当于2025年9月30日前完成赋码');
  });

  it('does not take the force of an act it names for its own', () => {
    const notice = `关于实施《甲管理规范》有关事项的通告\n《甲管理规范》已经发布,自2022年5月1日起施行。现将有关事项通告如下:\n一、做好衔接。\n自2022年5月1日起,尚未通过审查的项目应当调整。\n特此通告。`;
    expect(first(notice).effectiveDate).toBeNull();
  });

  it('reads the day of the event in a report without a year, and marks the year', () => {
    const report = `江西省药监局发布新规\n6月3日,江西省药监局发布《某某管理办法》,规范有关工作,保障用械安全。该办法自2025年8月1日起施行。`;
    const document = first(report);
    expect(document).toMatchObject({ kind: 'news', isPolicy: false, issueDate: '2025-06-03' });
    expect(document.dates.find((date) => date.date === '2025-06-03')?.yearInferred).toBe(true);
  });

  it('keeps the number of a forwarded document apart from its own', () => {
    const forward = `各县医疗保障局:\n现将《某省医疗保障局关于某事的通知》(粤医保函〔2023〕146号)转发给你们,请按要求执行。\n揭阳市医疗保障局\n2023年6月29日`;
    const document = first(forward);
    expect(document.docNumber).toBeNull();
    expect(document.region.primary).toBe('广东省揭阳市');
  });

  it('leaves a masked number and date unknown', () => {
    const masked = `甲药采字〔**〕**号\n各单位:\n现将延期事项通知如下:延期至**年6月**日。\n内蒙古自治区医药采购中心\n**年3月**日`;
    const reading = parsePolicy(masked);
    expect(reading.documents[0]).toMatchObject({ docNumber: null, issueDate: null, deadlines: [] });
    expect(reading.damage.some((damage) => damage.kind === 'masked')).toBe(true);
  });

  it('calls for comments end on their last day', () => {
    const asked = `关于公开征求某办法意见的通知\n我局起草了《某办法(征求意见稿)》,现公开征求意见,请于2025年5月9日前反馈至yj@example.gov.cn。\n天津市药品监督管理局\n2025年4月9日`;
    const document = first(asked);
    expect(document).toMatchObject({ kind: 'consultation', deadlines: ['2025-05-09'], region: { primary: '天津市' } });
    expect(document.dates.find((date) => date.kind === 'consultation-end')?.date).toBe('2025-05-09');
  });

  it('tells any of from all of, and exclusions', () => {
    const call = `关于征集项目的通知\n一、申报条件\n申报项目满足以下条件之一:\n(一)国内首创;\n(二)罕见病用。\n二、申报方式\n已报送的项目不再重复申报。`;
    const { eligibility } = first(call);
    expect(eligibility.anyOf.map((clause) => clause.text)).toEqual(['国内首创', '罕见病用']);
    expect(eligibility.exclusions).not.toEqual([]);
  });
});

describe('signs and units of figures', () => {
  const values = (text: string) => findFigures(text).map(({ value, unit, op }) => `${op}${value}${unit}`);
  it.each([
    ['有效率不低于92%', '>=92%'],
    ['办理时限最长不超过15个工作日', '<=15工作日'],
    ['保存期限不得少于货物交付后4年', '>=4年'],
    ['至少需要抽取12个样箱', '>=12个'],
    ['每个仓至少复测3次', '>=3次'],
    ['空隙不超过总容积6%', '<=6%'],
    ['湿度≤70%', '<=70%'],
    ['批次数≥5批', '>=5批'],
    ['颗粒不大于30个/mL', '<=30个/mL'],
    ['损耗低于2%', '<2%'],
    ['航程超过6小时', '>6小时'],
    ['6小时(含)以上', '>=6小时'],
    ['占比15%左右', '~15%'],
    ['首批8大类', '=8大类'],
    ['分为3部分', '=3部分'],
    ['仓温18℃', '=18℃'],
  ])('%s', (text, value) => expect(values(text)).toEqual([value]));

  it('reads both ends of a range with a technical unit', () =>
    expect(values('舱压75kPa~104kPa')).toEqual(['>=75kPa', '<=104kPa']));

  it.each([
    '如图2所示,结构见表3所列',
    '3.6分析结果',
    '2.2支架\n4.1名称',
    '关于发布锚链检验等4项指导原则的通告2020年第9号',
    '[3]某某.对2100例船员的调查[J].',
    '用75%酒精擦拭',
    '符合GB/T 1962.1注射器6%圆锥接头',
    '见附2所列项目',
  ])('takes labels, headings and names for none: %s', (text) => expect(values(text)).toEqual([]));
});

describe('measures of standing texts', () => {
  const body = (title: string, close = '') =>
    `${title}\n本文件供申请人参考。\n一、适用范围\n适用于港口起重设备。\n二、审查要点\n(一)结构资料\n申请人应当提交图纸。${close}\n(二)试验资料\n申请人应当提交报告。${close}\n`.padEnd(
      460,
      '本部分说明编写的方法。',
    );
  it('are none: chapters of a guideline or rule set nothing out', () => {
    expect(first(body('港口起重设备审查指导原则')).measures).toEqual([]);
    expect(first(body('港口起重设备管理办法')).measures).toEqual([]);
  });
  it('are those that name who is responsible', () => {
    const points = first(body('港口起重设备审查指导原则', '(责任单位:市港口局)')).measures;
    expect(points.map((point) => point.departments)).toEqual([['市港口局'], ['市港口局']]);
  });
});

describe('the head of a standing text', () => {
  const chapters = '一、适用范围\n适用于港口起重设备。\n二、审查要点\n申请人应当提交图纸。';
  it('reads body and number from the line under the title, in either order', () => {
    for (const line of ['**国家港航监督管理局2022年第41号通告**', '国家港航监督管理局公告2022年第41号'])
      expect(first(`# 港口起重设备审查指导原则\n\n${line}\n\n${chapters}`)).toMatchObject({
        issuers: ['国家港航监督管理局'],
        docNumber: '2022年第41号',
      });
  });
  it('leaves notes of an editor out of the title and takes the kind of a text without body from it', () => {
    expect(first('# [Draft only] 起重机检验指导原则\n\n> The text is not ready yet.')).toMatchObject({
      title: '起重机检验指导原则',
      kind: 'guideline',
    });
  });
  it('knows requirements for files as an act', () => {
    expect(first(`# 起重机延续登记申报资料要求及说明\n${chapters}\n${'本部分说明格式。'.repeat(40)}`)).toMatchObject({
      kind: 'rule',
      isPolicy: true,
    });
  });
  it('trusts the title right above 本指导原则… more than a headline over the page', () => {
    const page = `# 门式起重机审查指导原则\n**国家港航监督管理局2023年第22号通告**\n附件3\n桥式起重机审查指导原则\n本指导原则旨在指导申请人。\n${chapters}`;
    expect(first(page)).toMatchObject({ title: '桥式起重机审查指导原则', docNumber: '2023年第22号' });
  });
});

describe('the outline', () => {
  it('holds headings without number, decimal ones and annexes, on the level of their neighbours', () => {
    const text =
      '# 起重机审查指导原则\n\n## 适用范围\n\n适用于港口。\n\n## 二、要点\n\n### (一)资料\n\n### 名称要求\n\n1.名称\n\n#### 3.2.1吊钩\n\n3.2.1.1吊钩应光滑。\n\n## 附件2\n\n完。';
    expect(first(text).sections.map(({ level, no, heading }) => [level, no, heading])).toEqual([
      [1, null, '适用范围'],
      [1, '二', '要点'],
      [2, '(一)', '资料'],
      [2, null, '名称要求'],
      [3, '1', '名称'],
      [5, '3.2.1', '吊钩'],
      [1, null, '附件2'],
    ]);
  });
});

describe('attachments, dates and conditions of applicants', () => {
  const rule = (end: string) =>
    first(
      `港口起重机出口证明管理规定\n第一条 为加强管理,制定本规定。\n第二条 申请人应当提交资料。\n第三条 证明有效期两年。\n第四条 证明可以补发。\n第五条 证明可以注销。\n第六条 证明应当保存。\n第七条 本规定自2015年9月1日起施行。\n${end}`,
    );
  it('lists what 附: names and annexes that follow without a list', () => {
    const listed = rule('附:1.证明申请表\n2.证明样式\n附1\n证明申请表\n附2\n证明样式').attachments;
    expect(listed.map(({ no, title }) => [no, title])).toEqual([
      [1, '证明申请表'],
      [2, '证明样式'],
    ]);
    const loose = rule('附1\n证明申请表\n填写说明见下。\n附件5-1 对比表\n附表\n常见危险一览').attachments;
    expect(loose.map(({ no, title }) => [no, title])).toEqual([
      [1, '证明申请表'],
      [null, '附件5-1 对比表'],
      [null, '常见危险一览'],
    ]);
  });
  it('tells a date once', () =>
    expect(rule('').dates.map(({ date, kind }) => [date, kind])).toEqual([['2015-09-01', 'effective']]));
  it('takes what a label must hold for no condition of applicants', () => {
    const text =
      '起重机审查指导原则\n一、说明书\n说明书还应满足以下要求:\n1.载荷\n2.警示\n二、征集\n申报单位应符合以下要求:\n1.依法登记\n2.无不良记录';
    expect(first(text).eligibility.allOf.map((clause) => clause.text)).toEqual(['依法登记', '无不良记录']);
  });
});
