import { call } from "@/lib/api/call";

/** Verifies the address of an account by a mailed link, in a session of the account or with its password. */
export async function verifyEmail(token: string, password?: string): Promise<void> {
  await call({ url: "/api/v1/auth/verify-email", method: "POST", body: { token, password } });
}
