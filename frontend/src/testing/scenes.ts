import type {
  AnalysisResponse,
  Box,
  DocumentResponse,
  EventName,
  EventResponse,
  FactResponse,
  LineItemResponse,
  OrderResponse,
  OrderStatus,
  RefundResponse,
} from "@/lib/api/client.generated";
import {
  aDocument,
  aFactPreview,
  anApiKey,
  anOrder,
  aPayment,
  aPreview,
  aReadyExport,
  aRefund,
  aSession,
  TestApi,
} from "./api.ts";

/** The data of a browser test: no orders, one that is ready to pay, many, one in every state, or a document of 1,000 facts. */
export type Scene = "empty" | "one" | "many" | "states" | "facts";

const LOCKED = "password_protected";

const QUOTE = {
  amount: 350,
  currency: "eur",
  lines: [
    { label: "base", document_id: null, pages: null, amount: 200 },
    { label: "invoice.pdf", document_id: "01READY-1", pages: 2, amount: 100 },
    { label: "receipt.jpg", document_id: "01READY-2", pages: 1, amount: 50 },
  ],
};

export function scene(name: Scene, origin: string): TestApi {
  const api = new TestApi();
  api.sessions = [
    aSession({ id: "01HERE", is_current: true }),
    aSession({ id: "01PHONE", browser: "Chrome", system: "Android", place: null }),
  ];
  api.apiKeys = [
    anApiKey(),
    anApiKey({ id: "01LONGNAME", name: "A-very-long-name-without-any-space-".repeat(2), status: "ended" }),
    anApiKey({
      id: "01OLD",
      name: "Old script",
      scopes: ["read", "write", "pay"],
      status: "expired",
      last_used_at: null,
    }),
  ];
  if (name === "empty") return api;
  api.export = aReadyExport(3);
  api.orders = [
    anOrder({
      id: "01READY",
      title: "Invoices March",
      status_reason_code: "ready_to_pay",
      documents: [
        aDocument({ id: "01READY-1", order_id: "01READY" }),
        aDocument({
          id: "01READY-2",
          order_id: "01READY",
          filename: "receipt.jpg",
          kind: "receipt",
          page_count: 1,
          headline: null,
        }),
        aDocument({
          id: "01READY-3",
          order_id: "01READY",
          filename: "locked.pdf",
          status: "unreadable",
          status_reason_code: LOCKED,
          page_count: null,
          document_count: null,
          kind: null,
          language: null,
          headline: null,
        }),
      ],
      quote: QUOTE,
    }),
  ];
  api.events = [
    anEvent(1, "opened"),
    anEvent(2, "document_added", { filename: "invoice.pdf" }),
    anEvent(3, "document_read", { filename: "invoice.pdf" }),
    anEvent(4, "document_unreadable", { filename: "locked.pdf" }),
  ];
  api.analysis = {
    id: "01ANALYSIS",
    order_id: "01READY",
    status: "completed",
    created_at: "2026-11-20T10:02:00Z",
    result: {
      preview: false,
      documents: [
        {
          document_id: "01READY-1",
          filename: "invoice.pdf",
          kind: "invoice",
          language: "en",
          page_count: 2,
          headline: "Invoice 2026-118 of Hafen Logistik GmbH",
          etag: '"1.0"',
          summary: [{ text: "Hafen Logistik GmbH bills three pallets, payable within 14 days.", page: 1 }],
          facts: [
            fact("invoice_number", "2026-118", "2026-118", 1, [0.62, 0.12, 0.78, 0.14], 0.99),
            fact("issue_date", "20 March 2026", "2026-03-20", 1, [0.62, 0.15, 0.8, 0.17], 0.98),
            fact("gross", "€ 119.00", { minor: 11_900, currency: "eur" }, 2, [0.7, 0.6, 0.86, 0.63], 0.71),
          ],
          line_items: [item("Euro pallet", "3", "100.00"), item("Handling", "1", "19.00")],
          warnings: [],
        },
      ],
      timeline: [
        { date: "2026-03-20", name: "issue_date", document_id: "01READY-1", page: 1 },
        { date: "2026-04-03", name: "due_date", document_id: "01READY-1", page: 1 },
      ],
      totals: [
        { currency: "eur", amount: 11_900, documents: 1 },
        { currency: "usd", amount: 4_200, documents: 1 },
      ],
      contradictions: [
        {
          code: "lines_do_not_add_up",
          params: { sum: "119.00", net: "€ 100.00" },
          text: "The API's own message.",
          document_ids: ["01READY-1"],
          documents: [{ document_id: "01READY-1", page: null }],
        },
      ],
      unreadable: [
        {
          document_id: "01READY-3",
          filename: "locked.pdf",
          title: null,
          reason: null,
          code: LOCKED,
          params: {},
        },
      ],
    },
  };
  for (const document of api.orders[0]?.documents ?? []) {
    api.details.set(document.id, {
      ...document,
      download_url: `${origin}/testing/page.svg`,
      pages: Array.from({ length: document.page_count ?? 0 }, (_, at) => ({
        number: at + 1,
        thumbnail_url: `${origin}/testing/page.svg`,
        picture_url: `${origin}/testing/page.svg`,
        width: 1000,
        height: 1414,
      })),
    });
  }
  for (const page of [1, 2])
    api.texts.set(`01READY-1/${page}`, {
      page,
      turned: 0,
      lines: [
        {
          words: [
            { text: "Invoice", box: [0.62, 0.12, 0.69, 0.14] },
            { text: "2026-118", box: [0.7, 0.12, 0.78, 0.14] },
          ],
        },
        {
          words: [
            { text: "20", box: [0.62, 0.15, 0.65, 0.17] },
            { text: "March", box: [0.66, 0.15, 0.73, 0.17] },
            { text: "2026", box: [0.74, 0.15, 0.8, 0.17] },
          ],
        },
      ],
    });
  if (name === "many") {
    const states: OrderStatus[] = ["completed", "pending", "processing", "cancelled"];
    for (let at = 0; at < 40; at++) {
      api.orders.push(
        anOrder({
          id: `01MANY${at}`,
          title: at === 1 ? LONG : `Order ${40 - at}`,
          status: states[at % 4],
          documents: [aDocument({ id: `01MANY${at}-1` })],
          quote: { ...QUOTE, amount: 150 * (at + 1) },
        }),
      );
    }
  }
  if (name === "states") {
    api.orders.push(...everyState());
    api.previews.set("01PREVIEW", previewOfInvoice());
    const [read] = api.details.values();
    for (const id of ["01PREVIEW-1", "01PREVIEW-2", "01PREVIEW-3"])
      if (read) api.details.set(id, { ...read, id, order_id: "01PREVIEW" });
  }
  const [document] = api.analysis?.result.documents ?? [];
  if (name === "facts" && document) document.facts = manyFacts(1_000);
  return api;
}

const NAMES = ["invoice_number", "issue_date", "seller", "buyer", "gross", "net", "iban", "email"];

/** Facts in a grid on two pages. All are shown, and one of ten is to be reviewed. */
function manyFacts(count: number): FactResponse[] {
  return Array.from({ length: count }, (_, at) => {
    const [left, top] = [(at % 5) / 5 + 0.02, ((at >> 1) % 100) / 100];
    const box: Box = [left, top, left + 0.15, top + 0.008];
    const name = NAMES[at % NAMES.length] ?? "seller";
    return fact(name, `Value ${at + 1}`, null, (at % 2) + 1, box, at % 10 === 9 ? 0.88 : 0.96);
  });
}

const LONG =
  "Sehr_lange_Bezeichnung_ohne_Leerzeichen_die_irgendwo_umbrechen_muss_Jahresabschlussunterlagen_2026_Anlage_17.pdf";

/** An order in each possible state. */
function everyState(): OrderResponse[] {
  const read = aDocument({ id: "01S-1" });
  const payment = aPayment({ status: "open", paid_at: null });
  const paid = aPayment();
  const atCompletion = { id: "01ANALYSIS", status: "completed" as const, created_at: "2026-11-20T10:05:00Z" };
  return [
    anOrder({ id: "01BARE", title: "Nothing yet" }),
    anOrder({
      id: "01CUTOFF",
      title: "An upload that was cut off",
      status_reason_code: "documents_in_progress",
      documents: [aDocument({ id: "01CUTOFF-1", status: "awaiting_upload", ...unread })],
    }),
    anOrder({
      id: "01READING",
      title: "Being read",
      status_reason_code: "documents_in_progress",
      documents: [
        read,
        aDocument({ id: "01READING-2", filename: "contract.docx", status: "reading", ...unread }),
        aDocument({ id: "01READING-3", filename: "receipt.jpg", status: "reading", ...unread }),
      ],
    }),
    anOrder({
      id: "01PREVIEW",
      title: "Facts without their values",
      status_reason_code: "ready_to_pay",
      documents: [
        aDocument({ id: "01PREVIEW-1", order_id: "01PREVIEW" }),
        aDocument({ id: "01PREVIEW-2", order_id: "01PREVIEW", filename: LONG, headline: null }),
        aDocument({
          id: "01PREVIEW-3",
          order_id: "01PREVIEW",
          filename: "scan-17.pdf",
          title: "Rent, March",
        }),
      ],
      quote: QUOTE,
      analysis: { id: "01ANALYSIS", status: "preview", created_at: "2026-11-20T10:02:00Z" },
    }),
    anOrder({
      id: "01NOTHING",
      title: "Nothing of it can be read",
      status_reason_code: "nothing_readable",
      documents: [
        aDocument({
          id: "01NOTHING-1",
          filename: "locked.pdf",
          status: "unreadable",
          status_reason_code: LOCKED,
          ...unread,
        }),
      ],
    }),
    anOrder({
      id: "01DECLINED",
      title: "Declined",
      status_reason_code: "payment_declined",
      documents: [read],
      quote: QUOTE,
      payment: { ...payment, status: "failed", failure_code: "payment_declined" },
    }),
    anOrder({
      id: "01CONFIRM",
      title: "To be confirmed at the bank",
      status_reason_code: "payment_requires_action",
      documents: [read],
      quote: QUOTE,
      payment: { ...payment, status: "requires_action", failure_code: "payment_requires_action" },
    }),
    anOrder({
      id: "01PAYING",
      title: "Being paid",
      status: "processing",
      status_reason_code: "payment_processing",
      documents: [read],
      quote: QUOTE,
      payment: { ...payment, status: "processing" },
    }),
    anOrder({
      id: "01WAITING",
      title: "Paid while a document is read again",
      status: "processing",
      status_reason_code: "waiting_for_documents",
      documents: [read, aDocument({ id: "01WAITING-2", filename: "scan.pdf", status: "reading", ...unread })],
      quote: QUOTE,
      payment: paid,
      promised_at: "2099-11-20T10:34:00Z",
    }),
    anOrder({
      id: "01PAID",
      title: "Paid",
      status: "completed",
      status_reason_code: "completed",
      documents: [read],
      quote: QUOTE,
      payment: paid,
      analysis: atCompletion,
    }),
    anOrder({
      id: "01CANCELLED",
      title: "Cancelled",
      status: "cancelled",
      status_reason_code: "cancelled_by_customer",
      documents: [read],
    }),
    ...REFUND_STATES.map(([id, title, refund]) =>
      anOrder({
        id,
        title,
        status: "cancelled",
        status_reason_code: "order_cancelled",
        status_reason_params: refund.status === "failed" ? { context: "refund_failed" } : {},
        documents: [read],
        quote: QUOTE,
        payment: {
          ...paid,
          amount_refunded: refund.status === "failed" ? 0 : paid.amount,
          refund_status: refund.status ?? "owed",
        },
        refunds: [aRefund(refund)],
      }),
    ),
    anOrder({
      id: "01DISPUTED",
      title: "Disputed",
      status: "completed",
      status_reason_code: "dispute_open",
      documents: [read],
      quote: QUOTE,
      payment: { ...paid, dispute_status: "open" },
      analysis: atCompletion,
    }),
    anOrder({
      id: "01DUPLICATES",
      title: "Two documents that were paid for before",
      status_reason_code: "ready_to_pay",
      documents: [
        aDocument({ id: "01DUPLICATES-1", filename: "new.pdf" }),
        aDocument({ id: "01DUPLICATES-2", filename: "copy of read.pdf", duplicate_of: PAID_BEFORE }),
        aDocument({ id: "01DUPLICATES-3", filename: "scan of read.jpg", duplicate_of: PAID_BEFORE }),
      ],
      quote: {
        amount: 300,
        currency: "eur",
        lines: [
          { label: "base", document_id: null, pages: null, amount: 200 },
          { label: "new.pdf", document_id: "01DUPLICATES-1", pages: 2, amount: 100 },
        ],
      },
      expires_at: "2026-12-20T10:00:00Z",
    }),
    anOrder({
      id: "01PAIDBEFORE",
      title: "Everything was paid for before",
      status_reason_code: "paid_before",
      documents: [
        aDocument({ id: "01PAIDBEFORE-1", filename: "copy of read.pdf", duplicate_of: PAID_BEFORE }),
      ],
    }),
    anOrder({
      id: "01FOLDER",
      title: "A folder of 500 files",
      status_reason_code: "documents_in_progress",
      documents: Array.from({ length: 500 }, (_, at) => documentOfFolder(at)),
      quote: {
        amount: 30_200,
        currency: "eur",
        lines: Array.from({ length: 100 }, (_, at) => ({
          label: `scan ${at + 1}.pdf`,
          document_id: documentOfFolder(at).id,
          pages: 2,
          amount: 100,
        })),
      },
    }),
    anOrder({
      id: "01LONG",
      title: LONG,
      status_reason_code: "ready_to_pay",
      documents: Array.from({ length: 40 }, (_, at) =>
        aDocument({
          id: `01LONG-${at}`,
          order_id: "01LONG",
          filename: at % 3 ? `Rechnung ${at} der Donaudampfschifffahrtsgesellschaft mbH.pdf` : LONG,
          headline: at % 2 ? "Invoice 2026-118 of Hafen Logistik GmbH: EUR 1,158.70" : null,
        }),
      ),
      quote: {
        amount: 123_456_789,
        currency: "eur",
        lines: Array.from({ length: 40 }, (_, at) => ({
          label: LONG,
          document_id: `01LONG-${at}`,
          pages: 120,
          amount: 3_086_419,
        })),
      },
    }),
  ];
}

/** Two documents: an invoice with facts at usual places, two of them doubtful, and a photo without any. */
function previewOfInvoice(): AnalysisResponse {
  const at = (name: string, masked_value: string, ...box: Box) => aFactPreview({ name, masked_value, box });
  const facts = [
    at("invoice_number", "••••••", 0.7, 0.17, 0.86, 0.185),
    at("issue_date", "••.••.••••", 0.7, 0.2, 0.8, 0.215),
    at("due_date", "••.••.••••", 0.7, 0.23, 0.8, 0.245),
    at("seller", "••••••", 0.1, 0.06, 0.4, 0.085),
    at("buyer", "••••••", 0.1, 0.17, 0.36, 0.185),
    at("net", "•••,••", 0.8, 0.7, 0.9, 0.715),
    { ...at("tax", "•••,••", 0.8, 0.718, 0.9, 0.733), doubtful: true, confidence: 0.62 },
    at("gross", "•••,••", 0.8, 0.736, 0.9, 0.751),
    at("iban", "•••• •••• ••••", 0.1, 0.92, 0.4, 0.935),
    { ...aFactPreview({ name: "order_number", confidence: 0.81, page: 2 }), doubtful: true },
  ];
  const invoice = aPreview({
    document_id: "01PREVIEW-1",
    headline: "Invoice 2026-118 of Hafen Logistik GmbH: EUR 1,158.70",
    fact_count: facts.length,
    doubtful_count: 2,
    fact_previews: facts,
  });
  const photo = aPreview({
    document_id: "01PREVIEW-2",
    filename: LONG,
    headline: null,
    fact_count: 0,
    doubtful_count: 0,
    fact_previews: [],
  });
  const documents = [...invoice.result.documents, ...photo.result.documents];
  return { ...invoice, order_id: "01PREVIEW", result: { preview: true, documents } };
}

const PAID_BEFORE = { order_id: "01PAID", document_id: "01S-1" };

const REFUND_STATES: [string, string, Partial<RefundResponse>][] = [
  ["01REFUNDOWED", "Refund decided", { status: "owed", reason_code: "not_completed_in_time" }],
  ["01REFUNDPENDING", "Refund on its way", { status: "pending", reason_code: "order_cancelled" }],
  ["01REFUNDED", "Refunded", { status: "succeeded", reason_code: "quote_changed" }],
  ["01REFUNDFAILED", "Refund rejected", { status: "failed", reason_code: "not_completed_in_time" }],
  [
    "01REFUNDBYHAND",
    "Refund rejected for good",
    { status: "failed", reason_code: "quote_changed", needs_person: true },
  ],
];

/** Most of the documents are read, some are being read, and some have not arrived. */
function documentOfFolder(at: number): DocumentResponse {
  const id = `01FOLDER-${String(at).padStart(3, "0")}`;
  const filename = `scan ${at + 1}.pdf`;
  if (at % 50 === 7) {
    return aDocument({ id, filename, status: "unreadable", status_reason_code: LOCKED, ...unread });
  }
  if (at < 300) return aDocument({ id, filename, headline: null });
  return aDocument({ id, filename, status: at < 420 ? "reading" : "awaiting_upload", ...unread });
}

const unread = { page_count: null, document_count: null, kind: null, language: null, headline: null };

/** As the API has them: 16 hexadecimal digits that follow from what a fact states. */
function aFactId(name: string, value: string): string {
  let hash = 7n;
  for (const sign of `${name} ${value}`) hash = (hash * 31n + BigInt(sign.codePointAt(0) ?? 0)) % 2n ** 64n;
  return hash.toString(16).padStart(16, "0");
}

function fact(
  name: string,
  value: string,
  normalised: FactResponse["normalised"],
  page: number,
  box: FactResponse["box"],
  confidence: number,
): FactResponse {
  const review = { doubtful: confidence < 0.9, corrected: false, reader_value: null, review: null };
  return {
    id: aFactId(name, value),
    name,
    value,
    normalised,
    page,
    box,
    confidence,
    source: "text",
    ...review,
  };
}

function item(description: string, quantity: string, amount: string): LineItemResponse {
  return { description, quantity, unit_price: null, amount, page: 1, box: null };
}

function anEvent(minute: number, what: EventName, facts: EventResponse["facts"] = {}): EventResponse {
  const at = `2026-11-20T10:0${minute}:00Z`;
  return { id: `01EVENT${minute}`, at, who: "customer", what, from: null, to: null, facts };
}
