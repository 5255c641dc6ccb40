import { createSlice, isAnyOf, type PayloadAction } from "@reduxjs/toolkit";
import { client } from "@/lib/api/client.generated";
import type { Problem } from "@/lib/api/problem";
import type { RejectReason } from "./fileRules";

export type UploadStatus =
  | "waiting"
  | "preparing"
  | "sending"
  | "retrying"
  | "sent"
  | "failed"
  | "cancelled"
  | "refused";

export interface Upload {
  id: string;
  orderId: string;
  documentId: string | null;
  name: string;
  size: number;
  sent: number;
  /** Bytes per second over the last seconds; 0 until known. */
  speed: number;
  status: UploadStatus;
  /** Why it was refused or failed: a reject reason, the code of a problem, or the outcome of `send`. */
  reason: RejectReason | string | null;
  /** The response that refused it; null: another reason. */
  problem: Problem | null;
  /** The request that adds its document is open; a list fetched meanwhile may already contain the document. */
  adding: boolean;
  /** The API has listed its document at least once. */
  listed: boolean;
}

/** Files that exceed the limit of an order. The `Uploader` holds the files themselves. */
export interface Overflow {
  /** Files that wait for the user's decision. */
  waiting: number;
  /** Unsupported files of a folder, which were skipped. */
  skipped: number;
}

interface State {
  uploads: Record<string, Upload>;
  overflow: Record<string, Overflow>;
}

const initialState: State = { uploads: {}, overflow: {} };
const { ordersGet, documentsDelete } = client.endpoints;

export const uploads = createSlice({
  name: "uploads",
  initialState,
  reducers: {
    uploadsAdded({ uploads }, { payload }: PayloadAction<Upload[]>) {
      for (const upload of payload) uploads[upload.id] = upload;
    },
    uploadChanged({ uploads }, { payload }: PayloadAction<{ id: string } & Partial<Upload>>) {
      const upload = uploads[payload.id];
      if (upload) Object.assign(upload, payload);
    },
    uploadsDismissed({ uploads }, { payload }: PayloadAction<readonly string[]>) {
      for (const id of payload) delete uploads[id];
    },
    uploadsCleared: () => initialState,
    overflowChanged({ overflow }, { payload }: PayloadAction<{ orderId: string } & Overflow>) {
      const { orderId, ...counts } = payload;
      if (counts.waiting + counts.skipped > 0) overflow[orderId] = counts;
      else delete overflow[orderId];
    },
  },
  extraReducers: (build) => {
    build.addMatcher(ordersGet.matchFulfilled, ({ uploads }, { payload }) => {
      const statusById = new Map(payload.documents.map(({ id, status }) => [id, status]));
      for (const upload of Object.values(uploads)) {
        const status = upload.documentId && statusById.get(upload.documentId);
        if (!status) continue;
        upload.listed = true;
        // From here on the document of the API replaces the upload.
        if (upload.status === "sent" && status !== "awaiting_upload") delete uploads[upload.id];
      }
    });
    // The upload of a removed document is not shown again.
    build.addMatcher(isAnyOf(documentsDelete.matchPending), ({ uploads }, { meta }) => {
      for (const upload of Object.values(uploads)) {
        if (upload.documentId === meta.arg.originalArgs.documentId) upload.listed = true;
      }
    });
  },
  selectors: { selectUploads: (state) => state.uploads, selectOverflow: (state) => state.overflow },
});

export const { uploadsAdded, uploadChanged, uploadsDismissed, uploadsCleared, overflowChanged } =
  uploads.actions;
export const { selectUploads, selectOverflow } = uploads.selectors;

const RUNNING = new Set<UploadStatus>(["waiting", "preparing", "sending", "retrying"]);

export function isRunning({ status }: Upload): boolean {
  return RUNNING.has(status);
}
