import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import { AppError } from '../../kernel/app-error.ts';
import { PROBLEM_TYPE, problemOf } from '../../platform/http/problem.ts';
import type { HttpServer } from '../../platform/http/server.ts';

/** Folder of the built web application of this installation; undefined when it was not built. */
export function webFolder(): string | undefined {
  for (let at = dirname(fileURLToPath(import.meta.url)); ; at = dirname(at)) {
    if (existsSync(join(at, 'package.json'))) {
      const folder = join(at, 'web', 'dist');
      return existsSync(join(folder, 'index.html')) ? folder : undefined;
    }
    if (dirname(at) === at) return undefined;
  }
}

/**
 * The web application: files with hashed names are kept for ever, the page itself is asked for anew each time, and
 * every path that is neither file nor API is the page (it has its own addresses).
 */
export async function serveWeb(app: HttpServer, folder: string | undefined): Promise<void> {
  if (folder) {
    await app.register(fastifyStatic, {
      root: folder,
      wildcard: false,
      setHeaders(reply, path) {
        reply.header('cache-control', /\/assets\//.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  }
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0] ?? '';
    const page =
      (request.method === 'GET' || request.method === 'HEAD') && !path.startsWith('/api/') && !/\.\w+$/.test(path);
    if (folder && page) return reply.header('cache-control', 'no-cache').sendFile('index.html');
    const problem = problemOf(
      new AppError('http.not-found', `没有这个地址：${request.method} ${path.slice(0, 200)}`, {}),
      `urn:uuid:${request.id}`,
    );
    return reply.status(problem.status).type(PROBLEM_TYPE).send(JSON.stringify(problem));
  });
}
