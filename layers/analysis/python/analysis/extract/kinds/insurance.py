"""The facts of an insurance policy."""

import re
from collections.abc import Iterator, Sequence

from analysis.extract import addressee, labelled, values
from analysis.extract.invoice import company_names
from analysis.extract.invoice.labels import label
from analysis.layout.lines import TextLines, TextSpan, collapse_whitespace, fact, labelled_values
from analysis.model import Fact

_NUMBER = label(
    r"(?:policy|certificate)\s*(?:number|no\.?|nr\.?|#|ref(?:erence)?)",
    r"(?:versicherungs(?:schein)?|policen?|vertrags)_(?:nummer|nr\.?)",
    r"(?:num[ée]ro|n[°º]\.?)\s*(?:de\s*)?(?:police|contrat)", r"police\s*n[°º]\.?",
    r"contrat(?:\s+[^\W\d_]+){0,2}\s+n[°º]\.?",
    r"(?:numero|n\.?)\s*(?:di\s*)?polizza", r"polizza\s*n\.?", r"(?:n[°º]|número)\s*de\s*póliza",
    r"póliza\s*n[°º]\.?", r"polis_(?:nummer|nr\.?)",
)  # fmt: skip
_PRINTED = re.compile(
    r"#?\s*((?:[A-Z]{1,5}[ -])?[A-Z0-9](?:[\w./-]|(?<=[\dA-Z]) (?=\d)|(?<=\d) (?=[A-Z]$)){2,34})",
    re.IGNORECASE,
)
"""A number may begin with the letters of the product, or end with one: `HR 88 4471 02 C`."""
_INSURER = label(
    r"insurer", r"underwritten\s*by", r"underwriter", r"versicherer", r"assureur", r"assicuratore",
    r"asegurador[ae]?", r"compañía(?:\s*aseguradora)?", r"verzekeraar",
    r"(?<![^\W\d_]\s)(?:insurance\s*company|versicherungsgesellschaft|compagnie|compagnia)",
)  # fmt: skip
"""Some are also the end of a company's name."""
_INSURED = label(
    r"(?:named\s*)?insured(?:\s*(?:name|person))?", r"policy_?\s*holder(?:\s*name)?",
    r"name\s*of\s*(?:the\s*)?(?:insured|policyholder)", r"versicherungsnehmer(?:in)?",
    r"versicherte(?:\s*person|r)?", r"souscripteur", r"assuré(?:e)?",
    r"preneur\s*d['\u2019]assurance",
    r"contraente", r"assicurato", r"tomador(?:\s*del\s*seguro)?", r"asegurado", r"verzekeringnemer",
    r"verzekerde",
)  # fmt: skip
_STARTS = label(
    r"(?:policy|cover(?:age)?|insurance)?\s*(?:effective|start|inception|commencement)(?:\s*date)?",
    r"(?:valid|cover)\s*from", r"versicherungs_beginn", r"beginn(?:\s*der\s*versicherung)?",
    r"vertrags_beginn", r"date\s*d['\u2019]effet", r"effet\s*(?:du|au|le)",
    r"prise\s*d['\u2019]effet",
    r"decorrenza", r"fecha\s*de\s*(?:efecto|inicio)", r"ingangsdatum",
)  # fmt: skip
_ENDS = label(
    r"(?:policy|cover(?:age)?|insurance)?\s*(?:expir(?:y|ation)|end)(?:\s*date)?",
    r"valid\s*(?:to|until)",
    r"versicherungs_(?:ende|ablauf)", r"ablauf", r"vertrags_(?:ende|ablauf)",
    r"(?:date\s*d['\u2019])?échéance", r"scadenza", r"(?:fecha\s*de\s*)?vencimiento", r"einddatum",
)  # fmt: skip
_PERIOD = label(
    r"(?:policy|insurance|cover(?:age)?)\s*(?:period|term)", r"period\s*of\s*(?:insurance|cover)",
    r"versicherungs_(?:zeitraum|dauer)", r"période\s*(?:d['\u2019]assurance|de\s*garantie)",
    r"periodo\s*(?:di\s*)?(?:assicurazione|copertura)", r"per[ií]odo\s*de\s*(?:seguro|cobertura)",
)  # fmt: skip
_TOTAL_PREMIUM = label(
    r"(?:total|gross)\s*(?:\w+\s*)?premium(?:\s*(?:payable|due))?", r"annual\s*premium",
    r"premium\s*(?:payable|total|due|incl\w*)", r"total\s*(?:amount\s*)?(?:payable|to\s*pay)",
    r"(?:jahres|gesamt|zahl|brutto)(?:prämie|beitrag)", r"(?:prämie|beitrag)\s*(?:jährlich|gesamt)",
    r"(?:prime|cotisation)\s*(?:annuelle\s*)?(?:totale?|ttc|annuelle)", r"total\s*ttc",
    r"premio\s*(?:annuo\s*)?(?:lordo|totale|annuo)", r"prima\s*(?:anual\s*)?(?:total|anual)",
    r"totale?\s*(?:jaar)?premie", r"jaarpremie", r"prémio\s*total", r"składka\s*(?:łączna|roczna)",
)  # fmt: skip
"""Of the whole policy; tables have columns and rows of premiums of its parts."""
_PREMIUM = label(
    r"premium(?!\s*(?:before|excl|tax))", r"(?:monats|netto)?(?:prämie|beitrag)",
    r"prime(?!\s*ht)", r"cotisation(?!\s*ht)", r"premio", r"prima", r"premie", r"prémio",
    r"składka",
)  # fmt: skip
_SUM = label(
    r"(?:total\s*)?sums?\s*insured",
    r"(?:limit\s*of\s*(?:liability|indemnity|insurance)|coverage\s*limit)",
    r"versicherungs_summe", r"deckungs_summe",
    r"(?:capital|montant|somme)\s*(?:assurée?|garantie?)",
    r"(?:somma|massimale)\s*(?:assicurata)?", r"suma\s*asegurada", r"verzekerd\s*bedrag",
)  # fmt: skip
_DEDUCTIBLE = label(
    r"(?:policy\s*|compulsory\s*)?(?:deductible|excess)", r"selbst_(?:beteiligung|behalt)",
    r"franchise",
    r"franchigia", r"franquicia", r"eigen\s*risico",
)  # fmt: skip
_AN_INSURER = re.compile(
    r"\b(?:insurance|assurance|indemnity|underwriters?|casualty|mutual|assurances?|mutuelle|"
    r"assicurazioni|seguros|verzekeringen|verzekeraar|seguradora|ubezpieczeń|pojišťovna|försäkring|"
    r"forsikring)\b|versicherung(?:en|s-?(?:ag|verein|gesellschaft))?\b|保険|保险",
    re.IGNORECASE,
)
_FORM_OF_INSURER = re.compile(
    r"\b(?:v\.?\s?v\.?\s?a\.?\s?g|a\.\s?g|company|corporation|exchange|society|o\.w\.m|u\.a|"
    r"compagnie|compañía|mutua)\b",
    re.IGNORECASE,
)
"""The legal forms that only insurers have."""
_WORDS_OF_FORM = 4
"""Most words behind the known name."""
_A_TITLE = re.compile(
    r"schedule|certificate|declarations|policy|schein|police|polic[ey]|polizza|póliza|polis|contrat|"
    r"attestation|apólice|polisa|smlouva|brev|証券|保单|[:\d]",
    re.IGNORECASE,
)
_FIRST_ROWS = 4
"""Rows of the first page that may be its letterhead."""
_IN_LETTERHEAD = 0.8
"""The confidence of an insurer who is named at the head of the page, without a label."""
_OF_A_PART = 0.75
"""The confidence of a premium whose label does not say that it is the whole one."""
_STATED = 0.88
"""The confidence of a value at its label, before calibration."""


def find(pages: Sequence[TextLines], currency: str | None, *, month_first: bool) -> Iterator[Fact]:
    """The facts of a policy; its insured without a label is the name above the address."""
    yield from labelled.numbers(pages, "policy_number", _NUMBER, _STATED, printed=_PRINTED)
    named = labelled.names(pages, "insurer", _INSURER, _STATED)
    insurer = [found for found in named if not _A_TITLE.search(found.value)]
    yield from insurer or _letterhead(pages)
    insured = list(labelled.names(pages, "insured", _INSURED, _STATED))
    yield from insured or _addressed(pages)
    yield from _period(pages, month_first=month_first)
    for name, pattern in (("policy_start", _STARTS), ("policy_end", _ENDS)):
        yield from labelled.dates(pages, name, pattern, _STATED, month_first=month_first)
    premium = list(labelled.amounts(pages, "premium", _TOTAL_PREMIUM, _STATED, currency))
    yield from premium or labelled.amounts(pages, "premium", _PREMIUM, _OF_A_PART, currency)
    yield from labelled.amounts(pages, "sum_insured", _SUM, _STATED, currency)
    before = list(_deductible_before(pages, currency))
    yield from before or labelled.amounts(pages, "deductible", _DEDUCTIBLE, _STATED, currency)


def _deductible_before(pages: Sequence[TextLines], currency: str | None) -> Iterator[Fact]:
    """The amount that stands before its word, as in `less $500 deductible`."""
    for candidate in labelled_values(pages, _DEDUCTIBLE):
        exact = [found for found in values.amounts(candidate.before) if found.exact]
        if exact and not candidate.before[exact[-1].end :].strip():
            last, at = exact[-1], candidate.at
            chars = (last.start, last.end)
            yield fact("deductible", last.printed, last.money(currency), at, _STATED, chars=chars)
            return


def _letterhead(pages: Sequence[TextLines]) -> Iterator[Fact]:
    """The name of a company of insurance at the head of the first page, as its text has it whole.

    A letterhead may only have the name by which the company is known, without its legal form.
    """
    for span in (span for page in pages[:1] for row in page[:_FIRST_ROWS] for span in row):
        if _AN_INSURER.search(span.text) and not _A_TITLE.search(span.text):
            whole = _whole_name(pages[0], collapse_whitespace(span.text))
            at, value = whole or (span, collapse_whitespace(span.text))
            yield fact("insurer", value, value, at, _IN_LETTERHEAD)
            return


def _whole_name(page: TextLines, known: str) -> tuple[TextSpan, str] | None:
    """The same name with a legal form behind it, where the page has one."""
    for span in (span for row in page for span in row):
        name = company_names.without_address(collapse_whitespace(span.text))
        rest = name[len(known) :]
        is_same = name.casefold().startswith(known.casefold()) and rest[:1] == " "
        is_form = company_names.COMPANY.search(rest) or _FORM_OF_INSURER.search(rest)
        if is_same and is_form and len(rest.split()) <= _WORDS_OF_FORM:
            return span, name
    return None


def _addressed(pages: Sequence[TextLines]) -> Iterator[Fact]:
    """The name above the address, if no label names the policyholder."""
    for span, confidence in (name for page in pages[:1] for name in addressee.names(page)):
        value = collapse_whitespace(span.text)
        yield fact("insured", value, value, span, confidence)


def _period(pages: Sequence[TextLines], *, month_first: bool) -> Iterator[Fact]:
    """The first and the last day at a label such as `Period of insurance`."""
    for candidate in labelled_values(pages, _PERIOD):
        dates = list(values.dates(candidate.text, month_first=month_first))
        if len(dates) > 1:
            for name, date in zip(("policy_start", "policy_end"), dates, strict=False):
                chars = (candidate.offset + date.start, candidate.offset + date.end)
                yield fact(name, date.printed, date.value, candidate.span, _STATED, chars=chars)
            return
