import re
from html.parser import HTMLParser
from typing import Any

import pytest

from docket.domain.accounts.mail import PARAMETERS, MailKind
from docket.domain.language import LANGUAGES
from docket.messages import mails

PLACEHOLDER = re.compile(r"\{\{(\w+)\}\}")
SITE = "https://docket.example.com"
TIME = "2026-03-02T01:05+00:00"
BOTH = [(kind, language) for kind in MailKind for language in LANGUAGES]
HOSTILE = '<b>"Ada" & Co.</b>\n\nSubject: x\n[Click](https://evil.example) {{site}}'
COLOUR = re.compile(r"(background|color): (#[0-9a-f]{6})")


class Page(HTMLParser):
    """The text and the links of a page; every element must be closed."""

    def __init__(self, html):
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []
        self.parts: list[str] = []
        self.tags: list[Any] = []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag == "a":
            self.links.append(dict(attrs)["href"])
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.parts.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.parts).split())


def rendered(kind, language="en", value="value"):
    ours = {"site": SITE, "link": f"{SITE}/verify-email#t0ken", "minutes": "60", "time": TIME}
    ours["until"] = ours["date"] = TIME
    params = {**dict.fromkeys(PARAMETERS[kind], value), **ours}
    return mails.render(kind, params, language)


@pytest.mark.parametrize(("kind", "language"), BOTH)
def test_a_mail_says_the_same_in_both_of_its_parts(kind, language):
    mail = rendered(kind, language)
    page = Page(mail.html)

    assert mail.subject
    assert "{{" not in mail.subject + mail.text + mail.html
    assert mail.subject in page.text
    for paragraph in mail.text.replace(":\nhttps", "\n\nhttps").split("\n\n"):
        if paragraph != "-- ":
            assert " ".join(paragraph.split()) in page.text
    assert [link for link in page.links if link not in mail.text] == []


@pytest.mark.parametrize("kind", MailKind)
def test_the_templates_of_a_kind_use_its_parameters_in_every_language(kind):
    used = {
        language: {*PLACEHOLDER.findall("\n".join(mails._template(kind, language)))} - {"site"}
        for language in LANGUAGES
    }

    assert used == {language: {*PARAMETERS[kind]} for language in LANGUAGES}


def test_the_languages_differ():
    for kind in MailKind:
        assert rendered(kind, "en").subject != rendered(kind, "de").subject


@pytest.mark.parametrize(("kind", "language"), BOTH)
def test_a_parameter_is_data(kind, language):
    mail = rendered(kind, language, HOSTILE)
    harmless = rendered(kind, language)

    assert Page(mail.html).links == Page(harmless.html).links
    assert Page(mail.html).tags == Page(harmless.html).tags
    assert mail.subject == harmless.subject
    assert len(mail.text.split("\n\n")) == len(harmless.text.split("\n\n"))


def test_a_missing_parameter_is_an_error():
    with pytest.raises(KeyError):
        mails.render(MailKind.PASSWORD_CHANGED, {"site": SITE}, "en")


def test_a_mail_loads_nothing_from_elsewhere():
    for kind in MailKind:
        html = rendered(kind).html
        assert not re.search(r"\bsrc=|url\(|@import|<script|<link|<img", html)


def luminance(colour):
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(first, second):
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def colours(style):
    """The colours of each selector of a style sheet."""
    rules = re.findall(r"([^{}\n]+) \{([^{}]*)\}", style)
    return {selector.strip(): dict(COLOUR.findall(body)) for selector, body in rules}


def test_a_mail_is_readable_in_both_schemes():
    """Text and buttons have the contrast that WCAG 2.2 AA requires, 4.5 : 1."""
    html = rendered(MailKind.NEW_DEVICE).html
    light, dark = html.split("@media (prefers-color-scheme: dark)")

    assert '<meta name="color-scheme" content="light dark">' in html
    for style in (light, dark):
        found = colours(style)
        button, note = found[".button"], found[".address, footer"]["color"]
        card, page = found[".card"]["background"], found["body"]
        assert contrast(button["color"], button["background"]) >= 4.5
        for background in (card, page["background"]):
            assert contrast(page["color"], background) >= 4.5
            assert contrast(note, background) >= 4.5
