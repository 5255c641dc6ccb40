import { call } from "@/lib/api/call";

/** Asks for a link that sets a password of the account with that address. */
export async function requestPasswordLink(email: string): Promise<void> {
  await call({ url: "/api/v1/auth/forgot-password", method: "POST", body: { email } });
}
