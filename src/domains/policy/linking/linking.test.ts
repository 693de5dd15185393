import { describe, expect, it } from 'vitest';
import type { LocalDate } from '../../../kernel/local-date.ts';
import { type LivingAct, lifeOf, startOf } from './life.ts';
import { numberKey, numbersOf } from './numbers.ts';
import { findRepeals } from './repeals.ts';
import { type Aim, type Naming, resolve } from './resolve.ts';
import { joinVersions, NO_VERSION, readTitle } from './titles.ts';
import { borneOut, toldOf } from './told.ts';

describe('titles', () => {
  it.each([
    ['国务院办公厅关于加强甲事监管的意见', '《关于加强甲事监管的意见》'.slice(1, -1)],
    ['中华人民共和国药品管理法', '药品管理法'],
    ['医疗器械召回管理办法(试行)', '医疗器械召回管理办法'],
    ['醫療器械 分類規則', '医疗器械分类规则'],
    ['医疗器械软件注册审查指导原则（2022年修订版）', '医疗器械软件注册审查指导原则'],
    ['医疗器械临床试验检查要点（2025年第22号公告）', '医疗器械临床试验检查要点'],
    ['总局关于发布甲指导原则的通告', '关于发布甲指导原则的通告'],
    ['甲市财政局 甲市卫生健康委员会关于调整乙事的通知', '关于调整乙事的通知'],
  ])('%s and %s have one key', (a, b) => {
    expect(readTitle(a).key).toBe(readTitle(b).key);
  });

  it('keeps what makes acts different', () => {
    const key = (title: string) => readTitle(title).key;
    expect(key('医用诊断X射线设备(第三类)注册审查指导原则')).not.toBe(key('医用诊断X射线设备注册审查指导原则'));
    expect(key('甲类器械管理办法')).not.toBe(key('甲类器械管理办法实施细则'));
    expect(readTitle('甲办法(征求意见稿)').version).toMatchObject({ draft: true });
    expect(readTitle('甲指导原则（2016年修订版）').version).toMatchObject({ year: 2016, draft: false });
    expect(readTitle('关于发布医疗器械产品技术要求编写指导原则的通告').inner).toBe(
      key('医疗器械产品技术要求编写指导原则'),
    );
    expect(readTitle('关于公开征求《甲类器械管理办法(征求意见稿)》意见的通知').inner).toBeNull();
  });
});

describe('what a citation tells', () => {
  const told = (text: string) => {
    const start = text.indexOf('《');
    const end = text.indexOf('》') + 1;
    const { numbers, version, day } = toldOf(text, start, end, null, null);
    return [numbers.map(numberKey).join(), version.year, version.trial, day];
  };
  it.each([
    ['《甲办法》（国家食品药品监督管理总局令第15号）同时废止', ['令/15', null, false, null]],
    ['2014年7月30日原国家食品药品监督管理总局令第4号公布的《甲办法》同时废止', ['令/4', null, false, '2014-07-30']],
    ['按照《甲办法》（试行）（国食药监械〔2009〕833号）', ['国食药监械/2009/833', null, true, null]],
    ['《甲指导原则》（2022年修订版）、《乙》', ['', 2022, false, null]],
    ['《关于调整甲目录的公告》：2020年第147号', ['2020/147', null, false, null]],
    ['《甲规范》（国家药监局 国家卫生健康委2022年第28号公告）', ['2022/28', null, false, null]],
  ])('%s', (text, expected) => {
    expect(told(text)).toEqual(expected);
  });

  it('amends only where it says so', () => {
    const relation = (text: string) => borneOut('amends', text, text.lastIndexOf('《'), text.length);
    expect(relation('《甲原则(2022年修订版)》《乙原则》')).toBe('mentions');
    expect(relation('随着新修订的《条例》')).toBe('mentions');
    expect(relation('现决定修改《甲办法》')).toBe('amends');
  });
});

describe('repeals', () => {
  const found = (text: string, title = '甲通知') => findRepeals(text, title).map(({ title: t, number }) => [t, number]);
  it.each([
    [
      '本办法自2020年1月1日起施行。《甲办法》(某令第4号)和《乙规定》同时废止。',
      [
        ['甲办法', '某令第4号'],
        ['乙规定', null],
      ],
    ],
    [
      '经研究,决定废止《甲办法》《乙规定》。',
      [
        ['甲办法', null],
        ['乙规定', null],
      ],
    ],
    ['根据《条例》,《甲办法》予以废止。', [['甲办法', null]]],
    ['某药监械〔2019〕12号同时废止。', [[null, '某药监械〔2019〕12号']]],
    ['2014年7月30日某局令第4号公布的《甲办法》同时废止。', [['甲办法', null]]],
    ['**本办法于2024年7月1日废止，新的《甲规范》同时生效**', []],
    ['《甲办法》未废止前继续执行。', []],
    ['对《甲办法》是否废止征求意见。', []],
    ['本公告发布后,国家局关于废止《甲标准》等3项的公告另行印发。', []],
  ])('%s', (text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it('reads the list of a notice about repealing, and no list that also amends', () => {
    const list =
      '现决定废止下列文件。\n附件\n1.《甲办法》(某药监〔2009〕1号)\n2.关于乙事的通知 某药监〔2010〕2号\n3、《丙规定》';
    expect(found(list, '关于废止部分规范性文件的公告')).toEqual([
      ['甲办法', '某药监〔2009〕1号'],
      [null, '某药监〔2010〕2号'],
      ['丙规定', null],
    ]);
    expect(found(list, '关于修改和废止部分规范性文件的公告')).toEqual([]);
  });

  it('gives places of the text as it was given, in time that grows with the text', () => {
    const text = '<p>本办法施行后，《甲办法》（试行）同时废止。</p>';
    const [repeal] = findRepeals(text, '乙办法');
    expect(text.slice(repeal?.start, repeal?.end)).toBe('《甲办法》');
    const started = performance.now();
    findRepeals('《甲办法》废止'.repeat(60_000), '关于废止文件的公告');
    findRepeals('废止'.repeat(300_000), '关于废止文件的公告');
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe('which act is meant', () => {
  const aim = (title: string, more: Partial<Aim> & { number?: string } = {}): Aim => {
    const read = readTitle(title);
    const { number, ...rest } = more;
    return {
      document: title + (number ?? ''),
      ordinal: 0,
      group: title + (number ?? ''),
      key: read.key,
      inner: read.inner,
      version: read.version,
      numbers: number ? numbersOf(number) : read.numbers,
      issuers: [],
      day: null,
      year: null,
      seen: null,
      draft: read.version.draft,
      region: '全国',
      level: 'national',
      language: 'zh',
      documentKey: title,
      ...rest,
    };
  };
  const naming = (title: string, number: string | null = null, more: Partial<Naming['citing']> = {}): Naming => {
    const read = readTitle(title);
    return {
      key: read.key,
      inner: read.inner,
      version: joinVersions(read.version, NO_VERSION),
      numbers: number ? numbersOf(number) : read.numbers,
      issuers: read.issuers,
      day: null,
      citing: {
        document: 'x',
        ordinal: 0,
        group: 'x',
        day: null,
        year: 2025,
        seen: null,
        region: '全国',
        level: 'national',
        ...more,
      },
    };
  };
  const by = (asked: Naming, ...aims: Aim[]) => {
    const found = resolve(asked, aims);
    return found.aim ? [found.by, found.aim.document] : [null, found.candidates.length];
  };

  it('by number where it is told, and never another number', () => {
    const law = aim('医疗器械监督管理条例', { number: '国务院令第739号', year: 2021 });
    expect(by(naming('医疗器械监督管理条例', '国务院令第739号'), law)).toEqual(['number', law.document]);
    expect(by(naming('医疗器械监督管理条例', '国务院令第650号'), law)).toEqual([null, 0]);
    const notice = aim('甲类器械检查工作指导原则', { number: '国家药监局2025年第22号公告' });
    expect(by(naming('甲类器械检查工作指导原则', '国家药监局2025年第22号通告'), notice)).toEqual([null, 0]);
  });

  it('not a work that shares its number with the one meant', () => {
    const shared = '国家药监局2021年第73号通告';
    const one = aim('医疗器械临床评价技术指导原则', { number: shared });
    const other = aim('决策是否开展医疗器械临床试验技术指导原则', { number: shared });
    expect(by(naming('医疗器械临床评价等同性论证技术指导原则', '2021年第73号'), one, other)).toEqual([null, 0]);
  });

  it('not another body of the same order number, a later version, a draft, another province', () => {
    const rule = aim('医疗器械分类规则', { number: '国家食品药品监督管理总局令第15号', year: 2015 });
    expect(by(naming('医疗器械分类规则', '国家药品监督管理局令第15号'), rule)).toEqual([null, 0]);
    expect(by(naming('医疗器械分类规则', null, { year: 2010 }), rule)).toEqual([null, 0]);
    expect(by(naming('医疗器械分类规则', null, { year: null, seen: 2009 }), rule)).toEqual([null, 1]);
    expect(by(naming('医疗器械分类规则', null, { year: 2014, seen: 2018 }), rule)).toEqual(['title', rule.document]);
    expect(by(naming('医疗器械分类规则', null, { year: null, seen: 2020 }), rule)).toEqual(['title', rule.document]);
    const draft = aim('医疗器械管理法(征求意见稿)');
    expect(by(naming('医疗器械管理法'), draft)).toEqual([null, 0]);
    expect(by(naming('医疗器械管理法(草案)'), draft)).toEqual(['title', draft.document]);
    const local = aim('第二类医疗器械优先审批程序', {
      region: '广东省',
      level: 'province',
      issuers: ['广东省药品监督管理局'],
    });
    expect(by(naming('第二类医疗器械优先审批程序'), local)).toEqual([null, 0]);
    expect(by(naming('第二类医疗器械优先审批程序', null, { region: '湖南省', level: 'province' }), local)).toEqual([
      null,
      0,
    ]);
    expect(by(naming('第二类医疗器械优先审批程序', null, { region: '广东省', level: 'province' }), local)).toEqual([
      'title',
      local.document,
    ]);
    const trial = aim('创新医疗器械特别审查程序');
    expect(by(naming('创新医疗器械特别审查程序(试行)'), trial)).toEqual([null, 0]);
  });

  it('of two with one title none, unless their days tell; of copies the plainest', () => {
    const old = aim('甲类器械经营管理办法', { document: 'old', group: 'old', day: '2014-07-30', year: 2014 });
    const last = aim('甲类器械经营管理办法', { document: 'last', group: 'last', day: '2022-03-10', year: 2022 });
    expect(by(naming('甲类器械经营管理办法'), old, last)).toEqual([null, 2]);
    expect(by(naming('甲类器械经营管理办法', null, { day: '2023-01-01', year: 2023 }), old, last)).toEqual([
      'title',
      'last',
    ]);
    expect(by(naming('甲类器械经营管理办法', null, { day: '2016-01-01', year: 2016 }), old, last)).toEqual([
      'title',
      'old',
    ]);
    const copy = aim('甲类器械经营管理办法', { document: 'copy', group: 'old', documentKey: 'a/very/long/name.md' });
    expect(by(naming('甲类器械经营管理办法'), copy, { ...old, documentKey: 'b.md' })).toEqual(['title', 'old']);
  });

  it('a number that cannot be checked does not make a rule that may have been made anew', () => {
    const bare = aim('甲类器械经营管理办法');
    expect(by(naming('甲类器械经营管理办法', '某局令第8号'), bare)).toEqual([null, 1]);
    expect(by(naming('工作方案'), aim('工作方案'))).toEqual([null, 0]);
  });
});

describe('the life of an act', () => {
  const act = (more: Partial<LivingAct>): LivingAct => {
    const days = { issued: null, published: null, effective: null, year: null, ...more };
    return {
      kind: 'notice',
      isPolicy: true,
      number: null,
      expiry: null,
      starts: startOf(days),
      repealed: false,
      repealedFrom: null,
      followed: false,
      ...days,
    };
  };
  const asOf = '2026-11-22' as LocalDate;
  it.each([
    [act({ effective: '2020-01-01' }), 'in-force', []],
    [act({ effective: '2027-01-01' }), 'not-yet', []],
    [act({ effective: '2026-11-22' }), 'in-force', []],
    [act({ issued: '2020-01-01' }), 'in-force', []],
    [act({ year: 2017 }), 'in-force', []],
    [act({ year: 2026 }), 'unknown', ['effective-date']],
    [act({}), 'unknown', ['effective-date']],
    [act({ effective: '2020-01-01', expiry: '2026-11-21' }), 'expired', []],
    [act({ effective: '2020-01-01', expiry: '2026-11-22' }), 'in-force', []],
    [act({ effective: '2020-01-01', repealed: true, repealedFrom: '2025-01-01' }), 'repealed', []],
    [act({ effective: '2020-01-01', repealed: true, repealedFrom: '2027-01-01' }), 'in-force', []],
    [act({ effective: '2020-01-01', repealed: true }), 'unknown', ['repeal-date']],
    [act({ effective: '2014-01-01', followed: true }), 'unknown', ['repeal-statement']],
    [act({ kind: 'consultation', effective: '2020-01-01' }), 'draft', []],
    [act({ kind: 'news', isPolicy: false }), 'no-act', []],
  ] as const)('%o', (given, state, missing) => {
    const life = lifeOf(given, [], asOf);
    expect([life.state, life.missing]).toEqual([state, missing]);
  });
});
