import { randomUUID } from 'node:crypto';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  LogController,
  type RawReplyDefaultExpression,
  type RawRequestDefaultExpression,
  type RawServerDefault,
} from 'fastify';
import { jsonSchemaTransform, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { AppError } from '../../kernel/app-error.ts';
import { guardOrigin, SECURITY_HEADERS } from './guards.ts';
import { PROBLEM_TYPE, problemOf } from './problem.ts';

/** The server as routes see it: schemas are zod. */
export type HttpServer = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;

export interface HttpOptions {
  readonly version: string;
  /** Requests a minute from one address before 429. */
  readonly requestsPerMinute: number;
  /** Bytes of a JSON body at most. */
  readonly bodyLimit: number;
  /** Where log lines go; no log without it. */
  readonly log?: { readonly level: string; readonly stream: { write(line: string): void } } | undefined;
}

/**
 * A server with everything that is the same for all routes: zod validation, problems in one form, request ids, limits
 * and their headers, security headers, host and origin guard, OpenAPI. Answers are written with JSON.stringify;
 * tests hold them against their schemas.
 */
export async function createHttpServer(options: HttpOptions): Promise<HttpServer> {
  const app = Fastify({
    logger: options.log ? { level: options.log.level, stream: options.log.stream } : false,
    // addresses and questions are personal data: only route, status and time are written
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    bodyLimit: options.bodyLimit,
    routerOptions: { maxParamLength: 1000, ignoreTrailingSlash: true },
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  app.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error, `urn:uuid:${request.id}`);
    if (problem.status >= 500) {
      request.log.error({ id: request.id, route: request.routeOptions.url, code: problem.code, err: error });
    }
    return reply.status(problem.status).type(PROBLEM_TYPE).send(JSON.stringify(problem));
  });
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(SECURITY_HEADERS);
    reply.header('x-request-id', request.id);
  });
  app.addHook('onRequest', guardOrigin);
  if (options.log) {
    app.addHook('onResponse', async (request, reply) => {
      request.log.info({
        id: request.id,
        method: request.method,
        route: request.routeOptions.url ?? null,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      });
    });
  }
  await app.register(rateLimit, {
    max: options.requestsPerMinute,
    timeWindow: '1 minute',
    errorResponseBuilder: (_request, context) =>
      new AppError('http.rate-limited', `请求过于频繁，请在 ${context.after} 后重试`, {}),
  });
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: '械档 Xiedang API',
        version: options.version,
        description:
          '医疗器械品种档案、检索、核验与质量台账。所有读取均可带 asOf（有效日期）与 knownAt（已知时间）。/ Registers of medical devices with two times on every read.',
      },
    },
    transform: jsonSchemaTransform,
  });
  return app;
}
