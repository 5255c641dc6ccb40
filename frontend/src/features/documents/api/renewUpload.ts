import { client } from "@/lib/api/client.generated";

/** `POST /documents/{document_id}/upload`: a new presigned form for a document that was not uploaded yet. */
export const { documentsRenewUpload: renewUpload } = client.endpoints;
