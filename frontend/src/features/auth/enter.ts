import { call } from "@/lib/api/call";
import type { Credentials, Registered, Registration, SignedIn } from "@/lib/api/client.generated";
import { session } from "@/lib/session";

/*
 * The ways in. They are plain calls and no RTK Query: nothing of them is kept but the session, and somebody who signs
 * in on a telephone need not wait for what the members' pages are made of.
 */

export async function login(credentials: Credentials): Promise<void> {
  const { data } = await post<SignedIn>("/api/v1/auth/login", credentials);
  session.open(data);
}

export async function register(registration: Registration): Promise<void> {
  await post<Registered>("/api/v1/auth/register", registration);
  await login({ email: registration.email, password: registration.password });
}

function post<T>(url: string, body: object) {
  return call<T>({ url, method: "POST", body });
}
