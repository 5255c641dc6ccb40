import type { ApiKeyResponse } from "@/lib/api/client.generated";
import { SCOPES, type Scope } from "./scopes";

export type Mode = ApiKeyResponse["mode"];

export const MODES = ["live", "test"] as const satisfies Mode[];

/** The scopes that a key of a mode may have: the sample order is free. */
export function scopesOf(mode: Mode): Scope[] {
  return SCOPES.filter((scope) => mode === "live" || scope !== "pay");
}
