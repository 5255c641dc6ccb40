import patterns from "./routes.json" with { type: "json" };

/**
 * The path patterns of the pages, in the form of React Router. `routes.json` is the only place that spells them: the
 * distribution reads it as well, and answers any other path with 404. `home` is not a page of the app, but that of
 * visitors (`src/front/`).
 */
export const routePatterns = patterns;

export type RouteName = keyof typeof routePatterns;

const pathOfOrder = (pattern: string) => (orderId: string) => pattern.replace(":orderId", orderId);

/** The paths of the pages, for links and navigation. */
export const routes = {
  ...routePatterns,
  order: pathOfOrder(routePatterns.order),
  payment: pathOfOrder(routePatterns.payment),
  analysis: pathOfOrder(routePatterns.analysis),
} as const;

/** The page at a path and the order in it, for code that runs before React Router is loaded. */
export function routeAt(path: string): { name: RouteName; orderId: string } | null {
  for (const [name, pattern] of Object.entries(routePatterns)) {
    const match = new RegExp(`^${pattern.replace(":orderId", "([^/]+)")}/?$`).exec(path);
    if (match) return { name: name as RouteName, orderId: match[1] ?? "" };
  }
  return null;
}
