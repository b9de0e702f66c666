import createClient, { type Middleware } from 'openapi-fetch';
import { session } from '../session';
import type { components, paths } from './description';

/** The schemas of the API's description, by their names. */
export type Schema = components['schemas'];

/** A call that the API refused, or that did not reach it. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string | null,
    readonly errors: Record<string, string[]>,
  ) {
    super(code);
  }
}

/** What was read before, by its address: asked for again with its ETag, and shown again when it is still so. */
const known = new Map<string, { tag: string; body: string }>();
const knownLimit = 200;

session.addEventListener('change', () => {
  if (!session.caller) known.clear();
});

/** A bank proves itself by its signature; the key of whoever plays the bank has no place beside it. */
const isSigned = (schemaPath: string): boolean => schemaPath.startsWith('/webhooks/');

const proof: Middleware = {
  onRequest({ request, schemaPath }) {
    if (isSigned(schemaPath)) return request;
    if (session.key !== null) request.headers.set('Authorization', `Bearer ${session.key}`);
    const tag = request.method === 'GET' ? known.get(request.url)?.tag : undefined;
    if (tag) request.headers.set('If-None-Match', tag);
    return request;
  },
  async onResponse({ request, response, schemaPath }) {
    if (response.status === 401 && !isSigned(schemaPath) && session.caller) session.end();
    if (request.method !== 'GET') return response;
    const before = known.get(request.url);
    if (response.status === 304 && before) {
      return new Response(before.body, { status: 200, headers: { 'Content-Type': 'application/json' } });
    }

    const tag = response.headers.get('ETag');
    if (response.ok && tag && response.headers.get('Content-Type')?.includes('json')) {
      known.delete(request.url);
      known.set(request.url, { tag, body: await response.clone().text() });
      if (known.size > knownLimit) known.delete(known.keys().next().value!);
    }

    return response;
  },
};

/** The API, as its description has it: a call that is not described does not compile. */
export const api = createClient<paths>({ baseUrl: '/api/v1', cache: 'no-store' });
api.use(proof);

type Result<T> = { data?: T; error?: unknown; response: Response };

/** The answer of a call. */
export async function answer<T>(call: Promise<Result<T>>): Promise<T> {
  let result: Result<T>;
  try {
    result = await call;
  } catch {
    throw new Refused(0, 'unreachable', null, {});
  }

  if (!result.response.ok) {
    const problem = result.error as Partial<Schema['Problem']> | undefined;
    throw new Refused(
      result.response.status,
      problem?.code ?? `http-${result.response.status}`,
      problem?.detail ?? problem?.title ?? null,
      (problem?.errors as Record<string, string[]> | undefined) ?? {},
    );
  }

  return result.data as T;
}

/** A new key for a command; the same one sends the command again. */
export function newKey(): string {
  return crypto.randomUUID();
}

/** The header under which a command takes effect once. */
export function once(key: string): { 'Idempotency-Key': string } {
  return { 'Idempotency-Key': key };
}
