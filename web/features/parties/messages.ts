import type { Catalogue } from '../../i18n/text.ts';

export const parties = {
  title: ['企业', 'Enterprises'],
  field: ['企业名称或统一社会信用代码', 'Name or unified social credit code'],
  search: ['查询', 'Search'],
  list: ['企业列表', 'List of enterprises'],
  name: ['名称', 'Name'],
  nameAlt: ['其他名称', 'Other name'],
  creditCode: ['统一社会信用代码', 'Credit code (统一社会信用代码)'],
  devices: ['设备', 'Devices'],
  certificates: ['注册证 / 备案', 'Certificates'],
  noCertificates: ['库中没有此企业的注册证或备案。', 'The base holds no certificate of this enterprise.'],
  allDevices: ['此企业的全部设备', 'All devices of this enterprise'],
  file: ['企业档案', 'Enterprise file'],
  unnamed: ['未填名称', 'no name given'],
  q: ['文字', 'Text'],
} as const satisfies Catalogue;
