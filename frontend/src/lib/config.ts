/** What the stage the site was published to says about itself; read once, when first needed. */
export interface SiteConfig {
  stripe_publishable_key: string;
  /** Where Stripe's script comes from on a local stack; null: from Stripe. */
  stripe_js: string | null;
  identity: "jwt" | "cognito";
}

const PATIENCE_MS = 10_000;

let loading: Promise<SiteConfig> | null = null;

export function siteConfig(): Promise<SiteConfig> {
  loading ??= fetch("/config.json", { cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) })
    .then((answer) => {
      if (!answer.ok) throw new Error(`config.json: ${answer.status}`);
      return answer.json() as Promise<SiteConfig>;
    })
    .catch((error: unknown) => {
      loading = null;
      throw error;
    });
  return loading;
}
