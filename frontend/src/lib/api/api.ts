import { type BaseQueryFn, createApi } from "@reduxjs/toolkit/query/react";
import { type ApiRequest, call } from "./call";
import type { Problem } from "./problem";

type ApiQuery = BaseQueryFn<ApiRequest, unknown, Problem, object, { headers: Headers }>;

const baseQuery: ApiQuery = async (request, { signal }) => {
  try {
    const { data, headers } = await call(request, signal);
    return { data, meta: { headers } };
  } catch (problem) {
    return { error: problem as Problem };
  }
};

/** The cache of server state. `client.generated.ts` adds the endpoints of the OpenAPI description. */
export const api = createApi({
  reducerPath: "api",
  baseQuery,
  tagTypes: ["Order", "Orders", "Events", "Analysis", "Me", "Sessions", "ApiKeys", "Passkeys", "Export"],
  refetchOnReconnect: true,
  refetchOnFocus: true,
  endpoints: () => ({}),
});
