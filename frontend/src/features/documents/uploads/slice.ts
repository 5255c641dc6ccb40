import { createSlice, isAnyOf, type PayloadAction } from "@reduxjs/toolkit";
import { client } from "@/lib/api/client.generated";
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
  /** Bytes a second, over the last moments; 0 until known. */
  speed: number;
  status: UploadStatus;
  /** Why it was refused or failed: a rejectReason, a problem's code, or what the sending met. */
  reason: RejectReason | string | null;
  /** The service is being asked for its document; a list that comes meanwhile may hold it already. */
  announcing: boolean;
  /** The service's list of the order's documents has had its document. */
  listed: boolean;
}

/** What an order had no place for, of the files that were chosen for it. The files are with the `Uploader`. */
export interface Overflow {
  /** Files that wait for a decision, since the order has no room for all of them. */
  waiting: number;
  /** Files of a folder that cannot be read, and were left out. */
  unfit: number;
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
    queued({ uploads }, { payload }: PayloadAction<Upload>) {
      uploads[payload.id] = payload;
    },
    changed({ uploads }, { payload }: PayloadAction<{ id: string } & Partial<Upload>>) {
      const upload = uploads[payload.id];
      if (upload) Object.assign(upload, payload);
    },
    dismissed({ uploads }, { payload }: PayloadAction<string>) {
      delete uploads[payload];
    },
    overflowed({ overflow }, { payload }: PayloadAction<{ orderId: string } & Overflow>) {
      const { orderId, ...left } = payload;
      if (left.waiting + left.unfit > 0) overflow[orderId] = left;
      else delete overflow[orderId];
    },
  },
  extraReducers: (build) => {
    build.addMatcher(ordersGet.matchFulfilled, ({ uploads }, { payload }) => {
      const documents = new Map(payload.documents.map(({ id, status }) => [id, status]));
      for (const upload of Object.values(uploads)) {
        const status = upload.documentId && documents.get(upload.documentId);
        if (!status) continue;
        upload.listed = true;
        // From here on the service alone knows more.
        if (upload.status === "sent" && status !== "awaiting_upload") delete uploads[upload.id];
      }
    });
    // What a person takes out does not come back as an upload.
    build.addMatcher(isAnyOf(documentsDelete.matchPending), ({ uploads }, { meta }) => {
      for (const upload of Object.values(uploads)) {
        if (upload.documentId === meta.arg.originalArgs.documentId) upload.listed = true;
      }
    });
  },
  selectors: { selectUploads: (state) => state.uploads, selectOverflow: (state) => state.overflow },
});

export const { queued, changed, dismissed, overflowed } = uploads.actions;
export const { selectUploads, selectOverflow } = uploads.selectors;

const GOING = new Set<UploadStatus>(["waiting", "preparing", "sending", "retrying"]);

export function isGoing({ status }: Upload): boolean {
  return GOING.has(status);
}

/** Its row is shown although the service's list has none for it: until that list has had it, or it is dismissed. */
export function isShown({ status, listed }: Upload): boolean {
  return status !== "sent" || !listed;
}

/** It takes a place in its order that the service's list does not count yet. */
export function takesPlace(upload: Upload): boolean {
  return (isGoing(upload) || upload.status === "sent") && !upload.listed;
}
