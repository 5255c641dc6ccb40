"""What kind of document a text is, by the words that tell kinds apart."""

import re
from math import exp

from analysis.reading import Kind

_SIGNS: dict[Kind, tuple[tuple[str, float], ...]] = {
    "invoice": (
        (r"rechnung(?:snummer|sdatum|snr|s-nr)?\b|\binvoice\b|\bfacture\b|\bfactura\b|\bfattura\b|\bfactuur\b", 2.5),  # noqa: E501 long patterns, and thresholds named by their line
        (r"\biban\b|\bbic\b|bank transfer|überweis", 1.5),
        (r"due date|payment terms|zahlbar|fällig|échéance|zahlungsziel|bill to|amount due", 1.5),
        (r"\bmwst|\bust\b|umsatzsteuer|\bvat\b|\btva\b|gutschrift|\bnetto", 1.0),
        (r"ust-?id|vat (?:id|no|reg)|steuernummer|siret", 1.0),
    ),
    "receipt": (
        (r"\breceipt\b|kassenbon|\bquittung\b|\bbon\b|cash bill|tax invoice", 2.0),
        (r"\bcash\b|\bchange\b|\btender|rückgeld|\bcashier\b|kasse|\bcounter\b", 2.0),
        (r"thank you|please come again|vielen dank für ihren|goods sold|not refundable|sdn", 1.2),
        (r"\bqty\b|round(?:ing|ed)|\bgst\b|visa|mastercard|\btable\b|\bpax\b", 1.0),
    ),
    "contract": (
        (r"\bagreement\b|\bcontract\b|\bvertrag\b|\bcontrat\b|\bcontrato\b|mietvertrag", 2.2),
        (r"\bparties\b|\bparty\b|vertragsparteien|hereinafter|hereby|whereas|nachfolgend", 1.8),
        (r"governing law|governed by|jurisdiction|gerichtsstand|terminat|kündigung", 1.8),
        (r"in witness whereof|signature|unterschrift|\bclause\b|\bshall\b|§", 0.8),
    ),
    "letter": (
        (r"\bdear\b|sehr geehrte|\bcher\b|estimad[oa]|geachte", 2.2),
        (r"sincerely|kind regards|yours faithfully|mit freundlichen grüßen|cordialement|best regards", 2.2),  # noqa: E501 long patterns, and thresholds named by their line
        (r"^\s*(?:subject|re|betreff)\b", 1.0),
    ),
    "statement": (
        (r"account statement|bank statement|kontoauszug|statement of account|relevé", 3.5),
        (r"opening balance|closing balance|kontostand|anfangssaldo|balance brought forward", 2.2),
    ),
    "form": (
        (r"\bform\b|\bformular\b|antrag|\bapplication\b|formulaire", 1.8),
        (r"please (?:fill|complete|tick)|bitte (?:ausfüllen|ankreuzen)|_{6,}|☐|\[ \]", 2.2),
    ),
}  # fmt: skip
_COMPILED = {
    kind: [(re.compile(sign, re.IGNORECASE | re.MULTILINE), weight) for sign, weight in signs]
    for kind, signs in _SIGNS.items()
}
_ENOUGH = 2.4
_LOOKED_AT = 30_000


def kind_of(text: str, *, photographed: bool) -> tuple[Kind, float]:
    """The kind and a score 0..1; `other` when no kind has enough signs."""
    text = text[:_LOOKED_AT]
    scores: dict[Kind, float] = {}
    for kind, signs in _COMPILED.items():
        scores[kind] = sum(
            weight * min(3, len(sign.findall(text))) ** 0.5 for sign, weight in signs
        )
    if photographed:
        scores["receipt"] += 1.5
    if re.search(r"\biban\b|zahlungsziel", text, re.IGNORECASE):
        scores["receipt"] -= 1.5
    ranked = sorted(scores, key=lambda kind: -scores[kind])
    best, second = scores[ranked[0]], scores[ranked[1]]
    if best < _ENOUGH:
        return "other", 0.5
    return ranked[0], round(1 / (1 + exp(-(best - second + 1.0))), 3)
