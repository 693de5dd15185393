/** Roles that can be chosen, with their names; narrower ones follow from classes, certificates and grade. */
export const ROLES: readonly (readonly [id: string, zh: string, en: string])[] = [
  ['registrant', '注册人', 'Registrant'],
  ['filer', '备案人', 'Filer (class I)'],
  ['manufacturer', '生产企业', 'Manufacturer'],
  ['contract-manufacturer', '受托生产企业', 'Contract manufacturer'],
  ['import-agent', '境内代理人', 'Import agent'],
  ['distributor', '经营企业', 'Distributor'],
  ['online-seller', '网络销售企业', 'Online seller'],
  ['user', '使用单位', 'User (hospital)'],
];

export function roleName(role: string, lang: 'zh' | 'en'): string {
  const found = ROLES.find(([id, zh]) => id === role || zh === role);
  return found ? found[lang === 'zh' ? 1 : 2] : role;
}

/** Names of the events; what is not listed is shown by its Chinese words from the server. */
export const EVENT_ENGLISH: Readonly<Record<string, string>> = {
  'adverse-event': 'Adverse event found',
  'adverse-event-reported': 'Adverse event reported',
  'group-adverse-event': 'Group adverse event found',
  'recall-decided': 'Recall decided',
  'recall-completed': 'Recall completed',
  'recall-form-received': 'Recall report form received',
  'management-representative-appointed': 'Management representative appointed',
  'management-representative-unable': 'Management representative unable to act',
  'product-added': 'Product added',
  'production-resumed': 'Production taken up again',
  'distribution-resumed': 'Distribution taken up again',
  'line-change': 'Workshop or line rebuilt',
  'conditions-lost': 'Quality system no longer met',
  'licence-item-changed': 'Entry of the production licence changed',
  'registered-item-changed': 'Other registered item changed',
  'substantive-change': 'Substantive change',
  'entrusted-party-changed': 'Contract manufacturer changed',
  'entrust-stopped': 'Contract manufacture ended',
  'first-registered': 'First registered',
  'first-filed': 'First filed',
  'renewal-applied': 'Renewal applied for',
  'certificate-expires': 'Certificate expires',
  'licence-expires': 'Licence expires',
  expires: 'Expires',
  'condition-date': 'Day set for a condition',
};

/** What an event must say besides its day. */
export const EVENT_FACTS: Readonly<
  Record<string, readonly ('severity' | 'level' | 'time' | 'of' | 'changesConditions')[]>
> = {
  'adverse-event': ['severity', 'time'],
  'adverse-event-reported': ['severity'],
  'group-adverse-event': ['time'],
  'recall-decided': ['level', 'time'],
  'product-added': ['changesConditions'],
  'licence-expires': ['of'],
  expires: ['of'],
};
