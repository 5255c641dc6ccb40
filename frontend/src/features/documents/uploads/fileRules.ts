import type { ContentType } from "@/lib/api/client.generated";

/** What the service takes, told before anything is sent. The server looks at the bytes and has the last word. */
export const MAX_BYTES = 25 * 1024 * 1024;
export const MAX_DOCUMENTS = 40;

/** The limits as the texts name them. */
export const LIMITS = { megabytes: MAX_BYTES / 1024 / 1024, documents: MAX_DOCUMENTS };

const DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const TYPES: Record<string, ContentType> = {
  pdf: "application/pdf",
  docx: DOCX,
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  jfif: "image/jpeg",
};
const HEIC_ENDINGS = new Set(["heic", "heif"]);
const HEIC_BRANDS = new Set(["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"]);

/** Without HEIC: an iPhone then converts its photos to JPEG by itself when they are chosen. */
export const ACCEPT = Object.keys(TYPES)
  .map((ending) => `.${ending}`)
  .join(",");

export type RejectReason = "empty" | "too_large" | "wrong_type" | "heic";

export function rejectReason(file: { name: string; size: number }): RejectReason | null {
  const ending = endingOf(file.name);
  if (HEIC_ENDINGS.has(ending)) return "heic";
  if (!(ending in TYPES)) return "wrong_type";
  if (file.size === 0) return "empty";
  return file.size > MAX_BYTES ? "too_large" : null;
}

/** The type that a file's first bytes say; where they say none, the type of its name. `heic` cannot be read. */
export async function contentType(file: File): Promise<ContentType | "heic"> {
  const start = new Uint8Array(await file.slice(0, 1024).arrayBuffer());
  return sniff(start) ?? TYPES[endingOf(file.name)] ?? "application/pdf";
}

function sniff(start: Uint8Array): ContentType | "heic" | null {
  const text = String.fromCharCode(...start);
  if (text.startsWith("\x89PNG\r\n\x1a\n")) return "image/png";
  if (text.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (text.includes("%PDF-")) return "application/pdf";
  if (text.slice(4, 8) === "ftyp" && HEIC_BRANDS.has(text.slice(8, 12))) return "heic";
  return null;
}

function endingOf(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1).toLowerCase();
}
