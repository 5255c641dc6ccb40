import { createSlice, type PayloadAction } from "@reduxjs/toolkit";
import type { Me } from "@/lib/api/client.generated";
import type { SessionNews } from "@/lib/session";

export interface AuthState {
  status: "unknown" | "in" | "out";
  user: Me | null;
  /** The session ended without the person asking for it. */
  lapsed: boolean;
}

const initialState: AuthState = { status: "unknown", user: null, lapsed: false };

export const auth = createSlice({
  name: "auth",
  initialState,
  reducers: {
    sessionChanged(_, { payload }: PayloadAction<SessionNews>): AuthState {
      return payload.kind === "opened"
        ? { status: "in", user: payload.user, lapsed: false }
        : { status: "out", user: null, lapsed: payload.why === "lapsed" };
    },
  },
  selectors: {
    selectAuth: (state) => state,
    selectUser: (state) => state.user,
  },
});

export const { sessionChanged } = auth.actions;
export const { selectAuth, selectUser } = auth.selectors;
