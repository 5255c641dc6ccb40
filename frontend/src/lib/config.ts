/** Settings of the deployment, published beside the site as `config.json`. */
export interface SiteConfig {
  stripe_publishable_key: string;
  /** The URL of Stripe's script on a local stack; null means Stripe's own. */
  stripe_js: string | null;
  /** `gateway`: accounts and sessions are those of a user pool; `cognito`: only the accounts. */
  identity: "jwt" | "cognito" | "gateway";
}

const TIMEOUT_MS = 10_000;

let loading: Promise<SiteConfig> | null = null;

/** Loads `config.json` on first use. A failed load can be repeated. */
export function siteConfig(): Promise<SiteConfig> {
  loading ??= fetch("/config.json", { cache: "no-store", signal: AbortSignal.timeout(TIMEOUT_MS) })
    .then((response) => {
      if (!response.ok) throw new Error(`config.json: ${response.status}`);
      return response.json() as Promise<SiteConfig>;
    })
    .catch((error: unknown) => {
      loading = null;
      throw error;
    });
  return loading;
}
