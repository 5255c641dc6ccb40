import { call } from "@/lib/api/call";
import type { LoginRequest, LoginResponse } from "@/lib/api/client.generated";
import { session } from "@/lib/session";

/**
 * Signs in. A plain call instead of an RTK Query endpoint: nothing of it is cached, and the login page then loads
 * without the code of the member pages.
 */
export async function login(credentials: LoginRequest): Promise<void> {
  const { data } = await call<LoginResponse>({
    url: "/api/v1/auth/login",
    method: "POST",
    body: credentials,
  });
  session.open(data);
}
