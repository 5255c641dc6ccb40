import { ordersApi } from "@/features/orders/api/getOrder";
import { client } from "@/lib/api/client.generated";
import { nextCursor } from "@/lib/api/nextCursor";
import { analyses, getAnalysis } from "./getAnalysis";

const creations = client.enhanceEndpoints({
  endpoints: {
    analysesCreate: {
      /** The response is the first page of the analysis. Of an analysis that was loaded, all pages are loaded again. */
      async onQueryStarted({ orderId }, { dispatch, getState, queryFulfilled }) {
        const answer = await queryFulfilled.catch(() => null);
        if (!answer) return;
        const { id, status, created_at } = answer.data;
        dispatch(
          ordersApi.util.updateQueryData("ordersGet", { orderId }, (order) => {
            order.analysis = { id, status, created_at };
          }),
        );
        if (getAnalysis.select({ orderId })(getState()).data) {
          dispatch(analyses.util.invalidateTags([{ type: "Analysis", id: orderId }]));
          return;
        }
        const page = { analysis: answer.data, next: nextCursor(answer.meta?.headers.get("link")) };
        const value = { pages: [page], pageParams: [null] };
        dispatch(
          analyses.util.upsertQueryEntries([{ endpointName: "getAnalysis", arg: { orderId }, value }]),
        );
      },
      // A response of 201 means that no document is read again, so that only `analysis` and the events of the order changed.
      invalidatesTags: (analysis, _problem, { orderId: id }) => [
        { type: analysis && analysis.status !== "reading" ? "Events" : "Order", id },
        ...(analysis ? [] : [{ type: "Analysis" as const, id }]),
      ],
    },
  },
});

export const { analysesCreate } = creations.endpoints;
export const { useAnalysesCreateMutation } = creations;
