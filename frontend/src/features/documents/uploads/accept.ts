import type { ContentType } from "@/lib/api/client.generated";

/** What the service takes, told before anything is sent. The server looks at the bytes and has the last word. */
export const MAX_BYTES = 25 * 1024 * 1024;
export const MAX_DOCUMENTS = 40;

const TYPES: Record<string, ContentType> = {
  pdf: "application/pdf",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
};

export const ACCEPT = Object.keys(TYPES)
  .map((ending) => `.${ending}`)
  .join(",");

export type Refusal = "empty" | "too_large" | "wrong_type" | "too_many";

export function contentType(filename: string): ContentType | null {
  const ending = filename.slice(filename.lastIndexOf(".") + 1).toLowerCase();
  return TYPES[ending] ?? null;
}

export function refusal(file: { name: string; size: number }, roomLeft: number): Refusal | null {
  if (roomLeft <= 0) return "too_many";
  if (contentType(file.name) === null) return "wrong_type";
  if (file.size === 0) return "empty";
  return file.size > MAX_BYTES ? "too_large" : null;
}
