import { client } from "@/lib/api/client.generated";
import { session } from "@/lib/session";

const auth = client.enhanceEndpoints({
  endpoints: {
    authMe: { providesTags: ["Me"] },
    authUpdateMe: { invalidatesTags: ["Me"] },
    authLogout: {
      async onQueryStarted(_, { queryFulfilled }) {
        // Signing out must work offline too: this browser forgets the token whatever the server answers.
        await queryFulfilled.catch(() => null);
        session.close("logout");
      },
    },
  },
});

export const { useAuthMeQuery, useAuthUpdateMeMutation, useAuthLogoutMutation } = auth;
