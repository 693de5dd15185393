import type { EventKind, Pathway, Role, Words } from '../types.ts';

/** Words by which acts name those they bind; bodies of other trades are no such words. */
export const ROLE_WORDS: readonly (readonly [Role, RegExp, Words])[] = [
  ['contract-manufacturer', /受托(?:生产|企业|方)/, { zh: '受托生产企业', en: 'contract manufacturers' }],
  ['registrant', /注册(?:申请)?人|上市许可持有人/, { zh: '注册人', en: 'registrants' }],
  ['filer', /备案人/, { zh: '备案人', en: 'filers' }],
  ['import-agent', /代理人|境内责任人/, { zh: '代理人', en: 'agents of imported devices' }],
  ['online-seller', /网络(?:销售|交易)/, { zh: '网络销售企业', en: 'online sellers' }],
  [
    'manufacturer',
    /(?<!(?:药品|化妆品|食品)(?:和[\u4e00-\u9fff]{0,6})?)生产(?:企业|单位|者)/,
    { zh: '生产企业', en: 'manufacturers' },
  ],
  [
    'distributor',
    /(?<!药品|化妆品|食品)(?:经营(?:企业|单位|者)|批发企业|零售企业)/,
    { zh: '经营企业', en: 'distributors' },
  ],
  ['user', /使用单位|医疗(?:卫生)?机构|医院/, { zh: '使用单位', en: 'users' }],
  [
    'provincial-authority',
    /省(?:级|、自治区、直辖市)?[^,。]{0,8}(?:药品监督管理部门|药监局)/,
    { zh: '省级药品监督管理部门', en: 'provincial authorities' },
  ],
];

/** Words of titles that say whose business an act is; acts whose title names no business are everybody's. */
export const TITLE_ROLES: readonly (readonly [RegExp, readonly Role[]])[] = [
  [/网络销售|网络交易/, ['online-seller', 'distributor']],
  [/经营/, ['distributor', 'online-seller']],
  [/生产/, ['manufacturer', 'contract-manufacturer', 'registrant', 'filer']],
  [/使用(?:质量|环节|单位|管理|监督)|医疗机构/, ['user']],
  [/注册(?!人)|审评|审批|申报|备案(?!人)/, ['registrant', 'filer', 'import-agent']],
  [/临床试验/, ['registrant', 'import-agent', 'user']],
];

/** Those addressed without a role: every enterprise is one of them. */
export const ANY_ENTERPRISE = /企业|申请人|申报(?:单位|主体)|当事人|从业者/;

export const PATHWAY_WORDS: Readonly<Record<Pathway, readonly [RegExp, Words]>> = {
  innovative: [/创新/, { zh: '创新', en: 'innovative devices' }],
  priority: [/优先审(?:批|评)|优先/, { zh: '优先审批', en: 'priority review' }],
  emergency: [/应急审批|应急/, { zh: '应急审批', en: 'emergency approval' }],
  conditional: [/附条件/, { zh: '附条件批准', en: 'conditional approval' }],
  'first-registration': [/首次注册|注册申报|注册审(?:评|查)/, { zh: '首次注册', en: 'first registration' }],
  renewal: [/延续注册|延续/, { zh: '延续注册', en: 'renewal' }],
  change: [/变更注册|变更备案|注册变更|变更/, { zh: '变更注册', en: 'change of registration' }],
  filing: [/备案/, { zh: '备案', en: 'filing' }],
  entrusted: [/委托生产/, { zh: '委托生产', en: 'contract manufacture' }],
  'clinical-trial': [/临床试验/, { zh: '临床试验', en: 'clinical trials' }],
  procurement: [/集中(?:带量)?采购|带量采购|招标采购|挂网/, { zh: '集中采购', en: 'procurement' }],
  insurance: [/医保|医疗保障/, { zh: '医保', en: 'health insurance' }],
};

export const EVENT_WORDS: Readonly<Record<EventKind, Words>> = {
  added: { zh: '新收入', en: 'new in the library' },
  changed: { zh: '文本有变', en: 'text changed' },
  cited: { zh: '被引用', en: 'cited' },
  amended: { zh: '被修改', en: 'amended' },
  repealed: { zh: '被废止', en: 'repealed' },
  interpreted: { zh: '有解读', en: 'interpreted' },
  corrected: { zh: '摘录经人工更正', en: 'reading corrected' },
};
