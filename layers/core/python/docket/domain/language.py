"""The languages that Docket writes in."""

from typing import Literal, get_args

type Language = Literal["en", "de"]

DEFAULT_LANGUAGE: Language = "en"

LANGUAGES: tuple[Language, ...] = get_args(Language.__value__)
