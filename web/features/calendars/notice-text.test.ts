import { describe, expect, it } from 'vitest';
import { readNotice } from './notice-text.ts';

const TEXT = `一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。`;

describe('the text of the notice', () => {
  it('gives the holidays and the weekend days worked of 2026', () => {
    const { holidays, makeUp } = readNotice(TEXT, 2026);
    expect(holidays).toEqual([
      { name: '元旦', from: '2026-01-01', to: '2026-01-03' },
      { name: '春节', from: '2026-02-15', to: '2026-02-23' },
      { name: '清明节', from: '2026-04-04', to: '2026-04-06' },
      { name: '劳动节', from: '2026-05-01', to: '2026-05-05' },
      { name: '端午节', from: '2026-06-19', to: '2026-06-21' },
      { name: '中秋节', from: '2026-09-25', to: '2026-09-27' },
      { name: '国庆节', from: '2026-10-01', to: '2026-10-07' },
    ]);
    expect(makeUp).toEqual(['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10']);
  });

  it('reads stretches over the end of a month and single days', () => {
    expect(readNotice('春节：1月31日至2月6日放假调休', 2027).holidays).toEqual([
      { name: '春节', from: '2027-01-31', to: '2027-02-06' },
    ]);
    expect(readNotice('元旦：1月1日放假1天，不调休。', 2025).holidays).toEqual([
      { name: '元旦', from: '2025-01-01', to: '2025-01-01' },
    ]);
  });

  it('reads nothing out of nothing', () => {
    expect(readNotice('各省、自治区、直辖市人民政府：\n经国务院批准……', 2026)).toEqual({ holidays: [], makeUp: [] });
  });
});
