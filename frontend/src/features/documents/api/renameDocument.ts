import { client, type DocumentResponse } from "@/lib/api/client.generated";
import { listDocumentsApi } from "./listDocuments";

interface RenameRequest {
  documentId: string;
  /** The tag of the title that was seen. */
  etag: string;
  /** Null: it is called after its file. */
  title: string | null;
}

const documents = client.injectEndpoints({
  endpoints: (build) => ({
    /** `PATCH /documents/{document_id}`: the document is shown as it is answered, wherever it is listed. */
    renameDocument: build.mutation<DocumentResponse, RenameRequest>({
      query: ({ documentId, etag, title }) => ({
        url: `/api/v1/documents/${documentId}`,
        method: "PATCH",
        body: { title },
        headers: { "if-match": etag },
      }),
      async onQueryStarted(_request, { dispatch, queryFulfilled }) {
        const answer = await queryFulfilled.catch(() => null);
        if (!answer) return;
        const { id, order_id: orderId, title, title_etag } = answer.data;
        const apply = (listed: DocumentResponse[]) => {
          const document = listed.find((other) => other.id === id);
          if (!document) return;
          document.title = title;
          document.title_etag = title_etag;
        };
        dispatch(client.util.updateQueryData("ordersGet", { orderId }, (order) => apply(order.documents)));
        dispatch(
          listDocumentsApi.util.updateQueryData("listDocuments", { orderId }, ({ pages }) => {
            for (const page of pages) apply(page.documents);
          }),
        );
      },
      // After a refusal the title itself has changed. An order without a title is called by its first document.
      invalidatesTags: (_document, _problem, { documentId }) => {
        const id = documentId.slice(0, documentId.lastIndexOf("-"));
        return ["Orders", { type: "Order", id }, { type: "Analysis", id }];
      },
    }),
  }),
});

export const { useRenameDocumentMutation } = documents;
