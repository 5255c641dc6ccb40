"""What a line with a company's name looks like, and the name in it."""

import re

COMPANY = re.compile(
    r"""(?<![^\W_])(?:gmbh|ag|kg|kgaa|ohg|e\.?\s?k|ug|inc|ltd|limited|llc|llp|corp|s\.?a\.?r\.?l|
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
    r"\s*(?:[|·•●;✉]|,(?!\s*(?:inc|llc|ltd|corp|limited|l\.l\.c|s\.|lda|unipessoal)\b)|\s[-\u2013\u2022]\s)\s*",
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


def without_address(text: str) -> str:
    """The name before an address or the number of a register."""
    return _REGISTERED.sub("", _first_part(text)).strip(" :")


def _first_part(text: str) -> str:
    """The name before an address; a single dash may be a part of it: `Siffran - bokföring`."""
    parts = _NAME_RULE.split(text)
    if len(parts) == _PARTS and _DASHED.search(text) and not _ADDRESS_WORDS.search(parts[1]):
        return text
    return str(parts[0])
