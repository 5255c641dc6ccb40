"""The languages of the messages."""

from typing import Literal, get_args

type Language = Literal["en", "de"]

DEFAULT_LANGUAGE: Language = "en"

LANGUAGES: tuple[Language, ...] = get_args(Language.__value__)
