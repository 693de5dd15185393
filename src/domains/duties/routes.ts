import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { localOperator } from '../../kernel/actor.ts';
import { AppError } from '../../kernel/app-error.ts';
import { type Clock, today } from '../../kernel/clock.ts';
import { addDays, type LocalDate, parseLocalDate } from '../../kernel/local-date.ts';
import { audit } from '../../platform/audit/trail.pg.ts';
import { answers, DEFAULT_LIMIT, optional, Paging, Times } from '../../platform/http/queries.ts';
import type { HttpServer } from '../../platform/http/server.ts';
import type { Sql } from '../../platform/postgres/connections.ts';
import type { Rulebook } from '../../rules/rulebook.ts';
import { dutiesCalendar } from './ics.ts';
import { byUrgency, listDuties, readDutyQuestion } from './list-duties.ts';
import { EVENT_TYPES, EVENT_WORDS } from './rules/triggers.ts';
import {
  countProfiles,
  findByFeed,
  findProfile,
  insertProfile,
  type KeptProfile,
  listProfiles,
  lockProfile,
  type ProfileRow,
  versionsOf,
} from './store.pg.ts';
import { type DutiesDecision, type Duty, dutyEventShape, partyShape, ROLES, recordShape } from './types.ts';

const Answer = z.looseObject({});
const Id = z.object({ id: z.uuid() });

const ProfileBody = z.strictObject({
  name: z.string().trim().min(1).max(300),
  party: partyShape,
  events: z.array(dutyEventShape).max(2_000).nullish(),
  records: z.array(recordShape).max(2_000).nullish(),
});

/** Days a calendar program is shown: what was due of late, and a good year ahead. */
const FEED_DAYS = { back: 90, ahead: 400 } as const;
/** What a person is shown: the list and the page of an enterprise count the same overdue duties. */
const LIST_DAYS = { back: 366, ahead: 366 } as const;
const REMIND_DAYS = 7;

/** The address of a feed is kept as its SHA-256 alone. */
function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Days asked for. */
interface AskedDays {
  readonly from: string;
  readonly to: string;
  readonly asOf?: string | null;
  readonly knownAt?: string | null;
}

/** Duties of kind `policy` of a kept enterprise: days read in the texts of acts. */
export type PolicyDuties = (kept: KeptProfile, days: AskedDays & { readonly on: LocalDate }) => Promise<Duty[]>;

/** Duties of a party given in the request, enterprises that are kept, and their calendars to subscribe to. */
export function dutyRoutes(
  app: HttpServer,
  options: { readonly sql: Sql; readonly clock: Clock; rulebook(): Rulebook; readonly policyDuties?: PolicyDuties },
): void {
  const { sql, clock } = options;
  const tags = ['义务 Duties'];

  /** Duties by the rulebook, with those read in policies among them. */
  const decide = async (kept: KeptProfile, days: AskedDays): Promise<DutiesDecision> => {
    const on = today(clock);
    // the rulebook knows nothing of duties that were read in policies
    const records = kept.records.filter(({ obligation }) => !String(obligation ?? '').startsWith('policy/'));
    const question = readDutyQuestion({ ...kept, records, ...days }, options.rulebook(), on);
    const decision = listDuties(question, options.rulebook());
    const read = (await options.policyDuties?.(kept, { ...days, on })) ?? [];
    if (!decision.outcome || read.length === 0) return decision;
    const duties = [...decision.outcome.duties, ...read].sort(byUrgency);
    return { ...decision, outcome: { ...decision.outcome, duties } };
  };

  /** Reads a profile as a question of one day: what cannot be read is refused before it is kept. */
  const check = (body: z.infer<typeof ProfileBody>): KeptProfile => {
    const kept = { party: body.party, events: body.events ?? [], records: body.records ?? [] };
    const on = today(clock);
    readDutyQuestion({ ...kept, from: on, to: on }, options.rulebook(), on);
    return kept;
  };

  app.get(
    '/duties/words',
    { schema: { tags, summary: '角色与事件 / roles and events', response: answers(Answer) } },
    async () => ({
      roles: ROLES,
      events: EVENT_TYPES.map((id) => ({ id, zh: EVENT_WORDS[id] })),
    }),
  );

  app.post(
    '/duties/run',
    {
      config: { readOnly: true },
      schema: {
        tags,
        summary: '按角色、证件与事件列出义务 / list the duties of a party',
        body: z.looseObject({}),
        response: answers(Answer),
      },
    },
    async (request) => ({
      ...listDuties(readDutyQuestion(request.body, options.rulebook(), today(clock)), options.rulebook()),
    }),
  );

  app.get(
    '/duties/profiles',
    {
      schema: {
        tags,
        summary: '保存的企业 / enterprises kept',
        querystring: Paging.extend({ q: optional(z.string().trim().max(200)) }),
        response: answers(
          z.object({
            items: z.array(Answer),
            next: z.string().nullable(),
            total: z.object({ value: z.number(), relation: z.enum(['exact', 'estimate']) }),
          }),
        ),
      },
    },
    async (request) => {
      const { q = null, limit = DEFAULT_LIMIT, cursor } = request.query;
      const rows = await listProfiles(sql, { q, limit: limit + 1, after: readCursor(cursor) });
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      const on = today(clock);
      const items: z.infer<typeof Answer>[] = [];
      for (const row of page) {
        const days = { from: addDays(on, -LIST_DAYS.back), to: addDays(on, LIST_DAYS.ahead) };
        const duties = (await decide(row.profile, days)).outcome?.duties ?? [];
        const dated = duties.filter((duty) => duty.kind !== 'standing' && duty.due !== null);
        const next = dated.find((duty) => duty.status === 'open' || duty.status === 'upcoming');
        items.push({
          id: row.root,
          name: row.name,
          roles: row.profile.party.roles ?? [],
          overdue: dated.filter((duty) => duty.status === 'overdue').length,
          next: next ? { title: next.title, due: next.due } : null,
          feed: row.feed_hash !== null,
          recordedAt: row.recorded_at,
        });
      }
      return {
        items,
        next: rows.length > limit && last ? writeCursor(last) : null,
        total: { value: await countProfiles(sql, q), relation: 'exact' as const },
      };
    },
  );

  app.post(
    '/duties/profiles',
    {
      schema: { tags, summary: '保存一家企业 / keep an enterprise', body: ProfileBody, response: { 201: Answer } },
    },
    async (request, reply) => {
      const profile = check(request.body);
      const root = (await sql.begin(async (tx) => {
        const made = await insertProfile(tx, {
          actor: localOperator.id,
          name: request.body.name,
          profile,
          feedHash: null,
          before: null,
        });
        await written(tx, 'duty.keep', made, profile);
        return made;
      })) as string;
      return reply.status(201).send(await whole(root, {}));
    },
  );

  app.get(
    '/duties/profiles/:id',
    {
      schema: {
        tags,
        summary: '一家企业的义务 / the duties of an enterprise',
        params: Id,
        querystring: Times.extend({ from: optional(z.string().max(40)), to: optional(z.string().max(40)) }),
        response: answers(Answer),
      },
    },
    async (request) => whole(request.params.id, request.query),
  );

  app.get(
    '/duties/profiles/:id/duties.ics',
    {
      schema: {
        tags,
        summary: '所列义务的日历文件 / the listed duties as a calendar file',
        params: Id,
        querystring: Times.extend({ from: optional(z.string().max(40)), to: optional(z.string().max(40)) }),
      },
    },
    async (request, reply) => {
      const row = await found(request.params.id);
      return reply
        .type('text/calendar; charset=utf-8')
        .header('content-disposition', 'attachment; filename="duties.ics"')
        .send(await calendarOf(row, daysOf(request.query)));
    },
  );

  app.post(
    '/duties/profiles/:id',
    {
      schema: {
        tags,
        summary: '企业的新版本：角色、证件、事件、完成记录 / a new version of an enterprise',
        params: Id,
        body: ProfileBody.extend({ replaces: z.uuid() }),
        response: { 201: Answer },
      },
    },
    async (request, reply) => {
      const { replaces, ...body } = request.body;
      const profile = check(body);
      await sql.begin(async (tx) => {
        const before = await held(tx, request.params.id);
        if (before.id !== replaces)
          throw new AppError('duty.conflict', '这家企业刚被改过，请重新载入后再改', { id: request.params.id });
        await insertProfile(tx, {
          actor: localOperator.id,
          name: body.name,
          profile,
          feedHash: before.feed_hash,
          before,
        });
        await written(tx, 'duty.change', before.root, profile);
      });
      return reply.status(201).send(await whole(request.params.id, {}));
    },
  );

  app.post(
    '/duties/profiles/:id/remove',
    {
      schema: { tags, summary: '不再保留，其订阅随之终止 / keep it no longer', params: Id, response: { 201: Answer } },
    },
    async (request, reply) => {
      await sql.begin(async (tx) => {
        const before = await held(tx, request.params.id);
        const { name, profile } = before;
        await insertProfile(tx, { actor: localOperator.id, name, profile, feedHash: null, before, removed: true });
        await written(tx, 'duty.remove', before.root, profile);
      });
      return reply.status(201).send({ id: request.params.id, removed: true });
    },
  );

  app.post(
    '/duties/profiles/:id/feed',
    {
      schema: {
        tags,
        summary: '新的日历订阅地址，旧的随即失效；地址只显示这一次 / a new private address; the old one ends',
        params: Id,
        response: { 201: Answer },
      },
    },
    async (request, reply) => {
      const token = randomBytes(32).toString('base64url');
      await sql.begin(async (tx) => {
        const before = await held(tx, request.params.id);
        const { name, profile } = before;
        await insertProfile(tx, { actor: localOperator.id, name, profile, feedHash: hashOf(token), before });
        await written(tx, 'duty.feed', before.root, profile);
      });
      return reply
        .status(201)
        .header('cache-control', 'no-store')
        .send({ path: `/api/v1/duties/feeds/${token}.ics` });
    },
  );

  app.get(
    '/duties/feeds/:token',
    {
      schema: {
        tags,
        summary: '日历订阅（地址即凭据）/ the calendar to subscribe to; the address is the permission',
        params: z.object({ token: z.string().max(200) }),
      },
    },
    async (request, reply) => {
      const token = /^([A-Za-z0-9_-]{43})\.ics$/.exec(request.params.token)?.[1];
      const row = token === undefined ? undefined : await findByFeed(sql, hashOf(token));
      if (!row) throw new AppError('duty.feed.not-found', '没有这个订阅，或地址已经更换', {});
      const on = today(clock);
      const days = { from: addDays(on, -FEED_DAYS.back), to: addDays(on, FEED_DAYS.ahead) };
      return reply
        .type('text/calendar; charset=utf-8')
        .header('cache-control', 'private, no-store')
        .send(await calendarOf(row, days));
    },
  );

  async function found(root: string): Promise<ProfileRow> {
    const row = await findProfile(sql, root);
    if (!row) throw new AppError('duty.not-found', '没有保存这家企业', { id: root });
    return row;
  }

  async function held(tx: Parameters<typeof lockProfile>[0], root: string): Promise<ProfileRow> {
    const row = await lockProfile(tx, root);
    if (!row) throw new AppError('duty.not-found', '没有保存这家企业', { id: root });
    return row;
  }

  /** How much was written, and none of it: names and numbers stay out of the trail. */
  async function written(tx: Parameters<typeof audit>[0], act: string, root: string, profile: KeptProfile) {
    await audit(tx, {
      actor: localOperator.id,
      act,
      subject: `duty-profile/${root}`,
      outcome: 'done',
      detail: { events: profile.events.length, records: profile.records.length },
    });
  }

  function daysOf(query: {
    from?: string | undefined;
    to?: string | undefined;
    asOf?: string | undefined;
    knownAt?: string | undefined;
  }) {
    const day = (name: string, text: string | undefined): LocalDate | undefined => {
      if (text === undefined) return undefined;
      const found = parseLocalDate(text.slice(0, 10));
      if (!found) throw new AppError('duty.bad-question', `${name}: ${text} 不是存在的日期 YYYY-MM-DD`, { at: name });
      return found;
    };
    const asOf = day('asOf', query.asOf);
    const on = asOf ?? today(clock);
    return {
      from: day('from', query.from) ?? addDays(on, -LIST_DAYS.back),
      to: day('to', query.to) ?? addDays(on, LIST_DAYS.ahead),
      asOf: asOf ?? null,
      knownAt: day('knownAt', query.knownAt) ?? null,
    };
  }

  async function calendarOf(row: ProfileRow, days: { from: LocalDate; to: LocalDate }): Promise<string> {
    const duties = (await decide(row.profile, days)).outcome?.duties ?? [];
    return dutiesCalendar(duties, { stamp: clock.now(), name: row.name, remindDays: REMIND_DAYS });
  }

  async function whole(root: string, query: Parameters<typeof daysOf>[0]) {
    const row = await found(root);
    const days = daysOf(query);
    const versions = await versionsOf(sql, root);
    return {
      id: row.root,
      version: row.id,
      name: row.name,
      profile: row.profile,
      feed: row.feed_hash !== null,
      recordedAt: row.recorded_at,
      versions: versions.map((one) => ({ id: one.id, recordedAt: one.recorded_at })),
      from: days.from,
      to: days.to,
      decision: await decide(row.profile, days),
    };
  }
}

function writeCursor(row: ProfileRow): string {
  return Buffer.from(JSON.stringify([row.name, row.root])).toString('base64url');
}

function readCursor(cursor: string | undefined): { name: string; root: string } | null {
  if (cursor === undefined) return null;
  try {
    const [name, root] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as [string, string];
    if (typeof name === 'string' && /^[0-9a-f-]{36}$/.test(root)) return { name, root };
  } catch {
    // told below
  }
  throw new AppError('list.bad-cursor', '游标无效，请从第一页重新开始', {});
}
