import { z } from 'zod';
import { localOperator } from '../../kernel/actor.ts';
import { AppError } from '../../kernel/app-error.ts';
import { audit } from '../../platform/audit/trail.pg.ts';
import { sendLines } from '../../platform/http/files.ts';
import { answers, DEFAULT_LIMIT, optional, Paging } from '../../platform/http/queries.ts';
import type { HttpServer } from '../../platform/http/server.ts';
import type { Queryable, Sql } from '../../platform/postgres/connections.ts';
import { projectCorrected } from './projecting.pg.ts';
import { applyCorrections } from './review/apply-corrections.ts';
import { type CurrentText, currentText } from './review/current-text.pg.ts';
import { DOUBTS } from './review/doubts.ts';
import { goldOf } from './review/gold.ts';
import {
  correctionRows,
  countQueue,
  holdingCorrections,
  insertCorrection,
  type NewCorrection,
  type QueueState,
  reviewedActs,
  reviewQueue,
} from './review/store.pg.ts';
import { anchorAt, ITEM_ELEMENTS, ITEM_SHAPES, SINGLE_ELEMENTS, SINGLE_SHAPES } from './review/types.ts';
import { lockLibrary } from './taking.pg.ts';
import type { PolicyReading } from './types.ts';

const Answer = z.looseObject({});
const Id = z.object({ id: z.uuid() });
const note = z.string().trim().max(2_000).nullish();
const on = { version: z.uuid(), ordinal: z.number().int().min(0).max(9_999), note };
const place = { start: z.number().int().min(0), end: z.number().int().min(1) };
/** An item as the person saw it; it is compared and never shown as markup. */
const seen = z.looseObject({});

const CorrectionBody = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('set'), element: z.enum(SINGLE_ELEMENTS), value: z.unknown(), ...on }),
  z.strictObject({ op: z.literal('add'), element: z.enum(ITEM_ELEMENTS), value: z.unknown(), ...place, ...on }),
  z.strictObject({
    op: z.literal('change'),
    element: z.enum(ITEM_ELEMENTS),
    before: seen,
    value: z.unknown(),
    ...place,
    ...on,
  }),
  z.strictObject({ op: z.literal('remove'), element: z.enum(ITEM_ELEMENTS), before: seen, ...place, ...on }),
]);
type CorrectionBody = z.infer<typeof CorrectionBody>;

/** Characters an item may span; a longer one is no sentence any more. */
const LONGEST_QUOTE = 4_000;
const GOLD_BATCH = 50;

/** Checks the value of a correction by the shape of its element. */
function checkedValue(body: CorrectionBody): unknown {
  if (body.op === 'remove') return undefined;
  const shape = body.op === 'set' ? SINGLE_SHAPES[body.element] : ITEM_SHAPES[body.element];
  const parsed = (shape as z.ZodType).safeParse(body.value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const at = ['value', ...(issue?.path ?? [])].join('.');
  throw new AppError('policy.bad-correction', `${body.element}: ${at}: ${issue?.message ?? 'not of its shape'}`, {
    at,
  });
}

/**
 * Corrections of what was extracted, the queue of what should be looked at, and what was reviewed as annotation. `owner`
 * writes: a correction makes the acts of its document anew.
 */
export function policyReviewRoutes(app: HttpServer, options: { readonly sql: Sql; owner(): Sql }): void {
  const { sql } = options;
  const tags = ['政策 Policies'];
  const actor = localOperator.id;

  app.get(
    '/policies/review',
    {
      schema: {
        tags,
        summary: '待复核：有疑点的文件，疑点多的在前 / acts to be looked at',
        querystring: Paging.extend({
          state: optional(z.enum(['open', 'reviewed', 'corrected'])),
          doubt: optional(z.enum(DOUBTS)),
          q: optional(z.string().trim().max(200)),
        }),
        response: answers(Answer),
      },
    },
    async (request) => {
      const { state = 'open', doubt = null, q = null, limit = DEFAULT_LIMIT, cursor } = request.query;
      const filter = { state: state as QueueState, doubt, q };
      const offset = offsetOf(cursor);
      const rows = await reviewQueue(sql, filter, { offset, limit: limit + 1 });
      const { total, counts } = await countQueue(sql, filter);
      return {
        items: rows.slice(0, limit),
        next: rows.length > limit ? Buffer.from(String(offset + limit)).toString('base64url') : null,
        total: { value: total, relation: 'exact' },
        counts,
      };
    },
  );

  app.get(
    '/policies/gold.ndjson',
    {
      schema: { tags, summary: '已更正或复核的文件，作为标注导出 / what was reviewed, as annotation' },
    },
    async (_request, reply) => sendLines(reply, 'policy-gold', allGold(sql)),
  );

  app.post(
    '/policies/:id/corrections',
    {
      schema: {
        tags,
        summary: '更正一项提取结果（追加记录，不改原记录）/ correct an element',
        params: Id,
        body: CorrectionBody,
        response: { 201: Answer },
      },
    },
    async (request, reply) => {
      const { body } = request;
      const value = checkedValue(body);
      return reply.status(201).send(
        await written(request.params.id, body, (text) => {
          const item = body.op === 'set' ? null : body;
          const quote = item ? text.slice(item.start, item.end) : null;
          if (quote !== null && (quote.trim() === '' || quote.length > LONGEST_QUOTE))
            throw new AppError('policy.bad-correction', `start, end: 1 to ${LONGEST_QUOTE} characters of the text`, {
              at: 'start',
            });
          return {
            op: body.op,
            element: body.element,
            anchor: item && anchorAt(text, item),
            before: 'before' in body ? body.before : undefined,
            value,
            withdraws: null,
          };
        }),
      );
    },
  );

  app.post(
    '/policies/:id/corrections/:correction/withdraw',
    {
      schema: {
        tags,
        summary: '撤回一条更正 / take a correction back',
        params: Id.extend({ correction: z.uuid() }),
        body: z.strictObject({ note }),
        response: { 201: Answer },
      },
    },
    async (request, reply) => {
      const { id, correction } = request.params;
      const known = (await correctionRows(sql, id)).find((row) => row.id === correction);
      if (!known) throw new AppError('policy.correction.not-found', 'there is no such correction', { correction });
      if (known.withdrawnAt)
        throw new AppError('policy.already-withdrawn', 'the correction is withdrawn already', { correction });
      const current = await textOf(sql, id);
      return reply.status(201).send(
        await written(id, { version: current.versionId, ordinal: known.ordinal, note: request.body.note }, () => ({
          op: 'withdraw',
          element: null,
          anchor: null,
          before: undefined,
          value: undefined,
          withdraws: correction,
        })),
      );
    },
  );

  app.post(
    '/policies/:id/reviewed',
    {
      schema: {
        tags,
        summary: '已逐项复核 / read through by a person',
        params: Id,
        body: z.strictObject(on),
        response: { 201: Answer },
      },
    },
    async (request, reply) =>
      reply.status(201).send(
        await written(request.params.id, request.body, () => ({
          op: 'reviewed',
          element: null,
          anchor: null,
          before: undefined,
          value: undefined,
          withdraws: null,
        })),
      ),
  );

  /** Appends a row about the text as it is now, and makes the acts of the document anew. */
  async function written(
    documentId: string,
    about: { readonly version: string; readonly ordinal: number; readonly note?: string | null | undefined },
    row: (text: string) => Pick<NewCorrection, 'op' | 'element' | 'anchor' | 'before' | 'value' | 'withdraws'>,
  ): Promise<Record<string, unknown>> {
    const id = (await options.owner().begin(async (tx) => {
      await lockLibrary(tx);
      const { versionId, text, reading } = await textOf(tx, documentId);
      if (versionId !== about.version)
        throw new AppError('policy.conflict', 'the text has a newer version; load it and look again', { documentId });
      if (about.ordinal >= reading.documents.length)
        throw new AppError('policy.bad-correction', `ordinal: the text holds ${reading.documents.length} documents`, {
          at: 'ordinal',
        });
      const made = row(text);
      const { ordinal } = about;
      const inserted = await insertCorrection(tx, {
        documentId,
        versionId,
        ordinal,
        note: about.note ?? null,
        actor,
        ...made,
      });
      if (made.op !== 'reviewed') await projectCorrected(tx, documentId, ordinal);
      await audit(tx, {
        actor,
        act: `policy.${made.op}`,
        subject: `policy/${documentId}`,
        outcome: 'done',
        detail: { ordinal, element: made.element, correction: inserted },
      });
      return inserted;
    })) as string;
    const rows = await correctionRows(sql, documentId);
    return { ...(rows.find((one) => one.id === id) ?? { id }) };
  }
}

/** @throws AppError `policy.not-found` */
async function textOf(sql: Queryable, documentId: string): Promise<CurrentText> {
  const current = await currentText(sql, documentId);
  if (!current) throw new AppError('policy.not-found', 'there is no such policy', { id: documentId });
  return current;
}

/** Every act that a person corrected or read through, with the whole text it stands in. */
async function* allGold(sql: Sql): AsyncGenerator<Record<string, unknown>> {
  let after: string | null = null;
  for (;;) {
    const rows = await reviewedActs(sql, after, GOLD_BATCH);
    if (rows.length === 0) return;
    for (const row of rows) {
      const corrections = holdingCorrections(await correctionRows(sql, row.id));
      const { reading } = applyCorrections(JSON.parse(row.reading) as PolicyReading, corrections, row.text);
      const document = reading.documents[row.ordinal];
      if (document)
        yield {
          ...goldOf(document, { key: row.key, ordinal: row.ordinal, reviewedBy: row.actor, reviewedAt: row.at }),
          text: row.text,
        };
    }
    after = rows.at(-1)?.key ?? null;
  }
}

function offsetOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  const offset = Number(Buffer.from(cursor, 'base64url').toString('utf8'));
  if (!Number.isInteger(offset) || offset < 0 || offset > 10_000_000)
    throw new AppError('list.bad-cursor', '游标无效，请从第一页重新查询');
  return offset;
}
