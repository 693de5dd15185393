import { expect, it } from 'vitest';
import { findMissingDays } from './missing-days.ts';

const day = (text: string) => `UDID_DAY_UPDATE_${text}`;
const missing = (...names: string[]) => findMissingDays('nmpa-udid', names).map((gap) => gap.day);

it.each<[string, string[], string[]]>([
  ['days in a row', [day('20260501'), day('20260502'), day('20260503')], []],
  ['one day left out', [day('20260501'), day('20260503')], ['2026-05-02']],
  ['two days left out, over the end of a month', [day('20260430'), day('20260503')], ['2026-05-01', '2026-05-02']],
  ['whatever the order in which they came', [day('20260503'), day('20260501'), day('20260502')], []],
  ['a week covers its days', [day('20260501'), 'UDID_WEEKLY_UPDATE_20260502_20260508', day('20260509')], []],
  [
    'days inside a week that was taken in too',
    ['UDID_WEEKLY_UPDATE_20260502_20260508', day('20260504'), day('20260509')],
    [],
  ],
  ['a month covers its days', ['UDID_MONTH_UPDATE_202604', day('20260502')], ['2026-05-01']],
  ['a full release covers what was before it', [day('20260401'), 'UDID_FULL_RELEASE_20260501', day('20260502')], []],
  ['behind a full release a day may be missing', ['UDID_FULL_RELEASE_20260501', day('20260503')], ['2026-05-02']],
  ['a full release between two days with a gap', [day('20260501'), day('20260504'), 'UDID_FULL_RELEASE_20260503'], []],
  ['parts of one day', [`${day('20260501')}_PART1_Of_2`, `${day('20260501')}_PART2_Of_2`, day('20260502')], []],
  ['a pause of many weeks is a new beginning', [day('20260101'), day('20260501')], []],
  ['names that tell no day', ['letters', day('20260501')], []],
  ['nothing', [], []],
])('%s', (_what, names, days) => {
  expect(missing(...names)).toEqual(days);
});

it('says between which releases the day is missing', () => {
  expect(findMissingDays('nmpa-udid', [day('20260503'), day('20260501')])).toEqual([
    { source: 'nmpa-udid', day: '2026-05-02', after: day('20260501'), before: day('20260503') },
  ]);
});
