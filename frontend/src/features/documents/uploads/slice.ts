import { createSlice, type PayloadAction } from "@reduxjs/toolkit";
import type { Refusal } from "./accept";

export type UploadStatus = "waiting" | "preparing" | "sending" | "sent" | "failed" | "cancelled" | "refused";

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
  /** Why it was refused or failed: a refusal, a problem's code, or what the sending met. */
  reason: Refusal | string | null;
}

const initialState: Record<string, Upload> = {};

export const uploads = createSlice({
  name: "uploads",
  initialState,
  reducers: {
    queued(state, { payload }: PayloadAction<Upload>) {
      state[payload.id] = payload;
    },
    changed(state, { payload }: PayloadAction<{ id: string } & Partial<Upload>>) {
      const upload = state[payload.id];
      if (upload) Object.assign(upload, payload);
    },
    dismissed(state, { payload }: PayloadAction<string>) {
      delete state[payload];
    },
  },
  selectors: { selectUploads: (state) => state },
});

export const { queued, changed, dismissed } = uploads.actions;
export const { selectUploads } = uploads.selectors;
