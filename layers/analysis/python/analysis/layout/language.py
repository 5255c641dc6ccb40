"""Detect the language of a text by its most common words and letters."""

import re
from collections import Counter
from collections.abc import Iterable

_WORDS = {
    "en": "the of and to in for is this that with on by or be are as at from your shall which "
    "invoice date total receipt tax amount cash change due number price item page address tel",
    "de": "der die das und ist nicht von mit für den dem ein eine auf bei zu im wir sie ihre zum "
    "rechnung datum betrag summe gesamt mwst ust netto brutto menge preis seite kunde konto den "
    "des im am als an nach oder sich kontoauszug",
    "fr": "le la les des de et est une du pour dans sur par vous nous que qui au aux avec votre "
    "facture montant tva total client numéro échéance prix",
    "es": "el la los las y es una del para por con que su se al en como más nuestro usted de a no "
    "si lo le sus este esta fecha factura cuenta importe cliente precio cantidad total pago",
    "it": "il lo la gli le e è una del della per con che di da nel alla sono vostro non fattura "
    "data importo totale cliente prezzo descrizione pagamento giorni quantità",
    "nl": "de het een en van is niet met voor op te zijn aan door uw wij bij naar deze wordt "
    "factuur datum bedrag totaal aantal prijs klant dagen btw omschrijving factuurnummer "
    "vervaldatum",
    "pt": "o a os as e é uma do da para por com que não em seu se ao dos das pelo fatura data "
    "cliente total iva descrição qtd valor vencimento emissão nif contribuinte preço pagamento lda",
    "pl": "i w na z do jest nie się że o dla przez od po oraz nr lub są za przy faktura nabywca "
    "sprzedawca nip netto brutto ilość cena wartość płatności wystawienia zapłaty razem słownie ul",
    "cs": "a v na z do je není se že pro od po nebo jsou za při s k o faktura číslo datum "
    "vystavení splatnosti dodavatel odběratel dič ičo dph celkem cena množství bez úhradě kč daně",
    "sv": "och att det som en för på är av med till den inte om ett har vi du från ska faktura "
    "fakturadatum fakturanummer förfallodatum moms antal belopp betala kund köpare säljare dagar "
    "netto",
    "da": "og at det som en for på er af med til den ikke om et har vi du fra skal der",
}
_SETS = {code: frozenset(text_words.split()) for code, text_words in _WORDS.items()}
_SHARED = {
    word: sum(word in known for known in _SETS.values())
    for word in frozenset().union(*_SETS.values())
}
COMMON = frozenset().union(*_SETS.values())
"""Words so common in some language that they do not describe a text's subject."""
_WORD = re.compile(r"[^\W\d_]+")
_KANA = re.compile(r"[\u3040-\u30ff]")
_SCRIPTS = (
    ("ja", _KANA),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
)
_SOME_KANA = 0.08
"""The share of kana from which a text is Japanese: its nouns are written as in Chinese."""
_LONGEST_SAMPLE = 20_000
"""The characters from the start of a text by which its language is judged."""
_FEWEST_HITS = 2
"""Common words of a language, from which it is detected."""
_NO_QUOTATION = 0.2
"""The share of letters in a script from which a text counts as in that script's language."""


def language_of(text: str) -> str | None:
    """The ISO 639-1 code; None if there is too little evidence."""
    text = text[:_LONGEST_SAMPLE]
    letters = sum(map(str.isalpha, text)) or 1
    if not text.isascii():
        if len(_KANA.findall(text)) / letters > _SOME_KANA:
            return "ja"
        for code, script in _SCRIPTS:
            if len(script.findall(text)) / letters > _NO_QUOTATION:
                return code
    text_words = _WORD.findall(text.lower())
    hits = {
        # A word of several languages counts for each of them with its share.
        code: sum(1 / _SHARED[word] for word in text_words if word in known)
        for code, known in _SETS.items()
    }
    best = max(hits, key=lambda code: hits[code])
    return best if hits[best] >= _FEWEST_HITS else None


def language_of_document(text: str, languages: Iterable[str | None]) -> str | None:
    """The language of the whole text, or that of most pages if the text is too short."""
    stated = Counter(filter(None, languages))
    return language_of(text) or next((code for code, _ in stated.most_common(1)), None)
