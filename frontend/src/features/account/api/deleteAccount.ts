import { client } from "@/lib/api/client.generated";
import { session } from "@/lib/session";

export const { useAccountDeleteMutation } = client.enhanceEndpoints({
  endpoints: {
    accountDelete: {
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
