import { createSlice, isAnyOf, type PayloadAction, type WithSlice } from "@reduxjs/toolkit";
import { client, type DocumentResponse } from "@/lib/api/client.generated";
import type { Problem } from "@/lib/api/problem";
import { listDocuments } from "../api/listDocuments";
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

/** The files of a folder that were left out, by their names. */
export interface LeftOut {
  /** Files that cannot be read. */
  unsupported: string[];
  /** Files of the system, as `.DS_Store`. */
  system: string[];
}

/** What was not added to an order. The `Uploader` holds the files themselves. */
export interface Overflow extends LeftOut {
  /** The number of files that exceed its limit and wait for the user's decision. */
  waiting: number;
}

interface State {
  uploads: Record<string, Upload>;
  overflow: Record<string, Overflow>;
}

const initialState: State = { uploads: {}, overflow: {} };
const { ordersGet, documentsDelete } = client.endpoints;

/** From here on the documents that the API has received replace their uploads. */
function documentsListed(uploads: State["uploads"], documents: readonly DocumentResponse[]): void {
  const statusById = new Map(documents.map(({ id, status }) => [id, status]));
  for (const upload of Object.values(uploads)) {
    const status = upload.documentId && statusById.get(upload.documentId);
    if (!status) continue;
    upload.listed = true;
    if (upload.status === "sent" && status !== "awaiting_upload") delete uploads[upload.id];
  }
}

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
      const { orderId, ...state } = payload;
      const count = state.waiting + state.unsupported.length + state.system.length;
      if (count > 0) overflow[orderId] = state;
      else delete overflow[orderId];
    },
  },
  extraReducers: (build) => {
    build.addMatcher(ordersGet.matchFulfilled, ({ uploads }, { payload }) =>
      documentsListed(uploads, payload.documents),
    );
    build.addMatcher(listDocuments.matchFulfilled, ({ uploads }, { payload }) =>
      documentsListed(
        uploads,
        payload.pages.flatMap(({ documents }) => documents),
      ),
    );
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

declare module "@/lib/appState" {
  interface AppState extends WithSlice<typeof uploads> {}
}
