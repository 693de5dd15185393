import { z } from 'zod';
import { type Clock, today } from '../../kernel/clock.ts';
import { answers } from '../../platform/http/queries.ts';
import type { HttpServer } from '../../platform/http/server.ts';
import type { Rulebook } from '../../rules/rulebook.ts';
import { answerWorkday } from '../../rules/workday-question.ts';
import { EVENT_NAMES, PROCEDURE_NAMES } from './names.ts';
import { planBack } from './plan.ts';
import { PROCEDURE_LIMITS } from './rules/procedures.ts';
import { readCase, runCase, unreadKeys } from './run.ts';
import { caseDay, EVENT_TYPES, PROCEDURES } from './types.ts';

const Answer = z.looseObject({});

const PlanBody = z.strictObject({
  procedure: z.enum(PROCEDURES),
  class: z.enum(['I', 'II', 'III']).nullish(),
  target: caseDay,
  expires: caseDay.nullish(),
  asOf: caseDay.nullish(),
});

/** Working days, and the clocks of a case given in the request; nothing is kept. */
export function clockRoutes(app: HttpServer, options: { readonly clock: Clock; rulebook(): Rulebook }): void {
  const { clock } = options;
  const tags = ['时限 Clocks'];

  app.post(
    '/workdays',
    {
      config: { readOnly: true },
      schema: {
        tags,
        summary: '推算工作日：{from, add} 或 {from, to} / count working days',
        body: z.looseObject({}),
        response: answers(Answer),
      },
    },
    async (request) => ({ ...answerWorkday(request.body, options.rulebook().calendar()) }),
  );

  app.get(
    '/clocks/procedures',
    {
      schema: { tags, summary: '程序、事件及其时限 / procedures, events and their limits', response: answers(Answer) },
    },
    async () => {
      const book = options.rulebook();
      return {
        procedures: PROCEDURES.map((id) => ({
          id,
          name: PROCEDURE_NAMES[id],
          needsClass: PROCEDURE_LIMITS[id].some((rule) => rule.limit.startsWith('review-II')),
          limits: PROCEDURE_LIMITS[id].map((rule) => ({
            id: rule.limit,
            title: book.parameters.get(rule.limit)?.title ?? { zh: rule.limit, en: rule.limit },
          })),
        })),
        events: EVENT_TYPES.map((id) => ({ id, name: EVENT_NAMES[id] })),
      };
    },
  );

  app.post(
    '/clocks/run',
    {
      config: { readOnly: true },
      schema: {
        tags,
        summary: '按事件计算各环节时限 / run the clocks of a case',
        body: z.looseObject({}),
        response: answers(Answer),
      },
    },
    async (request) => ({
      ...runCase(readCase(request.body, today(clock)), options.rulebook()),
      unread: unreadKeys(request.body),
    }),
  );

  app.post(
    '/clocks/plan',
    {
      config: { readOnly: true },
      schema: {
        tags,
        summary: '倒推最迟递交日 / count back to the last day to hand in',
        body: PlanBody,
        response: answers(Answer),
      },
    },
    async (request) => {
      const { asOf, target, expires, procedure } = request.body;
      const plan = planBack(
        {
          procedure,
          class: request.body.class,
          target,
          expires: expires ?? null,
        },
        options.rulebook(),
        asOf ?? today(clock),
      );
      return { ...plan };
    },
  );
}
