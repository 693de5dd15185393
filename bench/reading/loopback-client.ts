import { connect, type Socket } from 'node:net';

/** One answer: status, body and the time from the first byte sent to the last received, in milliseconds. */
export interface Answer {
  readonly status: number;
  readonly body: Buffer;
  readonly ms: number;
}

/**
 * A keep-alive connection that asks one thing at a time. It does far less than a general client, because client and
 * server share two cores and its own work would hide the server's.
 */
export class LoopbackClient {
  readonly #socket: Socket;
  readonly #host: string;
  #received: Buffer[] = [];
  #bytes = 0;
  #waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void; from: number } | undefined;
  /** Bytes the answer will have, known once its head has come; undefined before; NaN = chunked. */
  #whole: number | undefined;
  #bodyAt = 0;
  #status = 0;

  constructor(port: number) {
    this.#host = `127.0.0.1:${port}`;
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.#socket.on('data', (piece) => this.#take(piece));
    const end = (error?: Error) => this.#waiting?.reject(error ?? new Error('the server closed the connection'));
    this.#socket.on('error', end).on('close', () => end());
  }

  get(path: string, headers = ''): Promise<Answer> {
    return this.#send(`GET ${path} HTTP/1.1\r\nHost: ${this.#host}\r\n${headers}\r\n`);
  }

  post(path: string, body: string): Promise<Answer> {
    const head = `POST ${path} HTTP/1.1\r\nHost: ${this.#host}\r\nOrigin: http://${this.#host}\r\nContent-Type: application/json\r\n`;
    return this.#send(`${head}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  close(): void {
    this.#waiting = undefined;
    this.#socket.destroy();
  }

  #send(message: string): Promise<Answer> {
    if (this.#waiting) throw new Error('one question at a time');
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject, from: performance.now() };
      this.#socket.write(message);
    });
  }

  #take(piece: Buffer): void {
    this.#received.push(piece);
    this.#bytes += piece.length;
    if (this.#whole === undefined && !this.#readHead()) return;
    if (Number.isNaN(this.#whole)) {
      if (!endsChunked(this.#received)) return;
    } else if (this.#bytes < (this.#whole ?? 0)) return;
    const waiting = this.#waiting;
    const all = this.#received.length === 1 ? piece : Buffer.concat(this.#received);
    const answer = {
      status: this.#status,
      body: all.subarray(this.#bodyAt),
      ms: performance.now() - (waiting?.from ?? 0),
    };
    this.#received = [];
    this.#bytes = 0;
    this.#whole = undefined;
    this.#waiting = undefined;
    waiting?.resolve(answer);
  }

  #readHead(): boolean {
    const all = this.#received.length === 1 ? (this.#received[0] as Buffer) : Buffer.concat(this.#received);
    const end = all.indexOf('\r\n\r\n');
    if (end < 0) return false;
    const head = all.toString('latin1', 0, end);
    this.#status = Number(head.slice(9, 12));
    this.#bodyAt = end + 4;
    const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
    this.#whole = length === undefined ? Number.NaN : this.#bodyAt + Number(length);
    if (length === undefined && !/\r\ntransfer-encoding: *chunked/i.test(head)) this.#whole = this.#bodyAt;
    return true;
  }
}

function endsChunked(pieces: readonly Buffer[]): boolean {
  const tail = Buffer.concat(pieces.slice(-2)).toString('latin1');
  return tail.endsWith('0\r\n\r\n');
}
