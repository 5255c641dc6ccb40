"""Render a mail: plain text and HTML, from one template for each kind and language.

A template is a text file, `mail/<kind>.<language>.txt`:

    Subject: Your password was changed

    A paragraph. `{{time}}` is replaced by the parameter of that name.

    [Choose another password]({{site}}/forgot-password)

A paragraph that is a link in this form becomes a button in HTML; in the text the label and the
address stand below each other. Parameters are data: in HTML they are escaped, and none of them can
begin a line or a link.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib import resources
from string import Template

from docket.domain.accounts.mail import MailKind
from docket.domain.language import Language
from docket.messages import PLACEHOLDER
from docket.messages.mail_values import written

_BUTTON = re.compile(r"\[(?P<label>[^\]]+)\]\((?P<address>[^)]+)\)")
_SUBJECT = "Subject: "


@dataclass(frozen=True)
class RenderedMail:
    """The subject and both bodies of a mail. The subject has no line break."""

    subject: str
    text: str
    html: str


def render(kind: MailKind, params: Mapping[str, str], language: Language) -> RenderedMail:
    """The mail of a kind. Raises `KeyError` for a missing parameter."""
    subject, *paragraphs = _template(kind, language)
    plain = {name: _one_line(value) for name, value in written(params, language).items()}
    escaped = {name: escape(value) for name, value in plain.items()}
    subject_line = _filled(subject, plain)
    footer = _FOOTERS[language]
    text = [*(_text(paragraph, plain) for paragraph in paragraphs), "-- ", _filled(footer, plain)]
    html = _page().substitute(
        language=language,
        subject=_filled(escape(subject), escaped),
        body="\n".join(_html(paragraphs, escaped)),
        footer=_filled(escape(footer), escaped),
    )
    return RenderedMail(subject=subject_line, text="\n\n".join(text) + "\n", html=html)


_FOOTERS: Mapping[Language, str] = {
    "en": "Docket, {{site}}. You cannot reply to this message.",
    "de": "Docket, {{site}}. Auf diese Nachricht können Sie nicht antworten.",
}


@cache
def _template(kind: MailKind, language: Language) -> tuple[str, ...]:
    """The subject and the paragraphs, each on one line."""
    text = _file(f"{kind}.{language}.txt")
    subject, *paragraphs = text.strip().split("\n\n")
    return (subject.removeprefix(_SUBJECT), *(" ".join(part.split()) for part in paragraphs))


@cache
def _page() -> Template:
    return Template(_file("page.html"))


def _file(name: str) -> str:
    return resources.files(__package__).joinpath("mail", name).read_text(encoding="utf-8")


def _text(paragraph: str, params: Mapping[str, str]) -> str:
    if button := _BUTTON.fullmatch(paragraph):
        return f"{button['label']}:\n{_filled(button['address'], params)}"
    return _filled(paragraph, params)


def _html(paragraphs: list[str], params: Mapping[str, str]) -> Iterator[str]:
    for paragraph in paragraphs:
        if button := _BUTTON.fullmatch(paragraph):
            address = _filled(escape(button["address"]), params)
            yield f'<p><a class="button" href="{address}">{escape(button["label"])}</a></p>'
            yield f'<p class="address">{address}</p>'
        else:
            yield f"<p>{_filled(escape(paragraph), params)}</p>"


def _filled(text: str, params: Mapping[str, str]) -> str:
    return PLACEHOLDER.sub(lambda match: params[match[1]], text)


def _one_line(value: str) -> str:
    """A customer's text cannot add a paragraph to a mail, or a header."""
    return " ".join(value.split())
