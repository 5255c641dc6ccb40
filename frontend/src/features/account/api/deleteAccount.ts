import { client } from "@/lib/api/client.generated";
import { session } from "@/lib/session";

export const { useAuthDeleteMeMutation } = client.enhanceEndpoints({
  endpoints: {
    authDeleteMe: {
      async onQueryStarted(_, { queryFulfilled }) {
        const isBegun = await queryFulfilled.then(
          () => true,
          () => false,
        );
        if (isBegun) session.close("deleted");
      },
    },
  },
});
