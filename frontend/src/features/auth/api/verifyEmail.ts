import { call } from "@/lib/api/call";

/** Verifies the address of an account by a mailed link. */
export async function verifyEmail(token: string): Promise<void> {
  await call({ url: "/api/v1/auth/verify-email", method: "POST", body: { token } });
}
