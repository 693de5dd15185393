import { partyShape } from '../../domains/duties/index.ts';
import type { PolicyDuties } from '../../domains/duties/routes.ts';
import { findProfile } from '../../domains/duties/store.pg.ts';
import { calendarDays } from '../../domains/subscriptions/days.pg.ts';
import { policyDuties, profileOfParty } from '../../domains/subscriptions/index.ts';
import { readPolicy } from '../../domains/subscriptions/library.pg.ts';
import { type SubscriptionWork, subscriptionTasks, watchForWork } from '../../domains/subscriptions/tasks.ts';
import { AppError } from '../../kernel/app-error.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { LocalDate } from '../../kernel/local-date.ts';
import type { JobTask } from '../../platform/jobs/queue.ts';
import { type Mailer, smtpMailer } from '../../platform/mail/mailer.ts';
import type { Queryable, Sql } from '../../platform/postgres/connections.ts';
import type { Store } from '../../platform/postgres/store.ts';

/** Where messages go out, and the address under which the application is reached. */
export interface DeliverySettings {
  readonly mailer: Mailer | null;
  readonly site: string | null;
}

export const NO_DELIVERY: DeliverySettings = { mailer: null, site: null };

/**
 * Reads XIEDANG_SMTP_URL, XIEDANG_MAIL_FROM and XIEDANG_PUBLIC_URL.
 * @throws AppError `usage.smtp`, `usage.public-url`: half a setting is refused at the start, not at the first mail
 */
export function deliveryFrom(env: NodeJS.ProcessEnv): DeliverySettings {
  const { XIEDANG_SMTP_URL: smtp, XIEDANG_MAIL_FROM: from, XIEDANG_PUBLIC_URL: site } = env;
  if (smtp && !/^smtps?:\/\/[^\s/]+/.test(smtp))
    throw new AppError('usage.smtp', 'XIEDANG_SMTP_URL must be smtp://… or smtps://…');
  if (smtp && !/[^\s<>@]+@[^\s<>@]+/.test(from ?? ''))
    throw new AppError('usage.smtp', 'XIEDANG_SMTP_URL needs XIEDANG_MAIL_FROM, the address mail comes from');
  if (site && !/^https?:\/\/[^\s?#]+$/.test(site))
    throw new AppError('usage.public-url', 'XIEDANG_PUBLIC_URL must be http(s)://host without ? or #');
  return {
    mailer: smtp && from ? smtpMailer(smtp, from) : null,
    site: site ? site.replace(/\/+$/, '') : null,
  };
}

/** What a kept enterprise says of itself to policies; null when it is kept no longer. */
export async function enterpriseProfile(sql: Queryable, id: string): Promise<object | null> {
  const row = await findProfile(sql, id);
  return row ? profileOfParty(partyShape.parse(row.profile.party)) : null;
}

/** Days of acts for the duty calendar of a kept enterprise. */
export function policyDutiesOf(sql: Sql): PolicyDuties {
  const days = calendarDays(readPolicy);
  return async (kept, { from, to, asOf, knownAt, on }) => {
    const profile = profileOfParty(partyShape.parse(kept.party));
    const found = await days(sql, profile, { from, to, knownAt: knownAt ?? null });
    return policyDuties(found, (asOf as LocalDate | null | undefined) ?? on, kept.records);
  };
}

/** Tells and delivers as long as the queue is worked. */
export function delivery(options: {
  readonly store: Store;
  readonly clock: Clock;
  readonly settings: DeliverySettings;
  readonly warn: (error: Error) => void;
}): {
  readonly tasks: Readonly<Record<string, JobTask>>;
  start(working: () => boolean): { close(): Promise<void> };
} {
  const { store, clock, settings } = options;
  const work: SubscriptionWork = {
    sql: store.appSql(),
    readPolicy,
    enterprise: enterpriseProfile,
    now: () => clock.now(),
    ...settings,
  };
  return {
    tasks: subscriptionTasks(work),
    start: (working) => watchForWork({ work, owner: () => store.ownerSql(), working, warn: options.warn }),
  };
}
