"""Tell text from the garbage of a font whose characters are wrongly assigned.

A font may draw one letter and state another: it has no table of characters, a wrong one, or one
that is meant to prevent copying. The letters of such text are not as frequent as a language's.
"""

import math
import re

_WORD = re.compile(r"[^\W\d_]{3,}")
_FEWEST_LETTERS = 60
"""Latin letters below which a text is not judged."""
_MOST_LETTERS = 4_000
"""First letters that are judged, at a limited cost of time."""
_LEAST_LIKELY = -4.85
"""The mean logarithm (base 2) of the frequency of a letter: text has -4.0 to -4.4."""
_SHARES = {
    "e": 13.0, "a": 8.5, "n": 7.5, "i": 7.5, "r": 7.0, "t": 7.0, "s": 6.8, "o": 6.5, "d": 4.2,
    "l": 4.4, "u": 4.3, "c": 3.4, "m": 3.0, "p": 2.6, "g": 2.2, "h": 2.6, "v": 1.6, "b": 1.6,
    "f": 1.5, "z": 1.3, "k": 1.5, "w": 1.2, "y": 1.1, "j": 0.6, "q": 0.4, "x": 0.35,
}  # fmt: skip
"""Per cent of the letters in texts of European languages; accents are 1 together."""
_LIKELIHOOD = {letter: math.log2(share / 100) for letter, share in _SHARES.items()}
"""The logarithm (base 2) of a letter's share."""
_ACCENTED = math.log2(0.02)
"""The likelihood of any other Latin letter."""


def is_gibberish(text: str) -> bool:
    """Whether the Latin letters of a text are those of no language. Short texts are not judged."""
    likelihood = _of_text(text)
    return likelihood is not None and likelihood < _LEAST_LIKELY


def is_language(text: str) -> bool:
    """Whether the letters of a text are those of a language. Short texts are not judged."""
    likelihood = _of_text(text)
    return likelihood is not None and likelihood >= _LEAST_LIKELY


def _of_text(text: str) -> float | None:
    """The mean likelihood of the Latin letters of a text; None if it has too few of them."""
    letters = "".join(_WORD.findall(text))[:_MOST_LETTERS].casefold()
    latin = [letter for letter in letters if letter < "\u0250"]
    if len(latin) < max(_FEWEST_LETTERS, len(letters) // 2):
        return None
    return mean_likelihood("".join(latin))


def mean_likelihood(letters: str) -> float:
    """The mean logarithm of the frequencies of letters."""
    return sum(_LIKELIHOOD.get(letter, _ACCENTED) for letter in letters) / len(letters)
