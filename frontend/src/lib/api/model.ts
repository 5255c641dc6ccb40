/** The service's answers in the shapes of its contract (`/api/v1`). Times are UTC ISO-8601, money minor units. */

export type OrderStatus = "pending" | "processing" | "completed" | "cancelled";
export type DocumentStatus = "awaiting_upload" | "reading" | "ready" | "unreadable";

/** `[left, top, right, bottom]` as fractions of the page as displayed, from its top left corner. */
export type Box = [number, number, number, number];

export interface User {
  id: string;
  email: string;
  full_name: string | null;
  created_at: string;
  email_verified: boolean;
}

export interface Session {
  access_token: string;
  token_type: string;
  expires_in: number;
  user: User;
}

export interface Ticket {
  url: string;
  fields: Record<string, string>;
  expires_at: string;
}

export interface OrderDocument {
  id: string;
  order_id: string;
  filename: string;
  content_type: string;
  size: number;
  sha256: string | null;
  status: DocumentStatus;
  status_reason: string | null;
  page_count: number | null;
  kind: string | null;
  language: string | null;
  headline: string | null;
  uploaded_at: string | null;
}

export interface DocumentWithTicket extends OrderDocument {
  upload: Ticket;
}

export interface PagePicture {
  number: number;
  thumbnail_url: string;
  picture_url: string;
  width: number;
  height: number;
}

export interface DocumentDetail extends OrderDocument {
  download_url: string | null;
  pages: PagePicture[];
}

export interface QuoteLine {
  label: string;
  document_id: string | null;
  pages: number | null;
  amount: number;
}

export interface Quote {
  amount: number;
  currency: string;
  lines: QuoteLine[];
}

export interface Payment {
  payment_intent_id: string;
  amount: number;
  currency: string;
  status: string;
  paid_at: string | null;
}

export interface Order {
  id: string;
  user_id: string;
  title: string | null;
  status: OrderStatus;
  status_reason: string | null;
  created_at: string;
  updated_at: string;
  documents: OrderDocument[];
  analysis: { id: string; status: string; created_at: string } | null;
  quote: Quote | null;
  payment: Payment | null;
}

export interface OrderEvent {
  id?: string;
  at: string;
  what: string;
  who?: string | null;
  from?: string | null;
  to?: string | null;
}

export interface Fact {
  name: string;
  value: string;
  normalised: string | number | Record<string, unknown> | null;
  page: number | null;
  box: Box | null;
  confidence: number;
  source: string;
}

export interface Table {
  page?: number | null;
  rows: (string | null)[][];
}

export interface Reading {
  document_id: string;
  filename: string;
  kind: string | null;
  kind_score?: number | null;
  language: string | null;
  page_count: number | null;
  headline: string | null;
  summary?: (string | { text: string; page?: number | null })[];
  facts?: Fact[];
  tables?: Table[];
  line_items?: Record<string, unknown>[];
  parties?: unknown[];
  key_phrases?: string[];
  warnings?: string[];
  unread?: { page?: number | null; reason: string }[];
}

export interface AnalysisResult {
  preview: boolean;
  documents: Reading[];
  timeline?: { date: string; label?: string; name?: string; document_id?: string; page?: number | null }[];
  totals?: { currency: string; amount: number; documents?: number }[];
  duplicates?: { document_ids?: string[]; reason?: string }[];
  contradictions?: { message?: string; reason?: string; document_ids?: string[] }[];
  unreadable?: { document_id: string; filename: string; reason: string }[];
}

export interface Analysis {
  id: string;
  order_id: string;
  status: string;
  result: AnalysisResult | null;
  created_at: string;
}

export interface PaymentIntent {
  client_secret: string;
  payment_intent_id: string;
  amount: number;
  currency: string;
  publishable_key: string;
}
