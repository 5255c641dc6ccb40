import { call } from "@/lib/api/call";
import type { ConfirmEmailResponse } from "@/lib/api/client.generated";

/**
 * Confirms a change of address by a mailed link; `both`: the change is carried out. The new address needs a session of
 * the account or its password, too.
 */
export async function confirmEmail(
  token: string,
  password?: string,
): Promise<ConfirmEmailResponse["confirmed"]> {
  const { data } = await call<ConfirmEmailResponse>({
    url: "/api/v1/auth/confirm-email",
    method: "POST",
    body: { token, password },
  });
  return data.confirmed;
}
