import type { Reason } from "../codeMessage";
import type { DocumentResponse, OrderResponse } from "./client.generated";

type WithStatusReason = Pick<
  OrderResponse | DocumentResponse,
  "status_reason" | "status_reason_code" | "status_reason_params"
>;

/** Why an order or a document has its status. */
export function statusReason({
  status_reason,
  status_reason_code,
  status_reason_params,
}: WithStatusReason): Reason {
  return { code: status_reason_code, params: status_reason_params, fallback: status_reason ?? "" };
}
