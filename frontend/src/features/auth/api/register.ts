import { call } from "@/lib/api/call";
import type { RegisterRequest, RegisterResponse } from "@/lib/api/client.generated";
import { login } from "./login";

/** Creates an account and signs in. A plain call for the same reason as `login`. */
export async function register(registration: RegisterRequest): Promise<void> {
  await call<RegisterResponse>({ url: "/api/v1/auth/register", method: "POST", body: registration });
  await login({ email: registration.email, password: registration.password });
}
