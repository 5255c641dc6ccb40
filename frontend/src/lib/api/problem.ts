import type { CodeParams, Reason } from "../codeMessage";

/** Why a request failed, in one shape for every kind of failure. */
export interface Problem {
  /** HTTP status; 0 when there was no response. */
  status: number;
  /** A stable code of the API, or `unexpected`, or a `LocalCode`. */
  code: string;
  /** The English message of the API; empty when there was none. */
  message: string;
  params: CodeParams;
  /** From when on the request may be repeated, if a limit was reached and the API states it. */
  retryAt: string | null;
  requestId: string | null;
  /** What is wrong with each field of the request, by field name. */
  fields: Record<string, Reason>;
}

interface ErrorBody {
  error?: unknown;
  code?: unknown;
  request_id?: unknown;
  params?: unknown;
  details?: { field?: unknown; error?: unknown; code?: unknown; params?: unknown }[];
}

export function toProblem(status: number, body: unknown): Problem {
  const errorBody = (typeof body === "object" && body !== null ? body : {}) as ErrorBody;
  const fields: Record<string, Reason> = {};
  for (const detail of Array.isArray(errorBody.details) ? errorBody.details : []) {
    fields[String(detail.field ?? "").replace(/^body\./, "")] = {
      code: typeof detail.code === "string" ? detail.code : null,
      params: toParams(detail.params),
      fallback: String(detail.error ?? ""),
    };
  }
  return {
    status,
    code: typeof errorBody.code === "string" ? errorBody.code : "unexpected",
    message: typeof errorBody.error === "string" ? errorBody.error : "",
    params: toParams(errorBody.params),
    retryAt: toRetryAt(toParams(errorBody.params)),
    requestId: typeof errorBody.request_id === "string" ? errorBody.request_id : null,
    fields,
  };
}

function toRetryAt({ retry_after: seconds }: CodeParams): string | null {
  return typeof seconds === "number" ? new Date(Date.now() + seconds * 1_000).toISOString() : null;
}

function toParams(value: unknown): CodeParams {
  return typeof value === "object" && value !== null ? (value as CodeParams) : {};
}

export function isProblem(value: unknown): value is Problem {
  return typeof value === "object" && value !== null && "fields" in value && "code" in value;
}

/** Why there is no response of the API, or of the device that has the passkeys. */
export type LocalCode = "offline" | "timeout" | "passkey_cancelled" | "passkey_present" | "passkey_failed";

export function noResponse(code: LocalCode): Problem {
  return { status: 0, code, message: "", params: {}, retryAt: null, requestId: null, fields: {} };
}
