// Written by `npm run client` from the service's contract; not to be changed by hand.
import { api } from "./api";
const injectedRtkApi = api.injectEndpoints({
  endpoints: (build) => ({
    authRegister: build.mutation<AuthRegisterApiResponse, AuthRegisterApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/auth/register`,
        method: "POST",
        body: queryArg.registration,
      }),
    }),
    authLogin: build.mutation<AuthLoginApiResponse, AuthLoginApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/auth/login`,
        method: "POST",
        body: queryArg.credentials,
      }),
    }),
    authRefresh: build.mutation<AuthRefreshApiResponse, AuthRefreshApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/auth/refresh`,
        method: "POST",
        body: queryArg.given,
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
        body: queryArg.renaming,
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
        body: queryArg.newOrder,
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
        body: queryArg.newStatus,
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
        body: queryArg.newDocument,
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
        body: queryArg.analysisWanted,
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
        body: queryArg.paymentMade,
      }),
    }),
  }),
  overrideExisting: false,
});
export { injectedRtkApi as client };
export type AuthRegisterApiResponse =
  /** status 201 Successful Response */ Registered;
export type AuthRegisterApiArg = {
  registration: Registration;
};
export type AuthLoginApiResponse =
  /** status 200 Successful Response */ SignedIn;
export type AuthLoginApiArg = {
  credentials: Credentials;
};
export type AuthRefreshApiResponse =
  /** status 200 Successful Response */ SignedIn;
export type AuthRefreshApiArg = {
  given: Renewal | null;
};
export type AuthLogoutApiResponse =
  /** status 200 Successful Response */ Message;
export type AuthLogoutApiArg = void;
export type AuthMeApiResponse = /** status 200 Successful Response */ Me;
export type AuthMeApiArg = void;
export type AuthUpdateMeApiResponse = /** status 200 Successful Response */ Me;
export type AuthUpdateMeApiArg = {
  renaming: Renaming;
};
export type OrdersListApiResponse =
  /** status 200 Successful Response */ OrderView[];
export type OrdersListApiArg = {
  /** How many at most */
  limit?: number;
  /** From the `next` link of the page before */
  cursor?: string | null;
  /** Only orders of this status */
  status?: OrderStatus | null;
};
export type OrdersCreateApiResponse =
  /** status 201 Successful Response */ OrderView;
export type OrdersCreateApiArg = {
  newOrder: NewOrder | null;
};
export type OrdersGetApiResponse =
  /** status 200 Successful Response */ OrderView;
export type OrdersGetApiArg = {
  /** A ULID */
  orderId: string;
};
export type OrdersUpdateStatusApiResponse =
  /** status 200 Successful Response */ OrderView;
export type OrdersUpdateStatusApiArg = {
  /** A ULID */
  orderId: string;
  newStatus: NewStatus;
};
export type OrdersListEventsApiResponse =
  /** status 200 Successful Response */ EventView[];
export type OrdersListEventsApiArg = {
  /** A ULID */
  orderId: string;
};
export type OrdersAddDocumentApiResponse =
  /** status 201 Successful Response */ DocumentWithTicket;
export type OrdersAddDocumentApiArg = {
  /** A ULID */
  orderId: string;
  newDocument: NewDocument;
};
export type DocumentsRenewUploadApiResponse =
  /** status 200 Successful Response */ Ticket;
export type DocumentsRenewUploadApiArg = {
  /** The id of its order, a hyphen, and a ULID */
  documentId: string;
};
export type DocumentsGetApiResponse =
  /** status 200 Successful Response */ DocumentDetail;
export type DocumentsGetApiArg = {
  /** The id of its order, a hyphen, and a ULID */
  documentId: string;
};
export type DocumentsDeleteApiResponse =
  /** status 200 Successful Response */ Message;
export type DocumentsDeleteApiArg = {
  /** The id of its order, a hyphen, and a ULID */
  documentId: string;
};
export type AnalysesGetApiResponse =
  /** status 200 Successful Response */ AnalysisView;
export type AnalysesGetApiArg = {
  /** A ULID */
  orderId: string;
};
export type AnalysesCreateApiResponse =
  | /** status 201 Successful Response */ AnalysisView
  | /** status 202 Documents are still being read; what is known so far */ AnalysisView;
export type AnalysesCreateApiArg = {
  /** A ULID */
  orderId: string;
  analysisWanted: AnalysisWanted | null;
};
export type AnalysesReportApiResponse =
  /** status 200 Successful Response */ ReportAddress;
export type AnalysesReportApiArg = {
  /** A ULID */
  orderId: string;
  /** All of it, a fact a row, or pages to read and print */
  format?: "json" | "csv" | "pdf";
  /** How the CSV is written: `en` parts columns by commas and has decimal points, `de` parts them by semicolons and has decimal commas. Dates are ISO 8601, and column names are the same, in both. JSON and PDF do not differ. Unless it is given, `Accept-Language` decides, and then `en` */
  language?: ("en" | "de") | null;
};
export type PaymentsCreateIntentApiResponse =
  /** status 200 Successful Response */ PaymentIntentView;
export type PaymentsCreateIntentApiArg = {
  /** A ULID */
  orderId: string;
};
export type PaymentsConfirmApiResponse =
  /** status 200 Successful Response */ PaymentConfirmed;
export type PaymentsConfirmApiArg = {
  /** A ULID */
  orderId: string;
  paymentMade: PaymentMade;
};
export type Me = {
  id: string;
  email: string;
  full_name: string | null;
  created_at: string;
  email_verified: boolean;
};
export type Registered = {
  message: string;
  user: Me;
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
export type Registration = {
  /** Letter case and Unicode's ways of writing the same letter make no difference */
  email: string;
  /** 8 to 128 characters, and none of those that many use; nothing else is asked of it */
  password: string;
  full_name?: string | null;
};
export type SignedIn = {
  access_token: string;
  token_type?: "Bearer";
  /** Seconds */
  expires_in: number;
  user: Me;
};
export type Credentials = {
  /** Letter case and Unicode's ways of writing the same letter make no difference */
  email: string;
  password: string;
};
export type Renewal = {
  /** Good once, and for repeating that request. Without it, the cookie counts */
  refresh_token?: string | null;
};
export type Message = {
  message: string;
};
export type Renaming = {
  full_name: string | null;
};
export type OrderStatus = "pending" | "processing" | "completed" | "cancelled";
export type DocumentStatus =
  "awaiting_upload" | "reading" | "ready" | "unreadable";
export type NoticeView = {
  code: string;
  params?: {
    [key: string]: string | number;
  };
  text: string;
};
export type DocumentView = {
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
  warnings: NoticeView[];
  uploaded_at: string | null;
};
export type AnalysisStatus = "reading" | "preview" | "completed";
export type AnalysisSummary = {
  id: string;
  status: AnalysisStatus;
  created_at: string;
};
export type QuoteLineView = {
  label: string;
  document_id: string | null;
  pages: number | null;
  amount: number;
};
export type QuoteView = {
  amount: number;
  currency: string;
  lines: QuoteLineView[];
};
export type PaymentStatus = "open" | "processing" | "succeeded" | "failed";
export type RefundStatus = "pending" | "succeeded" | "failed";
export type DisputeStatus = "open" | "won" | "lost";
export type PaymentView = {
  payment_intent_id: string;
  amount: number;
  currency: string;
  status: PaymentStatus;
  paid_at: string | null;
  amount_refunded: number;
  refund_status: RefundStatus | null;
  dispute_status: DisputeStatus | null;
};
export type OrderView = {
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
  documents: DocumentView[];
  analysis: AnalysisSummary | null;
  quote: QuoteView | null;
  payment: PaymentView | null;
};
export type NewOrder = {
  title?: string | null;
};
export type NewStatus = {
  status: OrderStatus;
};
export type Actor = "customer" | "reader" | "stripe" | "sweeper";
export type EventView = {
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
export type Ticket = {
  url: string;
  fields: {
    [key: string]: string;
  };
  expires_at: string;
};
export type DocumentWithTicket = {
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
  warnings: NoticeView[];
  uploaded_at: string | null;
  upload: Ticket;
};
export type ContentType =
  | "application/pdf"
  | "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
  | "image/png"
  | "image/jpeg";
export type NewDocument = {
  /** Paths and what cannot be seen are taken off; the rest stays as it is */
  filename: string;
  content_type: ContentType;
  /** In bytes, exactly: the ticket is good for it */
  size: number;
  /** In hexadecimal; if given, S3 takes no other bytes */
  sha256?: string | null;
};
export type PagePicture = {
  /** Pages count from 1 */
  number: number;
  thumbnail_url: string;
  picture_url: string;
  width: number;
  height: number;
};
export type DocumentDetail = {
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
  warnings: NoticeView[];
  uploaded_at: string | null;
  download_url: string | null;
  pages: PagePicture[];
};
export type PageNumber = number;
export type Box = [number, number, number, number];
export type FactView = {
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
export type PageView = {
  number: PageNumber;
  width: number;
  height: number;
  source: "text" | "ocr" | "xml";
  confidence: number;
  language: string | null;
};
export type TableView = {
  page: PageNumber;
  box: Box | null;
  rows: string[][];
};
export type LineItemView = {
  description: string;
  quantity: string | null;
  unit_price: string | null;
  amount: string;
  page: PageNumber | null;
  box: Box | null;
};
export type SentenceView = {
  text: string;
  page: PageNumber | null;
};
export type PartyView = {
  role: string;
  name: string;
};
export type UnreadPageView = {
  page: PageNumber | null;
  reason: string;
  code: string;
  params: {
    [key: string]: string | number;
  };
};
export type ReadingView = {
  document_id: string;
  filename: string;
  kind: string | null;
  language: string | null;
  page_count: number | null;
  headline: string | null;
  kind_score?: number | null;
  reader_version?: string | null;
  facts?: FactView[];
  pages?: PageView[];
  tables?: TableView[];
  line_items?: LineItemView[];
  summary?: SentenceView[];
  parties?: PartyView[];
  key_phrases?: string[];
  warnings?: NoticeView[];
  unread?: UnreadPageView[];
  partial?: boolean;
};
export type TimelineEntry = {
  date: string;
  name: string;
  document_id: string;
  page: PageNumber | null;
};
export type TotalView = {
  currency: string | null;
  amount: number;
  documents: number;
};
export type DuplicateView = {
  document_ids: string[];
  because: "same_bytes" | "same_content";
};
export type ContradictionView = {
  code: string;
  params: {
    [key: string]: string | number;
  };
  text: string;
  document_ids: string[];
};
export type UnreadableView = {
  document_id: string;
  filename: string;
  reason: string | null;
  code: string | null;
  params: {
    [key: string]: string | number;
  };
};
export type AnalysisResult = {
  preview: boolean;
  documents: ReadingView[];
  timeline?: TimelineEntry[];
  totals?: TotalView[];
  duplicates?: DuplicateView[];
  contradictions?: ContradictionView[];
  unreadable?: UnreadableView[];
};
export type AnalysisView = {
  id: string;
  order_id: string;
  status: AnalysisStatus;
  result: AnalysisResult;
  created_at: string;
};
export type AnalysisWanted = {
  /** A note for the order's history. It changes nothing about what is read */
  details?: string | null;
};
export type ReportAddress = {
  url: string;
};
export type PaymentIntentView = {
  client_secret: string;
  payment_intent_id: string;
  amount: number;
  currency: string;
  publishable_key: string;
};
export type PaymentConfirmed = {
  message: string;
  order: OrderView;
};
export type PaymentMade = {
  /** The payment intent that Stripe said has succeeded */
  payment_id: string;
};
