"""The lines of a receipt that name its merchant and its address, by a trained CRF.

The features describe the form and the position of a line. Their words are those that many
merchants' receipts share. `training/lines.py` trains the weights.
"""

import re
import statistics
from collections.abc import Iterator, Sequence

from analysis import models
from analysis.extract import values
from analysis.layout.lines import TextLines, TextSpan
from analysis.models import crf

OTHER, MERCHANT, ADDRESS = LABELS = ("other", "merchant", "address")
"""The labels of the CRF."""
LINES_AT_MOST = 90
"""Runs of text of a receipt that are labelled, at a limited cost of time."""
_LONGEST_MERCHANT = 3
"""Most lines of a merchant's name."""
_LONGEST_ADDRESS = 9
"""Most lines of an address."""


def _word(alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(alternatives.split())})(?![^\W_])", re.IGNORECASE)


_SIGNS: dict[str, re.Pattern[str]] = {
    "legal form": re.compile(
        r"\b(?:s[do]n\.?\s?b[hn]d|bhd|s/b|gmbh|ltd|limited|inc|llc|plc|e\.?k|kg|ag|sarl|s\.?a\.?s|"
        r"b\.?v|s\.?r\.?l|s\.?l|co)\b(?!\s*[.:]?\s*(?:no|reg))",
        re.IGNORECASE,
    ),
    "trade": _word(
        "enterprise trading restaurant restoran restaurante ristorante company store stores shop "
        "mart market supermarket supermarkt hardware stationery pharmacy apotheke bakery "
        "bäckerei cafe café coffee kopitiam house services marketing kitchen food foods hotel "
        "inn bar grill pizza pizzeria electrical electronics books boulangerie station"
    ),
    "street": _word(
        "jalan jln lorong lrg lebuh persiaran street st road rd avenue ave lane drive highway "
        "boulevard blvd rue platz allee weg gasse calle via plaza square taman tmn bandar kampung "
        "kg kawasan pusat perindustrian industri industrial park seksyen sek section lot unit "
        "floor level ground lvl block blk no suite wisma menara kompleks complex mall bangunan"
    ),
    "road ending": re.compile(r"(?:stra(?:ß|ss)e|str\.|straat|weg|gasse|platz)\b", re.IGNORECASE),
    "region": _word(
        "selangor kuala lumpur kl johor bahru jb penang pulau pinang perak ipoh melaka kedah "
        "kelantan pahang sabah sarawak labuan putrajaya darul ehsan wilayah persekutuan malaysia "
        "petaling jaya shah alam klang cheras kepong puchong subang singapore london berlin "
        "münchen hamburg paris"
    ),
    "postcode": re.compile(r"(?<!\d)\d{5}(?![\d-])|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"),
    "house number": re.compile(
        r"^\W*(?:no\.?\s*:?\s*)?\d+[\w&/ -]{0,8},|\bno\.?\s*\d", re.IGNORECASE
    ),
    "phone": re.compile(
        r"\b(?:tel|fax|phone|ph|hp|h/p|mobile|hotline|contact|fon)\b|\d{2,3}-\d{6,}", re.IGNORECASE
    ),
    "registration": re.compile(
        r"\b(?:gst|sst|vat|tax|ust|roc|reg|registration|co\.?|company)\b"
        r".{0,14}(?:no|id|reg|nr|[:#]|\d{5})",
        re.IGNORECASE,
    ),
    "registration number": re.compile(r"\(?\d{5,7}\s?[-·.]?\s?[A-Z]\)?\s*$|\(\d{4,}"),
    "document": _word(
        "invoice receipt bill cash tax quittung rechnung kassenbon facture ticket tarikh date "
        "cashier bon beleg table order doc slip"
    ),
    "net": re.compile(r"www|@|\.com|http", re.IGNORECASE),
    "greeting": _word(
        "thank thanks welcome please danke willkommen merci owned managed operated by"
    ),
    "column": _word("item qty description price amount total rm artikel menge betrag"),
    "label": re.compile(r"^[\w .#/]{2,18}\s?[:#]"),
    "comma at end": re.compile(r",\s*$"),
    "comma": re.compile(r",.*\w"),
    "dot at end": re.compile(r"\.\s*$"),
    "bracket": re.compile(r"^\W*\("),
    "digit first": re.compile(r"^\W*\d"),
    "no letters": re.compile(r"^[\W\d_]*$"),
}  # fmt: skip
_BARE_LEGAL_FORM = re.compile(r"\W*(?:s[do]n\.?\s?)?b[hn]d\b|\W*(?:gmbh|ltd)\b", re.IGNORECASE)
_TOKEN = re.compile(r"[^\W\d_]{2,}")
_PLACES = (0, 1, 2, 3, 4, 5, 7, 9, 12, 16, 25)
"""Steps of a row's number; a feature says how many of them it has reached."""
_NEIGHBOURS = (-2, -1, 1, 2)
"""Places of the lines around a line whose signs are features of it."""
_CENTRED = 0.04
"""The share of the text's width within which a line's middle is that of the text."""
_MUCH_TALLER = 1.35
"""Times the usual height of a line from which it is tall."""
_WIDE_GAP = 1.2
"""Times the usual height of a line from which a gap above it is wide."""
_MOSTLY = 0.6
"""The share of digits above which a line has `digits most`."""
_A_THIRD = 0.3
"""The share of digits above which a line has `digits many`."""
_SOME = 0.1
"""The share of digits above which a line has `digits some`."""
_FEW_LETTERS = 3
"""Letters that a word exceeds; also the lines that are near the end."""


def sequence(rows: TextLines) -> list[TextSpan]:
    """The runs of text that are labelled, in reading order."""
    return [span for row in rows for span in row][:LINES_AT_MOST]


def features(spans: Sequence[TextSpan]) -> list[list[str]]:
    """The features of each run of text."""
    signs = [_signs(span.text) for span in spans]
    measures = _Measures(spans)
    ended = False
    named = 0
    made = []
    for index, span in enumerate(spans):
        ended = ended or bool({"date", "amount"} & signs[index])
        named += sum(map(str.isalpha, span.text)) > _FEW_LETTERS
        current = [*signs[index], *measures.of(index), f"named {min(named, 6)}"]
        current += [f"word {word}" for word in set(_TOKEN.findall(span.text.lower()))]
        current += ["after head" if ended else "in head", "every"]
        for step in _NEIGHBOURS:
            at = index + step
            if 0 <= at < len(spans):
                current += [f"{step:+d} {sign}" for sign in signs[at]]
            else:
                current.append(f"{step:+d} edge")
        made.append(current)
    return made


def _signs(text: str) -> set[str]:
    found = {name for name, sign in _SIGNS.items() if sign.search(text)}
    if next(values.dates(text), None):
        found.add("date")
    if any(amount.exact for amount in values.amounts(text)):
        found.add("amount")
    if next(values.times(text), None):
        found.add("time")
    digits = sum(map(str.isdigit, text)) / max(1, len(text))
    found.add("digits " + ("most" if digits > _MOSTLY else "many" if digits > _A_THIRD
              else "some" if digits > _SOME else "few"))  # fmt: skip
    letters = [sign for sign in text if sign.isalpha()]
    if len(letters) > _FEW_LETTERS and sum(map(str.isupper, letters)) > 0.9 * len(letters):
        found.add("capitals")
    found.add("length " + str(min(5, len(text) // 8)))
    return found


class _Measures:
    """The positions of runs of text, relative to their page."""

    def __init__(self, spans: Sequence[TextSpan]) -> None:
        self._spans = spans
        self._height = statistics.median(s.box.height for s in spans) if spans else 1.0
        self._left = min((s.box.left for s in spans), default=0.0)
        self._right = max((s.box.right for s in spans), default=1.0)

    def of(self, index: int) -> Iterator[str]:
        """The features of a line's place, width and height, compared with the others."""
        span = self._spans[index]
        box = span.box
        yield f"row {sum(span.row >= place for place in _PLACES)}"
        yield f"height {min(9, int(box.top * 10))}"
        wide = (self._right - self._left) or 1.0
        if abs((box.left + box.right) - (self._left + self._right)) / 2 < _CENTRED * wide:
            yield "centred"
        yield f"width {min(4, int(box.width / wide * 5))}"
        yield f"left {min(4, int((box.left - self._left) / wide * 5))}"
        if box.height > _MUCH_TALLER * self._height:
            yield "tall"
        if index and box.top - self._spans[index - 1].box.bottom > _WIDE_GAP * self._height:
            yield "gap above"
        if index and self._spans[index - 1].row == span.row:
            yield "not first of row"
        if len(self._spans) - index <= _FEW_LETTERS:
            yield "near the end"


def find(rows: TextLines) -> tuple[tuple[list[TextSpan], float], tuple[list[TextSpan], float]]:
    """The merchant's lines and the address's lines, each with the model's probability."""
    spans = sequence(rows)
    weights = models.table("receipt_lines")["weights"]
    emissions = crf.emission_scores(weights, LABELS, features(spans))
    marginals = crf.marginals(emissions, crf.transition_scores(weights, LABELS))
    return (
        _run(spans, [probabilities[1] for probabilities in marginals], _LONGEST_MERCHANT),
        _run(spans, [probabilities[2] for probabilities in marginals], _LONGEST_ADDRESS),
    )


def _run(
    spans: list[TextSpan], probabilities: list[float], longest: int
) -> tuple[list[TextSpan], float]:
    if not spans:
        return [], 0.0
    likeliest = max(range(len(probabilities)), key=probabilities.__getitem__)
    start, end = crf.best_segment(probabilities, longest=longest) or (likeliest, likeliest + 1)
    if start and _BARE_LEGAL_FORM.match(spans[start].text):
        start -= 1  # the name itself is in the line above
    neighbours = [probabilities[at] for at in (start - 1, end) if 0 <= at < len(probabilities)]
    confidence = statistics.mean(probabilities[start:end]) * min(
        [1.0, *(1 - probability for probability in neighbours)]
    )
    return spans[start:end], confidence
