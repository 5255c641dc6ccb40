import { call } from "@/lib/api/call";
import type { RegisterRequest, RegisterResponse } from "@/lib/api/client.generated";
import { login } from "./login";

/**
 * Creates an account and signs in; where addresses are verified by mail, only the mail tells the rest. A plain call for
 * the same reason as `login`.
 */
export async function register(registration: RegisterRequest): Promise<"signed_in" | "mailed"> {
  const { data } = await call<RegisterResponse>({
    url: "/api/v1/auth/register",
    method: "POST",
    body: registration,
  });
  if (data.user === null) return "mailed";
  await login({ email: registration.email, password: registration.password });
  return "signed_in";
}
