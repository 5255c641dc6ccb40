import type { AnalysisView } from "@/lib/api/client.generated";

/** The whole result as JSON, as the service gave it. */
export function asJson(analysis: AnalysisView): string {
  return `${JSON.stringify(analysis, null, 2)}\n`;
}

/** One fact a line. A cell that a spreadsheet would run as a formula is made text by an apostrophe. */
export function asCsv(analysis: AnalysisView): string {
  const head = ["file", "fact", "value", "normalised", "page", "confidence", "source"];
  const lines = (analysis.result?.documents ?? []).flatMap((document) =>
    (document.facts ?? []).map((fact) => [
      document.filename,
      fact.name,
      fact.value,
      plain(fact.normalised),
      fact.page ?? "",
      fact.confidence,
      fact.source,
    ]),
  );
  return [head, ...lines].map((cells) => cells.map(cell).join(",")).join("\r\n");
}

/** Hands `text` to the person as a file. */
export function save(text: string, type: string, name: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

export function plain(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function cell(value: string | number): string {
  const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
