/** Why a request failed, in one shape for every kind of failure. */
export interface Problem {
  /** HTTP status; 0 when there was no response. */
  status: number;
  /** A stable code of the API, or `offline`, `timeout`, `unexpected`. */
  code: string;
  /** The English message of the API; empty when there was none. */
  message: string;
  requestId: string | null;
  fields: Record<string, string>;
}

interface ErrorBody {
  error?: unknown;
  code?: unknown;
  request_id?: unknown;
  details?: { field?: unknown; error?: unknown }[];
}

export function toProblem(status: number, body: unknown): Problem {
  const errorBody = (typeof body === "object" && body !== null ? body : {}) as ErrorBody;
  const fields: Record<string, string> = {};
  for (const detail of Array.isArray(errorBody.details) ? errorBody.details : []) {
    fields[String(detail.field ?? "").replace(/^body\./, "")] = String(detail.error ?? "");
  }
  return {
    status,
    code: typeof errorBody.code === "string" ? errorBody.code : "unexpected",
    message: typeof errorBody.error === "string" ? errorBody.error : "",
    requestId: typeof errorBody.request_id === "string" ? errorBody.request_id : null,
    fields,
  };
}

export function isProblem(value: unknown): value is Problem {
  return typeof value === "object" && value !== null && "fields" in value && "code" in value;
}

export function noResponse(code: "offline" | "timeout"): Problem {
  return { status: 0, code, message: "", requestId: null, fields: {} };
}
