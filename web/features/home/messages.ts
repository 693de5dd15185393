import type { Catalogue } from '../../i18n/text.ts';

export const home = {
  what: [
    '一件器械一份档案，一家企业一份档案；每个值都说得出来源、日期和出处。',
    'One file for every medical device, one for every enterprise; every value names its source, its date and its place.',
  ],
  examples: ['试试', 'Try'],
  holds: [
    '库中有 {devices} 个设备、{certificates} 个注册证或备案、{parties} 家企业。',
    'The base holds {devices} devices, {certificates} certificates and {parties} enterprises.',
  ],
  emptyBase: ['库中还没有数据。', 'The base is still empty.'],
  importFirst: ['导入一个发布', 'Import a release'],
  changed: ['今日变化', 'Changed today'],
  noChange: ['今天没有导入新的发布。', 'No release was taken in today.'],
  'change.new': ['新增 {n}', '{n} new'],
  'change.changed': ['变更 {n}', '{n} changed'],
  'change.withdrawn': ['退市 {n}', '{n} withdrawn'],
  'change.conflict': ['冲突 {n}', '{n} conflicting'],
  latest: ['最近的发布', 'Latest releases'],
  allReleases: ['全部发布', 'All releases'],
  recent: ['最近打开的档案', 'Recently opened files'],
  noRecent: ['在本机打开过的档案会列在这里。', 'Files you opened in this browser are listed here.'],
  watched: ['我关注的变化', 'Changes in what I watch'],
  noWatched: ['在档案页点“关注”，有变化时列在这里。', 'Choose “Watch” in a file; its changes are listed here.'],
} as const satisfies Catalogue;
