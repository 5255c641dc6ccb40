/** Why a call failed, in one shape whatever went wrong. */
export interface Problem {
  /** HTTP status; 0 when no answer came at all. */
  status: number;
  /** The contract's stable code, or `offline`, `timeout`, `unexpected`. */
  code: string;
  /** The service's own sentence; empty when it had none. */
  message: string;
  requestId: string | null;
  fields: Record<string, string>;
}

interface Body {
  error?: unknown;
  code?: unknown;
  request_id?: unknown;
  details?: { field?: unknown; error?: unknown }[];
}

export function problemOf(status: number, body: unknown): Problem {
  const said = (typeof body === "object" && body !== null ? body : {}) as Body;
  const fields: Record<string, string> = {};
  for (const detail of Array.isArray(said.details) ? said.details : []) {
    fields[String(detail.field ?? "").replace(/^body\./, "")] = String(detail.error ?? "");
  }
  return {
    status,
    code: typeof said.code === "string" ? said.code : "unexpected",
    message: typeof said.error === "string" ? said.error : "",
    requestId: typeof said.request_id === "string" ? said.request_id : null,
    fields,
  };
}

export function isProblem(value: unknown): value is Problem {
  return typeof value === "object" && value !== null && "fields" in value && "code" in value;
}

export function noAnswer(code: "offline" | "timeout"): Problem {
  return { status: 0, code, message: "", requestId: null, fields: {} };
}
