import { call } from "@/lib/api/call";
import type { ChangePasswordRequest } from "@/lib/api/client.generated";

export async function changePassword(body: ChangePasswordRequest): Promise<void> {
  await call({ url: "/api/v1/auth/change-password", method: "POST", body });
}
