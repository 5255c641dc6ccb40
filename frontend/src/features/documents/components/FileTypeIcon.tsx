/** A little sheet of paper with the file's ending on it. */
export function FileTypeIcon({ filename }: { filename: string }) {
  const ending = filename.slice(filename.lastIndexOf(".") + 1, filename.lastIndexOf(".") + 5);
  return (
    <span className="file-type" aria-hidden="true">
      {ending.toUpperCase()}
    </span>
  );
}
