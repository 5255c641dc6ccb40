import { call } from "@/lib/api/call";
import type { LoginResponse, PasskeyLoginOptionsResponse } from "@/lib/api/client.generated";
import { provePasskey } from "@/lib/passkeys";
import { session } from "@/lib/session";

/** Signs in by a passkey of the device. */
export async function loginWithPasskey(): Promise<void> {
  const { data: options } = await call<PasskeyLoginOptionsResponse>({
    url: "/api/v1/auth/login/passkey/options",
    method: "POST",
  });
  const body = await provePasskey(options);
  const { data } = await call<LoginResponse>({ url: "/api/v1/auth/login/passkey", method: "POST", body });
  session.open(data);
}
