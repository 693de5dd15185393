import { AppError } from '../../../kernel/app-error.ts';
import { parseNumber } from '../../identifiers/index.ts';
import { type Certificate, type DeviceClass, type Party, ROLES, type Role } from '../types.ts';

const CHINESE: Readonly<Record<string, Role>> = {
  注册人: 'registrant',
  医疗器械注册人: 'registrant',
  备案人: 'filer',
  医疗器械备案人: 'filer',
  受托生产企业: 'contract-manufacturer',
  生产企业: 'manufacturer',
  代理人: 'import-agent',
  境内代理人: 'import-agent',
  经营企业: 'distributor',
  第三类经营企业: 'distributor-class3',
  网络销售企业: 'online-seller',
  使用单位: 'user',
  医疗机构: 'user',
  二级以上医疗机构: 'user-grade2plus',
  省级药品监督管理部门: 'provincial-authority',
  省药监局: 'provincial-authority',
};

const BROADER: Readonly<Partial<Record<Role, Role>>> = {
  'registrant-class2': 'registrant',
  'registrant-class3': 'registrant',
  'registrant-conditional': 'registrant',
  'distributor-class3': 'distributor',
  'user-grade2plus': 'user',
};

/** The role a word names, in Chinese or as an id. */
export function roleNamed(word: string): Role | undefined {
  return (Object.hasOwn(CHINESE, word) ? CHINESE[word] : undefined) ?? ROLES.find((known) => known === word);
}

/**
 * The roles of a party: those it gives, the broader ones they imply, and the narrower ones that follow from its classes,
 * certificates and licences. Class II distribution is filed and class III licensed, so a distribution licence makes a
 * class III distributor; a production licence makes a manufacturer. Nothing else makes one: who lets others produce is none.
 * @throws AppError `duty.unknown-role` naming the place and the word
 */
export function rolesOf(party: Party): ReadonlySet<Role> {
  const held = new Set<Role>();
  for (const [i, word] of party.roles.entries()) {
    const role = roleNamed(word);
    if (!role)
      throw new AppError('duty.unknown-role', `party.roles.${i}: ${JSON.stringify(word)} is no role`, {
        at: `party.roles.${i}`,
      });
    held.add(role);
    const broader = BROADER[role];
    if (broader) held.add(broader);
  }
  for (const licence of party.licences ?? []) {
    if (licence.kind === 'production') held.add('manufacturer');
    else held.add('distributor').add('distributor-class3');
  }
  const traded = namedClasses(party);
  const classes = classesOf(party);
  if (held.has('registrant')) {
    if (classes.has('II')) held.add('registrant-class2');
    if (classes.has('III')) held.add('registrant-class3');
    if (party.conditional || party.certificates?.some((one) => one.conditionalUntil))
      held.add('registrant-conditional');
  }
  if (held.has('distributor') && traded.has('III')) held.add('distributor-class3');
  if (held.has('user') && (party.grade ?? 0) >= 2) held.add('user-grade2plus');
  return held;
}

/** Classes a party names, for itself or for its products. */
function namedClasses(party: Party): Set<DeviceClass> {
  return new Set([...(party.classes ?? []), ...(party.products ?? []).flatMap((product) => product.class ?? [])]);
}

/** Classes of what a party registers or files: those it names and those of its certificates. */
export function classesOf(party: Party): Set<DeviceClass> {
  const classes = namedClasses(party);
  for (const certificate of party.certificates ?? []) {
    const cls = classOf(certificate);
    if (cls) classes.add(cls);
  }
  return classes;
}

/** Class of a certificate: as given, else as its number says; undefined when neither does. */
export function classOf(certificate: Certificate): DeviceClass | undefined {
  if (certificate.class) return certificate.class;
  if (!certificate.number) return undefined;
  const { kind, parts } = parseNumber(undefined, certificate.number);
  if (kind === 'class1-filing') return 'I';
  return kind === 'registration-cert' && (parts.class === 'II' || parts.class === 'III') ? parts.class : undefined;
}
