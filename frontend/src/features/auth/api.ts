import { api } from "@/lib/api/api";
import type { Session, User } from "@/lib/api/model";
import { session } from "@/lib/session";

export interface Credentials {
  email: string;
  password: string;
}

const authApi = api.injectEndpoints({
  endpoints: (build) => ({
    register: build.mutation<{ message: string; user: User }, Credentials & { full_name?: string }>({
      query: (body) => ({ url: "/auth/register", method: "POST", body }),
    }),
    login: build.mutation<Session, Credentials>({
      query: (body) => ({ url: "/auth/login", method: "POST", body }),
      async onQueryStarted(_, { queryFulfilled }) {
        const opened = await queryFulfilled.catch(() => null);
        if (opened) session.open(opened.data);
      },
    }),
    logout: build.mutation<{ message: string }, void>({
      query: () => ({ url: "/auth/logout", method: "POST", body: {} }),
      async onQueryStarted(_, { queryFulfilled }) {
        // Signing out must work offline too: this browser forgets the token whatever the server answers.
        await queryFulfilled.catch(() => null);
        session.close("logout");
      },
    }),
    me: build.query<User, void>({ query: () => "/auth/me", providesTags: ["Me"] }),
    renameMe: build.mutation<User, { full_name: string }>({
      query: (body) => ({ url: "/auth/me", method: "PATCH", body }),
      invalidatesTags: ["Me"],
    }),
    forgotPassword: build.mutation<unknown, { email: string }>({
      query: (body) => ({ url: "/auth/forgot-password", method: "POST", body }),
    }),
    resetPassword: build.mutation<unknown, { token: string; password: string }>({
      query: (body) => ({ url: "/auth/reset-password", method: "POST", body }),
    }),
  }),
});

export const {
  useRegisterMutation,
  useLoginMutation,
  useLogoutMutation,
  useMeQuery,
  useRenameMeMutation,
  useForgotPasswordMutation,
  useResetPasswordMutation,
} = authApi;
