import { createTransport } from 'nodemailer';

/** A mail as it is sent: plain text, with an id by which a repeated one can be told. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly messageId: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Sends mail, or says why it cannot. */
export interface Mailer {
  /** Domain of the sender, for ids of messages. */
  readonly domain: string;
  /** Null when the server took the mail, else the reason it did not, without addresses. */
  send(mail: Mail): Promise<string | null>;
}

const TIMEOUT_MS = 20_000;
const LONGEST_REASON = 300;

/** Mail by SMTP: `smtp://host:port`, `smtps://user:password@host`. Connections are opened for each mail and closed. */
export function smtpMailer(url: string, from: string): Mailer {
  const transport = createTransport({
    url,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    domain: /@([A-Za-z0-9.-]+)/.exec(from)?.[1] ?? 'localhost',
    async send({ to, subject, text, messageId, headers }) {
      try {
        await transport.sendMail({ from, to, subject, text, messageId, headers });
        return null;
      } catch (error) {
        const { code, responseCode, message } = error as Error & { code?: string; responseCode?: number };
        // servers repeat the address in their refusal
        const words = message.replace(/[^\s<>"']+@[^\s<>"']+/g, '…@…');
        return [responseCode ?? code, words].filter(Boolean).join(' ').slice(0, LONGEST_REASON);
      }
    },
  };
}
