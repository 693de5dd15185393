import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../parse.ts';
import { closingBodies, fullBodyName, matchSignatory } from './bodies.ts';
import { findContacts } from './particulars.ts';

const first = (text: string) => {
  const document = parsePolicy(text).documents[0];
  if (!document) throw new Error('no document');
  return document;
};
/** A feed has more than one notice. */
const OTHER =
  '各市市场监管局: 为加强义齿生产监管,现就有关事项通知如下: 一、全面自查。各生产企业应当对照规范逐条自查。二、抽查复核。各市局应当抽查不少于两成的企业,并建立台账,记录问题与整改结果,留存备查。 特此通知。 江苏省药品监督管理局 2025年3月4日';
const feed = (text: string) => {
  const found = parsePolicy(`${text}\n${OTHER}`).documents;
  expect(found).toHaveLength(2);
  return found[0] as (typeof found)[number];
};

describe('bodies that sign at the end of a stretch', () => {
  it.each([
    ['请认真执行。 河北省药品监督管理局 河北省财政厅 ', ['河北省药品监督管理局', '河北省财政厅']],
    ['以本通知为准。无锡市卫生健康委员会无锡市医疗保障局', ['无锡市卫生健康委员会', '无锡市医疗保障局']],
    ['附件:1.目录 2.报名清单山东省公共资源交易中心', ['山东省公共资源交易中心']],
    ['逾期不候。某某耗材省际联盟采购办公室', ['某某耗材省际联盟采购办公室']],
    ['财政支持。大连市财政局国家金融监督管理总局大连监管局', ['大连市财政局', '国家金融监督管理总局大连监管局']],
  ])('%s', (text, names) => expect(closingBodies(text).map((body) => body.text)).toEqual(names));

  it('takes the object of a sentence for no signature', () => {
    expect(closingBodies('有关情况已报送河北省药品监督管理局').map((body) => body.text)).toEqual([]);
  });
});

describe('one notice a line', () => {
  const carried = feed(
    '各市(州)药监局、局机关各处室: 现将《贵州省药品追溯提升工作方案》印发给你们,请抓好落实。 贵州省药品监督管理局 2025年4月7日 贵州省药品追溯提升工作方案 为保障用药安全,制定本方案。 一、主要任务。(一)统一编码。各持有人应当按统一规则赋码。(责任单位:省局生产监管处)(二)数据上传。各持有人应当在放行前上传数据。(牵头单位:省药监局;配合单位:省医保局) 二、时间安排。各市(州)应于5月底前完成部署。本方案自发布之日起施行。',
  );
  it('has issuer, date, title and force of the notice that opens the line', () => {
    expect(carried).toMatchObject({
      isPolicy: true,
      title: '关于印发《贵州省药品追溯提升工作方案》的通知',
      issuers: ['贵州省药品监督管理局'],
      issueDate: '2025-04-07',
      effectiveDate: '2025-04-07',
      deadlines: ['2025-05-31'],
    });
  });
  it('has measures with the bodies responsible', () => {
    expect(carried.measures.map(({ no, departments }) => [no, departments])).toEqual([
      ['(一)', ['贵州省药品监督管理局生产监管处']],
      ['(二)', ['贵州省药品监督管理局', '贵州省医疗保障局']],
    ]);
  });
  it('begins with its title and number', () => {
    expect(
      feed(
        '宁夏回族自治区药监局 自治区财政厅关于开展抽检工作的通知 宁药监规〔2025〕8号 各市市场监管局: 为加强监管,现就有关事项通知如下: 一、抽检内容。(一)生产环节。各局应当抽检在产品种。(二)经营环节。各局应当抽检网售品种。 二、时间安排。2025年5月至9月。 宁夏回族自治区药监局 自治区财政厅 2025年4月1日',
      ),
    ).toMatchObject({
      title: '宁夏回族自治区药监局 自治区财政厅关于开展抽检工作的通知',
      titleSource: 'given',
      docNumber: '宁药监规〔2025〕8号',
      issuers: ['宁夏回族自治区药品监督管理局', '宁夏回族自治区财政厅'],
      measures: [{ no: '(一)' }, { no: '(二)' }],
    });
  });
  it('asks for comments under a title of its own', () => {
    const asked = feed(
      '为规范网络售药,根据《药品网络销售监督管理办法》,我局起草了《青海省网络售药监督细则》,现公开征求社会意见。 请于2025年6月10日前通过下列途径反馈:(一)登录门户网站留言;(二)寄信至监管处。 青海省药品监督管理局 2025年5月12日',
    );
    expect(asked).toMatchObject({
      kind: 'consultation',
      issueDate: '2025-05-12',
      deadlines: ['2025-06-10'],
      measures: [],
    });
    expect(asked.title).toContain('公开征求《青海省网络售药监督细则》意见');
  });
  it('puts acts out of force', () => {
    const swept = feed(
      '根据清理工作要求,经研究,现决定对下列文件予以废止: 一、废止《吉林省甲类许可细则》(吉药监发〔2012〕5号)。二、《吉林省乙类验收标准》适用期已过,不再执行。本公告自公布之日起生效。特此公告。吉林省药品监督管理局2025年7月1日',
    );
    expect(swept.title).toContain('废止');
    expect(swept).toMatchObject({ issuers: ['吉林省药品监督管理局'], effectiveDate: '2025-07-01' });
    expect(swept.measures).toHaveLength(2);
  });
});

describe('signatures', () => {
  it('joins a unit to its body and passes over the seal of another office', () => {
    expect(
      first(
        '关于调整受理时间的通告\n现将受理时间调整如下,请相互转告。\n特此通告。\n国家药品监督管理局\n药品审评中心\n2025年8月1日',
      ).issuers,
    ).toEqual(['国家药品监督管理局药品审评中心']);
    expect(
      first(
        '球囊类耗材联盟采购公告\n现邀请符合条件的企业参加本次采购。\n请按时提交材料。\n球囊类耗材省际联盟采购办公室\n(某省药械采购中心代章)\n2025年8月1日',
      ).issuers,
    ).toEqual(['球囊类耗材省际联盟采购办公室']);
  });
  it('reads a summary that opens with the number', () => {
    expect(
      first(
        '云南省药品监督管理局关于印发《云南省中药饮片管理细则》的通知(摘要)\n云药监规〔2025〕4号,2025年5月6日印发,自印发之日起施行。要点如下。\n企业应当建立追溯体系。',
      ),
    ).toMatchObject({ docNumber: '云药监规〔2025〕4号', issueDate: '2025-05-06', effectiveDate: '2025-05-06' });
  });
});

describe('questions and answers', () => {
  const asked = first(
    '政策问答:《贵州省网络售药管理规定》怎么看\n问:为什么制定?\n答:省药监局制定了本规定,旨在规范网络售药。\n问:何时执行?\n答:自2026年3月1日起施行。',
  );
  it('interpret an act: its maker is named, its days are not theirs', () => {
    expect(asked).toMatchObject({
      kind: 'interpretation',
      issuers: ['贵州省药品监督管理局'],
      issueDate: null,
      effectiveDate: null,
      measures: [],
    });
  });
});

describe('reports', () => {
  const told = first(
    '云南出台若干措施\n来源:春城日报 发布时间:2025-05-20\n5月18日,云南省药监局会同省医保局印发《云南省创新药械若干措施》(云药监规〔2025〕6号)。措施明确,一是加快审评,用时再减两成。二是畅通入院,挂网不过夜。',
  );
  it('give the day, the bodies and the number of the act, which is no citation', () => {
    expect(told).toMatchObject({
      kind: 'news',
      issueDate: '2025-05-18',
      issuers: ['云南省药品监督管理局', '云南省医疗保障局'],
      docNumber: '云药监规〔2025〕6号',
      cites: [],
    });
    expect(told.dates.find((date) => date.kind === 'issued')).toMatchObject({ yearInferred: true });
  });
  it('give its measures by 一是…二是…, by 在…方面 and by what changes', () => {
    expect(told.measures.map(({ no, heading }) => [no, heading])).toEqual([
      ['一是', '加快审评'],
      ['二是', '畅通入院'],
    ]);
    const aspects = first(
      '昆明支持医械\n近日,昆明市工业和信息化局印发《昆明市医械若干政策》。在研发投入方面,对企业给予资助。在市场开拓方面,对参展给予补贴。',
    );
    expect(aspects.measures).toHaveLength(2);
    const changes = first(
      '贵州优化挂网\n近日,贵州省医保局印发《贵州省挂网办法》。办法明确,对新产品实行即报即挂。企业应当如实填报。目前已有300家企业参加。',
    );
    expect(changes.measures.map((item) => item.heading)).toEqual(['对新产品实行即报即挂']);
  });
  it('name the body from which something was learnt', () => {
    expect(
      first(
        '贵州调整挂网\n5月8日,记者从贵州省医保局获悉,《关于调整挂网规则的通知》已于近日印发。新规要求企业及时调价。',
      ).issuers,
    ).toEqual(['贵州省医疗保障局']);
  });
});

describe('measures', () => {
  const headings = (text: string) => first(text).measures.map((item) => item.heading);
  it('are the numbered points below sections, not what frames them', () => {
    expect(
      headings(
        '关于支持器械发展的通知\n各有关单位:\n现就有关事项通知如下:\n一、支持方向\n1.研发补助。对首次获证的企业给予补助,最高一百万元。\n2.应用补助。对首批采购的医院给予补助,最高五十万元。\n二、申报条件\n1.依法注册。在本市登记并正常经营三年以上。\n三、申报材料\n1.申请表。按模板填写并加盖公章一式两份。\n特此通知。\n苏州市科学技术局\n2025年2月1日',
      ),
    ).toEqual(['研发补助', '应用补助']);
  });
  it('are the articles of 若干措施 with a heading of their own', () => {
    expect(
      headings(
        '桂林市支持器械产业若干措施\n第一条 为支持产业发展,制定本措施。\n第二条 支持研发。对获证产品给予奖励,最高一百万元。(责任单位:市科技局)\n第三条 支持应用。对采购新产品的医院给予奖励。\n第四条 强化用地。每年安排工业用地五公顷用于建设。\n第五条 本措施自2025年5月1日起施行。',
      ),
    ).toEqual(['支持研发', '支持应用', '强化用地']);
  });
  it('are the stages of a campaign and take in their neighbours without a body', () => {
    expect(
      headings(
        '关于开展专项检查的通知\n各市局:\n决定开展专项检查,现通知如下:\n一、检查内容。重点检查冷链运输和储存记录。\n二、时间安排。(一)自查阶段。企业对照清单自查。(二)督查阶段。省局组织督查并通报。\n特此通知。\n江苏省药品监督管理局\n2025年2月1日',
      ),
    ).toEqual(['检查内容', '自查阶段', '督查阶段']);
  });
  it('are the only row of numbers, when it is led in', () => {
    expect(
      headings(
        '关于挂网规则的公告\n现将有关事项公告如下:\n1.自主报价。企业自主申报价格。\n2.即报即挂。平台三日内挂网。\n特此公告。\n附件\n1.价格申报表\n2.承诺书\n安徽省医疗保障局\n2025年2月1日',
      ),
    ).toEqual(['自主报价', '即报即挂']);
  });
  it('are no lists of products', () => {
    expect(
      headings(
        '关于注销证书的公告\n现注销下列企业的证书:\n一、甲器材有限公司的1个产品:纱布。\n二、乙器材有限公司的2个产品:棉签、绷带。\n特此公告。\n国家药监局\n2025年2月1日',
      ),
    ).toEqual([]);
  });
});

describe('short forms', () => {
  it('of central bodies never stand for their offices', () => {
    expect(matchSignatory('国家卫生健康委', ['国家卫生健康委员会办公厅'])).toBeNull();
    expect(fullBodyName('省网信办', { province: '云南省', city: null })).toBe('云南省互联网信息办公室');
  });
});

describe('last days', () => {
  const days = (sentence: string) =>
    first(`关于报送材料的通知\n各单位:\n现将有关事项通知如下。\n${sentence}\n江苏省药品监督管理局\n2025年2月1日`)
      .deadlines;
  it.each([
    ['各单位应于2025年4月8日至4月12日(每日9:00-17:00)递交原件。', ['2025-04-12']],
    ['填报时间。2025年4月1日9:00至4月18日17:00,过时不候。', ['2025-04-18']],
    ['各市局应于2025年9月底前完成评定。', ['2025-09-30']],
    ['材料补正截止 2025年4月30日17:00', ['2025-04-30']],
    ['各单位每年3月底前完成调整。', []],
    ['对2024年12月31日前制定的文件进行了清理。', []],
  ])('%s', (sentence, expected) => expect(days(sentence)).toEqual(expected));
});

describe('contacts', () => {
  it('are those of the office: several in a line, after any word, never of the magazine', () => {
    expect(
      findContacts(
        '业务咨询:0871-61234567;技术支持:0871-61234568\n可致电省局注册处,0871-61234569。\n订阅请联系 bjb@journal.example',
      ).map((contact) => contact.phone ?? contact.email),
    ).toEqual(['0871-61234567', '0871-61234568', '0871-61234569']);
  });
});
