// Written by `npm run client` from the service's contract; not to be changed by hand.
import { api } from "./api";
const injectedRtkApi = api.injectEndpoints({
  endpoints: (build) => ({
    authRegister: build.mutation<AuthRegisterApiResponse, AuthRegisterApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/auth/register`,
        method: "POST",
        body: queryArg.registerRequest,
      }),
    }),
    authLogin: build.mutation<AuthLoginApiResponse, AuthLoginApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/auth/login`,
        method: "POST",
        body: queryArg.loginRequest,
      }),
    }),
    authRefresh: build.mutation<AuthRefreshApiResponse, AuthRefreshApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/auth/refresh`,
        method: "POST",
        body: queryArg.body,
      }),
    }),
    authLogout: build.mutation<AuthLogoutApiResponse, AuthLogoutApiArg>({
      query: () => ({ url: `/api/v1/auth/logout`, method: "POST" }),
    }),
    authMe: build.query<AuthMeApiResponse, AuthMeApiArg>({
      query: () => ({ url: `/api/v1/auth/me` }),
    }),
    authUpdateMe: build.mutation<AuthUpdateMeApiResponse, AuthUpdateMeApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/auth/me`,
        method: "PATCH",
        body: queryArg.updateProfileRequest,
      }),
    }),
    ordersList: build.query<OrdersListApiResponse, OrdersListApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/orders`,
        params: {
          limit: queryArg.limit,
          cursor: queryArg.cursor,
          status: queryArg.status,
        },
      }),
    }),
    ordersCreate: build.mutation<OrdersCreateApiResponse, OrdersCreateApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/orders`,
        method: "POST",
        body: queryArg.body,
      }),
    }),
    ordersGet: build.query<OrdersGetApiResponse, OrdersGetApiArg>({
      query: (queryArg) => ({ url: `/api/v1/orders/${queryArg.orderId}` }),
    }),
    ordersUpdateStatus: build.mutation<
      OrdersUpdateStatusApiResponse,
      OrdersUpdateStatusApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/orders/${queryArg.orderId}/status`,
        method: "PUT",
        body: queryArg.updateOrderStatusRequest,
      }),
    }),
    ordersListEvents: build.query<
      OrdersListEventsApiResponse,
      OrdersListEventsApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/orders/${queryArg.orderId}/events`,
      }),
    }),
    ordersAddDocument: build.mutation<
      OrdersAddDocumentApiResponse,
      OrdersAddDocumentApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/orders/${queryArg.orderId}/documents`,
        method: "POST",
        body: queryArg.createDocumentRequest,
      }),
    }),
    documentsRenewUpload: build.mutation<
      DocumentsRenewUploadApiResponse,
      DocumentsRenewUploadApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/documents/${queryArg.documentId}/upload`,
        method: "POST",
      }),
    }),
    documentsGet: build.query<DocumentsGetApiResponse, DocumentsGetApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/documents/${queryArg.documentId}`,
      }),
    }),
    documentsDelete: build.mutation<
      DocumentsDeleteApiResponse,
      DocumentsDeleteApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/documents/${queryArg.documentId}`,
        method: "DELETE",
      }),
    }),
    analysesGet: build.query<AnalysesGetApiResponse, AnalysesGetApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/analyses/orders/${queryArg.orderId}/analysis`,
      }),
    }),
    analysesCreate: build.mutation<
      AnalysesCreateApiResponse,
      AnalysesCreateApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/analyses/orders/${queryArg.orderId}/analysis`,
        method: "POST",
        body: queryArg.body,
      }),
    }),
    analysesReport: build.query<
      AnalysesReportApiResponse,
      AnalysesReportApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/analyses/orders/${queryArg.orderId}/report`,
        params: {
          format: queryArg.format,
          language: queryArg.language,
        },
      }),
    }),
    paymentsCreateIntent: build.mutation<
      PaymentsCreateIntentApiResponse,
      PaymentsCreateIntentApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/payments/orders/${queryArg.orderId}/payment-intent`,
        method: "POST",
      }),
    }),
    paymentsConfirm: build.mutation<
      PaymentsConfirmApiResponse,
      PaymentsConfirmApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/payments/orders/${queryArg.orderId}/payment-confirm`,
        method: "POST",
        body: queryArg.confirmPaymentRequest,
      }),
    }),
  }),
  overrideExisting: false,
});
export { injectedRtkApi as client };
export type AuthRegisterApiResponse =
  /** status 201 Successful Response */ RegisterResponse;
export type AuthRegisterApiArg = {
  registerRequest: RegisterRequest;
};
export type AuthLoginApiResponse =
  /** status 200 Successful Response */ LoginResponse;
export type AuthLoginApiArg = {
  loginRequest: LoginRequest;
};
export type AuthRefreshApiResponse =
  /** status 200 Successful Response */ LoginResponse;
export type AuthRefreshApiArg = {
  body: RefreshRequest | null;
};
export type AuthLogoutApiResponse =
  /** status 200 Successful Response */ MessageResponse;
export type AuthLogoutApiArg = void;
export type AuthMeApiResponse =
  /** status 200 Successful Response */ ProfileResponse;
export type AuthMeApiArg = void;
export type AuthUpdateMeApiResponse =
  /** status 200 Successful Response */ ProfileResponse;
export type AuthUpdateMeApiArg = {
  updateProfileRequest: UpdateProfileRequest;
};
export type OrdersListApiResponse =
  /** status 200 Successful Response */ OrderResponse[];
export type OrdersListApiArg = {
  /** How many at most */
  limit?: number;
  /** From the `next` link of the page before */
  cursor?: string | null;
  /** Only orders of this status */
  status?: OrderStatus | null;
};
export type OrdersCreateApiResponse =
  /** status 201 Successful Response */ OrderResponse;
export type OrdersCreateApiArg = {
  body: CreateOrderRequest | null;
};
export type OrdersGetApiResponse =
  /** status 200 Successful Response */ OrderResponse;
export type OrdersGetApiArg = {
  /** A ULID */
  orderId: string;
};
export type OrdersUpdateStatusApiResponse =
  /** status 200 Successful Response */ OrderResponse;
export type OrdersUpdateStatusApiArg = {
  /** A ULID */
  orderId: string;
  updateOrderStatusRequest: UpdateOrderStatusRequest;
};
export type OrdersListEventsApiResponse =
  /** status 200 Successful Response */ EventResponse[];
export type OrdersListEventsApiArg = {
  /** A ULID */
  orderId: string;
};
export type OrdersAddDocumentApiResponse =
  /** status 201 Successful Response */ CreateDocumentResponse;
export type OrdersAddDocumentApiArg = {
  /** A ULID */
  orderId: string;
  createDocumentRequest: CreateDocumentRequest;
};
export type DocumentsRenewUploadApiResponse =
  /** status 200 Successful Response */ PresignedPostResponse;
export type DocumentsRenewUploadApiArg = {
  /** The id of its order, a hyphen, and a ULID */
  documentId: string;
};
export type DocumentsGetApiResponse =
  /** status 200 Successful Response */ DocumentDetailResponse;
export type DocumentsGetApiArg = {
  /** The id of its order, a hyphen, and a ULID */
  documentId: string;
};
export type DocumentsDeleteApiResponse =
  /** status 200 Successful Response */ MessageResponse;
export type DocumentsDeleteApiArg = {
  /** The id of its order, a hyphen, and a ULID */
  documentId: string;
};
export type AnalysesGetApiResponse =
  /** status 200 Successful Response */ AnalysisResponse;
export type AnalysesGetApiArg = {
  /** A ULID */
  orderId: string;
};
export type AnalysesCreateApiResponse =
  | /** status 201 Successful Response */ AnalysisResponse
  | /** status 202 Documents are still being read; what is known so far */ AnalysisResponse;
export type AnalysesCreateApiArg = {
  /** A ULID */
  orderId: string;
  body: CreateAnalysisRequest | null;
};
export type AnalysesReportApiResponse =
  /** status 200 Successful Response */ ReportResponse;
export type AnalysesReportApiArg = {
  /** A ULID */
  orderId: string;
  /** All of it, a fact a row, or pages to read and print */
  format?: "json" | "csv" | "pdf";
  /** How the CSV is written: `en` parts columns by commas and has decimal points, `de` parts them by semicolons and has decimal commas. Dates are ISO 8601, and column names are the same, in both. JSON and PDF do not differ. Unless it is given, `Accept-Language` decides, and then `en` */
  language?: ("en" | "de") | null;
};
export type PaymentsCreateIntentApiResponse =
  /** status 200 Successful Response */ PaymentIntentResponse;
export type PaymentsCreateIntentApiArg = {
  /** A ULID */
  orderId: string;
};
export type PaymentsConfirmApiResponse =
  /** status 200 Successful Response */ ConfirmPaymentResponse;
export type PaymentsConfirmApiArg = {
  /** A ULID */
  orderId: string;
  confirmPaymentRequest: ConfirmPaymentRequest;
};
export type ProfileResponse = {
  id: string;
  email: string;
  full_name: string | null;
  created_at: string;
  email_verified: boolean;
};
export type RegisterResponse = {
  message: string;
  user: ProfileResponse;
};
export type ErrorDetail = {
  /** The field at fault, as the caller spelled it */
  field: string;
  /** What is wrong with it, and what would be right */
  error: string;
  /** The same for a program; there may be more */
  code: string;
  /** The values that `error` names */
  params: {
    [key: string]: string | number | string[];
  };
};
export type Error = {
  error: string;
  code: string;
  /** The values that `error` names */
  params: {
    [key: string]: string | number | string[];
  };
  request_id: string;
  details?: ErrorDetail[] | null;
};
export type RegisterRequest = {
  /** Letter case and Unicode's ways of writing the same letter make no difference */
  email: string;
  /** 8 to 128 characters, and none of those that many use; nothing else is asked of it */
  password: string;
  full_name?: string | null;
};
export type LoginResponse = {
  access_token: string;
  token_type?: "Bearer";
  /** Seconds */
  expires_in: number;
  user: ProfileResponse;
};
export type LoginRequest = {
  /** Letter case and Unicode's ways of writing the same letter make no difference */
  email: string;
  password: string;
};
export type RefreshRequest = {
  /** Good once, and for repeating that request. Without it, the cookie counts */
  refresh_token?: string | null;
};
export type MessageResponse = {
  message: string;
};
export type UpdateProfileRequest = {
  full_name: string | null;
};
export type OrderStatus = "pending" | "processing" | "completed" | "cancelled";
export type DocumentStatus =
  "awaiting_upload" | "reading" | "ready" | "unreadable";
export type WarningResponse = {
  code: string;
  params?: {
    [key: string]: string | number;
  };
  text: string;
};
export type DocumentResponse = {
  id: string;
  order_id: string;
  filename: string;
  content_type: string;
  size: number;
  sha256: string | null;
  status: DocumentStatus;
  status_reason: string | null;
  status_reason_code: string | null;
  status_reason_params: {
    [key: string]: string | number;
  };
  page_count: number | null;
  kind: string | null;
  language: string | null;
  headline: string | null;
  warnings: WarningResponse[];
  uploaded_at: string | null;
};
export type AnalysisStatus = "reading" | "preview" | "completed";
export type AnalysisSummaryResponse = {
  id: string;
  status: AnalysisStatus;
  created_at: string;
};
export type QuoteLineResponse = {
  label: string;
  document_id: string | null;
  pages: number | null;
  amount: number;
};
export type QuoteResponse = {
  amount: number;
  currency: string;
  lines: QuoteLineResponse[];
};
export type PaymentStatus = "open" | "processing" | "succeeded" | "failed";
export type RefundStatus = "pending" | "succeeded" | "failed";
export type DisputeStatus = "open" | "won" | "lost";
export type PaymentResponse = {
  payment_intent_id: string;
  amount: number;
  currency: string;
  status: PaymentStatus;
  paid_at: string | null;
  amount_refunded: number;
  refund_status: RefundStatus | null;
  dispute_status: DisputeStatus | null;
};
export type OrderResponse = {
  id: string;
  user_id: string;
  title: string | null;
  status: OrderStatus;
  status_reason: string;
  status_reason_code: string;
  status_reason_params: {
    [key: string]: string | number;
  };
  created_at: string;
  updated_at: string;
  documents: DocumentResponse[];
  analysis: AnalysisSummaryResponse | null;
  quote: QuoteResponse | null;
  payment: PaymentResponse | null;
};
export type CreateOrderRequest = {
  title?: string | null;
};
export type UpdateOrderStatusRequest = {
  status: OrderStatus;
};
export type Actor = "customer" | "reader" | "stripe" | "sweeper";
export type EventResponse = {
  id: string;
  at: string;
  who: Actor;
  what: string;
  from: string | null;
  to: string | null;
  facts: {
    [key: string]: string | number;
  };
};
export type PresignedPostResponse = {
  url: string;
  fields: {
    [key: string]: string;
  };
  expires_at: string;
};
export type CreateDocumentResponse = {
  id: string;
  order_id: string;
  filename: string;
  content_type: string;
  size: number;
  sha256: string | null;
  status: DocumentStatus;
  status_reason: string | null;
  status_reason_code: string | null;
  status_reason_params: {
    [key: string]: string | number;
  };
  page_count: number | null;
  kind: string | null;
  language: string | null;
  headline: string | null;
  warnings: WarningResponse[];
  uploaded_at: string | null;
  upload: PresignedPostResponse;
};
export type ContentType =
  | "application/pdf"
  | "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
  | "image/png"
  | "image/jpeg";
export type CreateDocumentRequest = {
  /** Paths and what cannot be seen are taken off; the rest stays as it is */
  filename: string;
  content_type: ContentType;
  /** In bytes, exactly: the ticket is good for it */
  size: number;
  /** In hexadecimal; if given, S3 takes no other bytes */
  sha256?: string | null;
};
export type PageImageResponse = {
  /** Pages count from 1 */
  number: number;
  thumbnail_url: string;
  picture_url: string;
  width: number;
  height: number;
};
export type DocumentDetailResponse = {
  id: string;
  order_id: string;
  filename: string;
  content_type: string;
  size: number;
  sha256: string | null;
  status: DocumentStatus;
  status_reason: string | null;
  status_reason_code: string | null;
  status_reason_params: {
    [key: string]: string | number;
  };
  page_count: number | null;
  kind: string | null;
  language: string | null;
  headline: string | null;
  warnings: WarningResponse[];
  uploaded_at: string | null;
  download_url: string | null;
  pages: PageImageResponse[];
};
export type PageNumber = number;
export type Box = [number, number, number, number];
export type FactResponse = {
  /** A name of the catalogue in `x-facts`, which states its meaning, its type, the kinds of document that have it, and its label in each language. Names may be added */
  name: string;
  value: string;
  normalised:
    | string
    | {
        [key: string]: any;
      }
    | null;
  page: PageNumber | null;
  box: Box | null;
  confidence: number;
  source: "text" | "ocr" | "xml" | "computed";
};
export type PageResponse = {
  number: PageNumber;
  width: number;
  height: number;
  source: "text" | "ocr" | "xml";
  confidence: number;
  language: string | null;
};
export type TableResponse = {
  page: PageNumber;
  box: Box | null;
  rows: string[][];
};
export type LineItemResponse = {
  description: string;
  quantity: string | null;
  unit_price: string | null;
  amount: string;
  page: PageNumber | null;
  box: Box | null;
};
export type SummarySentenceResponse = {
  text: string;
  page: PageNumber | null;
};
export type PartyResponse = {
  role: string;
  name: string;
};
export type UnreadPageResponse = {
  page: PageNumber | null;
  reason: string;
  code: string;
  params: {
    [key: string]: string | number;
  };
};
export type DocumentAnalysisResponse = {
  document_id: string;
  filename: string;
  kind: string | null;
  language: string | null;
  page_count: number | null;
  headline: string | null;
  kind_score?: number | null;
  reader_version?: string | null;
  facts?: FactResponse[];
  pages?: PageResponse[];
  tables?: TableResponse[];
  line_items?: LineItemResponse[];
  summary?: SummarySentenceResponse[];
  parties?: PartyResponse[];
  key_phrases?: string[];
  warnings?: WarningResponse[];
  unread?: UnreadPageResponse[];
  partial?: boolean;
};
export type TimelineEntryResponse = {
  date: string;
  name: string;
  document_id: string;
  page: PageNumber | null;
};
export type TotalResponse = {
  currency: string | null;
  amount: number;
  documents: number;
};
export type DuplicateResponse = {
  document_ids: string[];
  because: "same_bytes" | "same_content";
};
export type ContradictionResponse = {
  code: string;
  params: {
    [key: string]: string | number;
  };
  text: string;
  document_ids: string[];
};
export type UnreadableDocumentResponse = {
  document_id: string;
  filename: string;
  reason: string | null;
  code: string | null;
  params: {
    [key: string]: string | number;
  };
};
export type AnalysisResultResponse = {
  preview: boolean;
  documents: DocumentAnalysisResponse[];
  timeline?: TimelineEntryResponse[];
  totals?: TotalResponse[];
  duplicates?: DuplicateResponse[];
  contradictions?: ContradictionResponse[];
  unreadable?: UnreadableDocumentResponse[];
};
export type AnalysisResponse = {
  id: string;
  order_id: string;
  status: AnalysisStatus;
  result: AnalysisResultResponse;
  created_at: string;
};
export type CreateAnalysisRequest = {
  /** A note for the order's history. It changes nothing about what is read */
  details?: string | null;
};
export type ReportResponse = {
  url: string;
};
export type PaymentIntentResponse = {
  client_secret: string;
  payment_intent_id: string;
  amount: number;
  currency: string;
  publishable_key: string;
};
export type ConfirmPaymentResponse = {
  message: string;
  order: OrderResponse;
};
export type ConfirmPaymentRequest = {
  /** The payment intent that Stripe said has succeeded */
  payment_id: string;
};
