import type { DeskCase } from './types.ts';

const of = (type: string, date: string, more: object = {}) => ({ type, date, ...more });

/** Three cases as they happen, to try the desk with. */
export const EXAMPLES: readonly { readonly key: 'class3' | 'promise' | 'renewal'; readonly desk: DeskCase }[] = [
  {
    key: 'class3',
    desk: {
      procedure: 'registration-first',
      class: 'III',
      origin: 'domestic',
      province: '',
      route: '',
      events: [
        of('received', '2026-03-02'),
        of('accepted', '2026-03-05'),
        of('transferred', '2026-03-09'),
        of('qms-notified', '2026-03-18'),
        of('qms-started', '2026-04-13'),
        of('qms-finished', '2026-04-17'),
        of('deficiency-notified', '2026-07-10'),
        of('supplement-received', '2026-10-20'),
      ],
    },
  },
  {
    key: 'promise',
    desk: {
      procedure: 'registration-first',
      class: 'II',
      origin: 'domestic',
      province: '44',
      route: '',
      events: [
        of('received', '2026-08-03'),
        of('accepted', '2026-08-06'),
        of('transferred', '2026-08-10'),
        of('qms-started', '2026-09-07'),
        of('qms-finished', '2026-09-18'),
        of('opinion-issued', '2026-11-13', { result: '通过' }),
      ],
    },
  },
  {
    key: 'renewal',
    desk: {
      procedure: 'production-licence-renewal',
      class: '',
      origin: '',
      province: '',
      route: '',
      events: [of('expires', '2027-02-26')],
    },
  },
];
