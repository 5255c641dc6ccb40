import createCache, { type EmotionCache } from "@emotion/cache";

/**
 * Emotion's sheet as a constructed stylesheet instead of `<style>` elements, which the Content-Security-Policy forbids.
 */
class ConstructedSheet {
  private readonly sheet = new CSSStyleSheet();
  /** Emotion reads its last element to decide whether there is something to flush. */
  readonly tags = [document.createComment("")];
  readonly key: string;

  constructor({ key }: { key: string }) {
    this.key = key;
    const others = document.adoptedStyleSheets;
    // Global rules come first, so that rules of components override them.
    document.adoptedStyleSheets = key.endsWith("-global") ? [this.sheet, ...others] : [...others, this.sheet];
  }

  insert(rule: string): void {
    try {
      this.sheet.insertRule(rule, this.sheet.cssRules.length);
    } catch (error) {
      // A rule for another browser (`:-moz-…`). A `<style>` element would ignore it as well.
      if (!(error instanceof DOMException)) throw error;
    }
  }

  hydrate(): void {
    // Nothing is rendered on a server.
  }

  flush(): void {
    this.sheet.replaceSync("");
  }
}

export function constructedStyleCache(): EmotionCache {
  const cache = createCache({ key: "css" });
  cache.sheet = new ConstructedSheet({ key: "css" }) as unknown as EmotionCache["sheet"];
  return cache;
}
