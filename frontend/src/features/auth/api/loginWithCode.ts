import { call } from "@/lib/api/call";
import type { LoginCodeRequest, LoginResponse } from "@/lib/api/client.generated";
import { session } from "@/lib/session";

/** Completes a login by a code of the second factor. */
export async function loginWithCode(body: LoginCodeRequest): Promise<void> {
  const { data } = await call<LoginResponse>({ url: "/api/v1/auth/login/mfa", method: "POST", body });
  session.open(data);
}
