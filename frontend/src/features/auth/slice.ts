import { createSlice, type PayloadAction, type WithSlice } from "@reduxjs/toolkit";
import type { ProfileResponse } from "@/lib/api/client.generated";
import type { SessionEvent } from "@/lib/session";

export interface AuthState {
  status: "unknown" | "in" | "out";
  user: ProfileResponse | null;
  /** The session ended although the user did not sign out. */
  expired: boolean;
  /** The user has deleted the account. */
  deleted: boolean;
}

const initialState: AuthState = { status: "unknown", user: null, expired: false, deleted: false };

export const auth = createSlice({
  name: "auth",
  initialState,
  reducers: {
    sessionChanged(_, { payload }: PayloadAction<SessionEvent>): AuthState {
      return payload.kind === "opened"
        ? { status: "in", user: payload.user, expired: false, deleted: false }
        : {
            status: "out",
            user: null,
            expired: payload.reason === "expired",
            deleted: payload.reason === "deleted",
          };
    },
  },
  selectors: { selectAuth: (state) => state },
});

export const { sessionChanged } = auth.actions;
export const { selectAuth } = auth.selectors;

declare module "@/lib/appState" {
  interface AppState extends WithSlice<typeof auth> {}
}
