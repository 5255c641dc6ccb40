/** The cursor in a `Link: <…?cursor=…>; rel="next"` header, or null on the last page. */
export function nextCursor(link: string | null | undefined): string | null {
  const address = link?.match(/<([^>]*)>\s*;\s*rel="?next"?/)?.[1];
  return address ? new URL(address, "http://site.invalid").searchParams.get("cursor") : null;
}
