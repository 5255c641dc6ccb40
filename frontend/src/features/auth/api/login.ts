import { call } from "@/lib/api/call";
import type { LoginRequest, LoginResponse, LoginStepResponse } from "@/lib/api/client.generated";
import { session } from "@/lib/session";

/**
 * Signs in. If the account has a second factor, it returns the token for the second step instead. A plain call instead
 * of an RTK Query endpoint: nothing of it is cached, and the login page then loads without the code of the member pages.
 */
export async function login(credentials: LoginRequest): Promise<string | null> {
  const { data } = await call<LoginResponse | LoginStepResponse>({
    url: "/api/v1/auth/login",
    method: "POST",
    body: credentials,
  });
  if ("mfa_token" in data) return data.mfa_token;
  session.open(data);
  return null;
}
