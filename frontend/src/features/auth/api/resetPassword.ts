import { call } from "@/lib/api/call";
import type { ResetPasswordRequest } from "@/lib/api/client.generated";

/** Sets a new password by a mailed link. */
export async function resetPassword(body: ResetPasswordRequest): Promise<void> {
  await call({ url: "/api/v1/auth/reset-password", method: "POST", body });
}
