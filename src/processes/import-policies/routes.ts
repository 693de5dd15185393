import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { localOperator } from '../../kernel/actor.ts';
import { AppError } from '../../kernel/app-error.ts';
import { answers } from '../../platform/http/queries.ts';
import type { HttpServer } from '../../platform/http/server.ts';
import type { Sql } from '../../platform/postgres/connections.ts';
import { importPolicies } from './import-policies.ts';
import type { Refused } from './read-files.ts';

/** Bytes of one file, and files of one upload. */
const MOST_BYTES = 64 * 2 ** 20;
const MOST_FILES = 200;
/** Refusals told one by one; the number of all is in `rejected`. */
const MOST_REFUSALS = 1_000;

/** Taking policies in over HTTP, with the readers of the command line. */
export function policyImportRoutes(app: HttpServer, options: { readonly sql: () => Sql }): void {
  app.post(
    '/policies/import',
    {
      schema: {
        tags: ['政策 Policies'],
        summary: '导入政策文件 / take policies in',
        description: `multipart/form-data：一个或多个 file（至多 ${MOST_FILES} 个，每个至多 64 MB）；文本、Markdown、HTML、DOCX、PDF、JSON 行，可用 gzip。`,
        consumes: ['multipart/form-data'],
        response: answers(z.looseObject({})),
      },
    },
    async (request) => {
      if (!request.isMultipart()) throw new AppError('http.unsupported-type', '请以 multipart/form-data 上传文件', {});
      const folder = await mkdtemp(join(tmpdir(), 'xiedang-policies-'));
      try {
        const files: string[] = [];
        const seen = new Set<string>();
        for await (const part of request.files({ limits: { fileSize: MOST_BYTES, files: MOST_FILES } })) {
          // the name becomes the key of the document: two of one name would be versions of each other
          const name = nameOf(part.filename);
          if (seen.has(name)) throw new AppError('policy.same-name', `two files are named ${name}`, { name });
          seen.add(name);
          const path = join(folder, name);
          await pipeline(part.file, createWriteStream(path));
          if (part.file.truncated) throw new AppError('policy.too-large', `${name} has more than ${MOST_BYTES} bytes`);
          files.push(path);
        }
        if (files.length === 0) throw new AppError('policy.no-text', 'there is no file in the request');
        const refused: Refused[] = [];
        const result = await importPolicies(options.sql(), files, {
          actor: localOperator.id,
          refuse: (one) => {
            if (refused.length < MOST_REFUSALS) refused.push(one);
          },
        });
        return { ...result, refused };
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  );
}

/** The last part of a name as a program gave it, no longer than a file system takes. */
function nameOf(given: string): string {
  const name = basename(given.replaceAll('\\', '/')).replaceAll('\0', '').slice(-60);
  return /^\.{0,2}$/.test(name) ? 'file' : name;
}
