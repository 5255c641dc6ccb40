/** A sheet of paper labelled with the extension of the file. */
export function FileTypeIcon({ filename }: { filename: string }) {
  const dot = filename.lastIndexOf(".");
  return (
    <span className="file-type" aria-hidden="true">
      {filename.slice(dot + 1, dot + 5).toUpperCase()}
    </span>
  );
}
