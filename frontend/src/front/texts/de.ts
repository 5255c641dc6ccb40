import type { Texts } from "./en.ts";

export const de: Texts = {
  skip: "Zum Inhalt springen",
  menu: "Hauptmenü",
  footer: "Rechtliches",
  otherLanguage: "English",
  signIn: "Anmelden",
  register: "Konto anlegen",
  yourOrders: "Ihre Aufträge",
  home: "Docket",
  imprint: "Impressum",
  privacy: "Datenschutz",
  terms: "AGB",
  refunds: "Erstattung",
  apiDocs: "API",
  landing: {
    title: "Docket: jede Angabe eines Dokuments mit ihrer Stelle auf der Seite",
    description:
      "Docket liest Rechnungen, Kassenbons, Verträge und andere Dokumente und zeigt jede Angabe dort, wo sie steht. Sie sehen den Preis, bevor Sie bezahlen.",
    headline: "Jede Angabe mit ihrer Stelle auf der Seite",
    lead: "Docket liest Ihre Rechnungen, Kassenbons, Verträge und andere Dokumente und zeigt jede gefundene Angabe dort, wo sie steht.",
    try: "Ein echtes Ergebnis ansehen",
    samples: "Mit Beispielen ausprobieren",
    priceFirst:
      "Sie laden zuerst hoch und sehen den Preis. Sie bezahlen nur, wenn Sie die Auswertung möchten.",
    picture: "Eine Rechnung, auf der die Summe mit einem Textmarker markiert ist",
  },
  sample: {
    title: "Ein echtes Ergebnis",
    text: "Die Rechnung ist erfunden. Die Angaben hat Docket darin gefunden; wir haben nichts daran geändert. Wählen Sie eine, um zu sehen, wo sie steht.",
    facts: "Angaben",
    page: (page, pages) => `Seite ${page} von ${pages}`,
    pageImage: (page) => `Das Bild von Seite ${page} der Beispielrechnung`,
    marked: (label) => `${label} ist auf der Seite markiert`,
    more: (count) => `${count} weitere: weniger wahrscheinliche Werte sowie alle Datumsangaben und Beträge`,
    items: (count) => `Gefunden wurden auch die ${count} Positionen der Rechnung mit ihren Beträgen.`,
    confidence:
      "Bei unsicheren Angaben steht, wie sicher sie sind. Wenn Sie einen Auftrag prüfen, kommen sie zuerst.",
  },
  steps: {
    title: "So funktioniert’s",
    list: [
      {
        title: "Dokumente hinzufügen",
        text: "Bis zu 500 Dateien je Auftrag: PDF, Fotos und Scans (JPEG, PNG, HEIC, TIFF, WebP, GIF), Word, Excel, E-Mails mit Anhängen und E-Rechnungen (XRechnung, UBL, CII, FatturaPA).",
      },
      {
        title: "Preis ansehen",
        text: "Docket liest die Dokumente und zählt ihre Seiten. Eine Seite, die sich nicht lesen lässt, kostet nichts.",
      },
      {
        title: "Bezahlen",
        text: "Sie bezahlen einmal, für diesen Auftrag, über Stripe. Es gibt kein Abonnement.",
      },
      {
        title: "Prüfen",
        text: "Sie sehen jede Angabe neben ihrer Seite. Sie bestätigen, berichtigen oder verwerfen sie; Summen und Berichte verwenden Ihre Berichtigungen.",
      },
      {
        title: "Ergebnisse mitnehmen",
        text: "Als Excel, CSV, JSON oder PDF-Bericht. Programme verwenden dieselbe API wie diese Website.",
      },
    ],
  },
  price: {
    title: "Was es kostet",
    base: "je Auftrag",
    perPage: "je gelesene Seite",
    text: "Das ist die ganze Preisliste. Eine Word- oder Excel-Datei oder eine E-Mail hat so viele Seiten, wie ihr Inhalt füllt. Eine Datei, die Sie schon bezahlt haben, ist in einem späteren Auftrag kostenlos.",
    calculator: "Preis berechnen",
    pages: "Seiten",
    total: "Summe",
  },
  documents: {
    title: "Was mit Ihren Dokumenten geschieht",
    text: "Sie werden in der AWS-Region {{site.region}} gespeichert und gelesen. Kein anderes Unternehmen liest sie, und kein Modell wird mit ihnen trainiert.",
    list: [
      {
        title: "Bezahlte Aufträge",
        text: "Dateien und Ergebnisse bleiben in Ihrem Konto, damit Sie sie öffnen und berichtigen können, bis Sie das Konto löschen.",
        needs: null,
      },
      {
        title: "Unbezahlte Aufträge",
        text: "Sie werden nach {{deadlines.order_expiry_days}} Tagen storniert.",
        needs: null,
      },
      {
        title: "Stornierte Aufträge",
        text: "Die Dateien und alles, was darin gelesen wurde, werden {{retention.cancelled_days}} Tage später gelöscht.",
        needs: "retention.cancelled_days",
      },
      {
        title: "Wenn Sie Ihr Konto löschen",
        text: "Dateien und Ergebnisse werden innerhalb einer Stunde gelöscht, oder sobald eine laufende Zahlung oder Erstattung abgeschlossen ist. Was wir nach dem Gesetz von Rechnungen aufbewahren müssen (Zahlung, Betrag, Name und Adresse), bleibt {{retention.invoice_years}} Jahre gespeichert.",
        needs: null,
      },
      {
        title: "Ungenutzte Konten",
        text: "Nach {{retention.unused_days}} Tagen ohne Nutzung schreiben wir Ihnen eine E-Mail. {{retention.notice_days}} Tage später wird das Konto mit allen Dateien gelöscht.",
        needs: "retention.unused_days",
      },
    ],
    backups: "Sicherungen der Datenbank werden nach 35 Tagen gelöscht. Dateien sind in keiner Sicherung.",
  },
  security: {
    title: "Sicherheit in einfachen Worten",
    list: [
      {
        title: "Nur Sie öffnen Ihre Dateien",
        text: "Eine Datei öffnet sich über eine Adresse, die für Sie erzeugt wird und nach wenigen Minuten abläuft. Nichts ist öffentlich.",
      },
      {
        title: "Wir misstrauen jeder Datei",
        text: "Ein Dokument wird in einem eigenen Prozess gelesen, der weder auf die Datenbank noch auf den Speicher noch auf Schlüssel zugreifen kann.",
      },
      {
        title: "Verschlüsselt",
        text: "Bei der Übertragung durch TLS, im Speicher durch AWS.",
      },
      {
        title: "Ihr Konto",
        text: "Sie melden sich mit einem Passkey an oder mit Passwort und Authenticator-App. Sie sehen, wo Sie angemeldet sind, und können jede Sitzung beenden.",
      },
      {
        title: "Kartendaten",
        text: "Sie geben sie Stripe, nicht uns. Wir sehen keine Kartennummer.",
      },
      {
        title: "Kein Tracking",
        text: "Diese Website hat keine Analysedienste, keine Werbung und keine Dateien anderer Unternehmen, außer dem Formular von Stripe beim Bezahlen.",
      },
    ],
  },
  questions: {
    title: "Fragen und Antworten",
    list: [
      {
        question: "Wie sicher ist eine Angabe?",
        answer:
          "Bei unsicheren Angaben steht, wie sicher sie sind: Von solchen mit 90 % stimmen etwa neun von zehn. Sie entscheiden über jede. Durch die Stelle auf der Seite prüfen Sie jede in einer Sekunde.",
      },
      {
        question: "Was, wenn sich ein Dokument nicht lesen lässt?",
        answer:
          "Der Grund wird genannt (zum Beispiel ein Passwort), und es kostet nichts. Sie können es entfernen, bevor Sie bezahlen.",
      },
      {
        question: "Was, wenn die Auswertung nicht fertig wird?",
        answer:
          "Wird ein bezahlter Auftrag nicht innerhalb von {{deadlines.completion_minutes}} Minuten fertig, wird er storniert, und die ganze Zahlung wird automatisch erstattet.",
      },
      {
        question: "Was, wenn eine Datei mehrere Rechnungen enthält?",
        answer:
          "Docket erkennt, wo jede beginnt, und zeigt sie als mehrere Dokumente. Der Preis bleibt derselbe.",
      },
      {
        question: "Kann ich meine Daten mitnehmen?",
        answer:
          "Ja. In Ihrem Konto fordern Sie einen Export von allem an, was gespeichert ist: Dateien, Ergebnisse, Berichtigungen und Zahlungen.",
      },
      {
        question: "Gibt es eine API?",
        answer:
          "Ja, mit API-Schlüsseln, die Sie in Ihrem Konto anlegen. Diese Website verwendet dieselbe API.",
      },
    ],
  },
  notFound: {
    title: "Seite nicht gefunden",
    text: "Unter dieser Adresse gibt es nichts. Der Link ist vielleicht veraltet oder falsch geschrieben.",
    back: "Zur Startseite",
  },
};
