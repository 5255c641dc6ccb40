import { useEffect, useState } from "react";
import { type SiteConfig, siteConfig } from "@/lib/config";

/**
 * Where accounts and sessions are. What belongs to an account is the same wherever its password is, unless sessions are
 * those of a user pool (`gateway`): then there is little. It is `jwt` until the settings of the deployment say otherwise.
 */
export function useIdentity(): SiteConfig["identity"] {
  const [identity, setIdentity] = useState<SiteConfig["identity"]>("jwt");
  useEffect(() => {
    siteConfig().then(
      (config) => setIdentity(config.identity),
      () => undefined,
    );
  }, []);
  return identity;
}
