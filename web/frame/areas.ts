import type { frame } from './messages.ts';

type Key = keyof typeof frame;

/** The areas of the rail: only those that have a page. */
export const areas: readonly {
  readonly group: Key;
  readonly items: readonly {
    readonly key: Key;
    readonly path: string;
    /** The pages below it are areas of their own. */
    readonly end?: boolean;
    /** Pages that belong to it though their address begins otherwise. */
    readonly also?: string;
  }[];
}[] = [
  {
    group: 'groupFiles',
    items: [
      { key: 'devices', path: '/devices' },
      { key: 'parties', path: '/parties' },
    ],
  },
  { group: 'groupDesk', items: [{ key: 'codes', path: '/codes' }] },
  {
    group: 'groupPolicies',
    items: [
      { key: 'policies', path: '/policies', end: true },
      { key: 'policyDesk', path: '/policies/read' },
      { key: 'subscriptions', path: '/subscriptions' },
    ],
  },
  {
    group: 'groupRules',
    items: [
      { key: 'rules', path: '/rules', also: '/instruments' },
      { key: 'clocks', path: '/clocks', end: true },
      { key: 'cases', path: '/clocks/cases' },
      { key: 'duties', path: '/duties' },
      { key: 'calendars', path: '/calendars' },
    ],
  },
  {
    group: 'groupData',
    items: [
      { key: 'releases', path: '/releases' },
      { key: 'quality', path: '/quality' },
      { key: 'sources', path: '/sources' },
    ],
  },
];

export const pages = [...areas.flatMap((area) => area.items), { key: 'about', path: '/about' } as const];
