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
  /** status 201 The new account */ RegisterResponse;
export type AuthRegisterApiArg = {
  registerRequest: RegisterRequest;
};
export type AuthLoginApiResponse =
  /** status 200 An access token and its account */ LoginResponse;
export type AuthLoginApiArg = {
  loginRequest: LoginRequest;
};
export type AuthRefreshApiResponse =
  /** status 200 An access token and its account */ LoginResponse;
export type AuthRefreshApiArg = {
  body: RefreshRequest | null;
};
export type AuthLogoutApiResponse =
  /** status 200 A confirmation */ MessageResponse;
export type AuthLogoutApiArg = void;
export type AuthMeApiResponse = /** status 200 An account */ ProfileResponse;
export type AuthMeApiArg = void;
export type AuthUpdateMeApiResponse =
  /** status 200 An account */ ProfileResponse;
export type AuthUpdateMeApiArg = {
  updateProfileRequest: UpdateProfileRequest;
};
export type OrdersListApiResponse =
  /** status 200 A list of `OrderResponse` */ OrderResponse[];
export type OrdersListApiArg = {
  /** Maximum number of orders */
  limit?: number;
  /** From the `next` link of the previous page */
  cursor?: string;
  /** Only orders with this status */
  status?: OrderStatus;
};
export type OrdersCreateApiResponse = /** status 201 An order */ OrderResponse;
export type OrdersCreateApiArg = {
  body: CreateOrderRequest | null;
};
export type OrdersGetApiResponse = /** status 200 An order */ OrderResponse;
export type OrdersGetApiArg = {
  /** A ULID */
  orderId: string;
};
export type OrdersUpdateStatusApiResponse =
  /** status 200 An order */ OrderResponse;
export type OrdersUpdateStatusApiArg = {
  /** A ULID */
  orderId: string;
  updateOrderStatusRequest: UpdateOrderStatusRequest;
};
export type OrdersListEventsApiResponse =
  /** status 200 A list of `EventResponse` */ EventResponse[];
export type OrdersListEventsApiArg = {
  /** A ULID */
  orderId: string;
};
export type OrdersAddDocumentApiResponse =
  /** status 201 The new document, and the form to upload its file with */ CreateDocumentResponse;
export type OrdersAddDocumentApiArg = {
  /** A ULID */
  orderId: string;
  createDocumentRequest: CreateDocumentRequest;
};
export type DocumentsRenewUploadApiResponse =
  /** status 200 A form: post `fields`, then the file as `file`, to `url` before `expires_at` */ PresignedPostResponse;
export type DocumentsRenewUploadApiArg = {
  /** The id of its order, a hyphen, and a ULID */
  documentId: string;
};
export type DocumentsGetApiResponse =
  /** status 200 A document with presigned URLs of its file and page images, valid for minutes */ DocumentDetailResponse;
export type DocumentsGetApiArg = {
  /** The id of its order, a hyphen, and a ULID */
  documentId: string;
};
export type DocumentsDeleteApiResponse =
  /** status 200 A confirmation */ MessageResponse;
export type DocumentsDeleteApiArg = {
  /** The id of its order, a hyphen, and a ULID */
  documentId: string;
};
export type AnalysesGetApiResponse =
  /** status 200 The analysis of an order */ AnalysisResponse;
export type AnalysesGetApiArg = {
  /** A ULID */
  orderId: string;
};
export type AnalysesCreateApiResponse =
  | /** status 201 The analysis of an order */ AnalysisResponse
  | /** status 202 Documents are still being read; the facts known so far */ AnalysisResponse;
export type AnalysesCreateApiArg = {
  /** A ULID */
  orderId: string;
  body: CreateAnalysisRequest | null;
};
export type AnalysesReportApiResponse =
  /** status 200 A presigned URL of the report, valid for minutes */ ReportResponse;
export type AnalysesReportApiArg = {
  /** A ULID */
  orderId: string;
  /** JSON: the whole result; CSV: one fact a row; PDF: pages to read and print */
  format?: "json" | "csv" | "pdf";
  /** The format of the CSV: `en` has commas between columns and decimal points, `de` has semicolons and decimal commas. In both, dates are ISO 8601 and the column names are the same. JSON and PDF do not depend on it. The default follows `Accept-Language`; without that header it is `en` */
  language?: "en" | "de";
};
export type PaymentsCreateIntentApiResponse =
  /** status 200 What Stripe's Payment Element needs */ PaymentIntentResponse;
export type PaymentsCreateIntentApiArg = {
  /** A ULID */
  orderId: string;
};
export type PaymentsConfirmApiResponse =
  /** status 200 The order after the payment */ ConfirmPaymentResponse;
export type PaymentsConfirmApiArg = {
  /** A ULID */
  orderId: string;
  confirmPaymentRequest: ConfirmPaymentRequest;
};
export type ProfileResponse = {
  /** The id of the account */
  id: string;
  /** The email address of the account */
  email: string;
  /** The customer's full name; null: none */
  full_name: string | null;
  /** When the account was created */
  created_at: string;
  /** Whether the address has been verified */
  email_verified: boolean;
};
export type RegisterResponse = {
  /** The result, in English */
  message: string;
  /** The new account */
  user: ProfileResponse;
};
export type ErrorCode =
  | "analysis_not_found"
  | "bad_input"
  | "bad_signature"
  | "changed_meanwhile"
  | "conflict"
  | "document_not_arrived"
  | "document_not_found"
  | "document_settled"
  | "documents_on_their_way"
  | "email_taken"
  | "idempotency_key_reused"
  | "identity_unreachable"
  | "illegal_move"
  | "internal"
  | "method_not_allowed"
  | "not_found"
  | "not_paid"
  | "not_signed_in"
  | "nothing_to_charge"
  | "nothing_to_read"
  | "order_closed"
  | "order_full"
  | "order_not_found"
  | "outage"
  | "payment_not_confirmed"
  | "payments_unreachable"
  | "quote_outdated"
  | "storage_unreachable"
  | "table_unavailable"
  | "too_many_tries"
  | "wrong_credentials";
export type FieldErrorCode =
  | "bad_idempotency_key"
  | "control_characters"
  | "email_refused"
  | "email_too_long"
  | "heic_filename"
  | "invalid"
  | "legal_moves"
  | "nested_too_deeply"
  | "not_a_number"
  | "not_allowed"
  | "not_an_email_address"
  | "not_an_integer"
  | "not_an_object"
  | "not_json"
  | "not_text"
  | "not_unicode"
  | "number_too_large"
  | "password_common"
  | "password_is_email"
  | "password_refused"
  | "required"
  | "too_big"
  | "too_long"
  | "too_short"
  | "too_small"
  | "unknown_field"
  | "unknown_parameter"
  | "wrong_content_type"
  | "wrong_file_extension"
  | "wrong_pattern";
export type ErrorDetail = {
  /** The name of the invalid field */
  field: string;
  /** The problem, as an English sentence */
  error: string;
  /** The code of the problem. Codes may be added: show `error` for an unknown one */
  code: FieldErrorCode;
  /** The values that `error` names */
  params: {
    [key: string]: string | number | string[];
  };
};
export type Error = {
  /** The reason, as an English sentence */
  error: string;
  /** The code of the reason. Codes may be added: show `error` for an unknown one */
  code: ErrorCode;
  /** The values that `error` names */
  params: {
    [key: string]: string | number | string[];
  };
  /** As in the header `x-request-id` */
  request_id: string;
  /** The problem of each invalid field; absent if there is none */
  details?: ErrorDetail[];
};
export type RegisterRequest = {
  /** Letter case and Unicode normalization make no difference */
  email: string;
  /** 8 to 128 characters, and none of the common ones; there are no other rules */
  password: string;
  /** The customer's full name */
  full_name?: string | null;
};
export type LoginResponse = {
  /** The bearer token for the header `Authorization` */
  access_token: string;
  /** The scheme of the header `Authorization` */
  token_type?: "Bearer";
  /** Seconds until the access token expires */
  expires_in: number;
  /** The account of the session */
  user: ProfileResponse;
};
export type LoginRequest = {
  /** Letter case and Unicode normalization make no difference */
  email: string;
  /** The password of the account */
  password: string;
};
export type RefreshRequest = {
  /** Valid once, and for repeating that request. Without it the cookie is used */
  refresh_token?: string | null;
};
export type MessageResponse = {
  /** The result, in English */
  message: string;
};
export type UpdateProfileRequest = {
  /** The new name; null or blank removes it */
  full_name: string | null;
};
export type OrderStatus = "pending" | "processing" | "completed" | "cancelled";
export type OrderReasonCode =
  | "cancelled"
  | "cancelled_by_customer"
  | "completed"
  | "dispute_lost"
  | "dispute_open"
  | "documents_in_progress"
  | "no_documents"
  | "not_completed_in_time"
  | "nothing_readable"
  | "order_cancelled"
  | "partially_refunded"
  | "payment_declined"
  | "payment_expired"
  | "payment_mismatch"
  | "payment_processing"
  | "payment_returned"
  | "quote_changed"
  | "ready_to_pay"
  | "refund_failed"
  | "refunded"
  | "waiting_for_documents";
export type DocumentStatus =
  "awaiting_upload" | "reading" | "ready" | "unreadable";
export type DocumentReasonCode =
  | "awaiting_upload"
  | "damaged"
  | "damaged_attachment"
  | "damaged_page"
  | "empty"
  | "file_changed"
  | "file_missing"
  | "file_unavailable"
  | "heic_not_supported"
  | "nested_too_deeply"
  | "no_pages"
  | "no_text"
  | "not_read"
  | "not_read_in_time"
  | "odd_page"
  | "order_cancelled"
  | "page_not_read"
  | "page_out_of_time"
  | "page_reader_failed"
  | "page_stopped_the_reader"
  | "page_too_much_memory"
  | "page_took_too_long"
  | "password_protected"
  | "password_protected_or_old_format"
  | "reading"
  | "reading_in_parts"
  | "too_large"
  | "too_large_inside"
  | "too_many_pages"
  | "too_many_pixels"
  | "too_much_memory"
  | "took_too_long"
  | "type_mismatch"
  | "unknown_type";
export type DocumentKind =
  | "contract"
  | "form"
  | "invoice"
  | "letter"
  | "other"
  | "receipt"
  | "statement";
export type WarningCode =
  "capped" | "cut" | "hard_to_read" | "no_text" | "page_disagrees";
export type WarningResponse = {
  /** The code of the warning. Codes may be added: show `text` for an unknown one */
  code: WarningCode;
  /** The values that `text` names */
  params?: {
    [key: string]: string | number;
  };
  /** The warning as an English sentence */
  text: string;
};
export type DocumentResponse = {
  /** The id of the document */
  id: string;
  /** The order that it belongs to */
  order_id: string;
  /** The name of the file as it was uploaded */
  filename: string;
  /** The media type of the file */
  content_type: string;
  /** The size of the file in bytes */
  size: number;
  /** The SHA-256 checksum in hexadecimal, if it is known */
  sha256: string | null;
  /** The status of the document */
  status: DocumentStatus;
  /** The reason for the status, as an English sentence */
  status_reason: string | null;
  /** The code of the reason. Codes may be added: show `status_reason` for an unknown one */
  status_reason_code: DocumentReasonCode | null;
  /** The values that `status_reason` names */
  status_reason_params: {
    [key: string]: string | number;
  };
  /** The number of readable pages; null: not known yet */
  page_count: number | null;
  /** The kind of document; null: unknown. Kinds may be added */
  kind: DocumentKind | null;
  /** The language of its text as an ISO 639-1 code; null: unknown */
  language: string | null;
  /** A one-line description; null: unknown */
  headline: string | null;
  /** Warnings about the quality of the reading */
  warnings: WarningResponse[];
  /** When the file was uploaded; null: not yet */
  uploaded_at: string | null;
};
export type AnalysisStatus = "reading" | "preview" | "completed";
export type AnalysisSummaryResponse = {
  /** The id of the analysis */
  id: string;
  /** The status of the analysis */
  status: AnalysisStatus;
  /** When the analysis was requested */
  created_at: string;
};
export type QuoteLineResponse = {
  /** The subject of the line: a file name, or the base price */
  label: string;
  /** The document that is priced; null: the base price */
  document_id: string | null;
  /** The number of priced pages; null: the base price */
  pages: number | null;
  /** The price in minor units of the currency */
  amount: number;
};
export type QuoteResponse = {
  /** The total in minor units of the currency */
  amount: number;
  /** The lower-case ISO 4217 code */
  currency: string;
  /** The lines of the total */
  lines: QuoteLineResponse[];
};
export type PaymentStatus = "open" | "processing" | "succeeded" | "failed";
export type RefundStatus = "pending" | "succeeded" | "failed";
export type DisputeStatus = "open" | "won" | "lost";
export type PaymentResponse = {
  /** The id of the payment intent at Stripe */
  payment_intent_id: string;
  /** The amount in minor units of the currency */
  amount: number;
  /** The lower-case ISO 4217 code */
  currency: string;
  /** The status of the payment */
  status: PaymentStatus;
  /** When it succeeded; null: not yet */
  paid_at: string | null;
  /** The refunded amount in minor units, without failed refunds */
  amount_refunded: number;
  /** The status of the refund; null: none */
  refund_status: RefundStatus | null;
  /** The status of the dispute; null: none */
  dispute_status: DisputeStatus | null;
};
export type OrderResponse = {
  /** The id of the order */
  id: string;
  /** The account that the order belongs to */
  user_id: string;
  /** The title of the order; null: none */
  title: string | null;
  /** The status of the order */
  status: OrderStatus;
  /** The reason for the status and the next step, as an English sentence */
  status_reason: string;
  /** The code of the reason. Codes may be added: show `status_reason` for an unknown one */
  status_reason_code: OrderReasonCode;
  /** The values that `status_reason` names */
  status_reason_params: {
    [key: string]: string | number;
  };
  /** When the order was created */
  created_at: string;
  /** When the order last changed */
  updated_at: string;
  /** The documents of the order */
  documents: DocumentResponse[];
  /** The analysis; null: none was requested */
  analysis: AnalysisSummaryResponse | null;
  /** The price of the order; null: not known yet */
  quote: QuoteResponse | null;
  /** The current payment; null: none was started */
  payment: PaymentResponse | null;
};
export type CreateOrderRequest = {
  /** A title for the order, for the customer's own use */
  title?: string | null;
};
export type UpdateOrderStatusRequest = {
  /** The requested status */
  status: OrderStatus;
};
export type Actor = "customer" | "reader" | "stripe" | "sweeper";
export type EventName =
  | "analysis_requested"
  | "cancelled"
  | "dispute_closed"
  | "document_added"
  | "document_read"
  | "document_removed"
  | "document_unreadable"
  | "not_completed_in_time"
  | "opened"
  | "paid"
  | "payment_disputed"
  | "payment_failed"
  | "payment_processing"
  | "payment_received"
  | "payment_started"
  | "payment_withdrawn"
  | "reading_again_failed"
  | "reading_repeated"
  | "refund_failed"
  | "refunded";
export type EventResponse = {
  /** The id of the event; ids sort by time */
  id: string;
  /** When it happened */
  at: string;
  /** The actor. Names may be added */
  who: Actor;
  /** The name of the event. Names may be added */
  what: EventName;
  /** The status before; null: unchanged */
  from: string | null;
  /** The status after; null: unchanged */
  to: string | null;
  /** Details of the event */
  facts: {
    [key: string]: string | number;
  };
};
export type PresignedPostResponse = {
  /** The URL to post the form to */
  url: string;
  /** The fields of the form, which precede the file */
  fields: {
    [key: string]: string;
  };
  /** When the form expires */
  expires_at: string;
};
export type CreateDocumentResponse = {
  /** The id of the document */
  id: string;
  /** The order that it belongs to */
  order_id: string;
  /** The name of the file as it was uploaded */
  filename: string;
  /** The media type of the file */
  content_type: string;
  /** The size of the file in bytes */
  size: number;
  /** The SHA-256 checksum in hexadecimal, if it is known */
  sha256: string | null;
  /** The status of the document */
  status: DocumentStatus;
  /** The reason for the status, as an English sentence */
  status_reason: string | null;
  /** The code of the reason. Codes may be added: show `status_reason` for an unknown one */
  status_reason_code: DocumentReasonCode | null;
  /** The values that `status_reason` names */
  status_reason_params: {
    [key: string]: string | number;
  };
  /** The number of readable pages; null: not known yet */
  page_count: number | null;
  /** The kind of document; null: unknown. Kinds may be added */
  kind: DocumentKind | null;
  /** The language of its text as an ISO 639-1 code; null: unknown */
  language: string | null;
  /** A one-line description; null: unknown */
  headline: string | null;
  /** Warnings about the quality of the reading */
  warnings: WarningResponse[];
  /** When the file was uploaded; null: not yet */
  uploaded_at: string | null;
  /** The form to upload the file with */
  upload: PresignedPostResponse;
};
export type ContentType =
  | "application/pdf"
  | "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
  | "image/png"
  | "image/jpeg";
export type CreateDocumentRequest = {
  /** Paths and invisible characters are removed */
  filename: string;
  /** The media type of the file; the content must match it */
  content_type: ContentType;
  /** The exact size in bytes; the upload form accepts no other */
  size: number;
  /** In hexadecimal; if it is given, S3 accepts no other content */
  sha256?: string | null;
};
export type PageImageResponse = {
  /** Pages count from 1 */
  number: number;
  /** The URL of the thumbnail */
  thumbnail_url: string;
  /** The URL of the larger, readable image */
  picture_url: string;
  /** The width of the image in pixels */
  width: number;
  /** The height of the image in pixels */
  height: number;
};
export type DocumentDetailResponse = {
  /** The id of the document */
  id: string;
  /** The order that it belongs to */
  order_id: string;
  /** The name of the file as it was uploaded */
  filename: string;
  /** The media type of the file */
  content_type: string;
  /** The size of the file in bytes */
  size: number;
  /** The SHA-256 checksum in hexadecimal, if it is known */
  sha256: string | null;
  /** The status of the document */
  status: DocumentStatus;
  /** The reason for the status, as an English sentence */
  status_reason: string | null;
  /** The code of the reason. Codes may be added: show `status_reason` for an unknown one */
  status_reason_code: DocumentReasonCode | null;
  /** The values that `status_reason` names */
  status_reason_params: {
    [key: string]: string | number;
  };
  /** The number of readable pages; null: not known yet */
  page_count: number | null;
  /** The kind of document; null: unknown. Kinds may be added */
  kind: DocumentKind | null;
  /** The language of its text as an ISO 639-1 code; null: unknown */
  language: string | null;
  /** A one-line description; null: unknown */
  headline: string | null;
  /** Warnings about the quality of the reading */
  warnings: WarningResponse[];
  /** When the file was uploaded; null: not yet */
  uploaded_at: string | null;
  /** The URL of the file, valid for minutes; null: none */
  download_url: string | null;
  /** The images of the pages */
  pages: PageImageResponse[];
};
export type MoneyResponse = {
  /** The amount in minor units of the currency */
  minor: number;
  /** The lower-case ISO 4217 code; null: not stated */
  currency: string | null;
};
export type PageNumber = number;
export type Box = [number, number, number, number];
export type FactResponse = {
  /** A name of the catalogue in `x-facts`, which states its meaning, its type, the kinds of document that have it, and its label in each language. Names may be added */
  name: string;
  /** The text as the document has it */
  value: string;
  /** The value in a normalised form for programs; null: none */
  normalised: string | MoneyResponse | null;
  /** The page that states it; null: none */
  page: PageNumber | null;
  /** Its location on the page; null: unknown */
  box: Box | null;
  /** The reader's confidence, from 0 to 1 */
  confidence: number;
  /** The source of the fact */
  source: "text" | "ocr" | "xml" | "computed";
};
export type PageResponse = {
  /** The number of the page */
  number: PageNumber;
  /** The width of the page in points */
  width: number;
  /** The height of the page in points */
  height: number;
  /** The source of the page's text */
  source: "text" | "ocr" | "xml";
  /** The reader's confidence in the text, from 0 to 1 */
  confidence: number;
  /** The language of the page as an ISO 639-1 code; null: unknown */
  language: string | null;
};
export type TableResponse = {
  /** The page that the table is on */
  page: PageNumber;
  /** The table's location on the page; null: unknown */
  box: Box | null;
  /** The text of the cells, row by row */
  rows: string[][];
};
export type LineItemResponse = {
  /** What was sold */
  description: string;
  /** The quantity; null: not stated */
  quantity: string | null;
  /** The price of one unit; null: not stated */
  unit_price: string | null;
  /** The price of the line */
  amount: string;
  /** The page that states it; null: none */
  page: PageNumber | null;
  /** Its location on the page; null: unknown */
  box: Box | null;
};
export type SummarySentenceResponse = {
  /** The sentence */
  text: string;
  /** The page that it is from; null: unknown */
  page: PageNumber | null;
};
export type PartyResponse = {
  /** The role of the party, such as `seller` */
  role: string;
  /** The name of the person or company */
  name: string;
};
export type UnreadPageCode =
  | "damaged"
  | "damaged_attachment"
  | "damaged_page"
  | "empty"
  | "heic_not_supported"
  | "nested_too_deeply"
  | "no_pages"
  | "no_text"
  | "odd_page"
  | "page_not_read"
  | "page_out_of_time"
  | "page_reader_failed"
  | "page_stopped_the_reader"
  | "page_too_much_memory"
  | "page_took_too_long"
  | "password_protected"
  | "password_protected_or_old_format"
  | "too_large"
  | "too_large_inside"
  | "too_many_pages"
  | "too_many_pixels"
  | "too_much_memory"
  | "took_too_long"
  | "type_mismatch"
  | "unknown_type";
export type UnreadPageResponse = {
  /** The page; null: unknown */
  page: PageNumber | null;
  /** The reason, as an English sentence */
  reason: string;
  /** The code of the reason. Codes may be added: show `reason` for an unknown one */
  code: UnreadPageCode;
  /** The values that `reason` names */
  params: {
    [key: string]: string | number;
  };
};
export type DocumentAnalysisResponse = {
  /** The id of the document */
  document_id: string;
  /** The name of the file */
  filename: string;
  /** The kind of document; null: unknown. Kinds may be added */
  kind: DocumentKind | null;
  /** The language of its text as an ISO 639-1 code; null: unknown */
  language: string | null;
  /** The number of pages that could be read */
  page_count: number | null;
  /** A one-line description; null: unknown */
  headline: string | null;
  /** The reader's confidence in `kind`, from 0 to 1 */
  kind_score?: number | null;
  /** The version of the reader */
  reader_version?: string | null;
  /** The facts that the document states */
  facts?: FactResponse[];
  /** The pages that were read */
  pages?: PageResponse[];
  /** The tables of the document */
  tables?: TableResponse[];
  /** The line items of an invoice or receipt */
  line_items?: LineItemResponse[];
  /** A summary in sentences of the document */
  summary?: SummarySentenceResponse[];
  /** The persons and companies that the document names */
  parties?: PartyResponse[];
  /** Key phrases of the document */
  key_phrases?: string[];
  /** Warnings about the result */
  warnings?: WarningResponse[];
  /** The pages that could not be read */
  unread?: UnreadPageResponse[];
  /** Whether the lists are shortened to fit into the response */
  partial?: boolean;
};
export type TimelineEntryResponse = {
  /** The date, as ISO 8601 */
  date: string;
  /** The fact that states the date */
  name: string;
  /** The document that states it */
  document_id: string;
  /** The page that states it; null: none */
  page: PageNumber | null;
};
export type TotalResponse = {
  /** The lower-case ISO 4217 code; null: not stated */
  currency: string | null;
  /** The total in minor units of the currency */
  amount: number;
  /** The number of documents in the total */
  documents: number;
};
export type DuplicateResponse = {
  /** The documents that are duplicates */
  document_ids: string[];
  /** The kind of duplicate */
  because: "same_bytes" | "same_content";
};
export type ContradictionCode =
  "lines_do_not_add_up" | "one_number_two_totals" | "sums_do_not_add_up";
export type ContradictionResponse = {
  /** The code of the contradiction. Codes may be added: show `text` for an unknown one */
  code: ContradictionCode;
  /** The values that `text` names */
  params: {
    [key: string]: string | number;
  };
  /** The contradiction as an English sentence */
  text: string;
  /** The documents that contradict each other */
  document_ids: string[];
};
export type UnreadableDocumentResponse = {
  /** The id of the document */
  document_id: string;
  /** The name of the file */
  filename: string;
  /** The reason, as an English sentence */
  reason: string | null;
  /** The code of the reason. Codes may be added: show `reason` for an unknown one */
  code: DocumentReasonCode | null;
  /** The values that `reason` names */
  params: {
    [key: string]: string | number;
  };
};
export type AnalysisResultResponse = {
  /** Whether this is a preview of an unpaid order */
  preview: boolean;
  /** The content of each document */
  documents: DocumentAnalysisResponse[];
  /** The dates of all documents in order */
  timeline?: TimelineEntryResponse[];
  /** The totals of the documents, by currency */
  totals?: TotalResponse[];
  /** Groups of duplicate documents */
  duplicates?: DuplicateResponse[];
  /** Statements that contradict each other */
  contradictions?: ContradictionResponse[];
  /** Documents that could not be read */
  unreadable?: UnreadableDocumentResponse[];
};
export type AnalysisResponse = {
  /** The id of the analysis */
  id: string;
  /** The order that is analysed */
  order_id: string;
  /** The status of the analysis */
  status: AnalysisStatus;
  /** The results that are available */
  result: AnalysisResultResponse;
  /** When the analysis was requested */
  created_at: string;
};
export type CreateAnalysisRequest = {
  /** A note for the order's history. It does not affect the reading */
  details?: string | null;
};
export type ReportResponse = {
  /** The URL of the report, valid for minutes */
  url: string;
};
export type PaymentIntentResponse = {
  /** The secret that Stripe.js confirms the payment with */
  client_secret: string;
  /** The id of the payment intent at Stripe */
  payment_intent_id: string;
  /** The amount in minor units of the currency */
  amount: number;
  /** The lower-case ISO 4217 code */
  currency: string;
  /** The key that Stripe.js is initialised with */
  publishable_key: string;
};
export type ConfirmPaymentResponse = {
  /** The result, in English */
  message: string;
  /** The order after the payment */
  order: OrderResponse;
};
export type ConfirmPaymentRequest = {
  /** The id of the payment intent that succeeded at Stripe */
  payment_id: string;
};
