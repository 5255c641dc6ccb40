import { call } from "@/lib/api/call";
import type { ChangeEmailRequest } from "@/lib/api/client.generated";

/** Asks for the links by which both addresses confirm the change. */
export async function changeEmail(body: ChangeEmailRequest): Promise<void> {
  await call({ url: "/api/v1/auth/change-email", method: "POST", body });
}
