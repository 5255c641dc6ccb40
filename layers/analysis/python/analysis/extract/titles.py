"""The title of a document: its first line that names a kind of document."""

import re

from analysis.model import Kind

_TITLES: tuple[tuple[Kind, str], ...] = (
    ("invoice",
     (r"(?:\w*rechnung|rechnungs-?\s?korrektur|(?:tax |sales |proforma |commercial )?invoice|"
      r"facture|fattura|factura|"
     r"\w*factuur|faktura)")),
    ("credit_note", (r"(?:gutschrift|storno\w*|credit (?:note|memo)|avoir|nota di credito|"
     r"creditnota)")),
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
     (r"(?:(?:\w+\s){0,3}(?:insurance policy|policy schedule|policy declarations?|"
     r"schedule of insurance|certificate of (?:\w+\s)?insurance)|versicherungs(?:schein|police)|"
     r"police d['\u2019]assurance|attestation d['\u2019]assurance|polizza(?: di assicurazione)?|"
     r"póliza(?: de seguro)?|verzekeringspolis|polisblad)")),
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
_VALUE = re.compile(
    r"^\s*(?:number|no\.?|nr\.?|n[°º.]|#|ref\.?|date|datum|id|to|an|à)?\s*:|^\s*(?:date|datum|"
    r"to|an|address)\b",
    re.IGNORECASE,
)
"""What makes a line the label of a number or a date, not the title."""
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
        _VALUE.match(rest)
        or len(rest) > _LONGEST_REST
        or rest.rstrip().endswith((".", ","))
        or (not rest.strip() and below.lstrip("\n ").startswith(":"))
    )
