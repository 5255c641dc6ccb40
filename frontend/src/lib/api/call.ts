import { takePrefetched } from "../prefetch";
import { session } from "../session";
import { storedResponse, storeResponse } from "./etags";
import { noResponse, type Problem, toProblem } from "./problem";

export interface ApiRequest {
  /** The path, including `/api/v1`, as in the OpenAPI description. */
  url: string;
  method?: string;
  params?: Record<string, string | number | null | undefined>;
  body?: unknown;
  /** Further headers, by their lower-case names. */
  headers?: Record<string, string>;
  /** Pass the same key to repeat an action without doing it twice. By default each POST gets a new key. */
  idempotencyKey?: string;
}

export interface ApiResponse<T> {
  data: T;
  headers: Headers;
}

const TIMEOUT_MS = 30_000;
const RETRY_DELAYS_MS = [400, 1_200];
const RETRY_STATUSES = new Set([0, 502, 503, 504]);

/**
 * Sends one request to the API with the access token. A GET whose last response carried an `ETag` is conditional: if the
 * API answers 304, the result is that response. Refreshes an expired token once, and retries when there was no
 * response. All attempts of a POST carry the same idempotency key. Throws a `Problem`.
 */
export async function call<T>(request: ApiRequest, signal?: AbortSignal): Promise<ApiResponse<T>> {
  const method = request.method ?? "GET";
  const key = method === "POST" ? (request.idempotencyKey ?? crypto.randomUUID()) : null;
  const isAuthRequest = /auth\/(login|login\/passkey|register|refresh)$/.test(request.url);
  let refreshed = false;

  for (let attempt = 0; ; attempt++) {
    try {
      return await send<T>(request, method, key, signal);
    } catch (error) {
      const problem = error as Problem;
      // A route for everybody ignores a token that has expired, and asks for the password instead.
      const isTokenRefused =
        (problem.status === 401 && problem.code === "not_signed_in") ||
        (problem.code === "password_required" && session.isRemembered());
      if (isTokenRefused && !isAuthRequest && !refreshed) {
        refreshed = true;
        const outcome = await session.refresh();
        if (outcome === "refreshed") continue;
        if (outcome === "refused") session.close("expired");
        throw outcome === "unreachable" ? noResponse("offline") : problem;
      }
      const delayMs = RETRY_DELAYS_MS[attempt];
      const retryable =
        RETRY_STATUSES.has(problem.status) && (method === "GET" || (method === "POST" && !isAuthRequest));
      if (!retryable || delayMs === undefined || signal?.aborted) throw problem;
      await new Promise((resolve) => setTimeout(resolve, delayMs));
    }
  }
}

async function send<T>(
  { url, params, body, headers: further }: ApiRequest,
  method: string,
  key: string | null,
  signal?: AbortSignal,
): Promise<ApiResponse<T>> {
  // Node's fetch, which the tests use, needs an absolute URL.
  const address = new URL(url, globalThis.location.origin);
  for (const [name, value] of Object.entries(params ?? {})) {
    if (value !== null && value !== undefined) address.searchParams.set(name, String(value));
  }
  const headers = new Headers({ accept: "application/json", ...further });
  const token = session.accessToken();
  // The language of mails that a request causes.
  if (method === "POST") headers.set("accept-language", document.documentElement.lang);
  if (token) headers.set("authorization", `Bearer ${token}`);
  if (key) headers.set("idempotency-key", key);
  if (body !== undefined) headers.set("content-type", "application/json");
  const stored = method === "GET" ? storedResponse(address.href) : undefined;
  if (stored) headers.set("if-none-match", stored.etag);

  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  let response: Response;
  let data: unknown;
  try {
    const prefetched = method === "GET" ? await takePrefetched(address.pathname + address.search) : null;
    response =
      prefetched ??
      (await fetch(address, {
        method,
        headers,
        body: body === undefined ? null : JSON.stringify(body),
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      }));
    data = parseJson(await response.text());
  } catch {
    throw noResponse(timeout.aborted ? "timeout" : "offline");
  }
  if (response.status === 304 && stored) return { data: stored.data as T, headers: stored.headers };
  if (!response.ok) throw toProblem(response.status, data);
  if (method === "GET") storeResponse(address.href, data, response.headers);
  return { data: data as T, headers: response.headers };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
