import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../policy/index.ts';
import { matchActs } from './match-acts.ts';
import { actTexts } from './rules/act-text.ts';
import { matchQuery, readQuery, wordsAsked } from './rules/match-query.ts';

const CITY = `<p>甲省药品监督管理局</p>
广州市市场监督管理局关于开展第三类医疗器械经营企业自查的通知

各有关单位：

为加强监管，现就有关事项通知如下：
一、医疗器械经营企业应当于2026年12月15日前提交自查报告。
二、医疗机构应当配合检查。
广州市市场监督管理局
2026年11月20日`.replace(/^.*\n/, '');

const DRAFT = `国家药监局综合司公开征求《医疗器械网络销售质量管理规范（征求意见稿）》意见

为规范网络销售，我局起草了《医疗器械网络销售质量管理规范（征求意见稿）》，现向社会公开征求意见。请于2026年12月31日前将意见反馈至电子邮箱。

国家药监局综合司
2026年11月18日`;

const act = (title: string, body: string) => `国家药监局关于${title}的公告
2026年第9号

${body}

国家药监局
2026年5月1日`;

const MARKET = '本周器械板块震荡走高，多只个股涨停，分析师看好明年行情。';

const profile = {
  region: { province: '广东', city: '广州' },
  roles: ['distributor'],
  classes: ['III'],
};
const first = (text: string, more: object = {}) => {
  const [document] = matchActs(text, { ...profile, ...more }).documents;
  if (!document) throw new Error('nothing was read');
  return document;
};

describe('an enterprise and an act', () => {
  it('a notice of its city to its role: yes, every reason with its sentence, the day of its duty', () => {
    const match = first(CITY);
    expect(match).toMatchObject({ fits: 'yes', bearing: 'binding', missing: [] });
    for (const { quote, start, end } of match.reasons)
      expect([quote, end > start, CITY.slice(start, end).length > 0]).toEqual([quote, true, true]);
    expect(match.reasons.find((one) => one.about === 'role')).toMatchObject({ holds: true });
    expect(match.reasons.find((one) => one.about === 'role')?.quote).toContain('提交自查报告');
    expect(match.days).toMatchObject([{ date: '2026-12-15', kind: 'duty' }]);
    expect(CITY.slice(match.days[0]?.start, match.days[0]?.end)).toContain('2026年12月15日前');
  });

  it('another city, another class: no, and the sentence that says so', () => {
    const elsewhere = first(CITY, { region: { province: '浙江省', city: '杭州市' } });
    expect([elsewhere.fits, elsewhere.days]).toEqual(['no', []]);
    expect(elsewhere.reasons.find((one) => one.holds === false)).toMatchObject({ about: 'region' });
    expect(first(CITY, { classes: ['I', 'II'] })).toMatchObject({ fits: 'no' });
  });

  it('what the profile does not say is missing, not guessed', () => {
    expect(first(CITY, { region: null })).toMatchObject({ fits: 'undetermined', missing: ['profile.region'] });
    expect(first(CITY, { region: { province: '44' } })).toMatchObject({
      fits: 'undetermined',
      missing: ['profile.region.city'],
    });
    expect(first(CITY, { roles: [], classes: [] }).missing.toSorted()).toEqual(['profile.classes', 'profile.roles']);
  });

  it('a hospital has its own duty in it, and not the day of the distributors', () => {
    const match = first(CITY, { roles: ['使用单位'] });
    expect(match.fits).toBe('yes');
    expect(match.days).toEqual([]);
  });

  it('a consultation is told as one and sets no duty, only the last day for comments', () => {
    const match = first(DRAFT, { roles: ['online-seller'] });
    expect(match.bearing).toBe('consultation');
    expect(match.fits).not.toBe('no');
    expect(match.days.map(({ date, kind }) => [date, kind])).toEqual([['2026-12-31', 'consultation-end']]);
  });

  it('market talk binds nobody', () => {
    expect(first(MARKET)).toMatchObject({ fits: 'no', bearing: 'none', days: [] });
  });

  it('a guideline for one product is for those who make it', () => {
    const guideline = `国家药监局器审中心关于发布《一次性使用输尿管导引鞘注册审查指导原则》的通告
2026年第3号

为规范产品技术审评，器审中心组织制定了《一次性使用输尿管导引鞘注册审查指导原则》，现予发布。

国家药监局器审中心
2026年10月8日`;
    const maker = { roles: ['registrant'], region: null };
    expect(first(guideline, { ...maker, products: ['输尿管导引鞘'] })).toMatchObject({ fits: 'yes' });
    expect(first(guideline, { ...maker, products: ['心脏起搏器'] })).toMatchObject({ fits: 'no' });
    expect(first(guideline, maker)).toMatchObject({ fits: 'undetermined', missing: ['profile.products'] });
  });

  it('what is the business of others by title and duties is not one’s own', () => {
    const registration = act('医疗器械注册申报资料要求', '申请人应当提交第三类医疗器械的检验报告。');
    expect(first(registration)).toMatchObject({ fits: 'no' });
    expect(first(registration, { roles: ['registrant'] })).toMatchObject({ fits: 'yes' });
    const trade = act('医疗器械经营质量管理规范', '企业应当建立质量管理制度。');
    expect(first(trade)).toMatchObject({ fits: 'yes' });
    expect(first(trade, { roles: ['user'] })).toMatchObject({ fits: 'no' });
    // without a business in the title every enterprise is meant, and a hospital is none
    const fees = act('医疗器械信用管理', '企业应当配合信用评价。');
    expect(first(fees).reasons.find((one) => one.about === 'role')).toMatchObject({ holds: true });
    expect(first(fees, { roles: ['user'] }).reasons.some((one) => one.about === 'role')).toBe(false);
  });

  it('imported devices are not domestic ones', () => {
    const text = '国家药监局关于进口医疗器械注册有关事项的公告\n\n注册申请人应当提交原件。\n\n国家药监局\n2026年5月1日';
    expect(first(text, { roles: ['registrant'], origin: 'domestic' })).toMatchObject({ fits: 'no' });
    expect(first(text, { roles: ['registrant'], origin: 'both' })).toMatchObject({ fits: 'yes' });
    expect(first(text, { roles: ['registrant'] })).toMatchObject({ missing: ['profile.origin'] });
  });

  it('a profile with words nobody knows is refused by name', () => {
    expect(() => matchActs(CITY, { roles: ['皇帝'] })).toThrow(/profile\.roles/);
    expect(() => matchActs(CITY, { region: { province: '外省' } })).toThrow(/profile\.region\.province/);
    expect(() => matchActs(CITY, { region: { province: '广东', city: '杭州市' } })).toThrow(/profile\.region\.city/);
  });
});

describe('words that must all stand', () => {
  const city = actTexts(CITY, parsePolicy(CITY))[0];
  if (!city) throw new Error('nothing was read');
  const hits = (q: string, filter = {}) => matchQuery(city, readQuery(q, filter));

  it('every word, in title or text; one that is missing is enough for no', () => {
    expect(hits('经营企业 自查')?.map(({ typed }) => typed)).toEqual(['经营企业', '自查']);
    expect(hits('自查报告 医疗机构')).not.toBeNull();
    expect(hits('自查 召回')).toBeNull();
    expect(hits('自查 zzzz')).toBeNull();
  });

  it('a run of words that does not stand as one is looked for word by word', () => {
    expect(hits('经营企业自查通知')).not.toBeNull();
    expect(hits('经营企业召回通知')).toBeNull();
  });

  it('another word of the same meaning will do, also from English', () => {
    const words = wordsAsked(readQuery('inspection'));
    expect(words[0]?.others.length).toBeGreaterThan(0);
    expect(hits('inspection medical device')).not.toBeNull();
  });

  it('each hit has its sentence and its place', () => {
    for (const { found, quote, start, end } of hits('自查 配合检查') ?? [])
      expect([quote.includes(found), CITY.slice(start, end).includes(found)]).toEqual([true, true]);
  });

  it('the filter narrows', () => {
    expect(hits('自查', { kind: 'rule,notice', issuer: '市场监督', region: '广东省', level: 'city' })).not.toBeNull();
    for (const filter of [{ kind: 'rule' }, { issuer: '药监局' }, { region: '浙江省' }, { level: 'national' }])
      expect(hits('自查', filter)).toBeNull();
  });
});
