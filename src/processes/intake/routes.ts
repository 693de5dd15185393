import multipart from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Actor, localOperator } from '../../kernel/actor.ts';
import { AppError } from '../../kernel/app-error.ts';
import { answers } from '../../platform/http/queries.ts';
import type { HttpServer } from '../../platform/http/server.ts';
import type { Queryable } from '../../platform/postgres/connections.ts';
import { discardUpload, storeUpload } from './inbox.ts';
import { failedFromFolder } from './job-store.ts';
import type { IntakeService } from './service.ts';
import type { IntakeFile, IntakeRequest } from './types.ts';

/** Bytes of one uploaded file at most, unless the operator sets XIEDANG_UPLOAD_LIMIT (in MB). */
const UPLOAD_LIMIT = 8 * 2 ** 30;
/** Files of one upload at most: the national base has 1,136 parts. */
const MOST_FILES = 2_000;

export interface IntakeRouteOptions {
  readonly intake: IntakeService;
  readonly sql: () => Queryable;
  readonly dataDir: string;
  readonly uploadLimit?: number | undefined;
  /** Folder that is watched, when there is one. */
  readonly watching?: string | undefined;
  /** Who acts; the one local operator until accounts exist. */
  readonly actor?: (request: FastifyRequest) => Actor;
}

const Problems = z.record(z.string(), z.number());

const ImportItem = z.object({
  importId: z.string().describe('job-N：由服务器执行；数字：由命令行执行'),
  origin: z.enum(['upload', 'folder', 'continue', 'command']),
  request: z.object({
    mode: z.enum(['full', 'update']).optional(),
    source: z.string().optional(),
    releasedOn: z.string().optional(),
    dryRun: z.boolean().optional(),
  }),
  releaseId: z.string().nullable(),
  releaseName: z.string().nullable(),
  source: z.string().nullable(),
  state: z.enum([
    'queued',
    'running',
    'stopping',
    'published',
    'already-published',
    'dry-run',
    'revoked',
    'failed',
    'interrupted',
  ]),
  stage: z.string().nullable(),
  read: z.number(),
  total: z.number().nullable().describe('预计记录数；未知时为 null'),
  rate: z.number().nullable().describe('每秒记录数'),
  secondsLeft: z.number().nullable().describe('读取剩余秒数，不含发布'),
  rejected: z.number(),
  problems: Problems,
  counts: z.record(z.string(), z.unknown()).nullable(),
  failure: z.object({ code: z.string(), message: z.string() }).nullable(),
  actor: z.string(),
  createdAt: z.string(),
  endedAt: z.string().nullable(),
});

const ImportKey = z.object({ importId: z.string().max(40) });

const Fields = z.strictObject({
  mode: z.enum(['full', 'update']).optional(),
  source: z.string().max(60).optional(),
  releasedOn: z.iso.date().optional(),
  dryRun: z
    .enum(['true', 'false', '1', '0'])
    .transform((value) => value === 'true' || value === '1')
    .optional(),
});

/** Uploads, and the imports that run or ran. */
export async function intakeRoutes(app: HttpServer, options: IntakeRouteOptions): Promise<void> {
  const { intake } = options;
  const actorOf = options.actor ?? (() => localOperator);
  const limit = options.uploadLimit ?? UPLOAD_LIMIT;
  const tags = ['发布与导入 Releases and imports'];
  await app.register(multipart, { limits: { fileSize: limit, files: MOST_FILES, fields: 10, fieldSize: 1_000 } });

  app.post(
    '/releases',
    {
      schema: {
        tags,
        summary: '上传一次发布并导入 / upload a release',
        description:
          'multipart/form-data：一个或多个 file；可选字段 mode（full|update）、source、releasedOn（YYYY-MM-DD）、dryRun。进度见 GET /imports/{importId}。',
        consumes: ['multipart/form-data'],
        response: {
          202: z.object({
            importId: z.string(),
            jobId: z.number(),
            files: z.array(z.object({ name: z.string(), bytes: z.number(), sha256: z.string() })),
          }),
        },
      },
    },
    async (request, reply) => {
      if (!request.isMultipart()) throw new AppError('http.unsupported-type', '请以 multipart/form-data 上传文件', {});
      const { files, wishes } = await receive(request, options.dataDir, limit);
      const discard = () => Promise.all(files.map((file) => discardUpload(options.dataDir, file)));
      let job: Awaited<ReturnType<IntakeService['submit']>>;
      try {
        job = await intake.submit(files, wishes, { origin: 'upload', actor: actorOf(request) });
      } catch (error) {
        await discard();
        throw error;
      }
      if (!job.fresh) await discard();
      return reply.status(202).send({
        importId: job.importId,
        jobId: job.jobId,
        files: files.map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 })),
      });
    },
  );

  app.get(
    '/imports',
    {
      schema: {
        tags,
        summary: '正在进行与最近的导入 / imports that run, and the last ones',
        response: answers(
          z.object({
            items: z.array(ImportItem),
            missingDays: z
              .array(
                z.object({
                  code: z.literal('release.missing-day'),
                  source: z.string(),
                  day: z.string(),
                  after: z.string(),
                  before: z.string(),
                }),
              )
              .describe('两次日更新之间缺失的日子'),
            folder: z
              .object({
                path: z.string(),
                failed: z.array(
                  z.object({
                    name: z.string(),
                    sha256: z.string(),
                    importId: z.string(),
                    failure: z.object({ code: z.string(), message: z.string() }),
                  }),
                ),
              })
              .nullable()
              .describe('监视的文件夹与其中未能导入的文件'),
          }),
        ),
      },
    },
    async () => {
      const { items, missingDays } = await intake.list();
      const failed = options.watching === undefined ? [] : await failedFromFolder(options.sql(), 100);
      return {
        items,
        missingDays: missingDays.map((gap) => ({ code: 'release.missing-day' as const, ...gap })),
        folder:
          options.watching === undefined
            ? null
            : {
                path: options.watching,
                failed: failed.map(({ name, sha256, jobId, failure }) => ({
                  name,
                  sha256,
                  importId: `job-${jobId}`,
                  failure,
                })),
              },
      };
    },
  );

  app.get(
    '/imports/:importId',
    {
      schema: {
        tags,
        summary: '一次导入的进度 / progress of an import',
        params: ImportKey,
        response: answers(ImportItem),
      },
    },
    async (request) => intake.get(request.params.importId),
  );

  app.post(
    '/imports/:importId/stop',
    {
      schema: {
        tags,
        summary: '停止导入，可稍后继续 / stop an import safely',
        params: ImportKey,
        response: answers(ImportItem),
      },
    },
    async (request) => intake.stop(request.params.importId, actorOf(request)),
  );

  app.post(
    '/imports/:importId/continue',
    {
      schema: {
        tags,
        summary: '继续中断的导入 / go on with an interrupted import',
        params: ImportKey,
        response: answers(ImportItem),
      },
    },
    async (request) => intake.goOn(request.params.importId, actorOf(request)),
  );

  app.post(
    '/releases/:releaseId/revoke',
    {
      schema: {
        tags,
        summary: '撤销一次导入 / revoke a release',
        params: z.object({ releaseId: z.string().max(200) }),
        body: z.object({ reason: z.string().trim().min(1).max(2_000) }),
        response: answers(Revoked),
      },
    },
    async (request) => intake.revoke(request.params.releaseId, request.body.reason, actorOf(request)),
  );
}

const Revoked = z.object({
  releaseId: z.string(),
  revokedAt: z.string(),
  ended: z.number().describe('随之失效的版本数'),
  kept: z.number().describe('其他发布批次也含有、因而保留的版本数'),
});

/** Streams the files of a form into the inbox, one after another; on any fault none of them stays. */
async function receive(
  request: FastifyRequest,
  dataDir: string,
  limit: number,
): Promise<{ files: IntakeFile[]; wishes: IntakeRequest }> {
  const files: IntakeFile[] = [];
  const fields: Record<string, unknown> = {};
  try {
    for await (const part of request.parts()) {
      if (part.type === 'field') {
        if (part.value !== '') fields[part.fieldname] = part.value;
        continue;
      }
      files.push(await storeUpload(dataDir, { name: part.filename, stream: part.file }, limit));
    }
    const wishes = Fields.safeParse(fields);
    if (!wishes.success) {
      const faults = wishes.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
      throw new AppError('body.bad-fields', `表单字段有误：${faults.join('；')}`, { faults });
    }
    if (files.length === 0) throw new AppError('body.no-file', '没有收到文件', {});
    return { files, wishes: wishes.data };
  } catch (error) {
    for (const file of files) await discardUpload(dataDir, file);
    throw error;
  }
}
