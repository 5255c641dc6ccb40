"""The title of a document: its first line that names a kind of document."""

import re

from analysis.model import Kind

CREDIT_NOTE = (
    r"(?:(?:rechnungs-?\s?|kauf)?gutschrift|storno(?:rechnung|beleg)?|rechnungs-?\s?korrektur|"
    r"(?:korrektur|berichtigte\s)rechnung|rechnungs-?\s?berichtigung|"
    r"(?:sales\s+|tax\s+)?credit\s+(?:note|memo(?:randum)?|invoice|adjustment)|adjustment\s+note|"
    r"(?:facture\s+d['\u2019])?avoir|note\s+de\s+cr[ée]dit|facture\s+(?:rectificative|d['\u2019]annulation)|"
    r"nota\s+d[ei]\s+(?:ac)?cr[eé]dito|nota\s+di\s+accredito|fattura\s+(?:di\s+storno|rettificativa)|"
    r"factura\s+(?:rectificativa|de\s+abono)|(?:nota|factura)\s+de\s+(?:abono|cr[eé]dito)|"
    r"fatura\s+(?:re(?:c)?tificativa|de\s+anulação)|credit(?:nota|factuur)|correctiefactuur|"
    r"(?:faktura|rachunek)\s+kor(?:ygując[ay]|ekta)|korekta\s+(?:do\s+)?faktury|nota\s+kredytowa|"
    r"oprav(?:ný\s+daňový\s+doklad|ná\s+faktura)|dobropis|kredit(?:faktura|nota)|"
    r"返品(?:伝票|明細書)?|(?:適格)?返還(?:請求書|インボイス)|赤伝(?:票)?|"
    r"红字(?:增值税)?(?:专用|普通|电子)?发票|紅字發票|贷项(?:通知单|凭单)|折讓證明單)"
)
"""A document that gives money back, or corrects an invoice."""
_TITLES: tuple[tuple[Kind, str], ...] = (
    ("invoice",
     (r"(?:\w*rechnung|(?:tax |sales |proforma |commercial )?invoice|"
      r"facture|fattura|factura|"
     r"\w*factuur|faktura)")),
    ("credit_note", CREDIT_NOTE),
    ("quotation",
     (r"(?:(?:sales |price )?quot(?:ation|e)|estimate|angebot|kostenvoranschlag|offerte|offerta|"
     r"devis|"
     r"preventivo|presupuesto|cotización|orçamento|oferta)")),
    ("delivery_note",
     (r"(?:delivery note|delivery docket|packing (?:slip|list)|goods delivery note|lieferschein|"
     r"bon de livraison|bordereau de livraison|documento di trasporto|d\.?d\.?t\.?|"
     r"bolla di consegna|"
     r"albarán|nota de entrega|pakbon|leveringsbon|afleverbon|guia de remessa)")),
    ("purchase_order",
     (r"(?:purchase order|bestellung|bon de commande|ordine d['\u2019]acquisto|orden de compra|"
     r"pedido de compra|inkooporder|bestelbon)")),
    ("reminder",
     (r"(?:(?:\d\.|letzte|erste|zweite|dritte)?\s*(?:mahnung|zahlungserinnerung)|mahnschreiben|"
     r"(?:\w+\s)?(?:payment reminder|reminder (?:of|notice|letter)\b.{0,12}|overdue notice|"
     r"notice of overdue payment|final demand|final notice)|(?:lettre de )?relance\b.{0,12}|"
     r"mise en demeure|rappel de paiement|sollecito di pagamento|recordatorio de pago|"
     r"betalingsherinnering|aanmaning)")),
    ("insurance_policy",
     (r"(?:(?:[\w'\u2019&]+\s){0,5}(?:insurance policy|policy schedule|insurance schedule|"
      r"schedule of (?:insurance|cover)|certificate of (?:\w+\s){0,2}insurance|"
      r"(?:policy|insurance|auto|homeowners?|liability|coverage|property) declarations?"
      r"(?:\s+page)?)|"
      r"declarations\s+page|(?:nachtrag\s+zum\s+|ihr\s+)?(?:versicherungs(?:schein|police)|"
      r"[^\W\d_]+versicherungs(?:schein|police))|police d['\u2019]assurance|"
      r"(?:contrat|attestation|certificat) d['\u2019]assurance|"
      r"polizza(?: di assicurazione)?|(?:scheda di|certificato di) (?:polizza|assicurazione)|"
      r"póliza(?: de seguro)?|(?:verzekerings)?polis(?:blad)?|apólice(?: de seguro)?|"
      r"polisa(?: ubezpieczeni\w+)?|pojistná smlouva|pojistka|försäkrings(?:brev|besked)|"
      r"forsikringspolice|保険証券|保险单|保險單)")),
    ("tax_form",
     (r"(?:form\s*(?:w-?2|w-?9|1099(?:-\w+)?|w-?4|1040|w-8\w*)|w-?2\s+wage and tax statement|"
     r"wage and tax statement|request for taxpayer identification.*|1099-(?:nec|misc|int|div|r|"
     r"k)\b.*|"
     r"nonemployee compensation)")),
)  # fmt: skip
_REST = r"(?![\w-])(?P<rest>[^\n]*)"
_COMPILED = tuple(
    (kind, re.compile(rf"^[^\w\n]*{pattern}{_REST}", re.IGNORECASE | re.MULTILINE))
    for kind, pattern in _TITLES
)
_NUMBERED_OR_DATED = re.compile(
    r"^\s*(?:number|no\.?|nr\.?|n[°º.]|#|ref\.?|date|datum|id|to|an|à)?\s*:|^\s*(?:date|datum|"
    r"to|an|address)\b",
    re.IGNORECASE,
)
"""What makes a line the label of a number or a date, not the title."""
_SUBTITLE = re.compile(r"^\s*:\s*[^\W\d_]{3,}(?:[\s,&/'\u2019-]+[^\W\d_]+)+\s*$")
"""What a title may say behind a colon: words without a number, which is no value of a label."""
_LONGEST_REST = 45
"""Most characters behind a title in its line; longer lines are sentences."""
_WITHIN = 2_500
"""First characters of a text that are searched for a title."""


_OF_AN_INVOICE = re.compile(
    r"\b(?:rechnungs_?-?\s?(?:nummer|nr|datum|empfänger|summe|währung)|invoice\s*(?:number|no|"
    r"date|#)|"
    r"facture\s*n[°º]|num[ée]ro\s*de\s*facture|date\s*de\s*facture|fattura\s*n|factuurnummer|"
    r"factuurdatum|(?:n[°º]|número)\s*de\s*factura)",
    re.IGNORECASE,
)
"""Words that only an invoice has: its order or its delivery note may look like a title."""
_BEFORE_INVOICING = frozenset(["quotation", "delivery_note", "purchase_order"])


def titled(text: str) -> Kind | None:
    """The kind that the first title of a text names; of two that begin at one place the longer."""
    best: tuple[int, int] | None = None
    kind_found: Kind | None = None
    head = text[:_WITHIN]
    invoiced = _OF_AN_INVOICE.search(head)
    for kind, pattern in _COMPILED:
        if kind in _BEFORE_INVOICING and invoiced:
            continue
        for match in pattern.finditer(head):
            if _is_label(match["rest"], head[match.end() :]):
                continue
            place = (match.start(), -match.start("rest"))
            if best is None or place < best:
                best, kind_found = place, kind
            break
    return kind_found


def _is_label(rest: str, below: str) -> bool:
    """Whether a line is a sentence, or the label of a value in it or in the next line."""
    return bool(
        (_NUMBERED_OR_DATED.match(rest) and not _SUBTITLE.match(rest))
        or len(rest) > _LONGEST_REST
        or rest.rstrip().endswith((".", ","))
        or (not rest.strip() and below.lstrip("\n ").startswith(":"))
    )
