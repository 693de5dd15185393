import type { Catalogue } from '../../i18n/text.ts';

/** Words of the home page about policies, apart from the rest so that it stays small. */
export const newPolicies = {
  title: ['最新政策', 'Latest policies'],
  all: ['全部政策', 'All policies'],
  unread: ['订阅中有 {n} 条未读', '{n} unread in your subscriptions'],
} as const satisfies Catalogue;
