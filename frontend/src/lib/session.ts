import type { LoginResponse, ProfileResponse } from "./api/client.generated";
import { takePrefetched } from "./prefetch";
import { readStorage, storageKeys, writeStorage } from "./storage";

/**
 * The session of this browser. The access token is held in this module's memory only; the refresh token is an HttpOnly
 * cookie that no script can read. Local storage holds only whether there was a session, so that a first visit sends no
 * refresh request.
 */
export type SessionEvent =
  | { kind: "opened"; user: ProfileResponse }
  | { kind: "closed"; reason: CloseReason };

/** `expired`: the server refused the refresh token. `none`: this browser had no session. */
export type CloseReason = "logout" | "deleted" | "expired" | "none";

export type RefreshOutcome = "refreshed" | "refused" | "unreachable";

const listeners = new Set<(event: SessionEvent) => void>();
const tabs = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("docket.session");
let token: string | null = null;
let refreshing: Promise<RefreshOutcome> | null = null;

tabs?.addEventListener("message", () => {
  // Another tab signed out. The server ended the session, so the token of this tab is invalid too.
  token = null;
  notify({ kind: "closed", reason: "logout" });
});

export const session = {
  accessToken: (): string | null => token,

  /** Whether this browser had a session when it was used last, which may be open still. */
  isRemembered: hadSession,

  subscribe(listener: (event: SessionEvent) => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },

  open({ access_token, user }: LoginResponse): void {
    token = access_token;
    storeHadSession(true);
    notify({ kind: "opened", user });
  },

  close(reason: CloseReason): void {
    token = null;
    storeHadSession(false);
    if (reason === "logout" || reason === "deleted") tabs?.postMessage("logout");
    notify({ kind: "closed", reason });
  },

  /** Resumes the session of an earlier visit, if there was one. */
  async resume(): Promise<void> {
    if (!hadSession()) session.close("none");
    else if ((await session.refresh()) === "refused") session.close("expired");
  },

  /**
   * Exchanges the refresh cookie for a new access token. One exchange runs at a time, in this tab and across tabs:
   * presenting a cookie that was already exchanged ends the session.
   */
  refresh(): Promise<RefreshOutcome> {
    refreshing ??= withLock(exchangeCookie).finally(() => {
      refreshing = null;
    });
    return refreshing;
  },
};

async function exchangeCookie(): Promise<RefreshOutcome> {
  let response: Response;
  try {
    response = (await takePrefetched("session")) ?? (await postRefresh());
  } catch {
    return "unreachable";
  }
  if (response.ok) {
    session.open((await response.json()) as LoginResponse);
    return "refreshed";
  }
  return response.status === 400 || response.status === 401 ? "refused" : "unreachable";
}

function postRefresh(): Promise<Response> {
  return fetch("/api/v1/auth/refresh", {
    method: "POST",
    credentials: "same-origin",
    headers: { "content-type": "application/json" },
    body: "{}",
  });
}

function withLock<T>(work: () => Promise<T>): Promise<T> {
  // `navigator.locks` is missing on pages without https, although its type says otherwise.
  const locks: LockManager | null | undefined = navigator.locks;
  return locks ? locks.request("docket.session", work) : work();
}

function notify(event: SessionEvent): void {
  for (const listener of listeners) listener(event);
}

function storeHadSession(had: boolean): void {
  writeStorage(storageKeys.hadSession, had ? "1" : null);
}

function hadSession(): boolean {
  return readStorage(storageKeys.hadSession) === "1";
}
