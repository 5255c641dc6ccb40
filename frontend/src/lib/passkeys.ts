import type {
  AddPasskeyRequest,
  PasskeyLoginOptionsResponse,
  PasskeyOptionsResponse,
  PasskeyProof,
} from "./api/client.generated";
import { noResponse } from "./api/problem";

/** Whether the browser has passkeys. On an address without TLS none has. */
export function hasPasskeys(): boolean {
  return typeof PublicKeyCredential === "function" && "credentials" in navigator;
}

/** Lets the device make a passkey for the account. Throws a `Problem`. */
export async function makePasskey(options: PasskeyOptionsResponse): Promise<Omit<AddPasskeyRequest, "name">> {
  const credential = await answer(() =>
    navigator.credentials.create({
      publicKey: {
        challenge: fromBase64Url(options.challenge),
        rp: { id: options.relying_party_id, name: "Docket" },
        user: {
          id: fromBase64Url(options.user_handle),
          name: options.user_name,
          displayName: options.user_name,
        },
        pubKeyCredParams: options.algorithms.map((alg) => ({ type: "public-key", alg })),
        excludeCredentials: options.present_credential_ids.map((id) => ({
          type: "public-key",
          id: fromBase64Url(id),
        })),
        authenticatorSelection: {
          residentKey: "required",
          requireResidentKey: true,
          userVerification: "required",
        },
        attestation: "none",
        timeout: options.expires_in * 1_000,
      },
    }),
  );
  const response = credential.response as AuthenticatorAttestationResponse;
  return {
    credential_id: credential.id,
    client_data: toBase64Url(response.clientDataJSON),
    attestation: toBase64Url(response.attestationObject),
  };
}

/** Lets the owner choose a passkey, and the device answer the challenge by it. Throws a `Problem`. */
export async function provePasskey(options: PasskeyLoginOptionsResponse): Promise<PasskeyProof> {
  const credential = await answer(() =>
    navigator.credentials.get({
      publicKey: {
        challenge: fromBase64Url(options.challenge),
        rpId: options.relying_party_id,
        userVerification: "required",
        timeout: options.expires_in * 1_000,
      },
    }),
  );
  const response = credential.response as AuthenticatorAssertionResponse;
  return {
    credential_id: credential.id,
    user_handle: toBase64Url(response.userHandle ?? new ArrayBuffer(0)),
    client_data: toBase64Url(response.clientDataJSON),
    authenticator_data: toBase64Url(response.authenticatorData),
    signature: toBase64Url(response.signature),
  };
}

/** What the device returns. A browser does not tell whether its owner cancelled, or no passkey was there. */
async function answer(ask: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
  try {
    const credential = await ask();
    if (credential) return credential as PublicKeyCredential;
  } catch (error) {
    const name = error instanceof DOMException ? error.name : "";
    if (name === "InvalidStateError") throw noResponse("passkey_present");
    if (name !== "NotAllowedError" && name !== "AbortError") throw noResponse("passkey_failed");
  }
  throw noResponse("passkey_cancelled");
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) =>
    letter.charCodeAt(0),
  );
}

function toBase64Url(content: ArrayBuffer): string {
  const letters = String.fromCharCode(...new Uint8Array(content));
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
