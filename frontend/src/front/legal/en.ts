import type { LegalTexts } from "./legalTexts.ts";

export const en: LegalTexts = {
  noOperator: "This is a test environment. Nobody offers a service here, and no contract is concluded.",
  represented: "Representation and register entry",
  vatId: "VAT identification number",
  mail: "Email",
  imprint: {
    title: "Imprint",
    description: "Who runs this service, and how to reach them.",
    sections: [
      {
        title: "Disputes",
        paragraphs: [
          "We neither take part in dispute resolution before a consumer arbitration board, nor are we obliged to.",
        ],
      },
    ],
  },
  privacy: {
    title: "Privacy",
    description:
      "What this service stores about you, for what purpose and how long, and which rights you have.",
    sections: [
      {
        title: "What we process, and for what purpose",
        paragraphs: [
          "Your account: email address, name if you give one, a hash of your password or your passkeys, your sessions with device, IP address and approximate location, and when you last used it. We need it to perform the contract (Article 6(1)(b) GDPR) and to protect accounts (Article 6(1)(f)).",
          "Your documents, what is read in them, your corrections and the history of your orders. We process them for you, to perform the contract (Article 6(1)(b)).",
          "Your payments: amount, time and status. You give card data to Stripe, and we never receive it (Article 6(1)(b)); what the law requires us to keep about invoices, we store (Article 6(1)(c)).",
          "Access logs: IP address, time, path and status, without cookies and query strings. They serve to find faults and abuse (Article 6(1)(f)), and are deleted after {{log_retention_days}} days.",
        ],
      },
      {
        title: "Who receives data",
        paragraphs: [
          "Amazon Web Services stores and processes data for us, in the region {{site.region}}; pages are delivered by its network of servers near you. Stripe processes payments. Nobody else receives anything, and nothing is used for advertising or for training models.",
        ],
      },
      {
        title: "How long",
        paragraphs: [
          "Files and results stay until you delete your account. An order that is not paid is cancelled after {{deadlines.order_expiry_days}} days.",
          "{{#retention.cancelled_days}}The files of an order that was cancelled are erased {{retention.cancelled_days}} days later.{{/retention.cancelled_days}}",
          "{{#retention.unused_days}}An account that was unused for {{retention.unused_days}} days gets a notice by email, and is removed {{retention.notice_days}} days later.{{/retention.unused_days}}",
          "When you delete your account, everything is removed within the hour, or as soon as a payment or refund that is under way has ended. Invoice data stays for {{retention.invoice_years}} years, because the law requires it. Backups of the database are deleted after 35 days.",
        ],
      },
      {
        title: "What is stored in your browser",
        paragraphs: [
          "Two cookies, when you sign in: one keeps you signed in, the other lets your account recognize this device, so that we can report a sign-in from a new one. And your choices, such as language and color scheme, and that you were signed in. All of this is necessary for what you asked for, so there is no banner. Stripe’s payment form stores cookies of its own against fraud when you pay.",
        ],
      },
      {
        title: "Your rights",
        paragraphs: [
          "You have the right to access your data, to have it corrected or erased or its processing restricted, to object to its processing, and to take it with you. You find the export and the deletion in your account. For everything else, write to us. You may complain to a supervisory authority.",
        ],
      },
    ],
  },
  terms: {
    title: "Terms",
    description: "The terms of the contract between you and the operator of this service.",
    sections: [
      {
        title: "The service",
        paragraphs: [
          "Docket reads documents that you upload and shows the facts that it finds, with their places. Reading is done by programs. Facts can be wrong or missing; each has a confidence and its place, so that you can check it. Check facts that matter before you rely on them.",
        ],
      },
      {
        title: "Contract and price",
        paragraphs: [
          "Registration, uploads and the quote are free. The contract for an analysis is concluded when you pay for an order. The price is the one that the order shows; an order keeps the prices of the day it was created.",
          "A page that cannot be read is not charged.",
        ],
      },
      {
        title: "Your documents",
        paragraphs: [
          "They stay yours. You allow us only what the service needs: to store and process them for you. Upload only what you may upload. If you process data about other people for your business, we process it on your behalf.",
        ],
      },
      {
        title: "Your account",
        paragraphs: [
          "Protect your password and your API keys. You may delete your account at any time. We may close an account that is used to attack the service or other people.",
        ],
      },
      {
        title: "Liability",
        paragraphs: [
          "We are liable without limit for intent and gross negligence, for injury to life, body and health, and where the law requires it. For slight negligence we are liable only for the breach of an essential duty, and for the damage that is typical and foreseeable.",
        ],
      },
    ],
  },
  refunds: {
    title: "Refunds",
    description: "When and how a payment is refunded.",
    sections: [
      {
        title: "Automatic refunds",
        paragraphs: [
          "The whole payment is refunded if a paid order is not completed within {{deadlines.completion_minutes}} minutes, if the order was cancelled while you paid, or if the payment does not match its order.",
          "The refund goes to the payment method you used. Stripe reports its progress, and the order shows it. Banks take a few days.",
        ],
      },
      {
        title: "Pages that cannot be read",
        paragraphs: ["They are not part of the price, so there is nothing to refund."],
      },
      {
        title: "Withdrawal",
        paragraphs: [
          "If you are a consumer, the law gives you rights that these pages do not restrict, among them the right of withdrawal and rights in case of defects. Write to us and name the order.",
        ],
      },
    ],
  },
};
