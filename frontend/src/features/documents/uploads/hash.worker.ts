/** Computes the SHA-256 digest of a file outside the main thread; posts null for a file that cannot be read. */
self.onmessage = async ({ data }: MessageEvent<Blob>) => {
  let bytes: ArrayBuffer;
  try {
    bytes = await data.arrayBuffer();
  } catch {
    self.postMessage(null);
    return;
  }
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
  self.postMessage(hex);
};
