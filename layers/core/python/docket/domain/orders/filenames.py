"""The file names of documents, as they are stored and shown."""

import unicodedata
from dataclasses import dataclass


def clean_filename(raw: str) -> str:
    """The file name to store: NFC-normalized, without a path and without invisible characters.

    Invisible characters are Unicode's categories C (control, format, surrogate, private use), which
    include the direction marks that make `fdp.exe` look like `exe.pdf`, and line breaks. The result
    may be empty.
    """
    name = unicodedata.normalize("NFC", raw).replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(
        character for character in name if character in _JOINERS or _is_visible(character)
    ).strip()


_JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
"""Format characters that Persian words, Indic letters and emoji need."""


def _is_visible(character: str) -> bool:
    category = unicodedata.category(character)
    return not category.startswith("C") and category not in {"Zl", "Zp"}


@dataclass(frozen=True, kw_only=True)
class NamedDocument:
    """The document whose name identifies an order without a title: `filename`, or its title."""

    id: str
    filename: str
