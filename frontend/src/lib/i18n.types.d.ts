import type codes from "../../../layers/core/python/docket/messages/en.json";
import type account from "../locales/en/account.json";
import type analysis from "../locales/en/analysis.json";
import type apiKeys from "../locales/en/apiKeys.json";
import type auth from "../locales/en/auth.json";
import type common from "../locales/en/common.json";
import type exports from "../locales/en/exports.json";
import type orders from "../locales/en/orders.json";
import type reports from "../locales/en/reports.json";
import type sessions from "../locales/en/sessions.json";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    resources: {
      account: typeof account;
      analysis: typeof analysis;
      apiKeys: typeof apiKeys;
      auth: typeof auth;
      common: typeof common;
      exports: typeof exports;
      orders: typeof orders;
      reports: typeof reports;
      sessions: typeof sessions;
      codes: typeof codes;
    };
  }
}
