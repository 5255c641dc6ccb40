import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Inline } from "@/components/Inline";
import { Notice } from "@/components/Notice";
import type { Upload } from "../uploads/slice";
import { useUploader } from "../uploads/UploaderContext";
import { useUploadReason } from "../useUploadReason";

/** The uploads that failed for the same reason, together: with the reason and what can be done for all of them. */
export function FailedUploads({ uploads }: { uploads: Upload[] }) {
  const { t } = useTranslation("orders");
  const uploader = useUploader();
  const reasonOf = useUploadReason();
  const idsByReason = new Map<string, string[]>();
  for (const upload of uploads.filter(({ status }) => status === "failed")) {
    const reason = reasonOf(upload);
    idsByReason.set(reason, [...(idsByReason.get(reason) ?? []), upload.id]);
  }
  const groups = [...idsByReason].filter(([, ids]) => ids.length > 1);
  return groups.map(([reason, ids]) => (
    <Notice key={reason} severity="error">
      <Stack spacing={0.75}>
        <Typography>
          {t("uploads.notUploaded", { count: ids.length })} {reason}
        </Typography>
        <Inline>
          <Button size="small" variant="outlined" onClick={() => uploader.retry(...ids)}>
            {t("uploads.retryAll")}
          </Button>
          <Button size="small" color="neutral" onClick={() => uploader.dismiss(...ids)}>
            {t("uploads.dismissAll")}
          </Button>
        </Inline>
      </Stack>
    </Notice>
  ));
}
