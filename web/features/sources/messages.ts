import type { Catalogue } from '../../i18n/text.ts';

export const sourcesText = {
  title: ['来源', 'Sources'],
  lead: [
    '档案库中的每个值都来自下列来源之一，并记有发布、文件、位置和校验值。',
    'Every value in the base comes from one of these sources and carries its release, file, place and hash.',
  ],
  publisher: ['发布机构', 'Publisher'],
  licence: ['许可', 'Licence'],
  address: ['地址', 'Address'],
  devices: ['设备', 'Devices'],
  releases: ['发布', 'Releases'],
  latest: ['最近发布', 'Latest release'],
  showDevices: ['查看设备', 'Show devices'],
  showProblems: ['质量台账', 'Quality ledger'],
  none: ['还没有来源', 'No sources yet'],
} as const satisfies Catalogue;
