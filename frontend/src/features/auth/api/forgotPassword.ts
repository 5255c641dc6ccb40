import { call } from "@/lib/api/call";
import type { ForgotPasswordRequest } from "@/lib/api/client.generated";

/** Asks for a link that sets a new password. The response does not show whether the address has an account. */
export async function forgotPassword(body: ForgotPasswordRequest): Promise<void> {
  await call({ url: "/api/v1/auth/forgot-password", method: "POST", body });
}
