import type { ReactNode } from "react";
import { I18nextProvider } from "react-i18next";
import { Provider } from "react-redux";
import { i18n } from "@/lib/i18n";
import { ThemeProvider } from "@/theme/ThemeProvider";
import type { Store } from "./store";

/** The providers of the site. */
export function Site({ store, children }: { store: Store; children: ReactNode }) {
  return (
    <Provider store={store}>
      <I18nextProvider i18n={i18n}>
        <ThemeProvider>{children}</ThemeProvider>
      </I18nextProvider>
    </Provider>
  );
}
