import { describe, expect, it } from 'vitest';
import { caseOfAddress, inOrder, questionOf, readEvents, writeAddress } from './event-text.ts';
import type { DeskCase } from './types.ts';

/** Events as the server names them. */
const names = [
  ['patent-granted', '专利授权公告', 'Patent granted'],
  ['changed', '发生变化', 'Change occurred'],
  ['expires', '有效期届满', 'Expiry'],
  ['class-changed', '类别调整公告', 'Class changed by notice'],
  ['received', '收到申请', 'Application received'],
  ['defect-notified', '告知补正', 'Defects notified'],
  ['accepted', '受理', 'Accepted'],
  ['rejected', '不予受理', 'Not accepted'],
  ['transferred', '转交审评', 'Handed to review'],
  ['qms-notified', '通知启动体系核查', 'QMS check notified'],
  ['suspended', '中止', 'Suspended'],
  ['check-delayed', '因申请人延迟核查', 'Check delayed by the applicant'],
  ['qms-started', '体系核查开始', 'QMS check began'],
  ['check-delay-ended', '延迟核查结束', 'Delay of the check ended'],
  ['recheck-asked', '申请复查', 'Re-check asked for'],
  ['qms-finished', '体系核查结束', 'QMS check ended'],
  ['rectification-asked', '要求整改', 'Rectification asked for'],
  ['deficiency-notified', '审评补正通知', 'Deficiency notice'],
  ['supplement-received', '收到补正资料', 'Supplement received'],
  ['expert-started', '专家评审开始', 'Expert review began'],
  ['expert-finished', '专家评审结束', 'Expert review ended'],
  ['resumed', '恢复', 'Resumed'],
  ['extended', '延长时限', 'Limit extended'],
  ['opinion-issued', '出具审评意见', 'Review opinion issued'],
  ['objected', '提出异议', 'Objection raised'],
  ['objection-decided', '异议处理完毕', 'Objection decided'],
  ['decided', '作出决定', 'Decided'],
  ['effective', '证件生效', 'Certificate effective'],
  ['delivered', '送达', 'Delivered'],
  ['published', '公布', 'Published'],
  ['trial-started', '试验开始实施', 'Trial began'],
  ['reported', '提交报告', 'Report handed in'],
  ['withdrawn', '撤回', 'Withdrawn'],
].map(([id = '', zh = '', en = '']) => ({ id, name: { zh, en } }));
const read = (text: string) => readEvents(text, names);

describe('events as text', () => {
  it.each([
    ['2026-03-02 受理', { type: 'accepted', date: '2026-03-02' }],
    ['受理 2026年3月2日', { type: 'accepted', date: '2026-03-02' }],
    ['2026/3/2\taccepted', { type: 'accepted', date: '2026-03-02' }],
    ['20260302 Accepted', { type: 'accepted', date: '2026-03-02' }],
    ['2026.3.2，不予受理', { type: 'rejected', date: '2026-03-02' }],
    ['审评补正通知 2026年7月10日', { type: 'deficiency-notified', date: '2026-07-10' }],
    ['2026-07-10 发补', { type: 'deficiency-notified', date: '2026-07-10' }],
    ['2026-10-20 收到补正资料', { type: 'supplement-received', date: '2026-10-20' }],
    ['2026-05-06 告知补正', { type: 'defect-notified', date: '2026-05-06' }],
    ['2026-09-01 延长时限 30个工作日', { type: 'extended', date: '2026-09-01', length: 30 }],
    ['2026-09-01 limit extended 30 working days', { type: 'extended', date: '2026-09-01', length: 30 }],
    ['2026-11-01 作出决定 不予', { type: 'decided', date: '2026-11-01', result: '不予' }],
    ['2026-11-01 decided: refused', { type: 'decided', date: '2026-11-01', result: 'refused', note: undefined }],
    ['2026-04-17 体系核查结束（整改）', { type: 'qms-finished', date: '2026-04-17', result: '整改' }],
    ['2026-03-05 受理 通知书第12号', { type: 'accepted', date: '2026-03-05', note: '通知书第12号' }],
  ])('%s', (line, event) => {
    const { events, faults } = read(line);
    expect(faults).toEqual([]);
    expect(events).toEqual([Object.fromEntries(Object.entries(event).filter(([, value]) => value !== undefined))]);
  });

  it('names every event by its Chinese and English name and by its id', () => {
    for (const { id, name } of names)
      for (const word of [id, name.zh, name.en])
        expect([word, read(`2026-03-02 ${word}`).events[0]?.type]).toEqual([word, id]);
  });

  it('says of each line why it is not understood, and reads the others', () => {
    const { events, faults } = read('# 注\n\n2026-03-02 受理\n受理\n2026-02-30 受理\n2026-03-05 吃饭');
    expect(events).toHaveLength(1);
    expect(faults).toEqual([
      { line: 4, text: '受理', reason: 'no-day' },
      { line: 5, text: '2026-02-30 受理', reason: 'bad-day' },
      { line: 6, text: '2026-03-05 吃饭', reason: 'no-event' },
    ]);
  });

  it('reads a case in JSON, a case file’s entry, and a list of events', () => {
    const events = [{ type: 'received', date: '2026-03-02' }];
    const about = { procedure: 'registration-first', class: 'II' };
    expect(read(JSON.stringify({ ...about, events }))).toEqual({ events, faults: [], about });
    expect(read(JSON.stringify({ input: { ...about, events } })).about).toEqual(about);
    expect(read(JSON.stringify(events)).events).toEqual(events);
    expect(read('{"events": [').faults[0]?.reason).toBe('not-json');
    expect(read('{"procedure": "x"}').faults[0]?.reason).toBe('no-case');
    expect(read('[{"type":"eaten","date":"2026-03-02"},{"type":"received"},null]').faults.map((f) => f.reason)).toEqual(
      ['no-event', 'no-day', 'no-day'],
    );
  });
});

describe('a case in the address', () => {
  const desk: DeskCase = {
    procedure: 'registration-first',
    class: 'III',
    origin: '',
    province: '44',
    route: '',
    events: [
      { type: 'received', date: '2026-03-02', note: '收到 {A} & "B" @ C' },
      { type: 'extended', date: '2026-05-01', length: 30 },
      { type: 'accepted', date: '' },
    ],
  };

  it('comes back as it went', () => {
    const search = writeAddress(new URLSearchParams('asOf=2026-06-01&tab=run'), desk);
    expect(caseOfAddress(new URLSearchParams(search.toString()))).toEqual(desk);
    expect(search.get('asOf')).toBe('2026-06-01');
  });

  it('survives an address cut short', () => {
    expect(caseOfAddress(new URLSearchParams('procedure=reissue&e=received@2026-03-02{"no&e=&e=@'))?.events).toEqual([
      { type: 'received', date: '2026-03-02' },
    ]);
    expect(caseOfAddress(new URLSearchParams('asOf=2026-01-01'))).toBeUndefined();
  });

  it('asks without what is empty or not finished', () => {
    expect(questionOf(desk)).toEqual({
      procedure: 'registration-first',
      class: 'III',
      origin: null,
      province: '44',
      route: null,
      events: [
        { type: 'received', date: '2026-03-02' },
        { type: 'extended', date: '2026-05-01', length: 30 },
      ],
    });
  });

  it('keeps the order of one day and puts what has no day last', () => {
    const list = [
      { type: 'b', date: '' },
      { type: 'c', date: '2026-02-01' },
      { type: 'a', date: '2026-01-01' },
      { type: 'd', date: '2026-02-01' },
    ];
    expect(inOrder(list).map((one) => one.type)).toEqual(['a', 'c', 'd', 'b']);
  });
});
