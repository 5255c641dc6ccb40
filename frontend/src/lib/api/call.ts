import { early } from "../early";
import { session } from "../session";
import { noAnswer, type Problem, problemOf } from "./problem";

export interface Call {
  /** The path with its `/api/v1`, as the contract spells it. */
  url: string;
  method?: string;
  params?: Record<string, string | number | null | undefined>;
  body?: unknown;
  /** Of the action that this call is part of, so that doing it again makes nothing twice; else a new one a call. */
  idempotencyKey?: string;
}

export interface Answer<T> {
  data: T;
  headers: Headers;
}

const PATIENCE_MS = 30_000;
const PAUSES_MS = [400, 1_200];
const NO_ANSWER = new Set([0, 502, 503, 504]);

/**
 * One call to the API: signed, renewed once when the token has run out, and repeated when no answer came. A POST
 * carries one idempotency key over all its tries, so that a repeated one makes nothing twice. Throws a `Problem`.
 */
export async function call<T>(wanted: Call, given?: AbortSignal): Promise<Answer<T>> {
  const method = wanted.method ?? "GET";
  const key = method === "POST" ? (wanted.idempotencyKey ?? crypto.randomUUID()) : null;
  const entering = /auth\/(login|register|refresh)$/.test(wanted.url);
  let renewed = false;

  for (let attempt = 0; ; attempt++) {
    try {
      return await once<T>(wanted, method, key, given);
    } catch (thrown) {
      const problem = thrown as Problem;
      if (problem.status === 401 && !entering && !renewed) {
        renewed = true;
        const renewal = await session.renew();
        if (renewal === "renewed") continue;
        if (renewal === "refused") session.close("lapsed");
        throw renewal === "unreachable" ? noAnswer("offline") : problem;
      }
      const pause = PAUSES_MS[attempt];
      const repeatable =
        NO_ANSWER.has(problem.status) && (method === "GET" || (method === "POST" && !entering));
      if (!repeatable || pause === undefined || given?.aborted) throw problem;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

async function once<T>(
  { url, params, body }: Call,
  method: string,
  key: string | null,
  given?: AbortSignal,
): Promise<Answer<T>> {
  // An absolute address, since Node's fetch (the tests') knows no relative ones.
  const address = new URL(url, globalThis.location.origin);
  for (const [name, value] of Object.entries(params ?? {})) {
    if (value !== null && value !== undefined) address.searchParams.set(name, String(value));
  }
  const headers = new Headers({ accept: "application/json" });
  const token = session.accessToken();
  if (token) headers.set("authorization", `Bearer ${token}`);
  if (key) headers.set("idempotency-key", key);
  if (body !== undefined) headers.set("content-type", "application/json");

  const patience = AbortSignal.timeout(PATIENCE_MS);
  let answer: Response;
  let data: unknown;
  try {
    const asked = method === "GET" ? await early(address.pathname + address.search) : null;
    answer =
      asked ??
      (await fetch(address, {
        method,
        headers,
        body: body === undefined ? null : JSON.stringify(body),
        signal: given ? AbortSignal.any([given, patience]) : patience,
      }));
    data = jsonOrNull(await answer.text());
  } catch {
    throw noAnswer(patience.aborted ? "timeout" : "offline");
  }
  if (!answer.ok) throw problemOf(answer.status, data);
  return { data: data as T, headers: answer.headers };
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
