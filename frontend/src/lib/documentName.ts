/** What a document is called: the title that its customer gave it, or the name of its file. */
export function documentName({ title, filename }: { title?: string | null; filename: string }): string {
  return title || filename;
}
