import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A mail as it arrived. */
export interface ArrivedMail {
  readonly raw: string;
  readonly to: readonly string[];
  header(name: string): string | null;
}

/** A mail server on this machine that keeps what arrives. */
export async function mailReceiver(): Promise<{
  readonly url: string;
  readonly mails: ArrivedMail[];
  /** Refuses what comes until it is called with false. */
  refuse(refuse: boolean): void;
  close(): Promise<void>;
}> {
  const mails: ArrivedMail[] = [];
  let refusing = false;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onRcptTo(address, _session, done) {
      done(refusing ? new Error(`550 no such user ${address.address}`) : null);
    },
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const raw = Buffer.concat(parts).toString('utf8');
        const head = raw.split('\r\n\r\n', 1)[0]?.replace(/\r\n[ \t]+/g, ' ') ?? '';
        mails.push({
          raw,
          to: session.envelope.rcptTo.map(({ address }) => address),
          header: (name) => new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1] ?? null,
        });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    refuse: (refuse) => {
      refusing = refuse;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** A call of a webhook as it arrived. */
export interface ArrivedCall {
  readonly id: string;
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: JSON of a message
  readonly body: any;
  /** Whether the signature is right under this key. */
  signedBy(secret: string): boolean;
}

/** A receiver of webhooks that answers the given statuses first and 200 from then on. */
export async function webhookReceiver(first: readonly number[] = []): Promise<{
  readonly url: string;
  readonly calls: ArrivedCall[];
  /** Statuses of the next answers. */
  answer(...statuses: readonly number[]): void;
  close(): Promise<void>;
}> {
  const calls: ArrivedCall[] = [];
  const statuses = [...first];
  const server: Server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const text = Buffer.concat(parts).toString('utf8');
      const status = statuses.shift() ?? 200;
      const header = (name: string) => String(request.headers[name] ?? '');
      calls.push({
        id: header('x-xiedang-delivery'),
        status,
        body: JSON.parse(text),
        signedBy: (secret) =>
          header('x-xiedang-signature') ===
          `sha256=${createHmac('sha256', secret)
            .update(`${header('x-xiedang-timestamp')}.${text}`)
            .digest('hex')}`,
      });
      response.writeHead(status, status >= 300 && status < 400 ? { location: '/elsewhere' } : {}).end('thanks');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    calls,
    answer: (...more) => {
      statuses.push(...more);
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
