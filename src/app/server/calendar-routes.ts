import { z } from 'zod';
import { localOperator } from '../../kernel/actor.ts';
import { AppError } from '../../kernel/app-error.ts';
import { type Clock, today } from '../../kernel/clock.ts';
import { audit } from '../../platform/audit/trail.pg.ts';
import { answers } from '../../platform/http/queries.ts';
import type { HttpServer } from '../../platform/http/server.ts';
import type { Sql } from '../../platform/postgres/connections.ts';
import { newCalendarShape, writeCalendar } from '../../rules/overlay-calendar.ts';
import type { LiveRulebook } from './live-rulebook.ts';
import type { Reckoner } from './reckoner.ts';

const Answer = z.looseObject({});

/** Work calendars: reading them, and entering a new year, which reckons all open cases anew. */
export function calendarRoutes(
  app: HttpServer,
  options: { readonly sql: Sql; readonly clock: Clock; readonly rules: LiveRulebook; readonly reckoner: Reckoner },
): void {
  const { sql, clock, rules } = options;
  const tags = ['工作日历 Calendars'];

  app.get(
    '/calendars',
    {
      schema: {
        tags,
        summary: '已收录的放假安排 / calendars on record',
        response: answers(z.object({ items: z.array(Answer), version: z.string() })),
      },
    },
    async () => ({
      version: rules.current().calendar().version,
      items: [...rules.current().calendars]
        .sort((a, b) => b.year - a.year)
        .map(({ facts: _facts, ...year }) => ({ ...year, overlay: year.overlay ?? false })),
    }),
  );

  app.get(
    '/calendars/:year',
    {
      schema: {
        tags,
        summary: '一年的每一天 / every day of a year',
        params: z.object({ year: z.coerce.number().int().min(1990).max(2119) }),
        response: answers(Answer),
      },
    },
    async (request) => {
      const { year } = request.params;
      const known = rules.current().calendars.find((one) => one.year === year);
      if (!known) throw new AppError('calendar.not-found', `${year} 年的放假安排没有收录`, { year });
      const { facts: _facts, ...rest } = known;
      return { ...rest, overlay: known.overlay ?? false };
    },
  );

  app.post(
    '/calendars',
    {
      schema: {
        tags,
        summary: '录入一年的放假安排并重算全部未结事项 / enter a year and reckon all open cases anew',
        body: newCalendarShape,
        response: { 201: Answer },
      },
    },
    async (request, reply) => {
      const before = rules.current();
      writeCalendar(rules.overlay, request.body, today(clock), before.calendars);
      const book = rules.refresh();
      if (rules.fault()) throw new AppError('calendar.bad-year', rules.fault() ?? '', {});
      await sql.begin((tx) =>
        audit(tx, {
          actor: localOperator.id,
          act: 'calendar.enter',
          subject: `calendar/${request.body.year}`,
          outcome: 'done',
          detail: { notice: request.body.notice.title },
        }),
      );
      const reckoned = await options.reckoner.run(`calendar ${request.body.year}`, localOperator.id, before);
      return reply.status(201).send({ year: request.body.year, edition: book.edition, reckoned });
    },
  );
}
