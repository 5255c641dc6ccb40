import { type BaseQueryFn, createApi, type FetchArgs, fetchBaseQuery } from "@reduxjs/toolkit/query/react";
import { session } from "../session";
import { type Problem, problemFrom } from "./problem";

const send = fetchBaseQuery({
  // An absolute address, since Node's fetch (the tests') knows no relative ones.
  baseUrl: new URL("/api/v1", globalThis.location.origin).href,
  timeout: 30_000,
  prepareHeaders: (headers) => {
    const token = session.accessToken();
    if (token) headers.set("authorization", `Bearer ${token}`);
  },
});

const PAUSES_MS = [400, 1_200];
const NO_ANSWER = new Set([0, 502, 503, 504]);

/**
 * One call to the API: signed, renewed once when the token has run out, and repeated when no answer came. A POST
 * carries one idempotency key over all its tries, so that a repeated one makes nothing twice.
 */
export const call: BaseQueryFn<string | FetchArgs, unknown, Problem, object, { headers?: Headers }> = async (
  request,
  context,
  extra,
) => {
  const args = typeof request === "string" ? { url: request } : request;
  const method = args.method ?? "GET";
  const signed: FetchArgs =
    method === "POST"
      ? { ...args, headers: { "idempotency-key": crypto.randomUUID(), ...args.headers } }
      : args;
  const entering = /^\/?auth\/(login|register|refresh)/.test(args.url);

  let renewed = false;
  for (let attempt = 0; ; attempt++) {
    const result = await send(signed, context, extra);
    const meta = { headers: result.meta?.response?.headers };
    if (!result.error) return { data: result.data, meta };

    const problem = problemFrom(result.error);
    if (problem.status === 401 && !entering && !renewed) {
      renewed = true;
      const renewal = await session.renew();
      if (renewal === "renewed") continue;
      if (renewal === "refused") session.close("lapsed");
      return {
        error: renewal === "unreachable" ? { ...problem, status: 0, code: "offline" } : problem,
        meta,
      };
    }
    const pause = PAUSES_MS[attempt];
    const repeatable =
      NO_ANSWER.has(problem.status) && (method === "GET" || (method === "POST" && !entering));
    if (!repeatable || pause === undefined || context.signal.aborted) return { error: problem, meta };
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
};

export const api = createApi({
  reducerPath: "api",
  baseQuery: call,
  tagTypes: ["Order", "Orders", "Analysis", "Me"],
  refetchOnReconnect: true,
  refetchOnFocus: true,
  endpoints: () => ({}),
});
