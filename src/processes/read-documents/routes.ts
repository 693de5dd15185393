import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { parsePolicy } from '../../domains/policy/index.ts';
import { AppError } from '../../kernel/app-error.ts';
import { answers } from '../../platform/http/queries.ts';
import type { HttpServer } from '../../platform/http/server.ts';
import { MOST_BYTES, readAnyDocument } from './read-document.ts';

const Answer = z.looseObject({});
const FORMATS = ['auto', 'text', 'markdown', 'html'] as const;
/** Characters of a pasted text: it is read in the server itself, and nobody else shall wait for it. */
const LONGEST_PASTED = 1_500_000;

/** Reading of texts and files that are not kept. */
export function readingRoutes(app: HttpServer): void {
  const tags = ['政策 Policies'];

  app.post(
    '/policies/parse',
    {
      config: { readOnly: true },
      schema: {
        tags,
        summary: '读一段文本的结构，不保存 / the structure of a text, which is not kept',
        body: z.strictObject({ text: z.string().max(LONGEST_PASTED), format: z.enum(FORMATS).optional() }),
        response: answers(Answer),
      },
    },
    async (request) => ({ ...parsePolicy(request.body.text, { format: request.body.format ?? 'auto' }) }),
  );

  app.post(
    '/policies/read-file',
    {
      config: { readOnly: true },
      schema: {
        tags,
        summary: '读一个文件的文本与结构，不保存 / text and structure of a file, which is not kept',
        description: 'multipart/form-data：一个 file；文本、Markdown、HTML、DOCX、PDF（有文字层）。',
        consumes: ['multipart/form-data'],
        response: answers(Answer),
      },
    },
    async (request) => {
      const { name, bytes } = await fileOf(request);
      const { text, from, pages, notices } = await readAnyDocument(bytes);
      if (text.length > LONGEST_PASTED)
        throw new AppError(
          'policy.too-long',
          `${name}: the text has ${text.length} characters; at most ${LONGEST_PASTED} are read here`,
        );
      return {
        name,
        text,
        from,
        pages,
        notices,
        reading: parsePolicy(text, { format: from === 'text' ? 'auto' : 'text' }),
      };
    },
  );
}

async function fileOf(request: FastifyRequest): Promise<{ name: string; bytes: Buffer }> {
  if (!request.isMultipart()) throw new AppError('http.unsupported-type', '请以 multipart/form-data 上传文件', {});
  const part = await request.file({ limits: { fileSize: MOST_BYTES, files: 1 } });
  if (!part) throw new AppError('policy.no-text', 'there is no file in the request');
  const bytes = await part.toBuffer();
  return { name: part.filename, bytes };
}
