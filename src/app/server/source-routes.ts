import { z } from 'zod';
import { AppError } from '../../kernel/app-error.ts';
import { openPart } from '../../platform/files/open-part.ts';
import { openRelease } from '../../platform/files/open-release.ts';
import { openText } from '../../platform/files/open-text.ts';
import { optional } from '../../platform/http/queries.ts';
import type { HttpServer } from '../../platform/http/server.ts';
import type { Sql } from '../../platform/postgres/connections.ts';

/** Bytes shown of one record at most. */
const MOST_BYTES = 256 * 1024;

/** The sources the store knows, and the bytes of their files behind a value. */
export function sourceRoutes(app: HttpServer, sql: Sql): void {
  const tags = ['来源 Sources'];

  app.get('/sources', { schema: { tags, summary: '数据来源 / sources' } }, async () => {
    const rows = await sql<
      {
        id: string;
        shelf: number;
        title_zh: string;
        title_en: string;
        publisher: string;
        url: string | null;
        licence: string;
        devices: number;
        releases: number;
        latest: string | null;
      }[]
    >`
      select s.*, (select coalesce(sum(devices), 0)::int from product_tally t where t.shelf = s.shelf) as devices,
        (select count(*)::int from import i where i.source = s.id and i.state = 'published') as releases,
        (select max(released_on) from import i where i.source = s.id and i.state = 'published') as latest
      from source s order by s.shelf`;
    return {
      items: rows.map((row) => ({
        id: row.id,
        shelf: row.shelf,
        title: { zh: row.title_zh, en: row.title_en },
        publisher: row.publisher,
        url: row.url,
        licence: row.licence,
        devices: row.devices,
        releases: row.releases,
        latestReleasedOn: row.latest,
      })),
    };
  });

  app.get(
    '/sources/bytes',
    {
      schema: {
        tags,
        summary: '一个取值在原文件中的字节 / the bytes of the file behind a value',
        querystring: z.object({
          releaseId: z.string().max(300),
          part: z.string().max(1000).describe('part 路径或编号 / path or number of the part'),
          at: z.coerce.number().int().min(0),
          length: optional(z.coerce.number().int().min(0).max(100_000_000)).describe(
            '省略时到记录结束 / to the end of the record',
          ),
        }),
      },
    },
    async (request) => {
      const { releaseId, part, at, length = null } = request.query;
      const [file] = await sql<{ path: string; name: string; part_path: string; encoding: string | null }[]>`
        select f.path, f.name, p.path as part_path, p.encoding from import i join import_part p on p.import_id = i.id
        join import_file f on f.import_id = i.id and f.file_no = p.file_no
        where i.release_id = ${releaseId} and (p.path = ${part} or p.part_no::text = ${part}) limit 1`;
      if (!file) throw new AppError('source.not-found', '没有这个批次或部分', { releaseId, part });
      const read = await bytesOf(file, at, Math.min(length ?? MOST_BYTES, MOST_BYTES));
      const bytes = read === null || length !== null ? read : firstRecord(read);
      return bytes === null
        ? { text: null, available: false, file: file.name, encoding: file.encoding }
        : {
            text: bytes.toString('utf8'),
            hex: bytes.subarray(0, 4096).toString('hex'),
            available: true,
            file: file.name,
            encoding: file.encoding,
            cut: (length ?? 0) > MOST_BYTES,
          };
    },
  );
}

/** The record that begins the bytes: to its end tag where it is an XML element, else to the end of the line. */
function firstRecord(bytes: Buffer): Buffer {
  const name = /^<([\w.:-]+)/.exec(bytes.subarray(0, 200).toString('latin1'))?.[1];
  const closing = name === undefined ? '\n' : `</${name}>`;
  const end = bytes.indexOf(closing);
  return end < 0 ? bytes : bytes.subarray(0, name === undefined ? end : end + closing.length);
}

/** The bytes at a place of a part, in UTF-8; null when the file is no longer where it was. */
async function bytesOf(
  file: { readonly path: string; readonly part_path: string },
  at: number,
  length: number,
): Promise<Buffer | null> {
  let release: Awaited<ReturnType<typeof openRelease>>;
  try {
    release = await openRelease(file.path);
  } catch {
    return null;
  }
  try {
    const part = release.parts.find((each) => each.path === file.part_path);
    if (!part) return null;
    const stream = part.kind === 'xlsx' ? openPart(part) : await openText(part);
    const pieces: Buffer[] = [];
    let position = 0;
    let wanted = length;
    for await (const chunk of stream) {
      const end = position + chunk.length;
      if (end > at) {
        const from = Math.max(0, at - position);
        const piece = Buffer.from(chunk.subarray(from, from + wanted));
        pieces.push(piece);
        wanted -= piece.length;
        if (wanted <= 0) break;
      }
      position = end;
    }
    return Buffer.concat(pieces);
  } finally {
    await release.close();
  }
}
