/** A folder's files are chosen by nobody one by one: what cannot be read among them is left out, not refused. */
const folderFiles = new WeakSet<File>();

export function isFromFolder(file: File): boolean {
  return Boolean(file.webkitRelativePath) || folderFiles.has(file);
}

/**
 * The files of a drop, those of its folders and of the folders within them included. What was dropped can only be
 * read while its event lasts, so that this reads it before it waits for anything.
 */
export async function droppedFiles(transfer: DataTransfer): Promise<File[]> {
  const entries = [...transfer.items]
    .filter(({ kind }) => kind === "file")
    .map((item) => item.webkitGetAsEntry?.() ?? null);
  const files = [...transfer.files];
  if (!entries.some((entry) => entry?.isDirectory)) return files;
  const found = await Promise.all(entries.map((entry) => (entry ? filesOf(entry, false) : [])));
  return found.flat();
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
  const files: File[] = [];
  // A reader hands out a hundred at a time, and none at the end.
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (batch.length === 0) return files;
    for (const inside of batch) files.push(...(await filesOf(inside, true)));
  }
}
