import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { fileSystemError } from './open-part.ts';

/** SHA-256 of a file in lower-case hex, read as a stream. */
export async function sha256File(path: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  } catch (error) {
    throw fileSystemError(error, path);
  }
  return hash.digest('hex');
}
