import { STATUS_CODES } from 'node:http';
import { type AppError, isAppError } from '../../kernel/app-error.ts';

/** RFC 9457 problem with our stable code. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly instance?: string;
  readonly [extension: string]: unknown;
}

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/** The one place where a code becomes a status: whole codes first, then endings, then beginnings. */
const STATUS: readonly (readonly [pattern: RegExp, status: number])[] = [
  [/^http\.not-acceptable$/, 406],
  [/^http\.too-large$|\.too-large$/, 413],
  [/^http\.unsupported-type$/, 415],
  [/^http\.rate-limited$/, 429],
  [/^http\.(forbidden-host|foreign-origin)$/, 403],
  [/^http\.method$/, 405],
  [/\.not-found$|^(source|release)\.unknown$/, 404],
  [/\.gone$/, 410],
  [/\.(conflict|running|exists|already-[a-z-]+)$|^import\.|^release\.not-published$/, 409],
  [/^store\.disk-full$/, 507],
  [/^http\.cut-off$/, 400],
  [
    /^(usage|read|list|body|query|lookup|record|watch|release|clock|duty|workday|calendar|policy|rules|subscription|mail)\./,
    400,
  ],
  [/\.unavailable$/, 503],
];

function statusOf(code: string): number {
  return STATUS.find(([pattern]) => pattern.test(code))?.[1] ?? 500;
}

/** Turns whatever was thrown into a problem. A fault without a code tells nothing of its inside. */
export function problemOf(error: unknown, instance: string): Problem {
  const base = { type: 'about:blank', instance };
  if (isAppError(error)) return fromAppError(error, base);
  const known = error as { statusCode?: number; code?: string; message?: string; validation?: unknown };
  if (known.validation !== undefined || known.code === 'FST_ERR_VALIDATION') {
    return {
      ...base,
      title: STATUS_CODES[400] ?? '',
      status: 400,
      code: 'http.invalid-request',
      detail: known.message ?? '请求不符合要求',
    };
  }
  // a text PostgreSQL cannot hold (NUL, a lone half of a character) is the caller's fault
  if (known.code === '22021' || known.code === '22P05') {
    return {
      ...base,
      title: STATUS_CODES[400] ?? '',
      status: 400,
      code: 'http.invalid-text',
      detail: '文本中含有无法保存的字符',
    };
  }
  const status = known.statusCode !== undefined && known.statusCode >= 400 ? known.statusCode : 500;
  const codes: Readonly<Record<number, string>> = {
    400: 'http.invalid-request',
    404: 'http.not-found',
    405: 'http.method',
    413: 'http.too-large',
    415: 'http.unsupported-type',
    429: 'http.rate-limited',
  };
  return {
    ...base,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    code: codes[status] ?? (status < 500 ? 'http.invalid-request' : 'internal'),
    detail: status < 500 ? (known.message ?? '') : '服务器内部错误，详情见日志（以请求号查找）',
  };
}

function fromAppError(error: AppError, base: { type: string; instance: string }): Problem {
  const status = statusOf(error.code);
  return {
    ...base,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    code: error.code,
    detail: error.message,
    ...(Object.keys(error.details).length ? { details: error.details } : {}),
  };
}
