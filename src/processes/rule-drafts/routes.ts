import { z } from 'zod';
import type { PolicyReading } from '../../domains/policy/index.ts';
import { localOperator } from '../../kernel/actor.ts';
import { AppError } from '../../kernel/app-error.ts';
import { type Clock, today } from '../../kernel/clock.ts';
import { type LocalDate, parseLocalDate } from '../../kernel/local-date.ts';
import { audit } from '../../platform/audit/trail.pg.ts';
import { answers, DEFAULT_LIMIT, Flag, optional, Paging } from '../../platform/http/queries.ts';
import type { HttpServer } from '../../platform/http/server.ts';
import type { Queryable, Sql } from '../../platform/postgres/connections.ts';
import { faultOfValue, type OverlayInstrument, writeOverlayValue } from '../../rules/overlay-value.ts';
import type { Rulebook } from '../../rules/rulebook.ts';
import { daySchema } from '../../rules/shapes.ts';
import { proposeValues, sentenceAt } from './propose.ts';
import {
  countDrafts,
  findDraft,
  insertDecision,
  insertDraft,
  listDrafts,
  lockDrafts,
  type RuleDraft,
} from './store.pg.ts';

const Answer = z.looseObject({});
const Id = z.object({ id: z.uuid() });
const words = (most: number) => z.string().trim().min(1).max(most);

const DraftBody = z.strictObject({
  version: z.uuid(),
  ordinal: z.number().int().min(0).max(9_999),
  start: z.number().int().min(0),
  end: z.number().int().min(1),
  parameter: words(100).describe('规则库参数编号，或新编号 / id of a parameter, or a new one'),
  title: words(200).nullish().describe('新参数的名称 / title of a new parameter'),
  unit: words(60),
  value: z.union([z.number(), words(500)]),
  from: daySchema,
  until: daySchema.nullish(),
  article: words(100).nullish(),
  note: words(1_000).nullish(),
});

/** The text of a policy as it is now, with what it was read as. */
export interface PolicyText {
  readonly versionId: string;
  readonly text: string;
  readonly reading: PolicyReading;
  readonly url: string | null;
}

export interface RuleDraftOptions {
  readonly sql: Sql;
  readonly clock: Clock;
  /** The rules in force, and the folder of the operator's own. */
  readonly rules: { current(): Rulebook; refresh(): Rulebook; readonly overlay: string };
  /** The policy with corrections applied. */
  readonly textOf: (sql: Queryable, documentId: string) => Promise<PolicyText | undefined>;
  /** Told after a value was accepted: what was computed by the rules before is computed anew. */
  readonly accepted: (cause: string, before: Rulebook) => Promise<void>;
}

/** From policy to rulebook: values read in a text, drafted with their sentence, accepted or refused by a person. */
export function ruleDraftRoutes(app: HttpServer, options: RuleDraftOptions): void {
  const { sql, clock, rules } = options;
  const tags = ['政策 Policies'];
  const actor = localOperator.id;

  app.get(
    '/policies/:id/proposals',
    {
      schema: {
        tags,
        summary: '文中可入规则库的数值与候选参数 / values that may go into the rulebook',
        params: Id,
        querystring: z.object({ ordinal: optional(z.coerce.number().int().min(0).max(9_999)) }),
        response: answers(Answer),
      },
    },
    async (request) => {
      const { text, reading } = await textOf(sql, request.params.id);
      const document = reading.documents[request.query.ordinal ?? 0];
      return { items: document ? proposeValues(document, text, rules.current()) : [] };
    },
  );

  app.get(
    '/rule-drafts',
    {
      schema: {
        tags,
        summary: '规则草案：待定与已定 / drafts for the rulebook',
        querystring: Paging.extend({ open: optional(Flag), policy: optional(z.uuid()) }),
        response: answers(Answer),
      },
    },
    async (request) => {
      const { open = null, policy = null, limit = DEFAULT_LIMIT, cursor } = request.query;
      const before = cursor === undefined ? null : noOf(cursor);
      const rows = await listDrafts(sql, { open, documentId: policy, before, limit: limit + 1 });
      const page = rows.slice(0, limit);
      return {
        items: page.map(({ no: _no, ...draft }) => draft),
        next: rows.length > limit ? Buffer.from(page.at(-1)?.no ?? '').toString('base64url') : null,
        total: { value: await countDrafts(sql, open, policy), relation: 'exact' },
      };
    },
  );

  app.post(
    '/policies/:id/drafts',
    {
      schema: {
        tags,
        summary: '以文中一句为依据起草一个规则值 / draft a value by a sentence',
        params: Id,
        body: DraftBody,
        response: { 201: Answer },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const body = request.body;
      const { versionId, text, reading } = await textOf(sql, id);
      if (versionId !== body.version)
        throw new AppError('policy.conflict', 'the text has a newer version; load it and look again', { id });
      const document = reading.documents[body.ordinal];
      if (!document?.isPolicy || document.kind === 'consultation' || document.kind === 'draft')
        throw new AppError('policy.no-rule', 'only an act that is issued can set a value', {
          kind: document?.kind ?? null,
        });
      if (body.end <= body.start || body.end > text.length)
        throw new AppError('policy.bad-draft', 'start, end: not a place of the text', { at: 'start' });
      const draft = { ...body, title: body.title ?? null, until: body.until ?? null };
      const fault = faultOfValue(draft, rules.current());
      if (fault) throw new AppError('policy.bad-draft', fault, { at: 'parameter' });
      const place = sentenceAt(text, body);
      const made = (await sql.begin(async (tx) => {
        const inserted = await insertDraft(tx, {
          ...draft,
          documentId: id,
          versionId,
          sentence: text.slice(place.start, place.end).trim(),
          article: body.article ?? null,
          note: body.note ?? null,
          actor,
        });
        await audit(tx, {
          actor,
          act: 'rule-draft.add',
          subject: `rule-draft/${inserted}`,
          outcome: 'done',
          detail: { parameter: body.parameter, policy: id },
        });
        return inserted;
      })) as string;
      return reply.status(201).send({ ...(await found(sql, made)) });
    },
  );

  for (const verb of ['accept', 'refuse'] as const) {
    app.post(
      `/rule-drafts/:id/${verb}`,
      {
        schema: {
          tags,
          summary: verb === 'accept' ? '采纳：写入自有规则库 / accept into the overlay' : '不采纳 / refuse',
          params: Id,
          body: z.strictObject({ why: words(500) }),
          response: { 201: Answer },
        },
      },
      async (request, reply) => {
        const { id } = request.params;
        const { why } = request.body;
        const before = rules.current();
        await sql.begin(async (tx) => {
          await lockDrafts(tx);
          const draft = await found(tx, id);
          if (draft.decision)
            throw new AppError('policy.already-decided', 'the draft is decided already', {
              id,
              accepted: draft.decision.accepted,
            });
          let edition: string | null = null;
          if (verb === 'accept') {
            const policy = await textOf(tx, draft.documentId);
            writeOverlayValue(
              rules.overlay,
              {
                parameter: draft.parameter,
                title: draft.title,
                unit: draft.unit,
                value: draft.value,
                from: draft.from as LocalDate,
                until: draft.until as LocalDate | null,
                article: draft.article,
                // read in the text that was taken in, which is a copy
                firmness: 'mirror',
                sentence: draft.sentence,
                instrument: instrumentOf(draft, policy),
                by: actor,
                why,
              },
              today(clock),
              rules.refresh(),
            );
            edition = rules.refresh().edition;
          }
          await insertDecision(tx, { draftId: id, accepted: verb === 'accept', why, edition, actor });
          await audit(tx, {
            actor,
            act: `rule-draft.${verb}`,
            subject: `rule-draft/${id}`,
            outcome: 'done',
            detail: { parameter: draft.parameter, policy: draft.documentId },
          });
        });
        if (verb === 'accept') await options.accepted(`rule-draft ${id}`, before);
        return reply.status(201).send({ ...(await found(sql, id)) });
      },
    );
  }

  async function textOf(tx: Queryable, documentId: string): Promise<PolicyText> {
    const policy = await options.textOf(tx, documentId);
    if (!policy) throw new AppError('policy.not-found', 'there is no such policy', { id: documentId });
    return policy;
  }

  async function found(tx: Queryable, id: string): Promise<RuleDraft> {
    const draft = await findDraft(tx, id);
    if (!draft) throw new AppError('policy.draft.not-found', 'there is no such draft', { id });
    return draft;
  }
}

/** The act a value is taken from, as the overlay cites it. Its id is that of the document: two acts may share a title. */
function instrumentOf(draft: RuleDraft, policy: PolicyText): OverlayInstrument {
  const document = policy.reading.documents[draft.ordinal];
  const day = (text: string | null | undefined) => (text ? (parseLocalDate(text) ?? null) : null);
  return {
    id: `policy-${draft.documentId.slice(0, 8)}-${draft.ordinal}`,
    title: document?.title ?? draft.policy,
    number: document?.docNumber ?? null,
    issuer: document?.issuers[0] ?? null,
    published: day(document?.publishDate) ?? day(document?.issueDate),
    from: day(document?.effectiveDate),
    urls: policy.url ? [policy.url] : [],
  };
}

function noOf(cursor: string): string {
  const no = Buffer.from(cursor, 'base64url').toString('utf8');
  if (!/^\d{1,18}$/.test(no)) throw new AppError('list.bad-cursor', '游标无效，请从第一页重新查询');
  return no;
}
