import { type BaseQueryFn, createApi } from "@reduxjs/toolkit/query/react";
import { type Call, call } from "./call";
import type { Problem } from "./problem";

type Query = BaseQueryFn<Call, unknown, Problem, object, { headers: Headers }>;

const baseQuery: Query = async (wanted, { signal }) => {
  try {
    const { data, headers } = await call(wanted, signal);
    return { data, meta: { headers } };
  } catch (problem) {
    return { error: problem as Problem };
  }
};

/** What the server knows, as this browser last heard it. `client.generated.ts` fills in the endpoints. */
export const api = createApi({
  reducerPath: "api",
  baseQuery,
  tagTypes: ["Order", "Orders", "Analysis", "Me", "Sessions"],
  refetchOnReconnect: true,
  refetchOnFocus: true,
  endpoints: () => ({}),
});
