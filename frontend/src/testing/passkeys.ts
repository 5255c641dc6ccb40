import { vi } from "vitest";

const buffer = (text: string) => new TextEncoder().encode(text).buffer as ArrayBuffer;

/** A browser with a device whose owner agrees to everything. jsdom has no passkeys. */
export function fakeDevice() {
  const create = vi.fn<(options?: CredentialCreationOptions) => Promise<unknown>>(() =>
    Promise.resolve({
      id: "Y3JlZGVudGlhbA",
      response: {
        clientDataJSON: new Uint8Array([0xfb, 0xff, 0xfe]).buffer,
        attestationObject: buffer("attestation"),
      },
    }),
  );
  const get = vi.fn<(options?: CredentialRequestOptions) => Promise<unknown>>(() =>
    Promise.resolve({
      id: "Y3JlZGVudGlhbA",
      response: {
        clientDataJSON: buffer("{}"),
        authenticatorData: buffer("data"),
        signature: buffer("signature"),
        userHandle: buffer("01USER"),
      },
    }),
  );
  vi.stubGlobal("PublicKeyCredential", class {});
  Object.defineProperty(navigator, "credentials", { value: { create, get }, configurable: true });
  return { create, get };
}

export function withoutPasskeys(): void {
  vi.stubGlobal("PublicKeyCredential", undefined);
}
