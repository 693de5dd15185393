import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../../kernel/app-error.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A POST that only asks (a long question in its body): no Origin is needed. */
    readOnly?: boolean;
  }
}

const CONTENT_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  // the component library writes its styles into the page
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "worker-src 'self' blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** Headers of every answer. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': CONTENT_POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'permissions-policy': 'camera=(self), microphone=(), geolocation=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

const LOCAL_HOST = /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/i;

/**
 * Until accounts exist the server is for this machine only. A page elsewhere could point a name of its own at
 * 127.0.0.1 (DNS rebinding) or post a form across: the name must be local, and what changes something must come from
 * our own pages.
 */
export async function guardOrigin(request: FastifyRequest, _reply: FastifyReply): Promise<void> {
  const host = request.headers.host ?? '';
  if (!LOCAL_HOST.test(host)) {
    throw new AppError('http.forbidden-host', '本服务只接受对 127.0.0.1 或 localhost 的访问', {});
  }
  if (request.method === 'GET' || request.method === 'HEAD' || request.method === 'OPTIONS') return;
  const origin = request.headers.origin;
  if (origin === undefined && request.routeOptions.config.readOnly) return;
  let from: string | undefined;
  try {
    from = origin === undefined ? undefined : new URL(origin).host;
  } catch {
    from = undefined;
  }
  if (from?.toLowerCase() !== host.toLowerCase()) {
    throw new AppError('http.foreign-origin', '写操作必须来自本站页面：请求头 Origin 与 Host 不一致', {});
  }
}
