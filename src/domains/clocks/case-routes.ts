import { z } from 'zod';
import { localOperator } from '../../kernel/actor.ts';
import { AppError } from '../../kernel/app-error.ts';
import { type Clock, today } from '../../kernel/clock.ts';
import { type LocalDate, parseLocalDate } from '../../kernel/local-date.ts';
import { audit } from '../../platform/audit/trail.pg.ts';
import { answers, DEFAULT_LIMIT, optional, Paging, Times } from '../../platform/http/queries.ts';
import type { HttpServer } from '../../platform/http/server.ts';
import type { Queryable, Sql } from '../../platform/postgres/connections.ts';
import type { Rulebook } from '../../rules/rulebook.ts';
import { EVENT_NAMES, PROCEDURE_NAMES } from './names.ts';
import type { KeptCase } from './reckon.ts';
import { runCase } from './run.ts';
import { appendEvent, type ClockBooks, caseOf, closeCase, eventOf, openCase } from './service.ts';
import {
  appendClose,
  type CaseFilter,
  changesOf,
  countCases,
  eventsOf,
  findCase,
  insertCase,
  insertEvents,
  isClosed,
  listCases,
  lockCase,
  reckonings,
  saveStates,
} from './store.pg.ts';
import { caseEventShape, caseShape, PROCEDURES } from './types.ts';

const Answer = z.looseObject({});

const NewCaseBody = caseShape
  .omit({ asOf: true, knownAt: true })
  .extend({
    events: z.array(caseEventShape.strict()).max(2000),
    title: z.string().trim().min(1).max(300),
    subject: z
      .strictObject({ type: z.enum(['device', 'certificate', 'party']), key: z.string().trim().min(1).max(600) })
      .nullish(),
  })
  .strict();

function books(tx: Queryable): ClockBooks {
  return {
    insertCase: (actor, row) => insertCase(tx, actor, row),
    insertEvents: (caseId, actor, events) => insertEvents(tx, caseId, actor, events),
    lockCase: (id) => lockCase(tx, id),
    eventsOf: (id) => eventsOf(tx, id),
    isClosed: (id) => isClosed(tx, id),
    appendClose: (id, actor, closed, reason) => appendClose(tx, id, actor, closed, reason),
    saveStates: (states) => saveStates(tx, states),
    audit: async (act, subject, detail) => {
      await audit(tx, { actor: localOperator.id, act, subject, outcome: 'done', detail });
    },
  };
}

/** The day a query names, or today. */
function dayOf(text: string | undefined, clock: Clock, name: string): LocalDate {
  if (text === undefined) return today(clock);
  const day = parseLocalDate(text.slice(0, 10));
  if (!day) throw new AppError('clock.bad-day', `${name}: ${text} 不是存在的日期 YYYY-MM-DD`);
  return day;
}

/** Cases that are kept: opened, gone on with, corrected, put away; and when all of them were reckoned anew. */
export function caseRoutes(
  app: HttpServer,
  options: { readonly sql: Sql; readonly clock: Clock; rulebook(): Rulebook },
): void {
  const { sql, clock } = options;
  const tags = ['时限 Clocks'];

  app.get(
    '/clocks/cases',
    {
      schema: {
        tags,
        summary: '保存的事项，最先到期的在前 / kept cases, first due first',
        querystring: Paging.extend({
          q: optional(z.string().trim().max(200)),
          procedure: optional(z.enum(PROCEDURES)),
          closed: optional(z.enum(['true', 'false'])),
          subjectType: optional(z.enum(['device', 'certificate', 'party'])),
          subject: optional(z.string().max(600)),
        }),
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
      const { q, procedure, closed, subjectType, subject, limit = DEFAULT_LIMIT, cursor } = request.query;
      const filter: CaseFilter = {
        q: q ?? null,
        procedure: procedure ?? null,
        closed: closed === 'true',
        subjectType: subjectType ?? null,
        subject: subject ?? null,
        limit: limit + 1,
        after: readCursor(cursor),
      };
      const rows = await listCases(sql, filter);
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      const on = today(clock);
      return {
        items: page.map((row) => {
          const decision = runCase({ ...(JSON.parse(row.input) as KeptCase), asOf: on }, options.rulebook(), {
            quiet: true,
          });
          const next = decision.outcome?.clocks.find((one) => one.limit === row.next_limit);
          return {
            id: row.id,
            title: row.title,
            procedure: row.procedure,
            procedureName: PROCEDURE_NAMES[row.procedure],
            class: row.class,
            subject: row.subject_type && { type: row.subject_type, key: row.subject_key },
            state: decision.outcome?.state ?? null,
            next: next
              ? {
                  limit: next.limit,
                  title: next.title,
                  due: next.due ?? next.window?.to ?? null,
                  status: next.status,
                  remaining: next.remaining,
                  provisional: next.provisional,
                }
              : null,
            closed: row.closed,
            recordedAt: row.recorded_at,
          };
        }),
        next: rows.length > limit && last ? writeCursor(last) : null,
        total: { value: await countCases(sql, filter), relation: 'exact' as const },
      };
    },
  );

  app.post(
    '/clocks/cases',
    {
      schema: { tags, summary: '保存一个事项 / keep a case', body: NewCaseBody, response: { 201: Answer } },
    },
    async (request, reply) => {
      const { title, subject, events, ...input } = request.body;
      const id = (await sql.begin((tx) =>
        openCase(
          books(tx),
          {
            actor: localOperator.id,
            events,
            row: {
              title,
              procedure: input.procedure,
              class: input.class ?? null,
              origin: input.origin ?? null,
              province: input.province ?? null,
              route: input.route ?? null,
              subject: subject ?? null,
            },
          },
          options.rulebook(),
          clock,
        ),
      )) as string;
      return reply.status(201).send(await wholeCase(id, undefined, undefined));
    },
  );

  const Id = z.object({ id: z.uuid() });

  app.get(
    '/clocks/cases/:id',
    {
      schema: {
        tags,
        summary: '事项及其时限 / a case with its clocks',
        params: Id,
        querystring: Times,
        response: answers(Answer),
      },
    },
    async (request) => wholeCase(request.params.id, request.query.asOf, request.query.knownAt),
  );

  app.post(
    '/clocks/cases/:id/events',
    {
      schema: {
        tags,
        summary: '追加或更正事件；event 为 null 并给出 corrects 即撤回该事件 / append or correct an event',
        params: Id,
        body: z.strictObject({ event: caseEventShape.strict().nullable(), corrects: z.uuid().nullish() }),
        response: { 201: Answer },
      },
    },
    async (request, reply) => {
      const { event, corrects } = request.body;
      await sql.begin((tx) =>
        appendEvent(
          books(tx),
          { actor: localOperator.id, caseId: request.params.id, event, corrects: corrects ?? null },
          options.rulebook(),
          clock,
        ),
      );
      return reply.status(201).send(await wholeCase(request.params.id, undefined, undefined));
    },
  );

  app.post(
    '/clocks/cases/:id/close',
    {
      schema: {
        tags,
        summary: '归档或重新打开 / put a case away or take it up again',
        params: Id,
        body: z.strictObject({ closed: z.boolean(), reason: z.string().trim().max(500).nullish() }),
        response: answers(Answer),
      },
    },
    async (request) => {
      const { closed, reason } = request.body;
      await sql.begin((tx) =>
        closeCase(
          books(tx),
          { actor: localOperator.id, caseId: request.params.id, closed, reason: reason ?? null },
          options.rulebook(),
          clock,
        ),
      );
      return wholeCase(request.params.id, undefined, undefined);
    },
  );

  app.get(
    '/clocks/reckonings',
    {
      schema: {
        tags,
        summary: '历次重算 / when all cases were reckoned anew',
        response: answers(z.object({ items: z.array(Answer) })),
      },
    },
    async () => ({
      items: (await reckonings(sql, 100)).map(({ reckoned_on, edition_before, ...row }) => ({
        ...row,
        reckonedOn: reckoned_on,
        editionBefore: edition_before,
      })),
    }),
  );

  app.get(
    '/clocks/reckonings/:id',
    {
      schema: {
        tags,
        summary: '一次重算移动的日期 / days that a reckoning moved',
        params: Id,
        response: answers(z.object({ items: z.array(Answer) })),
      },
    },
    async (request) => ({ items: (await changesOf(sql, request.params.id, 1000)).map((row) => ({ ...row })) }),
  );

  async function wholeCase(id: string, asOf: string | undefined, knownAt: string | undefined) {
    const row = await findCase(sql, id);
    if (!row) throw new AppError('clock.not-found', '没有这个事项', { id });
    const events = await eventsOf(sql, id);
    const on = dayOf(asOf, clock, 'asOf');
    const known = knownAt === undefined ? undefined : dayOf(knownAt, clock, 'knownAt');
    const corrected = new Map(events.filter((one) => one.corrects).map((one) => [one.corrects as string, one.id]));
    return {
      id: row.id,
      title: row.title,
      procedure: row.procedure,
      procedureName: PROCEDURE_NAMES[row.procedure],
      class: row.class,
      origin: row.origin,
      province: row.province,
      route: row.route,
      subject: row.subject_type && { type: row.subject_type, key: row.subject_key },
      recordedAt: row.recorded_at,
      closed: await isClosed(sql, id),
      events: events.map((one) => ({
        id: one.id,
        event: eventOf(one),
        name: one.type && EVENT_NAMES[one.type],
        corrects: one.corrects,
        correctedBy: corrected.get(one.id) ?? null,
        recordedAt: one.recorded_at,
      })),
      decision: runCase({ ...caseOf(row, events), asOf: on, knownAt: known ?? null }, options.rulebook()),
    };
  }
}

function writeCursor(row: { readonly next_due: LocalDate | null; readonly id: string }): string {
  return Buffer.from(JSON.stringify([row.next_due, row.id])).toString('base64url');
}

function readCursor(cursor: string | undefined): CaseFilter['after'] {
  if (cursor === undefined) return null;
  try {
    const [due, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as [LocalDate | null, string];
    if ((due === null || parseLocalDate(due)) && /^[0-9a-f-]{36}$/.test(id)) return { due, id };
  } catch {
    // told below
  }
  throw new AppError('list.bad-cursor', '游标无效，请从第一页重新开始', {});
}
