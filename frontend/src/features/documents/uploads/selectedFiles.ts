import type { ChangeEvent } from "react";
import type { DropEvent } from "react-dropzone";

/** Files of dropped folders. Unsupported ones among them are skipped instead of listed as refused. */
const folderFiles = new WeakSet<File>();

export function isFromFolder(file: File): boolean {
  return Boolean(file.webkitRelativePath) || folderFiles.has(file);
}

/** Files that systems and office programs leave in folders, which nobody wants to have read. */
const SYSTEM_FILE = /^(\.|~\$|(thumbs|ehthumbs|ehthumbs_vista)\.db$|desktop\.ini$|icon\r$)/i;

export function isSystemFile({ name }: { name: string }): boolean {
  return SYSTEM_FILE.test(name);
}

/** The files of a folder come in any order. Other selections keep theirs. */
export function sortedByPath(candidates: readonly File[]): readonly File[] {
  if (!candidates.every(isFromFolder)) return candidates;
  const collator = new Intl.Collator(undefined, { numeric: true });
  const pathOf = (file: File) => file.webkitRelativePath || file.name;
  return [...candidates].sort((first, second) => collator.compare(pathOf(first), pathOf(second)));
}

/** What `useDropzone` passes to `getFilesFromEvent`: a drop or the change of an input. */
export type FileEvent = DropEvent | FileSystemFileHandle[] | ChangeEvent<HTMLInputElement>;

/**
 * The files of a drop, or of an input, which is emptied so that the same file can be chosen again. react-dropzone's own
 * reader leaves out `.DS_Store` and `Thumbs.db` of a drop, so that the customer could not be told of them.
 */
export async function selectedFiles(event: FileEvent): Promise<File[]> {
  if ("dataTransfer" in event && event.dataTransfer) return droppedFiles(event.dataTransfer);
  if (!("target" in event)) return [];
  const input = event.target as HTMLInputElement;
  const chosen = [...(input.files ?? [])];
  input.value = "";
  return chosen;
}

/**
 * All files of a drop, including those in folders and their subfolders. The entries of a `DataTransfer` can be read only
 * during its event, so they are read before the first `await`.
 */
async function droppedFiles(transfer: DataTransfer): Promise<File[]> {
  const entries = [...transfer.items]
    .filter(({ kind }) => kind === "file")
    .map((item) => item.webkitGetAsEntry?.() ?? null);
  const plainFiles = [...transfer.files];
  if (!entries.some((entry) => entry?.isDirectory)) return plainFiles;
  const filesByEntry = await Promise.all(entries.map((entry) => (entry ? filesOf(entry, false) : [])));
  return filesByEntry.flat();
}

async function filesOf(entry: FileSystemEntry, inFolder: boolean): Promise<File[]> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    );
    if (inFolder) folderFiles.add(file);
    return [file];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const folderContent: File[] = [];
  // A reader returns at most 100 entries per call, and none at the end.
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (batch.length === 0) return folderContent;
    for (const child of batch) folderContent.push(...(await filesOf(child, true)));
  }
}
