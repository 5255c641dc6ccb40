"""The words that invoices of several countries use for the same fact."""

import re

BELOW = 0.88
"""Factor for the confidence of a date or number below its label, instead of after it."""


def label(*alternatives: str) -> re.Pattern[str]:
    """A pattern of any of these as whole words; `_` matches any blank, a hyphen or nothing."""
    pattern = "|".join(alternative.replace("_", r"\s?-?\s?") for alternative in alternatives)
    return re.compile(rf"(?<![^\W_])(?:{pattern})(?![^\W_])", re.IGNORECASE)


NUMBER = label(
    r"rechnungs_(?:nummer|nr\.?|no\.?)", r"rg\.?_nr\.?", r"re\.?-nr\.?", r"beleg_(?:nummer|nr\.?)",
    r"(?:gutschrift|rechnungskorrektur)s?_(?:nummer|nr\.?)", r"dokument_(?:nummer|nr\.?)",
    r"(?:invoice|inv\.?|bill|document|credit\snote)\s*"
    r"(?:number|no\.?|nr\.?|num\.?|#|id|ref(?:erence)?)",
    r"(?:num[ée]ro|n[°ºo]\.?)\s*(?:de\s*(?:la\s*)?)?facture",
    r"facture\s*(?:n[°ºo]\.?|num[ée]ro|#)",
    r"請求(?:書)?番号", r"发票号码", r"發票號碼",
    r"factuur_(?:nummer|nr\.?)", r"n(?:[úu]mero|[°ºo]\.?)\s*(?:de\s*)?factura",
    r"factura\s*(?:n[°ºo]\.?|n[úu]m(?:ero)?\.?)",
    r"(?:n[°ºo]\.?|numero)\s*(?:fattura|documento)",
    r"fattura\s*n[°ºo]?\.?", r"faktura_(?:nr\.?|nummer)", r"numer\s*faktury",
)  # fmt: skip
TITLE = label(
    r"(?:\w*rechnung|gutschrift|rechnungskor\s?rektur|korrekturrechnung|buchungshilfe)"
    r"(?:\s*(?:nr|no|#)\.?)?",
    r"(?:tax\s|proforma\s|commercial\s)?invoice(?:\s*(?:nr|no|#)\.?)?", r"credit\snote",
    r"facture(?:\s*n[°ºo]\.?)?", r"avoir", r"factura", r"fattura", r"factuur", r"faktura",
)  # fmt: skip
ISSUED = label(
    r"rechnungs_datum", r"beleg_datum", r"ausstellungs_datum", r"gutschrifts_datum", r"rg\.?_datum",
    r"invoice\s*date", r"date\s*of\s*(?:issue|invoice)", r"issue\s*date", r"bill\s*date",
    r"issued(?:\s*on)?", r"invoiced\s*on", r"tax\s*point",
    r"date\s*(?:de\s*(?:la\s*)?)?(?:facture|facturation|d['\u2019]émission|émission)",
    r"émise?\s*le",
    r"factuur_datum", r"fecha\s*(?:de\s*)?(?:la\s*)?(?:factura|emisión)",
    r"data\s*(?:fattura|documento)",
    r"発行日", r"請求日", r"开票日期",
    r"data\s*wystawienia", r"faktura_dat(?:um|o)",
)  # fmt: skip
DATED = label(r"datum", r"date", r"fecha", r"data", r"vom", r"den", r"le", r"dated", r"dato")
DUE = label(
    r"fällig(?:keit|keits_datum)?(?:\s*(?:am|bis|zum))?",
    r"zahlbar\s*bis(?:\s*(?:zum|spätestens))?",
    r"zahlungs_ziel", r"zahlungs_termin", r"bis\s*(?:spätestens\s*)?zum", r"zu\s*zahlen\s*bis",
    r"due(?:\s*(?:date|on|by))?", r"payment\s*due(?:\s*(?:date|on|by))?", r"pay(?:able)?\s*by",
    r"(?:date\s*d['\u2019])?échéance", r"à\s*payer\s*avant(?:\s*le)?", r"verval_datum",
    r"betaal\s*voor",
    r"お?支払(?:い)?期限", r"お?支払期日", r"(?:collect|debit)\s*(?:this|it)\b.*\bafter",
    r"(?:fecha\s*de\s*)?vencimiento", r"scadenza", r"termin\s*płatności", r"förfallo_datum",
)  # fmt: skip
DELIVERED = label(
    r"liefer(?:ungs)?_datum", r"leistungs_datum", r"leistungs_zeitpunkt", r"lieferung\s*(?:am|vom)",
    r"liefer-?\s*(?:und|/|bzw\.)\s*leistungs_(?:datum|zeitpunkt)", r"liefer_tag",
    r"lieferzeitpunkt",
    r"(?:delivery|supply|service|shipping)\s*date", r"date\s*of\s*(?:supply|delivery|service)",
    r"delivered(?:\s*on)?", r"date\s*de\s*(?:la\s*)?(?:livraison|prestation)", r"lever_datum",
    r"fecha\s*de\s*entrega", r"data\s*(?:di\s*)?consegna",
)  # fmt: skip
GROSS = label(
    r"brutto",
    r"brutto_(?:summe|gesamt|betrag|gesamtbetrag)", r"(?:gesamt|rechnungs)_summe\s*brutto",
    r"gesamt_betrag(?:\s*(?:brutto|inkl\.?.*))?", r"gesamt\s*brutto", r"gesamt\s*inkl\.?.*",
    r"(?:rechnungs|end)_(?:end)?betrag", r"rechnungs_summe", r"gesamt_summe", r"end_summe",
    r"gesamt(?:preis|forderung)", r"summe\s*(?:brutto|inkl\.?.*)", r"rechnungs_total",
    r"(?:grand|invoice|gross)\s*total", r"total\s*\(?(?:ttc|gross|brutto|incl[^a-z].*|including.*)",
    r"(?:gross|total|invoice)\s*amount",
    r"total\s*(?:in\s*)?(?:[a-z]{3}\b|€|\$|£)(?=\W*[\d]|\W*$)", r"montant\s*(?:total\s*)?ttc",
    r"totaal(?:_bedrag)?(?:\s*incl.*)?", r"importe\s*total", r"totale\s*(?:fattura|documento)?",
    r"gutschrifts_(?:betrag|summe)", r"erstattungs_betrag",
    r"(?:total\s*)?credit\s*(?:total|amount)",
    r"refund(?:\s*(?:total|amount))?", r"合計(?:金額)?", r"ご?請求金額", r"总计", r"合计",
    r"ttc", r"razem\s*brutto", r"net\s*total\s*ttc", r"att\s*betala",
)  # fmt: skip
PAYABLE = label(
    r"zahl_betrag", r"zu\s*zahlen(?:der\s*betrag)?", r"auszahlungs_betrag", r"forderungs_betrag",
    r"(?:amount|balance|total)\s*(?:now\s*)?(?:due|payable|to\s*pay|outstanding)", r"please\s*pay",
    r"net\s*à\s*payer", r"reste\s*à\s*payer", r"solde", r"te\s*betalen", r"total\s*a\s*pagar",
    r"do\s*zapłaty",
)  # fmt: skip
SUM = label(r"total", r"gesamt", r"summe", r"net\s*total")
NET = label(
    r"小計", r"charges\s*this\s*period",
    r"net(?!\s*(?:à|total|weight|pay|\d))",
    r"netto(?:_(?:betrag|summe|gesamt|warenwert|gesamtbetrag))?", r"(?:summe|gesamt)\s*netto",
    r"rechnungs_summe\s*(?:netto|ohne\s*(?:ust|mwst)\.?)", r"rechnungsbetrag\s*netto",
    r"positions_summe", r"zwischen_(?:summe|total)", r"waren_wert",
    r"gesamt\s*(?:ohne|exkl\.?)\s*\w+",
    r"sub_total", r"untaxed\s*amount", r"(?:net|taxable)\s*(?:amount|total)", r"amount\s*ex.*",
    r"total\s*\(?(?:ht|net|excl[^a-z].*|excluding.*|before\s*tax|w/o\s*tax)", r"tax\s*bas(?:is|e)",
    r"(?:montant|total)\s*(?:total\s*)?h\.?t\.?", r"base\s*imponible", r"imponibile", r"subtotaal",
)  # fmt: skip
TAX = label(
    r"(?:summe\s*|gesamt\s*|zzgl\.?\s*|zuzüglich\s*|\+\s*)?(?:\d+(?:[.,]\d+)?\s*%\s*)?"
    r"(?:mwst|mehrwert_steuer|u_st|umsatz_steuer|steuer|versicherungs?_steuer)\.?(?:_betrag)?"
    r"(?:\s*gesamt)?",
    r"(?:total\s*)?(?:\d+(?:[.,]\d+)?\s*%\s*)?"
    r"(?:vat|sales\s*tax|tax|gst|hst|tva|t\.v\.a\.|btw|iva|moms)"
    r"(?:\s*(?:amount|total))?",
    r"(?:montant|total)\s*(?:de\s*la\s*)?tva", r"(?:うち)?消費税(?:額|等)?", r"税額",
)  # fmt: skip
NOT_GROSS = re.compile(
    r"netto|\bnet\b(?! total)|ohne|exkl|excl|\bht\b|zuschl|abschl|rabatt|version|"
    r"sub\s?-?total|skonto|"
    r"steuerbetrag|positionssumme|anzahlung|kapital|capital|paid|discount|\bqty\b|menge",
    re.IGNORECASE,
)
NOT_TAX = re.compile(
    r"ohne|netto|\bid\b|ident|nummer|number|\bno\b|reg|basis|base|inkl|incl|excl|exkl|"
    r"brutto|total\s+ttc|"
    r"(?<!um)satz|kapital|capital|zuschl|abschl|w/o|\bht\b|rechnungssumme|"
    r"summe\s+brutto|tax\s+invoice|steuernr|verkäufer",
    re.IGNORECASE,
)
PAID = label(
    r"payments?(?:\s*/\s*credits?|\s*received)?", r"(?:amount\s*)?paid(?:\s*to\s*date)?",
    r"deposit(?:\s*paid)?",
    r"(?:erhaltene\s*)?anzahlung(?:en)?", r"bereits\s*(?:be|ge)zahlt", r"acompte(?:\s*versé)?",
    r"déjà\s*(?:payé|réglé)", r"acconto(?:\s*versato)?", r"aanbetaling", r"anticipo",
)  # fmt: skip
ORDER = label(
    r"p\.?\s?o\.?\s*(?:number|no\.?|#)", r"purchase\s*order(?:\s*(?:number|no\.?|#))?",
    r"(?:your|customer)\s*order(?:\s*(?:number|no\.?|#))?", r"(?:ihre\s*)?bestell_(?:nummer|nr\.?)",
    r"bestellung(?:\s*nr\.?)?", r"(?:bon|n[°º]\.?)\s*de\s*commande", r"inkooporder(?:_nummer)?",
    r"(?:vs\.?\s*)?ordine\s*n\.?", r"n[°º]\s*(?:de\s*)?pedido",
)  # fmt: skip
CUSTOMER_NUMBER = label(
    r"(?:customer|client|account)\s*(?:number|no\.?|id|#)", r"kunden_(?:nummer|nr\.?)",
    r"(?:n[°º]\.?|num[ée]ro)\s*(?:de\s*)?client", r"codice\s*cliente", r"klant_(?:nummer|nr\.?)",
    r"n[°º]\s*(?:de\s*)?cliente",
)  # fmt: skip
REFERENCE = label(
    r"payment\s*reference", r"zahlungs_referenz", r"verwendungs_zweck", r"referenz(?:_nummer)?",
    r"betalings_kenmerk", r"référence\s*(?:de\s*)?paiement", r"riferimento",
)  # fmt: skip
TERMS = label(
    r"zahlungs_(?:bedingung(?:en)?|konditionen)", r"payment\s*terms", r"terms(?:\s*of\s*payment)?",
    r"conditions\s*de\s*(?:paiement|règlement)", r"condiciones\s*de\s*pago",
    r"betaling_voorwaarden",
)  # fmt: skip
TERMS_SENTENCE = re.compile(
    r"\b(?:zahlbar\s|payable\s+within|due\s+(?:within|upon|on\s+receipt)|net\s+\d{1,3}\s+days|"
    r"innerhalb\s+(?:von\s+)?\d{1,3}\s+tagen|sofort\s+(?:fällig|zahlbar)|paiement\s+(?:à|sous))",
    re.IGNORECASE,
)
BUYER = label(
    r"käufer(?:/\s?leistungsempfänger)?", r"rechnungs_empfänger", r"leistungs_empfänger",
    r"rechnung\s*an", r"kunde", r"(?:bill(?:ed)?|invoiced?|sold)\s*to", r"buyer", r"customer",
    r"client", r"factur[ée]e?\s*à", r"adressée?\s*à", r"destinataire", r"klant", r"cliente",
    r"rechnungs_(?:adresse|anschrift)", r"factuur\s*aan", r"facturar\s*a", r"datos\s*del\s*cliente",
    r"prepared\s*for", r"invoice\s*for", r"spett\.?\s?le", r"spettabile", r"zahlbar\s*durch",
    r"payable\s*by", r"payable\s*par", r"nabywca", r"odběratel", r"acquirente", r"committente",
)  # fmt: skip
PARTY_HEAD = re.compile(
    r"^\W*(?:ship\s*to|deliver(?:y|ed)?\s*(?:to|address)|bill\s*to|sold\s*to|warenempfänger|"
    r"lieferant|verkäufer|käufer|supplier|seller|buyer|customer|client|qty|amount|date)\b",
    re.IGNORECASE,
)
"""The heading of another column, beside that of a party."""
TO = re.compile(r"^\s*(?:to|aan|an|à)(?=\s*:)", re.IGNORECASE)
SHIP_TO = label(
    r"ship(?:ped|ping)?\s*(?:to|address)", r"deliver(?:ed|y)?\s*(?:to|address)",
    r"liefer_(?:adresse|anschrift|ung\s*an)", r"waren_empfänger", r"livr[ée]e?\s*à",
    r"(?:adresse|lieu)\s*de\s*livraison", r"destinazione(?:\s*merce)?", r"luogo\s*di\s*consegna",
    r"(?:dirección|lugar)\s*de\s*(?:envío|entrega)", r"enviar\s*a", r"aflever_adres",
    r"leveren\s*aan",
)  # fmt: skip
SELLER = label(
    r"verkäufer", r"rechnungs_(?:steller|ersteller)", r"lieferant", r"leistungs_erbringer",
    r"from", r"seller", r"vendor", r"supplier", r"issued\s*by", r"vendeur", r"fournisseur",
    r"émetteur", r"leverancier", r"verkoper", r"vendedor", r"venditore", r"sold\s*by",
    r"cedente(?:\s*/\s*prestatore)?", r"emisor", r"proveedor", r"fornitore",
)  # fmt: skip
