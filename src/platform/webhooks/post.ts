import { createHmac } from 'node:crypto';

/** A signed message to an address somebody gave us. */
export interface SignedPost {
  readonly url: string;
  readonly secret: string;
  /** Names the message: the same in every attempt. */
  readonly id: string;
  readonly body: string;
  /** Seconds since 1970, part of what is signed. */
  readonly timestamp: number;
  readonly signal?: AbortSignal | undefined;
}

const TIMEOUT_MS = 10_000;

/** An address messages may be posted to: http or https, without user and password in it. */
export function isPostable(address: string): boolean {
  try {
    const { protocol, username, password } = new URL(address);
    return (protocol === 'http:' || protocol === 'https:') && username === '' && password === '';
  } catch {
    return false;
  }
}

/** `sha256=` and the HMAC of timestamp, a dot and the body. */
export function signatureOf(secret: string, timestamp: number, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;
}

/**
 * Posts JSON with its signature. Null when the receiver answered 2xx, else the reason. Redirects are not followed, the
 * body of the answer is not read, and after ten seconds it is over.
 */
export async function postSigned({ url, secret, id, body, timestamp, signal }: SignedPost): Promise<string | null> {
  if (!isPostable(url)) return 'the address is neither http nor https';
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const answer = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'Xiedang',
        'x-xiedang-delivery': id,
        'x-xiedang-timestamp': String(timestamp),
        'x-xiedang-signature': signatureOf(secret, timestamp, body),
      },
      body,
    });
    await answer.body?.cancel();
    if (answer.ok) return null;
    return answer.status >= 300 && answer.status < 400
      ? `HTTP ${answer.status}: redirects are not followed`
      : `HTTP ${answer.status}`;
  } catch (error) {
    if (timeout.aborted) return 'no answer within 10 seconds';
    const { code } = ((error as Error).cause ?? {}) as { code?: string };
    return code ?? 'the connection failed';
  }
}
