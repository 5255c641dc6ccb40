import Skeleton from "@mui/material/Skeleton";
import type { ListRow } from "../listRows";
import { DocumentRow } from "./DocumentRow";
import { UploadRow } from "./UploadRow";

interface Props {
  row: ListRow;
  removable: boolean;
  renamable: boolean;
  /** The file is in the bucket although the API does not know it yet. */
  isUploaded: boolean;
  copyOf: string | null;
  isChosen: boolean | null;
  onToggle: (key: string) => void;
}

/** What a row of the list shows: the upload while it runs or has failed, then the document. */
export function ListRowContent({ row, removable, renamable, isUploaded, copyOf, isChosen, onToggle }: Props) {
  const { document, upload } = row;
  const isSent = upload?.status === "sent";
  if (upload && (!document || (!isSent && document.status === "awaiting_upload")))
    return <UploadRow upload={upload} isChosen={isChosen} onToggle={onToggle} />;
  if (!document) return <Skeleton height={76} />;
  return (
    <DocumentRow
      document={document}
      isUploaded={isSent || isUploaded}
      removable={removable}
      renamable={renamable}
      copyOf={copyOf}
      isChosen={isChosen}
      onToggle={onToggle}
    />
  );
}
