import { client } from "@/lib/api/client.generated";
import { session } from "@/lib/session";

export const { useAuthLogoutMutation } = client.enhanceEndpoints({
  endpoints: {
    authLogout: {
      async onQueryStarted(_, { queryFulfilled }) {
        // Signing out works offline too: this browser drops the token whatever the API responds.
        await queryFulfilled.catch(() => null);
        session.close("logout");
      },
    },
  },
});
