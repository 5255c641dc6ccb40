import type { Me, SignedIn } from "./api/client.generated";
import { early } from "./early";

/**
 * Who is signed in. The access token lives in this module's memory and nowhere else; the refresh token is an
 * HttpOnly cookie that no script can read. Only the bare fact "this browser had a session" is stored, so that a
 * first visit costs no call.
 */
export type SessionNews =
  | { kind: "opened"; user: Me }
  | { kind: "closed"; why: "logout" | "lapsed" | "never" };

export type Renewal = "renewed" | "refused" | "unreachable";

const HINT = "docket.had-session";
const listeners = new Set<(news: SessionNews) => void>();
const tabs = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("docket.session");
let token: string | null = null;
let renewing: Promise<Renewal> | null = null;

tabs?.addEventListener("message", () => {
  // Another tab signed out: the server ended the session, so this tab's token is dead as well.
  token = null;
  tell({ kind: "closed", why: "logout" });
});

export const session = {
  accessToken: (): string | null => token,

  onNews(listener: (news: SessionNews) => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },

  open({ access_token, user }: SignedIn): void {
    token = access_token;
    remember(true);
    tell({ kind: "opened", user });
  },

  close(why: "logout" | "lapsed" | "never"): void {
    token = null;
    remember(false);
    if (why === "logout") tabs?.postMessage("logout");
    tell({ kind: "closed", why });
  },

  /** Picks up the session of an earlier visit, if there was one. */
  async resume(): Promise<void> {
    if (!hadSession()) session.close("never");
    else if ((await session.renew()) === "refused") session.close("lapsed");
  },

  /**
   * Trades the refresh cookie for a new access token: one trade at a time in this tab, and one at a time over all
   * tabs, because the use of an already traded cookie ends the whole session.
   */
  renew(): Promise<Renewal> {
    renewing ??= alone(trade).finally(() => {
      renewing = null;
    });
    return renewing;
  },
};

async function trade(): Promise<Renewal> {
  let answer: Response;
  try {
    answer = (await early("session")) ?? (await askForRenewal());
  } catch {
    return "unreachable";
  }
  if (answer.ok) {
    session.open((await answer.json()) as SignedIn);
    return "renewed";
  }
  return answer.status === 400 || answer.status === 401 ? "refused" : "unreachable";
}

function askForRenewal(): Promise<Response> {
  return fetch("/api/v1/auth/refresh", {
    method: "POST",
    credentials: "same-origin",
    headers: { "content-type": "application/json" },
    body: "{}",
  });
}

function alone<T>(work: () => Promise<T>): Promise<T> {
  // Absent on pages without https, whatever the types say; then only this tab's turns are kept.
  const locks: LockManager | null | undefined = navigator.locks;
  return locks ? locks.request("docket.session", work) : work();
}

function tell(news: SessionNews): void {
  for (const listener of listeners) listener(news);
}

function remember(had: boolean): void {
  try {
    if (had) localStorage.setItem(HINT, "1");
    else localStorage.removeItem(HINT);
  } catch {
    // Storage can be forbidden; the next visit then starts signed out.
  }
}

function hadSession(): boolean {
  try {
    return localStorage.getItem(HINT) === "1";
  } catch {
    return false;
  }
}
