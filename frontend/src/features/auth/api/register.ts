import { call } from "@/lib/api/call";
import type { Registered, Registration } from "@/lib/api/client.generated";
import { login } from "./login";

/** Creates an account and signs in. A plain call for the same reason as `login`. */
export async function register(registration: Registration): Promise<void> {
  await call<Registered>({ url: "/api/v1/auth/register", method: "POST", body: registration });
  await login({ email: registration.email, password: registration.password });
}
