/** SHA-256 of a file, as lowercase hex, away from the thread that draws. */
self.onmessage = async ({ data }: MessageEvent<Blob>) => {
  const digest = await crypto.subtle.digest("SHA-256", await data.arrayBuffer());
  const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
  self.postMessage(hex);
};
