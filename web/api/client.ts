export const BASE = '/api/v1';

export type QueryValue = string | number | boolean | null | undefined;
export type Query = Readonly<Record<string, QueryValue>>;

/** A refused or failed request, in the words of the server's problem document where it gave one. */
export class ApiFailure extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string;

  constructor(status: number, code: string, title: string, detail: string) {
    super(title);
    this.name = 'ApiFailure';
    this.status = status;
    this.code = code;
    this.detail = detail;
  }
}

/** Address of an endpoint with its query; empty values are left out. */
export function apiUrl(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return `${BASE}${path}${text === '' ? '' : `?${text}`}`;
}

interface Problem {
  readonly title?: string;
  readonly code?: string;
  readonly detail?: string;
}

/** Turns an answer that is no success into an ApiFailure. */
export function failureOf(status: number, body: unknown): ApiFailure {
  const problem: Problem = typeof body === 'object' && body !== null ? body : {};
  return new ApiFailure(status, problem.code ?? `http.${status}`, problem.title ?? '', problem.detail ?? '');
}

async function answer<T>(request: Promise<Response>): Promise<T> {
  let response: Response;
  try {
    response = await request;
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new ApiFailure(0, 'network.unreachable', '', cause instanceof Error ? cause.message : String(cause));
  }
  const json = response.headers.get('content-type')?.includes('json') ?? false;
  const body: unknown = json ? await response.json().catch(() => null) : null;
  if (!response.ok) throw failureOf(response.status, body);
  if (response.status === 204) return undefined as T;
  if (!json) throw new ApiFailure(response.status, 'network.not-json', '', response.headers.get('content-type') ?? '');
  return body as T;
}

export function getJson<T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> {
  return answer<T>(fetch(apiUrl(path, query), { headers: { accept: 'application/json' }, signal: signal ?? null }));
}

interface SendOptions {
  readonly query?: Query;
  readonly signal?: AbortSignal;
}

export function sendJson<T>(
  method: 'POST' | 'DELETE',
  path: string,
  body?: unknown,
  { query, signal }: SendOptions = {},
): Promise<T> {
  return answer<T>(
    fetch(apiUrl(path, query), {
      method,
      headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      body: body === undefined ? null : JSON.stringify(body),
      signal: signal ?? null,
    }),
  );
}

/** Sends a form with files and tells how many bytes have left, which fetch cannot. */
export function sendForm<T>(path: string, form: FormData, onSent: (sent: number, total: number) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', apiUrl(path));
    request.setRequestHeader('accept', 'application/json');
    request.responseType = 'json';
    request.upload.addEventListener('progress', (event) => onSent(event.loaded, event.total));
    request.addEventListener('error', () => reject(new ApiFailure(0, 'network.unreachable', '', '')));
    request.addEventListener('load', () => {
      if (request.status >= 200 && request.status < 300) resolve(request.response as T);
      else reject(failureOf(request.status, request.response));
    });
    request.send(form);
  });
}
