/** The texts of the pages without the app. `{{…}}` are filled when the site is published: `infra/website/stage_values.py`. */
export const en = {
  skip: "Skip to the page",
  menu: "Main",
  footer: "Legal",
  otherLanguage: "Deutsch",
  signIn: "Sign in",
  register: "Create an account",
  yourOrders: "Your orders",
  home: "Docket",
  imprint: "Imprint",
  privacy: "Privacy",
  terms: "Terms",
  refunds: "Refunds",
  apiDocs: "API",
  landing: {
    title: "Docket: every fact of a document, with its place on the page",
    description:
      "Docket reads invoices, receipts, contracts and other documents, and shows each fact with the place on the page where it is written. You see the price before you pay.",
    headline: "Every fact, with its place on the page",
    lead: "Docket reads your invoices, receipts, contracts and other documents, and shows each fact it finds where it is written.",
    try: "See a real result",
    samples: "Try it with our samples",
    priceFirst: "You upload first and see the price. You pay only if you want the analysis.",
    picture: "An invoice, with the total marked by a highlighter",
  },
  sample: {
    title: "A real result",
    text: "We made up this invoice. The facts are what Docket’s reader found in it, unchanged. Choose one to see where it is written.",
    facts: "Facts",
    page: (page: number, pages: number) => `Page ${page} of ${pages}`,
    pageImage: (page: number) => `The image of page ${page} of the sample invoice`,
    marked: (label: string) => `${label} is marked on the page`,
    more: (count: number) => `${count} more: less likely values, and every date and amount`,
    items: (count: number) => `It also found the ${count} line items of the invoice, each with its amounts.`,
    confidence:
      "Facts that Docket is not sure of have a percentage. When you review an order, they come first.",
  },
  steps: {
    title: "How it works",
    list: [
      {
        title: "Add documents",
        text: "Up to 500 files in one order: PDF, photos and scans (JPEG, PNG, HEIC, TIFF, WebP, GIF), Word, Excel, emails with attachments, and e-invoices (XRechnung, UBL, CII, FatturaPA).",
      },
      {
        title: "See the price",
        text: "Docket reads the documents and counts their pages. A page that cannot be read costs nothing.",
      },
      {
        title: "Pay",
        text: "You pay once, for this order, through Stripe. There is no subscription.",
      },
      {
        title: "Review",
        text: "You see each fact beside its page. You accept, correct or reject it; totals and reports use your corrections.",
      },
      {
        title: "Take the results with you",
        text: "As Excel, CSV, JSON or a PDF report. Programs use the same API as this site.",
      },
    ],
  },
  price: {
    title: "What it costs",
    base: "for an order",
    perPage: "for each page that was read",
    text: "That is the whole price list. A Word or Excel file or an email has as many pages as its content fills. A file that you have paid for is free in a later order.",
    calculator: "Calculate a price",
    pages: "Pages",
    total: "Total",
  },
  documents: {
    title: "What happens to your documents",
    text: "They are stored and read in the AWS region {{site.region}}. No other company reads them, and no model is trained with them.",
    list: [
      {
        title: "Orders you paid for",
        text: "Files and results stay in your account, so that you can open and correct them, until you delete the account.",
        needs: null,
      },
      {
        title: "Orders you did not pay for",
        text: "They are cancelled after {{deadlines.order_expiry_days}} days.",
        needs: null,
      },
      {
        title: "Cancelled orders",
        text: "Their files, and what was read in them, are erased {{retention.cancelled_days}} days later.",
        needs: "retention.cancelled_days",
      },
      {
        title: "When you delete your account",
        text: "Files and results are erased within the hour, or as soon as a payment or refund that is under way has ended. What the law requires us to keep about invoices (payment, amount, name and address) stays stored for {{retention.invoice_years}} years.",
        needs: null,
      },
      {
        title: "Unused accounts",
        text: "After {{retention.unused_days}} days without use we send you an email. {{retention.notice_days}} days later the account is removed, with all its files.",
        needs: "retention.unused_days",
      },
    ],
    backups: "Backups of the database are deleted after 35 days. Files are not in any backup.",
  },
  security: {
    title: "Security in plain words",
    list: [
      {
        title: "Only you open your files",
        text: "A file opens at an address that is made for you and expires after a few minutes. Nothing is public.",
      },
      {
        title: "Files are treated as hostile",
        text: "A document is parsed in a process of its own, which has no access to the database, the storage or any key.",
      },
      {
        title: "Encrypted",
        text: "In transit by TLS, and in storage by AWS.",
      },
      {
        title: "Your account",
        text: "Sign in with a passkey, or with a password and an authenticator app. You see where you are signed in, and can end each session.",
      },
      {
        title: "Card data",
        text: "You give it to Stripe, not to us. We never see a card number.",
      },
      {
        title: "No tracking",
        text: "This site has no analytics, no advertising and no files from other companies, except Stripe’s form when you pay.",
      },
    ],
  },
  questions: {
    title: "Questions and answers",
    list: [
      {
        question: "How sure is a fact?",
        answer:
          "Doubtful facts have a percentage: of those with 90%, about nine in ten are right. You decide about each. The place on the page lets you check each one in a second.",
      },
      {
        question: "What if a document cannot be read?",
        answer:
          "You see why (for example, because it has a password), and it costs nothing. You can remove it before you pay.",
      },
      {
        question: "What if the analysis is not completed?",
        answer:
          "If an order you paid for is not completed within {{deadlines.completion_minutes}} minutes, it is cancelled, and the whole payment is refunded automatically.",
      },
      {
        question: "What if a file contains several invoices?",
        answer:
          "Docket finds where each begins, and shows them as several documents. The price stays the same.",
      },
      {
        question: "Can I take my data with me?",
        answer:
          "Yes. In your account you can request an export of everything that is stored: files, results, corrections and payments.",
      },
      {
        question: "Is there an API?",
        answer: "Yes, with API keys that you create in your account. This site uses the same API.",
      },
    ],
  },
  notFound: {
    title: "Page not found",
    text: "There is nothing at this address. The link may be old or mistyped.",
    back: "Go to the home page",
  },
};

export type Texts = typeof en;
