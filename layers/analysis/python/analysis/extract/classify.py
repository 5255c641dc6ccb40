"""Classify a text: the kind of document, by characteristic words."""

import re
from math import exp

from analysis.extract.titles import CREDIT_NOTE, titled
from analysis.model import Kind

type _Signs = tuple[tuple[float, tuple[str, ...]], ...]

_SIGNS: dict[Kind, _Signs] = {
    "invoice": (
        (2.5, (r"\w*rechnung(?:snummer|sdatum|snr|s-nr)?\b", r"\binvoice\b", r"\bfacture\b",
               r"\bfactura\b", r"\bfattura\b", r"\w*factuur\b", r"\bfaktura\b", r"\bfatura\b",
               r"\bfaktury\b", "daňový doklad", r"\binvois\b", "fakturanummer")),
        (1.5, (r"\biban\b", r"\bbic\b", "bank transfer", "überweis")),
        (1.5, ("due date", "payment terms", "zahlbar", "fällig", "échéance", "zahlungsziel",
               "bill(?:ed)? to", "amount due", "zahlbetrag", "vencimiento", "scadenza",
               "vervaldatum", "vencimento", "termin (?:płatności|zapłaty)", "splatnost",
               "förfallo", "tarikh akhir",
               r"invoice (?:no|number)\b")),
        (1.0, (r"\bmwst", r"\bust\b", "umsatzsteuer", r"\bvat\b", r"\btva\b", "gutschrift",
               r"\bnetto")),
        (1.0, ("ust-?id", "vat (?:id|no|reg)", "steuernummer", "siret", r"\bgstin\b", r"\bnip\b",
               r"\bdič\b", r"p\.\s?iva", "partita iva", r"\bnif\b", r"\bcif\b", "contribuinte",
               "btw-?(?:nummer|nr|id)", "momsreg", "登録番号", "纳税人识别号")),
        (2.5, (r"your (?:\w+ )?(?:electricity|gas|water|energy|broadband|phone) bill",
               r"\bbill (?:number|date|period)", "total to pay", r"請\s*求\s*書", "請求番号",
               "发票", "發票", r"^\W*(?:账|賬|帳)\s*(?:单|單)\W*$", "账单(?:编号|日期|号)")),
        (1.0, (r"\bkwh\b", r"\bmeter\b", "zählerstand", "abschlag")),
    ),
    "receipt": (
        (2.0, (r"\breceipt\b", "kassenbon", r"\bquittung\b", r"\bbon\b", "cash bill",
               "tax invoice")),
        (2.0, (r"\bcash\b(?! (?:advance|withdrawal|back|deposit))",
               r"\bchange\b", r"\btender", "rückgeld", r"\bcashier\b",
               "kasse", r"\bbar\b", r"\bcounter\b")),
        (1.2, ("thank you", "please come again", "vielen dank für ihren", "goods sold",
               "not refundable", r"\bsdn\b", "merci de votre visite", "gracias")),
        (1.0, (r"\bqty\b", r"round(?:ing|ed)", r"\bgst\b", "visa", "mastercard",
               "carte bancaire", "girocard", "ec-karte", r"\btable\b", r"^summe\b",
               r"\btotal ttc\b", r"\bpax\b")),
    ),
    "contract": (
        (2.2, (r"\bagreement\b", r"\bcontract\b", r"\w*vertrag(?:s|es)?\b", r"\bcontrat\b",
               r"\bcontrato\b", r"\bcontratto\b", r"\w*overeenkomst\b", r"\baccord\b",
               r"\w+vereinbarung\b", r"\bthis lease\b")),
        (1.8, (r"\bparties\b", r"\bparty\b", "vertragsparteien", "hereinafter", "hereby",
               "whereas", "nachfolgend", "nachstehend", "im folgenden", "ci-après", "soussignés",
               "di seguito", r"\bparti\b", "en adelante", "en lo sucesivo", r"\bpartes\b",
               r"\bpartij(?:en)?\b", "hierna", "ondergetekenden", "reunidos")),
        (1.8, ("governing law", "governed by", "jurisdiction", "gerichtsstand", "terminat",
               "kündigung", "kündbar", "résili", "préavis", r"\brege(?:r|d)", "recedere", "recesso",
               "preavviso", "preaviso", "rescind", "resolver", r"se rige", "opzeg",
               r"droit \w+", r"legge \w+", "toepassing")),
        (0.8, ("in witness whereof", "signature", "unterschrift", r"\bclause\b", r"\bshall\b",
               "§", r"\barticle \d", r"\bart(?:\.|ikel|ículo|icolo) ?\d")),
    ),
    "letter": (
        (2.2, (r"\bdear\b", "sehr geehrte", r"\bch(?:er|ère)\b", "estimad[oa]", "geachte",
               r"^(?:madame|monsieur|messieurs)\b[^\n]{0,20},\s*$", "gentile", "egregi[oa]",
               "prezad[oa]")),
        (2.2, ("sincerely", "kind regards", "yours faithfully", "mit freundlichen grüßen",
               "cordialement", "best regards", "salutations distinguées", "veuillez agréer",
               "freundliche grüße", r"^\s*atentamente\b", "cordiali saluti", "distinti saluti",
               "vriendelijke groet", "atenciosamente", "un cordial saludo")),
        (1.0, (r"^\s*(?:subject|re|betreff|objet|asunto|oggetto|betreft|assunto)\s*:",)),
    ),
    "statement": (
        (3.5, (r"(?:account|bank|card|billing|mortgage|loan) statement", "statement of account",
               "kontoauszug", r"(?:kredit)?karten-?abrechnung", "umsatzabrechnung",
               r"relevé (?:de |bancaire|d['\u2019]opérations|mensuel)", "estratto conto",
               r"extracto (?:de |bancario|mensual)", "estado de cuenta", "rekeningafschrift",
               "rekeningoverzicht", r"extrato (?:de |bancário|mensal|combinado)", r"\bwyciąg\b",
               r"výpis z (?:účtu|běžného)", r"kontoutd?drag", "kontoudtog", "ご利用明細",
               "取引明細", "对账单", "對帳單")),
        (2.2, (r"(?:opening|closing|previous|new|beginning|ending|starting) balance",
               "balance (?:brought|carried) forward", "kontostand", "anfangssaldo", "endsaldo",
               r"(?:alter|neuer) (?:konto)?saldo", r"solde (?:créditeur|débiteur|initial|final|au)",
               r"(?:ancien|nouveau|précédent) solde", "solde précédent",
               r"saldo (?:anterior|inicial|final\b|finale|iniziale|precedente|actual)",
               r"(?:begin|eind)saldo", r"(?:vorig|nieuw) saldo", r"saldo (?:początkowe|końcowe)",
               r"(?:počáteční|konečný) zůstatek", r"(?:ingående|utgående) saldo")),
        (2.2, ("minimum payment", "mindest(?:betrag|zahlung|rückzahlung)", "paiement minimum",
               r"pago mínimo", "pagamento minimo", "pagamento mínimo", "minimaal te betalen")),
        (2.2, ("statement (?:closing )?date", "billing (?:period|cycle)", "statement period",
               "credit limit", "available credit", "cash advances?", "interest charged",
               "annual percentage rate", r"card (?:number )?ending", "verfügungsrahmen",
               r"kredit(?:karten)?limit", "kartenlimit", "kreditkartenkonto", "débit différé",
               r"plafond", r"límite de crédito", r"limite di (?:credito|spesa)",
               r"limite de crédito", "bestedingslimiet", "kredietlimiet")),
        (1.0, (r"^\W*(?:account )?transactions\b", r"\bpost(?:ing)? date\b", "verwendungszweck",
               r"\bvaluta\b", r"\bwertstellung\b", r"date (?:de )?valeur", "fecha valor",
               "data valuta")),
    ),
    "insurance_policy": (
        (2.0, (r"policy (?:number|no\b)", r"policen?(?:nummer|-nr)",
               r"versicherungs(?:schein|nummer)",
               r"n[°º]\.? (?:de )?(?:police|contrat|póliza)", r"numero (?:di )?polizza",
               r"polis(?:nummer|\s?nr)", "número d[ae] apólice", "証券番号", "保单号")),
        (2.0, ("policy ?holder", "named insured", "versicherungsnehmer", "souscripteur",
               r"\bassuré", r"preneur d['\u2019]assurance", r"\bcontraente\b", r"\bassicurat[oi]\b",
               r"\btomador\b", r"\basegurado", "verzekeringnemer", r"\bverzekerde\b", "segurado",
               "ubezpieczający", "pojistník", "försäkringstagare", "契約者", "投保人")),
        (1.5, ("sums? insured", "period of (?:insurance|cover)", "policy period", r"\bdeductible\b",
               r"\bexcess\b", r"limits? of (?:liability|insurance)", "versicherungssumme",
               "selbst(?:beteiligung|behalt)", r"\bfranchise\b", "capital assuré", "massimal[ei]",
               "franchigia", "suma asegurada", "franquicia", "eigen risico", "verzekerd bedrag",
               "suma ubezpieczenia", "pojistná částka", "självrisk")),
        (1.0, (r"\bpremium\b", r"\b(?:jahres)?(?:prämie|beitrag)\b", r"\bprime\b|\bcotisation\b",
               r"\bpremio\b", r"\bprima\b", r"\bpremie\b", "prémio", r"\bskładka\b", "pojistné")),
    ),
    "payslip": (
        (4.0, (r"(?:gehalts|lohn|entgelt|bezüge|verdienst)-?abrechnung",
               r"abrechnung (?:der |über )?(?:brutto|ihre[rn]? |verdienst)",
               r"(?:verdienst|entgelt|lohn|gehalts)(?:nachweis|bescheinigung)",
               r"brutto\W{0,3}netto\W{0,3}(?:bezüge|abrechnung)", r"pay\s?slip", r"pay\s?stub",
               r"pay advice", r"cedolino", "prospetto paga",
               r"recibo (?:de |del )?(?:salario|vencimento)", r"recibo individual",
               "salarisspecificatie", "lönespecifikation", "lönebesked",
               "lønseddel", r"pasek (?:płac|wynagrodzeń)", r"výplatní (?:páska|lístek)", "給与明細",
               "工资(?:条|单)",
               r"salary (?:statement|slip)", "earnings statement",
               r"bulletin de (?:paie|salaire)", "busta paga", r"nómina\b", "loonstrook")),
        (2.0, (r"\bnet pay\b", r"\bgross pay\b", "national insurance", "payroll", "nettolohn",
               "lohnsteuer", "steuerklasse", r"\bgesamt-?brutto", r"\bsv-brutto",
               "salaire brut", "cotisations", "year to date", r"\bdeductions\b", "retribuzione")),
    ),
    "form": (
        (1.8, (r"\bform\b", r"\bformular\b", "antrag", r"\bapplication\b", "formulaire")),
        (1.5, ("appropriate box", "employer identification number", "social security number",
               "date of birth", "taxpayer identification", r"name \(as shown", "geburtsdatum",
               "zutreffendes")),
        (2.2, ("please (?:fill|complete|tick)", "bitte (?:ausfüllen|ankreuzen)", "_{6,}", "[☐☒☑]",
               r"\[ \]")),
    ),
}  # fmt: skip
"""Patterns of each kind, with the weight of a match; only their sums are compared."""
_COMPILED = {
    kind: [(weight, re.compile("|".join(patterns), re.IGNORECASE | re.MULTILINE))
           for weight, patterns in signs]
    for kind, signs in _SIGNS.items()
}  # fmt: skip
_BILLS_NOBODY = re.compile(
    r"(?:gehalts|lohn|entgelt|bezüge|verdienst|karten|umsatz)-?abrechnung|pay\s?slip|"
    r"salary statement|"
    r"brutto\W{0,3}netto\W{0,3}(?:bezüge|abrechnung)|lönespecifikation|lønseddel|"
    r"bulletin de (?:paie|salaire)|busta paga|nómina\b",
    re.IGNORECASE,
)
"""Titles that some documents share with invoices (`Abrechnung`), although they bill nobody."""
_CREDIT = re.compile(rf"^\W*{CREDIT_NOTE}(?![^\W_])(?!\s*\W?selbst)", re.IGNORECASE | re.MULTILINE)
"""The title of a document that gives money back."""
_SELF_BILLED = re.compile(r"selbst ausgestellt|self-?billed|autofactur", re.IGNORECASE)
_TITLE_WITHIN = 2_000
"""First characters of a document in which words of a credit note are its title."""
_PAID_LATER = re.compile(r"\biban\b|zahlungsziel", re.IGNORECASE)
_ENOUGH = 2.4
"""The weight of words below which the kind is `other`."""
_BY_TITLE = frozenset(
    [
        "quotation",
        "delivery_note",
        "purchase_order",
        "reminder",
        "insurance_policy",
        "tax_form",
    ]
)
"""Kinds that are known by their title alone."""
_TITLED = 0.93
"""The score of a kind that a title names."""
_A_RECEIPT = 4.0
"""The weight above which words of a photographed receipt overrule a title."""
_COUNTED = 3
"""Most occurrences of a word that count; their weight grows with the square root."""
_PHOTOGRAPHED = 1.5
"""Additional weight of a receipt if the file is a photograph."""
_FILLED_IN = 2.6
"""Additional weight of a form whose fields are filled in, enough without other words."""
_ON_ACCOUNT = 1.5
"""What a receipt loses if the text has a bank account to pay to."""
_SALUTED = 4.4
"""The weight of a letter with a salutation and a closing."""
_WRITTEN_ABOUT = 3.0
"""What a policy without a title loses in such a letter, which is only about one."""
_CREDITED = 2.5
"""What the title of a credit note adds to the words of an invoice, of which it may have few."""
_NOBODY_BILLED = 8.0
"""What an invoice loses in a payroll or a card's statement, more than its words usually weigh."""
_HEAD_START = 1.0
"""Added to the lead of the best kind before it becomes a score by the logistic function."""
_LOOKED_AT = 30_000
"""First characters of a text that are searched, at a limited cost of time."""


def classify(text: str, *, photographed: bool, filled_in: bool = False) -> tuple[Kind, float]:
    """The kind and a score 0..1; `other` if no kind has enough evidence.

    `filled_in`: the file is a form whose fields have values.
    """
    text = text[:_LOOKED_AT]
    named = titled(text)
    scores: dict[Kind, float] = {
        kind: sum(weight * min(_COUNTED, len(sign.findall(text))) ** 0.5 for weight, sign in signs)
        for kind, signs in _COMPILED.items()
    }
    if photographed:
        scores["receipt"] += _PHOTOGRAPHED
    if filled_in:
        scores["form"] += _FILLED_IN
    if _PAID_LATER.search(text):
        scores["receipt"] -= _ON_ACCOUNT
    if _BILLS_NOBODY.search(text):
        scores["invoice"] -= _NOBODY_BILLED
    of_a_till = photographed and scores["receipt"] > _A_RECEIPT
    if named in _BY_TITLE and not of_a_till:
        return named, _TITLED
    if named == "invoice":  # of a premium
        scores["insurance_policy"] = 0.0
    if scores["letter"] >= _SALUTED:
        scores["insurance_policy"] -= _WRITTEN_ABOUT
    head = text[:_TITLE_WITHIN]
    may_credit = bool(_CREDIT.search(head)) and not _SELF_BILLED.search(head)
    likely = max(scores, key=lambda kind: scores[kind])
    is_till_or_unknown = likely == "receipt" or scores[likely] < _ENOUGH
    if may_credit and named == "credit_note" and is_till_or_unknown and not of_a_till:
        scores["invoice"] = max(scores["invoice"] + _CREDITED, scores[likely])
    best, second = sorted(scores, key=lambda kind: -scores[kind])[:2]
    if scores[best] < _ENOUGH:
        return "other", 0.5
    credits_back = best == "invoice" and may_credit
    kind = "credit_note" if credits_back else best
    return kind, round(1 / (1 + exp(-(scores[best] - scores[second] + _HEAD_START))), 3)
