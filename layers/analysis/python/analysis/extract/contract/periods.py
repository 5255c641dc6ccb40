"""The term of a contract and its period of notice, told apart by the words around a period.

A contract states many periods: for payment, for cure, for secrets that survive it. A period is the
term where its sentence or its heading is about how long the contract lasts; it is the notice where
the sentence is about ending the contract with notice.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from analysis.extract import values
from analysis.extract.contract.clauses import Clause
from analysis.layout import paragraphs
from analysis.layout.lines import collapse_whitespace, fact
from analysis.model import Fact

_WORDS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|fifteen|eighteen|twenty|"
    "twenty-four|thirty|thirty-six|forty-five|forty-eight|sixty|ninety|"
    "ein|eine[mnrs]?|zwei|drei|vier|fünf|sechs|sieben|acht|zehn|zwölf|vierzehn|achtzehn|"
    "vierundzwanzig|dreißig|sechzig|neunzig|"
    "une?|deux|trois|quatre|cinq|six|sept|huit|dix|douze|quinze|trente|soixante|"
    "una?|uno|dos|tres|cuatro|cinco|seis|doce|quince|treinta|sesenta|noventa|"
    "due|tre|quattro|cinque|sei|dodici|trenta|sessanta|novanta|"
    "een|één|twee|drie|vijf|zes|twaalf|dertig|zestig|negentig|"
    "um|uma|dois|duas|três|seis|doze|trinta|sessenta|två|tre|fem"
)
_UNIT = (
    r"(?:(?:calendar|business|working|full|consecutive|Kalender|volle)\s?)?"
    r"(?:days?|weeks?|months?|years?|tagen?|wochen?|monat(?:e[ns]?|s)?|jahr(?:e[ns]?|s)?|"
    r"jours?|semaines?|mois|ans?|années?|d[ií]as?|semanas?|mes(?:es)?|años?|"
    r"giorni|mes[ei]|ann[oi]|dagen?|weken|week|maand(?:en)?|jaar|jaren|meses|anos?|"
    r"dagar|månader|månad|år|miesiąc(?:e|a|y)?|miesięcy|lat|dni|měsíc(?:e|ů)?|let|dnů)\b"
)
_HUNDRED = (
    r"(?:(?:one|two|three)\s+hundred"
    r"(?:\s+(?:and\s+)?(?:twenty|fifty|sixty|eighty|ninety|\w+-five))?)"
)
_WORD = rf"(?:{_HUNDRED}|{_WORDS})"
_COUNT = rf"(?:{_WORD}\s?\(\d{{1,3}}\)|\d{{1,3}}\s?\({_WORD}\)|\d{{1,3}}|{_WORD})"
_PERIOD = re.compile(rf"(?<![\w.,/(-]){_COUNT}[\s-]{{1,2}}{_UNIT}", re.IGNORECASE)
_ENGLISH = re.compile(
    r"\b(?:days?|weeks?|months?|years?|until|indefinite\w*|term)\b", re.IGNORECASE
)
_UNLIMITED = re.compile(
    r"(?:auf\s+)?unbestimmte\s+(?:zeit|dauer)|(?:an\s+)?indefinite\s+(?:period|term)|indefinitely|"
    r"durée\s+indéterminée|tempo\s+indeterminato|(?:tiempo|duración|plazo)\s+indefinid[oa]|"
    r"onbepaalde\s+tijd",
    re.IGNORECASE,
)
_ANNIVERSARY = re.compile(
    r"until\s+the\s+\(?(?:first|second|third|fourth|fifth|sixth|seventh|tenth|\d+(?:st|nd|rd|th))\)?"
    r"(?:\s+\(\d+(?:st|nd|rd|th)?\))?\s+anniversary\s+of\s+the\s+[A-Z]\w+\s+Date",
    re.IGNORECASE,
)
_AGREEMENT = re.compile(
    r"\b(?:agreement|contract|lease|licen[cs]e|engagement|appointment|employment|term|hereof|"
    r"hereunder|\w*vertrag(?:e?s|s?verhältnis\w*)?|\w*vereinbarung|\w*verhältnis\w*|venture|contrat|convention|accord|bail|"
    r"contratto|accordo|contrato|acuerdo|\w*overeenkomst|acordo|avtal|umow[ay]|smlouv[ay])\b",
    re.IGNORECASE,
)
_LASTS = re.compile(
    r"\b(?:terms?|duration|in\s+(?:full\s+)?(?:force|effect)|continue[sd]?|remains?|lasts?|runs?|"
    r"expires?|valid|commenc\w+|begin(?:s|ning)?|concluded\s+for|fixed|initial|"
    r"laufzeit|vertragsdauer|dauer|befristet|läuft|gilt|geschlossen|fest|mindestlaufzeit|"
    r"durée|période|conclu|durata|dura|validità|duración|plazo|vigencia|vigor|"
    r"duur|looptijd|periode|aangegaan|duração|prazo|löptid|gäller|czas)\b",
    re.IGNORECASE,
)
_TERM_HEADING = re.compile(
    r"\b(?:terms?|duration|laufzeit|\w*dauer|befristung|durée|durata|duración|vigencia|plazo|duur|"
    r"looptijd|duração|mietzeit|vertragsbeginn)\b",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"\bnotice|\bnotify|\bin\s+advance\b|\bkündig|\bfrist\b|kündigungsfrist|préavis|preavviso|"
    r"preaviso|antelación|\bopzeg|\btermijn\b|inachtneming|aviso\s+prévio|uppsägning|wypowiedzeni|"
    r"výpověd|anticipación",
    re.IGNORECASE,
)
_ENDING = re.compile(
    r"terminat|\bcancel|\bend\b|withdraw|non-?renew|not\s+(?:to\s+)?(?:renew|extend)|\bresign|"
    r"\bleave\b|kündig|künd-?bar|beend|résili|mettre\s+fin|dénonc|reced|recess|disdett|desist|"
    r"resolver|resoluci|rescind|denunci|opzeg|beëindig|uppsäg|wypowied|výpověd|rescis|"
    r"notice\s+period|period\s+of\s+notice",
    re.IGNORECASE,
)
_NOTICE_HEADING = re.compile(
    r"terminat|notice|kündig|résili|préavis|recess|resoluci|desist|opzeg|cancel", re.IGNORECASE
)
_CURED = re.compile(
    r"\bcur(?:e[sd]?|ing|able)\b|breach|default|remed(?:y|ied)|insolv|verletz|verstoß|"
    r"wichtige[mnrs]?\s+grund|abmahnung|manquement|inadempi|incumpl|tekortkoming|verzuim|"
    r"non-?payment|force\s+majeure",
    re.IGNORECASE,
)
_OF_A_DUTY = re.compile(
    r"surviv|confidential|warrant|gewähr|geheim|vertraulich|wettbewerb|compet|invoice|payment|pay\b|"
    r"rechnung|zahl(?:bar|ung)|facture|paiement|payable|fattur|pagament|factura|pago\b|abonar|"
    r"factu(?:ur|ren)|betal|riservat|subsist|geheimhouding|renew(?:s|al|ed)?\s+(?:automatically\s+)?"
    r"for|probation|probezeit|solicit|retain|records|insurance|interest|audit",
    re.IGNORECASE,
)
_AGAIN = re.compile(
    r"(?:successive|additional|further|renewal|subsequent|another|extended\s+(?:by|for)|weitere[nrs]?|"
    r"verlängert\b[^.]{0,40}|jeweils|supplémentaires?|successives?|ulteriori?|sucesiv\w+|"
    r"adicional(?:es)?|opeenvolgende|telkens|verlengd\b[^.]{0,30}|periods\s+of)\s*(?:um\s+)?"
    r"(?:ein\s+)?(?:terms?\s+of\s+)?$",
    re.IGNORECASE,
)
_DELIVERED = re.compile(
    r"notices?\b.{0,80}\b(?:deemed|considered)\s+(?:\w+\s+)?(?:given|received|served|delivered)|"
    r"deemed\s+(?:to\s+(?:have\s+been|be)\s+)?(?:given|received|served|delivered)",
    re.IGNORECASE,
)
"""When a notice that was sent counts as received."""
_AFTER = re.compile(
    r"^['\u2019]?\s*(?:(?:after|from|following|of|nach|après)\s+(?:receipt|written\s+notice|"
    r"receiving|delivery|disclosure|zugang|réception|the\s+(?:date\s+of\s+)?(?:invoice|receipt)))",
    re.IGNORECASE,
)
_NOTICE_BEHIND = re.compile(
    r"^s?['\u2019]?\s*(?:prior|written|advance|in\s+advance|notice|zum|vor|to\s+the\s+end|"
    r"before\s+(?:the\s+)?(?:end|expir))",
    re.IGNORECASE,
)
_LIMITS = re.compile(
    r"(?:at\s+least|not\s+less\s+than|no\s+less\s+than|mindestens|spätestens|au\s+moins|almeno|"
    r"al\s+menos|minimaal|ten\s+minste)\s*$",
    re.IGNORECASE,
)
_DIRECT = re.compile(
    r"(?:\b(?:initial\s+)?term(?:\s+of\s+(?:this|the)\s+\w+)?\s+(?:of|is|shall\s+be|will\s+be)|"
    r"laufzeit\s+(?:beträgt|von|ist)|vertragsdauer\s+(?:beträgt|von)|"
    r"durée\s+(?:initiale\s+)?(?:est\s+)?(?:fixée\s+à|de)|durata\s+(?:è\s+)?di|"
    r"duración\s+(?:es\s+|será\s+)?de|(?:loop)?tijd\s+(?:bedraagt|van)|(?:de\s+)?duur\s+(?:is|van)|"
    r"duração\s+de)\s*(?:at\s+least\s+|mindestens\s+|zunächst\s+)?$",
    re.IGNORECASE,
)
"""Words directly before a period that say that it is the term."""
_TRIAL = re.compile(
    r"probezeit|probation|trial|période\s+d['\u2019]essai|prueba|prova\b|proeftijd", re.IGNORECASE
)
_AFTER_TRIAL = re.compile(
    r"(?:nach|after)\s+(?:der\s+|the\s+)?(?:ablauf\s+der\s+)?(?:probe|prob)", re.IGNORECASE
)
_OF_TRIAL = 0.6
"""The factor for a notice within a trial period, or after which a breach is cured."""
_END_OF = re.compile(r"(?:\bend\s+of|ende|fin\s+de|fine\s+di|einde\s+van)\s*$", re.IGNORECASE)
_UNTIL = re.compile(
    r"\b(?:force|effect|continue|remain|expire|end|term|gilt|läuft|befristet|jusqu|vigueur|vigore|"
    r"vigor)\w*\b[^.;]{0,50}\b(?:until|through|bis(?:\s+zum)?|jusqu['\u2019]au|fino\s+al|hasta\s+el|tot)"
    r"\s+(?:and\s+including\s+)?$",
    re.IGNORECASE,
)
_OF_DATE = 0.7
"""The confidence of a term that ends on a stated day."""
_CLEAR = 0.9
"""The confidence of a period in a sentence that is about the agreement and how it lasts."""
_LIKELY = 0.8
"""The confidence with one of these signs less."""
_POSSIBLE = 0.6
"""The confidence of a period under a fitting heading, or in a sentence about notice."""
_DOUBTFUL = 0.4
"""The confidence under such a heading of a period that is about something else."""
_OF_UNLIMITED = 0.78
"""The confidence of words such as `indefinitely` for the term."""
_BEFORE = 60
"""Characters before a period that are searched for its meaning."""
_BEHIND = 60
"""Characters behind a period that are searched for its meaning."""
_CLAUSE = re.compile(r"[;:]\s|,\s+(?:and|und|et|unless|sofern|wenn|sauf|e|y|en)\s|\s[-\u2013]\s")


def is_english(value: str) -> bool:
    """Whether a period is worded in English."""
    return bool(_ENGLISH.search(value))


def find(clause: Clause) -> Iterator[Fact]:
    """The terms and periods of notice that a clause states, with their place in the text."""
    text = clause.text
    start = 0
    for phrase in paragraphs.sentences(text):
        at = text.find(phrase, start)
        start = max(at, 0)
        for match in _PERIOD.finditer(phrase):
            name, confidence = _meaning(phrase, match, clause.heading)
            if confidence:
                yield _fact(clause, name, match.span(), start, confidence)
        for date in values.dates(phrase):
            if hit := _UNTIL.search(phrase[: date.start]):
                word = re.search(r"\w+(?:\s+zum)?\s*$|jusqu\S+\s*$", hit.group())
                begin = hit.start() + word.start() if word else date.start
                yield _fact(clause, "term", (begin, date.end), start, _OF_DATE)
        for pattern in (_UNLIMITED, _ANNIVERSARY):
            for match in pattern.finditer(phrase):
                if _AGREEMENT.search(phrase) or _TERM_HEADING.search(clause.heading):
                    yield _fact(clause, "term", match.span(), start, _OF_UNLIMITED)


def _meaning(phrase: str, match: re.Match[str], heading: str) -> tuple[str, float]:
    """`term` or `notice_period` with a confidence, or nothing."""
    if _DELIVERED.search(phrase):
        return "", 0.0
    part, place = _part(phrase, match.start())
    context = _Context(
        phrase=phrase, part=part, heading=heading,
        before=part[max(0, place - _BEFORE) : place],
        behind=phrase[match.end() : match.end() + _BEHIND],
    )  # fmt: skip
    if confidence := _of_notice(context):
        return "notice_period", confidence
    near = part[max(0, place - _BEFORE) : place + _BEHIND]
    return "term", _of_term(context, near)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Context:
    """The words around a period: its sentence, the part of it, and those before and behind."""

    phrase: str
    part: str
    heading: str
    before: str
    behind: str

    @property
    def cured(self) -> bool:
        """Whether the sentence is about a breach, or the period counts from a receipt."""
        return bool(_CURED.search(self.phrase) or _AFTER.match(self.behind))

    @property
    def again(self) -> bool:
        """Whether words before the period say that it is a renewal."""
        return bool(_AGAIN.search(self.before))


def _of_notice(context: _Context) -> float:
    """The confidence that a period is that of notice."""
    ending = _ENDING.search(context.phrase)
    trial = _TRIAL.search(context.phrase) and not _AFTER_TRIAL.search(context.phrase)
    lower = _OF_TRIAL if context.cured or trial else 1.0
    at_least = _LIMITS.search(context.before)
    behind = _NOTICE_BEHIND.match(context.behind)
    if context.again or _END_OF.search(context.before):
        return 0.0
    if _NOTICE.search(context.part) and (ending or _NOTICE_HEADING.search(context.heading)):
        near = behind or at_least or _NOTICE.search(context.before)
        return lower * ((_CLEAR if ending else _LIKELY) if near else _POSSIBLE)
    return lower * _LIKELY if at_least and ending and behind else 0.0


def _of_term(context: _Context, near: str) -> float:
    """The confidence that a period is the term."""
    headed = _TERM_HEADING.search(context.heading)
    duty = _OF_A_DUTY.search(context.part)
    if _DIRECT.search(context.before) and not duty:
        return _CLEAR
    if context.again or context.cured or duty or _OF_A_DUTY.search(context.heading):
        return _DOUBTFUL if headed and not context.again else 0.0
    agreement = _AGREEMENT.search(context.phrase)
    if _LASTS.search(context.part) and (agreement or headed):
        return _CLEAR if agreement and (headed or _LASTS.search(near)) else _LIKELY
    return _POSSIBLE if headed else 0.0


def _part(phrase: str, at: int) -> tuple[str, int]:
    """The part of a sentence around a position, and the position in it."""
    start, end = 0, len(phrase)
    for mark in _CLAUSE.finditer(phrase):
        if mark.end() <= at:
            start = mark.end()
        elif mark.start() > at:
            end = mark.start()
            break
    return phrase[start:end], at - start


def _fact(clause: Clause, name: str, chars: tuple[int, int], start: int, confidence: float) -> Fact:
    begin, end = start + chars[0], start + chars[1]
    value = clause.text[begin:end].strip()
    span, place = clause.passage.place(begin, end)
    return fact(name, value, collapse_whitespace(value), span, confidence, chars=place)
