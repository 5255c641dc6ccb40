"""What a line with a company's name looks like, and the name in it."""

import re
from collections.abc import Sequence

from analysis.extract.invoice import labels
from analysis.layout.lines import TextLines, TextSpan

COMPANY = re.compile(
    r"""(?<![^\W_])(?:gmbh|ag|kg|kgaa|ohg|e\.?\s?k|ug|inc|ltd|limited|llc|pllc|llp|corp|s\.?a\.?r\.?l|
    s\.?a\.?s|s\.?a|b\.?v|s\.?r\.?[li]|s\.?p\.?a|s\.?l|plc|gbr|mbh|se|sdn\.?\s*bhd|e\.?\s?v|a\.?g|co)
    \.?(?![\w])
    |(?<![^\W_])(?:(?-i:AB|HB|KB|OY|Oy|ApS|AS|A/S|SNC|NV|JSC)|s\.\s?r\.\s?o|a\.\s?s|spol\.|
    sp\.\s?(?:z\s?o\.?\s?o|[jk])|lda|ltda|pte|pvt|pty|n\.v|v\.?o\.?f|s\.?n\.?c|s\.?l\.?[pu]|eurl|k\.k|
    mbb|kft|d\.o\.o|private|unipessoal)\.?(?![\w])
    |(?<![^\W_])(?:(?-i:Brf)|stichting|zakład|przedsiębiorstwo)\s""",
    re.IGNORECASE | re.VERBOSE,
)
"""A legal form, or another word that only companies have in their name."""
_NAME_RULE = re.compile(
    r"\s*(?:[|·•●;✉]|,(?!\s*(?:inc|llc|ltd|corp|limited|l\.l\.c|s\.|lda|unip(?:essoal)?)\b)|\s[-\u2013\u2022]\s)\s*",
    re.IGNORECASE,
)
_PARTS = 2
"""Two parts around one dash, which may be within a name; more parts are an address."""
_REGISTERED = re.compile(
    r"\s*\((?=[^)]*\d)(?=[^)]*(?:reg|no\b|nr\b|company|co\.))[^)]*\)?\)*\s*$", re.IGNORECASE
)
"""The number of the register behind a company's name."""
CONTACT = re.compile(
    r"^\W*(?:your|our|er|vår|ihr|unser|votre|notre|uw|ons|onze|vs\.?|ns\.?|su|nuestra)?\s*"
    r"(?:ref(?:erens|erence|erenz|erentie|erencia|\.)|contact(?:\s*person)?|kontakt(?:person)?|"
    r"ansprechpartner|sales\s?person|säljare\s*namn|bearbeiter|handläggare|担当(?:者)?)\s*:?\W*$",
    re.IGNORECASE,
)
"""The label of a person, and not of a party."""
_DASHED = re.compile(r"\s[-\u2013]\s")
_ADDRESS_WORDS = re.compile(
    r"\d|:|@|\b(?:tel|p\.?o\.?\s?box|postfach|ship|bill)\b|^\W*$", re.IGNORECASE
)


CARE_OF = re.compile(
    r"^\W*(?:c\s?/\s?o|p\s?/\s?a|z\.?\s?hd\.?|attn|att\.|t\.a\.v|à\s*l['\u2019]attention|a\s*la\s*att?n|"
    r"alla\s*c\.?\s?a\.|c\.a\.)(?![^\W_])",
    re.IGNORECASE,
)
"""What begins the line of an address that names who passes a letter on, or a person."""
DOCUMENT_TITLE = re.compile(
    r"^\W*(?:(?:tax|sales|proforma)\s)?(?:fattura|factura|factuur|faktura|facture|invoice|rechnung|"
    r"fatura|credit\s+note|gutschrift)\b|"
    r"^\W*(?:delivery\s*(?:note|docket)|packing\s*(?:slip|list)|lieferschein|bon\s*de\s*(?:livraison|"
    r"commande)|bordereau\s*de\s*livraison|documento\s*di\s*trasporto|d\.?d\.?t\.?|albarán|pakbon|"
    r"guia\s*de\s*remessa|nota\s*de\s*(?:entrega|encomenda)|purchase\s*order|order\s*confirmation|"
    r"auftragsbestätigung|bestellung|quotation|quote|estimate|angebot|devis|preventivo|presupuesto|"
    r"offerte|zlecenie|dodací\s*list|följesedel|mahnung|payment\s*reminder|statement(?:\s*of\s*account)?)"
    r"\W*(?:(?:no|nr|n[°º])\b.*|[#\d].*)?$",
    re.IGNORECASE,
)
"""The heading that says what a document is."""
_PERSON = re.compile(
    r"^(?:(?:mr|mrs|ms|miss|dr|herrn?|frau|mme|m|sig|sra?)\.?\s+)?"
    r"(?-i:[A-ZÀ-Þ][^\W\d_'\u2019]+(?:\s[A-ZÀ-Þ]\.)?\s[A-ZÀ-Þ][\w'\u2019-]+)$",
    re.IGNORECASE,
)
"""A first name and a surname."""
_TITLED = re.compile(r"(?:mr|mrs|ms|miss|dr|herrn?|frau|mme|m|sig|sra?)\.?\s", re.IGNORECASE)
_ORGANISATION = re.compile(
    r"\b(?:associates|partners|group|services|solutions|holdings|properties|industries|enterprises|"
    r"school|academy|college|university|council|church|clinic|hospital|practice|hotel|trust|"
    r"foundation|institute|society|agency|company|"
    r"(?:\w*(?:verwaltung|praxis|schule|verein|stiftung|kanzlei|institut|gemeinde))|"
    r"cabinet|mairie|école|lycée|association|société|studio|comune|scuola|ayuntamiento|colegio|"
    r"clínica|escola|gemeente|stichting|förening)\b",
    re.IGNORECASE,
)
"""Words of the names of organisations without a legal form."""
_NEXT_LINE = 1.3
"""Heights of a line below which the next one is in the same block."""
_ALIGNED = 0.012
"""The share of the page's width within which left edges are the same."""
_AND_HEADING = re.compile(r"\s*(?:[/&(]|and|und|et|y|e|en)\s*", re.IGNORECASE)
"""What joins two headings of one party."""
_ADDRESS_BEHIND = re.compile(r"^,?\s+\d{1,5}\w?\s+[^\W\d]")
"""A house number and a street behind a legal form, in one line with the name."""


def without_address(text: str) -> str:
    """The name before an address or the number of a register."""
    return without_street(_REGISTERED.sub("", _first_part(text)).strip(" :"))


def without_street(text: str) -> str:
    """The name up to its legal form, if a house number and a street follow in the same line."""
    for form in COMPANY.finditer(text):
        if _ADDRESS_BEHIND.match(text[form.end() :]):
            return text[: form.end()]
    return text


def is_beside_name(text: str) -> bool:
    """Whether it is a heading above a name, or says below it who passes a letter on."""
    return is_heading(text) or bool(CARE_OF.match(text))


def is_heading(text: str) -> bool:
    """Whether it is only the heading of a party or of two, such as that of the next column."""
    end = end_of_heading(text, 0)
    return bool(end) and not text[end:].strip(" :\uff1a)")


def end_of_heading(text: str, start: int) -> int:
    """Where a heading ends that begins there: `Consignee / Deliver to`; 0 if none begins there."""
    for label in (labels.SHIP_TO, labels.SELLER, labels.BUYER):
        if match := label.match(text, start):
            more = _AND_HEADING.match(text, match.end())
            return (more and end_of_heading(text, more.end())) or match.end()
    return 0


def organisation_in(page: TextLines, lines: Sequence[TextSpan]) -> list[TextSpan]:
    """The lines of a name without the person above it; without a person, the lines as they are.

    Two lines may be one name that is broken: a person is known by the title, or by the second line
    that the page has again.
    """
    named = organisation_of(page, lines[0])
    if named is lines[0]:
        return list(lines)
    if len(lines) == 1:
        return [named]
    is_apart = _TITLED.match(lines[0].text.strip()) or _is_repeated(page, named)
    return list(lines[1:]) if is_apart else list(lines)


def organisation_of(page: TextLines, name: TextSpan) -> TextSpan:
    """The line below a person's name that names an organisation; otherwise the name itself.

    It has words of such names, or a legal form behind two words, or the page has it again.
    """
    below = page[name.row + 1] if name.row + 1 < len(page) else []
    if not _PERSON.match(name.text.strip()) or _is_organisation(name.text):
        return name
    for other in below:
        near = other.box.top - name.box.bottom < _NEXT_LINE * name.box.height
        if not near or abs(other.box.left - name.box.left) > _ALIGNED:
            continue
        is_address = _ADDRESS_WORDS.search(other.text) or is_beside_name(other.text)
        if not is_address and (_is_organisation(other.text) or _is_repeated(page, other)):
            return other
    return name


def _is_repeated(page: TextLines, line: TextSpan) -> bool:
    """Whether the page has a line of several words again, as a buyer who is delivered to."""
    printed = line.text.strip().casefold()
    lines = [span.text.strip().casefold() for row in page for span in row]
    return len(printed.split()) > 1 and lines.count(printed) > 1


def _is_organisation(text: str) -> bool:
    words = COMPANY.sub("", text).split()
    return len(words) > 1 and bool(COMPANY.search(text) or _ORGANISATION.search(text))


def _first_part(text: str) -> str:
    """The name before an address; a single dash may be a part of it: `Siffran - bokföring`."""
    parts = _NAME_RULE.split(text)
    if len(parts) == _PARTS and _DASHED.search(text) and not _ADDRESS_WORDS.search(parts[1]):
        return text
    return str(parts[0])
