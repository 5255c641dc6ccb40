/** Path patterns of the pages, as React Router matches them. */
export const routePatterns = {
  login: "/login",
  register: "/register",
  forgotPassword: "/forgot-password",
  resetPassword: "/reset-password",
  verifyEmail: "/verify-email",
  confirmEmail: "/confirm-email",
  orders: "/orders",
  order: "/orders/:orderId",
  payment: "/orders/:orderId/payment",
  analysis: "/orders/:orderId/analysis",
  account: "/account",
  export: "/account/export",
  apiKeys: "/account/keys",
  sessions: "/account/sessions",
} as const;

/** The paths of the pages. Links and navigation use these; `boot.js`, which runs on its own, repeats them. */
export const routes = {
  login: routePatterns.login,
  register: routePatterns.register,
  forgotPassword: routePatterns.forgotPassword,
  orders: routePatterns.orders,
  order: (orderId: string) => `/orders/${orderId}`,
  payment: (orderId: string) => `/orders/${orderId}/payment`,
  analysis: (orderId: string) => `/orders/${orderId}/analysis`,
  account: routePatterns.account,
  export: routePatterns.export,
  apiKeys: routePatterns.apiKeys,
  sessions: routePatterns.sessions,
} as const;
