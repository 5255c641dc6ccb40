import { api } from "@/lib/api/api";
import type { DocumentDetail, DocumentWithTicket, Ticket } from "@/lib/api/model";

export interface NewDocument {
  order_id: string;
  filename: string;
  content_type: string;
  size: number;
  sha256?: string;
}

const documentsApi = api.injectEndpoints({
  endpoints: (build) => ({
    addDocument: build.mutation<DocumentWithTicket, NewDocument>({
      query: ({ order_id, ...body }) => ({ url: `/orders/${order_id}/documents`, method: "POST", body }),
      invalidatesTags: (_made, _error, { order_id }) => [{ type: "Order", id: order_id }],
    }),
    freshTicket: build.mutation<Ticket, string>({
      query: (documentId) => ({ url: `/documents/${documentId}/upload`, method: "POST", body: {} }),
    }),
    document: build.query<DocumentDetail, string>({
      query: (id) => ({ url: `/documents/${id}`, headers: { accept: "application/json" } }),
      // Its addresses are presigned for minutes; an older copy may have run out.
      keepUnusedDataFor: 60,
    }),
    deleteDocument: build.mutation<{ message: string }, { id: string; orderId: string }>({
      query: ({ id }) => ({ url: `/documents/${id}`, method: "DELETE" }),
      invalidatesTags: (_done, _error, { orderId }) => [{ type: "Order", id: orderId }],
    }),
  }),
});

export const { useDocumentQuery, useLazyDocumentQuery, useDeleteDocumentMutation } = documentsApi;
export const { addDocument, freshTicket } = documentsApi.endpoints;
