/** A page that opens reuses cached data that is at most this old, and fetches older data again. */
export const FRESH_SECONDS = 5;
