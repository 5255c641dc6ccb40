import { useEffect, useState } from "react";
import { siteConfig } from "@/lib/config";

/**
 * Whether the service itself has the accounts: only then it lists sessions, and changes passwords and addresses. True
 * until the settings of the deployment say otherwise.
 */
export function useHasPasswords(): boolean {
  const [hasPasswords, setHasPasswords] = useState(true);
  useEffect(() => {
    siteConfig().then(
      ({ identity }) => setHasPasswords(identity === "jwt"),
      () => undefined,
    );
  }, []);
  return hasPasswords;
}
