import type { ApiKeyResponse } from "@/lib/api/client.generated";

export type Scope = ApiKeyResponse["scopes"][number];

export const SCOPES = ["read", "write", "pay"] as const satisfies Scope[];
