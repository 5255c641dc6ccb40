import type { LegalTexts } from "./legalTexts.ts";

export const de: LegalTexts = {
  noOperator:
    "Dies ist eine Testumgebung. Niemand bietet hier einen Dienst an, und es kommt kein Vertrag zustande.",
  represented: "Vertretung und Registereintrag",
  vatId: "Umsatzsteuer-Identifikationsnummer",
  mail: "E-Mail",
  imprint: {
    title: "Impressum",
    description: "Wer diesen Dienst betreibt und wie Sie ihn erreichen.",
    sections: [
      {
        title: "Streitbeilegung",
        paragraphs: [
          "Wir nehmen an keinem Streitbeilegungsverfahren vor einer Verbraucherschlichtungsstelle teil und sind dazu nicht verpflichtet.",
        ],
      },
    ],
  },
  privacy: {
    title: "Datenschutz",
    description: "Was dieser Dienst über Sie speichert, warum und wie lange, und welche Rechte Sie haben.",
    sections: [
      {
        title: "Was wir verarbeiten und warum",
        paragraphs: [
          "Ihr Konto: E-Mail-Adresse, Ihr Name, wenn Sie ihn angeben, ein Hash Ihres Passworts oder Ihre Passkeys, Ihre Sitzungen mit Gerät, IP-Adresse und ungefährem Ort und die letzte Nutzung. Wir brauchen es, um den Vertrag zu erfüllen (Art. 6 Abs. 1 Buchst. b DSGVO) und um Konten zu schützen (Buchst. f).",
          "Ihre Dokumente und was darin gelesen wurde, Ihre Berichtigungen und den Verlauf Ihrer Aufträge: Wir verarbeiten sie für Sie, um den Vertrag zu erfüllen (Buchst. b).",
          "Ihre Zahlungen: Betrag, Zeit und Stand. Kartendaten geben Sie Stripe; wir erhalten sie nicht (Buchst. b). Was wir nach dem Gesetz von Rechnungen aufbewahren müssen, speichern wir (Buchst. c).",
          "Zugriffsprotokolle: IP-Adresse, Zeit, Pfad und Status, ohne Cookies und Suchparameter. Sie dienen dazu, Fehler und Missbrauch zu finden (Buchst. f), und werden nach {{log_retention_days}} Tagen gelöscht.",
        ],
      },
      {
        title: "Wer Daten erhält",
        paragraphs: [
          "Amazon Web Services speichert und verarbeitet Daten für uns, in der Region {{site.region}}; die Seiten liefert sein Netz von Servern in Ihrer Nähe aus. Stripe wickelt Zahlungen ab. Sonst erhält niemand etwas, und nichts wird für Werbung oder zum Training von Modellen verwendet.",
        ],
      },
      {
        title: "Wie lange",
        paragraphs: [
          "Dateien und Ergebnisse bleiben, bis Sie Ihr Konto löschen. Ein unbezahlter Auftrag wird nach {{deadlines.order_expiry_days}} Tagen storniert.",
          "{{#retention.cancelled_days}}Die Dateien eines stornierten Auftrags werden {{retention.cancelled_days}} Tage später gelöscht.{{/retention.cancelled_days}}",
          "{{#retention.unused_days}}Wer sein Konto {{retention.unused_days}} Tage nicht nutzt, erhält eine E-Mail; {{retention.notice_days}} Tage später wird es gelöscht.{{/retention.unused_days}}",
          "Wenn Sie Ihr Konto löschen, wird alles innerhalb einer Stunde entfernt, oder sobald eine laufende Zahlung oder Erstattung abgeschlossen ist. Rechnungsdaten bleiben {{retention.invoice_years}} Jahre, weil das Gesetz es verlangt. Sicherungen der Datenbank werden nach 35 Tagen gelöscht.",
        ],
      },
      {
        title: "Was in Ihrem Browser gespeichert wird",
        paragraphs: [
          "Wenn Sie sich anmelden, zwei Cookies: Durch das eine bleiben Sie angemeldet, am anderen erkennt Ihr Konto dieses Gerät, damit wir eine Anmeldung von einem neuen melden können. Außerdem Ihre Einstellungen, etwa Sprache und Farbschema, und dass Sie angemeldet waren. All das ist für das nötig, was Sie angefordert haben; deshalb gibt es kein Banner. Das Zahlungsformular von Stripe speichert beim Bezahlen eigene Cookies gegen Betrug.",
        ],
      },
      {
        title: "Ihre Rechte",
        paragraphs: [
          "Sie können Auskunft über Ihre Daten verlangen, sie berichtigen oder löschen und ihre Verarbeitung einschränken lassen, der Verarbeitung widersprechen und die Daten mitnehmen. Export und Löschung finden Sie in Ihrem Konto. Für alles andere schreiben Sie uns. Sie können sich bei einer Aufsichtsbehörde beschweren.",
        ],
      },
    ],
  },
  terms: {
    title: "Allgemeine Geschäftsbedingungen",
    description: "Die Bedingungen des Vertrags zwischen Ihnen und dem Betreiber dieses Dienstes.",
    sections: [
      {
        title: "Der Dienst",
        paragraphs: [
          "Docket liest Dokumente, die Sie hochladen, und zeigt die gefundenen Angaben mit ihren Stellen. Das Lesen geschieht durch Programme. Angaben können falsch sein oder fehlen; zu jeder gehören ihre Sicherheit und ihre Stelle, damit Sie sie prüfen können. Prüfen Sie wichtige Angaben, bevor Sie sich auf sie verlassen.",
        ],
      },
      {
        title: "Vertrag und Preis",
        paragraphs: [
          "Registrierung, Hochladen und Angebot sind kostenlos. Der Vertrag über eine Auswertung kommt zustande, wenn Sie einen Auftrag bezahlen. Es gilt der Preis, den der Auftrag zeigt; für einen Auftrag gelten die Preise des Tages, an dem er angelegt wurde.",
          "Eine Seite, die sich nicht lesen lässt, wird nicht berechnet.",
        ],
      },
      {
        title: "Ihre Dokumente",
        paragraphs: [
          "Sie bleiben Ihre. Sie erlauben uns nur, was der Dienst braucht: sie für Sie zu speichern und zu verarbeiten. Laden Sie nur hoch, was Sie hochladen dürfen. Wenn Sie für Ihr Unternehmen Daten anderer Menschen verarbeiten, verarbeiten wir sie in Ihrem Auftrag.",
        ],
      },
      {
        title: "Ihr Konto",
        paragraphs: [
          "Schützen Sie Ihr Passwort und Ihre API-Schlüssel. Sie können Ihr Konto jederzeit löschen. Wir können ein Konto schließen, mit dem der Dienst oder andere Menschen angegriffen werden.",
        ],
      },
      {
        title: "Haftung",
        paragraphs: [
          "Wir haften unbeschränkt bei Vorsatz und grober Fahrlässigkeit, bei Verletzung von Leben, Körper und Gesundheit und wo das Gesetz es verlangt. Bei leichter Fahrlässigkeit haften wir nur für die Verletzung einer wesentlichen Pflicht und für den typischen, vorhersehbaren Schaden.",
        ],
      },
    ],
  },
  refunds: {
    title: "Erstattung",
    description: "Wann und wie eine Zahlung erstattet wird.",
    sections: [
      {
        title: "Automatische Erstattung",
        paragraphs: [
          "Die ganze Zahlung wird erstattet, wenn ein bezahlter Auftrag nicht innerhalb von {{deadlines.completion_minutes}} Minuten fertig wird, wenn der Auftrag storniert wurde, während Sie bezahlten, oder wenn die Zahlung nicht zu ihrem Auftrag passt.",
          "Erstattet wird über das Zahlungsmittel, mit dem Sie bezahlt haben. Stripe meldet den Stand, und der Auftrag zeigt ihn. Banken brauchen einige Tage.",
        ],
      },
      {
        title: "Seiten, die sich nicht lesen lassen",
        paragraphs: ["Sie gehören nicht zum Preis; es ist also nichts zu erstatten."],
      },
      {
        title: "Widerruf",
        paragraphs: [
          "Als Verbraucher haben Sie gesetzliche Rechte, die diese Seiten nicht einschränken, darunter das Widerrufsrecht und Rechte bei Mängeln. Schreiben Sie uns mit der Nummer des Auftrags.",
        ],
      },
    ],
  },
};
