"""The words of balances in statements, in the languages of banks.

A balance may only name its day (`Kontostand am 31.03.2026`, `Solde créditeur au 31/03/2026`): the
first of a statement is then the opening one, and the last the closing one.
"""

import re

_AT_START = (
    r"(?:opening|previous|starting|beginning|start|old)\s+balance|balance\s+(?:brought|b/?f\b|at\s+start)|"
    r"brought\s+forward|balance\s+from\s+(?:last|previous)\s+statement|"
    r"anfangs(?:saldo|bestand|stand)|saldo_?vortrag|"
    r"(?:alter|letzter|voriger)\s*(?:konto|rechnungs)?_?(?:stand|saldo)|"
    r"saldo\s+(?:der\s+)?letzte[nr]?\s+(?:ab)?rechnung|"
    r"(?:ancien|pr[ée]c[ée]dent)\s+solde|solde\s+(?:pr[ée]c[ée]dent|initial|ancien|de\s+d[ée]part)|"
    r"saldo\s+(?:anterior|inicial|iniziale|precedente|vorige|początkowe|poprzednie)|"
    r"(?:vorig|begin|oud)\s*saldo|(?:počáteční|předchozí)\s+zůstatek|(?:ingående|föregående)\s+saldo|"
    r"前回残高|前月残高|繰越(?:残高)?|期初余额|上期余额"
)
_AT_END = (
    r"(?:closing|new|ending|end|final)\s+balance|balance\s+at\s+end|"
    r"(?:end|schluss)_?(?:saldo|bestand|stand)|"
    r"(?:neuer|aktueller)\s*(?:konto|rechnungs)?_?(?:stand|saldo)|"
    r"nouveau\s+solde|solde\s+(?:final|nouveau|de\s+fin)|"
    r"saldo\s+(?:final|finale|actual|attuale|nuevo|novo|końcowe|nowe)|nuevo\s+saldo|"
    r"(?:nieuw|eind)\s*saldo|(?:konečný|nový)\s+zůstatek|(?:utgående|nytt)\s+saldo|"
    r"今回残高|次回繰越|期末余额|本期余额"
)
_ON_NEXT_PAGE = (
    r"(?:balance\s+)?carried\s+(?:forward|over)|balance\s+c/?f\b|à\s+reporter|a\s+riportare"
)
_OF_A_DAY = (
    r"(?:(?:konto|rechnungs)_?stand|(?:konto|rechnungs)?_?saldo|balance|solde(?:\s+(?:cr[ée]diteur|d[ée]biteur))?|"
    r"saldo(?:\s+(?:contabile|disponibile|contable|deudor|acreedor))?|stan\s+konta|zůstatek)"
    r"\s*(?:am|vom|per|zum|as\s+(?:at|of)|on|at|au|en\s+date\s+du|al|a\s+fecha|em|op|per|na\s+dzień|"
    r"ke\s+dni|den)\s*:?\s*(?=\d)"
)
_TOTALS = r"übertrag|totals?\b|summe\b|gesamt|total\s|totaux|totale\b|totaal"


def _compiled(pattern: str) -> re.Pattern[str]:
    """Blanks are optional: some files have words in capitals without them."""
    plain = pattern.replace("_", r"\s?-?\s?").replace(r"\s+", r"\s*")
    return re.compile(plain, re.IGNORECASE)


OPENING = _compiled(rf"(?<![^\W_])(?:{_AT_START})")
CLOSING = _compiled(rf"(?<![^\W_])(?:{_AT_END})")
CARRIED_FORWARD = _compiled(rf"(?<![^\W_])(?:{_ON_NEXT_PAGE})")
"""At the foot of a page: of the last page it is the closing balance."""
OF_A_DAY = _compiled(rf"(?<![^\W_])(?:{_OF_A_DAY})")
BEGINS_WITH_CLOSING = _compiled(rf"\W*(?:{_AT_END}|{_ON_NEXT_PAGE}|{_TOTALS})")
BEGINS_WITH_BALANCE = _compiled(
    rf"\W*(?:{_AT_START}|{_AT_END}|{_ON_NEXT_PAGE}|{_TOTALS}|{_OF_A_DAY})"
)
"""A row of a table that is no transaction."""
MAY_BE_A_PAYEE = _compiled(rf"\W*(?:{_TOTALS})")
"""Words of sums that a transaction may begin with too: it has a date of its own."""
OVERDRAWN = re.compile(r"d[ée]biteur|deudor|devedor|debitore|overdrawn|im\s+soll", re.IGNORECASE)
"""Words of a balance below zero."""
OUT = re.compile(r"\d\s*(?:DR|D|S|Soll|OD|Af)\.?$|\d\s?-$", re.IGNORECASE)
"""The sign of a debit behind an amount."""
IN = re.compile(r"\d\s*(?:CR|C|H|Haben|Bij)\.?$|^\s*\+|\d\s?\+$", re.IGNORECASE)
"""The sign of a credit at an amount."""
CARD = re.compile(
    r"credit\s*limit|minimum\s*payment|kreditkarte|carte\s*de\s*cr[ée]dit|card\s*number|card\s*ending|"
    r"tarjeta\s*de\s*cr[ée]dito|carta\s*di\s*credito|creditcard|relev[ée]\s*de\s*carte|karten-?abrechnung",
    re.IGNORECASE,
)
"""Words of the statement of a card, whose balance is what is owed."""
