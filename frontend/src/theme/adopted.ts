import createCache, { type EmotionCache } from "@emotion/cache";

/**
 * Emotion's rules in a constructed stylesheet instead of `<style>` elements: the Content-Security-Policy lets no
 * inline style in, and needs no exception this way.
 */
class AdoptedSheet {
  private readonly sheet = new CSSStyleSheet();
  /** Emotion looks at its last element to know whether there is something to flush. */
  readonly tags = [document.createComment("")];
  readonly key: string;

  constructor({ key }: { key: string }) {
    this.key = key;
    const others = document.adoptedStyleSheets;
    // Global rules stand before those of components, which may overrule them.
    document.adoptedStyleSheets = key.endsWith("-global") ? [this.sheet, ...others] : [...others, this.sheet];
  }

  insert(rule: string): void {
    try {
      this.sheet.insertRule(rule, this.sheet.cssRules.length);
    } catch (error) {
      // Rules for other browsers (`:-moz-…`) are not known to this one; a stylesheet would skip them silently too.
      if (!(error instanceof DOMException)) throw error;
    }
  }

  hydrate(): void {
    // Nothing was rendered on a server.
  }

  flush(): void {
    this.sheet.replaceSync("");
  }
}

export function adoptedStyles(): EmotionCache {
  const cache = createCache({ key: "css" });
  cache.sheet = new AdoptedSheet({ key: "css" }) as unknown as EmotionCache["sheet"];
  return cache;
}
