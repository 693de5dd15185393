import { describe, expect, it } from 'vitest';
import { releaseNameOf } from './release-name.ts';

describe('releaseNameOf', () => {
  it.each([
    ['UDID_FULL_RELEASE_20260501.zip', { kind: 'full', to: '2026-05-01' }],
    ['UDID_DAY_UPDATE_20260502.zip', { kind: 'day', from: '2026-05-02', to: '2026-05-02' }],
    [
      '/data/2026/UDID_DAY_UPDATE_20260502_DOWNLOAD_PART2_Of_3.xml',
      { kind: 'day', from: '2026-05-02', to: '2026-05-02', part: 2, parts: 3 },
    ],
    ['UDID_FULL_DOWNLOAD_PART1136_Of_1136_2026-05-01.xml', { kind: 'full', to: '2026-05-01', part: 1136, parts: 1136 }],
    ['UDID_WEEKLY_UPDATE_20260420_20260426.zip', { kind: 'week', from: '2026-04-20', to: '2026-04-26' }],
    ['UDID_WEEK_UPDATE_20260426.zip', { kind: 'week', from: '2026-04-20', to: '2026-04-26' }],
    ['UDID_MONTH_UPDATE_202602.zip', { kind: 'month', from: '2026-02-01', to: '2026-02-28' }],
    ['udid_monthly_update_20260401_20260430.ZIP', { kind: 'month', from: '2026-04-01', to: '2026-04-30' }],
    ['UDID_MONTH_UPDATE_2024-02.zip', { kind: 'month', from: '2024-02-01', to: '2024-02-29' }],
  ])('reads %s', (name, expected) => {
    expect(releaseNameOf(name)).toEqual(expected);
  });

  it.each([
    'list.xml',
    'UDID_DAY_UPDATE.zip',
    'UDID_DAY_UPDATE_20260231.zip',
    'UDID_WEEKLY_UPDATE_20260426_20260420.zip',
    'UDID_MONTH_UPDATE_202613.zip',
    'UDID_FULL_RELEASE_202605.zip',
  ])('does not guess %s', (name) => {
    expect(releaseNameOf(name)).toBeUndefined();
  });
});
