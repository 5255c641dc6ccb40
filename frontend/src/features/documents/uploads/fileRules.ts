import type { ContentType } from "@/lib/api/client.generated";

/** The upload limits, checked before anything is sent. The API checks the content of the file and decides. */
export const MAX_BYTES = 25 * 1024 * 1024;
export const MAX_DOCUMENTS = 500;

/** The limits as parameters of messages. */
export const LIMITS = { megabytes: MAX_BYTES / 1024 / 1024, documents: MAX_DOCUMENTS };

const OFFICE = "application/vnd.openxmlformats-officedocument";
const TYPES_BY_EXTENSION: Record<string, ContentType> = {
  pdf: "application/pdf",
  docx: `${OFFICE}.wordprocessingml.document`,
  xlsx: `${OFFICE}.spreadsheetml.sheet`,
  xml: "application/xml",
  p7m: "application/pkcs7-mime",
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  jfif: "image/jpeg",
  heic: "image/heic",
  heif: "image/heif",
  tif: "image/tiff",
  tiff: "image/tiff",
  webp: "image/webp",
  gif: "image/gif",
  eml: "message/rfc822",
};
const HEIC_BRANDS = new Set(["heic", "heix", "heim", "heis", "hevc", "hevx"]);

/** The `accept` attribute of file inputs. */
export const ACCEPT = Object.keys(TYPES_BY_EXTENSION)
  .map((extension) => `.${extension}`)
  .join(",");

export type RejectReason = "empty" | "too_large" | "wrong_type";

export function rejectReason(file: { name: string; size: number }): RejectReason | null {
  const extension = extensionOf(file.name);
  if (!(extension in TYPES_BY_EXTENSION)) return "wrong_type";
  if (file.size === 0) return "empty";
  return file.size > MAX_BYTES ? "too_large" : null;
}

/** The type by the first bytes of the file, or else by its extension. */
export async function contentType(file: File): Promise<ContentType> {
  const firstBytes = new Uint8Array(await file.slice(0, 1024).arrayBuffer());
  return sniff(firstBytes) ?? TYPES_BY_EXTENSION[extensionOf(file.name)] ?? "application/pdf";
}

function sniff(firstBytes: Uint8Array): ContentType | null {
  const text = String.fromCharCode(...firstBytes);
  if (text.startsWith("\x89PNG\r\n\x1a\n")) return "image/png";
  if (text.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (text.startsWith("II*\0") || text.startsWith("MM\0*")) return "image/tiff";
  if (/^GIF8[79]a/.test(text)) return "image/gif";
  if (text.startsWith("RIFF") && text.slice(8, 12) === "WEBP") return "image/webp";
  if (text.includes("%PDF-")) return "application/pdf";
  if (text.slice(4, 8) === "ftyp" && HEIC_BRANDS.has(text.slice(8, 12))) return "image/heic";
  return null;
}

function extensionOf(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1).toLowerCase();
}
