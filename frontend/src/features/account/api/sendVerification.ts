import { call } from "@/lib/api/call";

/** Asks for another link that verifies the address. */
export async function sendVerification(): Promise<void> {
  await call({ url: "/api/v1/auth/verify-email/send", method: "POST" });
}
