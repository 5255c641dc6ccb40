import unicodedata
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docket.domain.accounts.user import MOST_REPLACED, address_of
from tests.make_people import THEN, a_session


@pytest.mark.parametrize(
    "raw",
    [
        "Ada@Example.com",
        " ada@example.com ",
        "ADA@EXAMPLE.COM",
        "ada@\uff45xample\u3002com",
    ],
)
def test_case_space_and_width_are_normalised(raw):
    assert address_of(raw) == "ada@example.com"


def test_composed_and_decomposed_addresses_are_equal():
    assert address_of("jose\u0301@example.com") == address_of("jos\u00e9@example.com")


def test_unicode_and_ascii_domains_are_equal():
    assert address_of("ada@Bücher.example") == address_of("ada@xn--bcher-kva.example")


def test_an_invalid_domain_is_unchanged():
    assert address_of("ada@ü..example") == "ada@ü..example"
    assert address_of("no address at all") == "no address at all"


@pytest.mark.parametrize(
    ("raw", "normalised"),
    [
        ("JOSE\u0301@example.com", "jos\u00e9@example.com"),
        ("\u0391\u03a3@example.com", "\u03b1\u03c3@example.com"),
        ("J\u030c@example.com", "\u01f0@example.com"),
        ("Anna@STRASSE.de", "anna@strasse.de"),
        ("anna@Stra\u00dfe.de", "anna@xn--strae-oqa.de"),
        ("anna@XN--STRAE-OQA.de", "anna@xn--strae-oqa.de"),
        ("ada@B\u00dcCHER.example", "ada@xn--bcher-kva.example"),
        ("NO Address", "no address"),
        ("\ufdfa@example.com", "\ufdfa@example.com"),
    ],
)
def test_an_address_has_a_normalised_form(raw, normalised):
    assert address_of(raw) == normalised


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("ada@example.com", "ada+1@example.com"),
        ("anna@stra\u00dfe.de", "anna@strasse.de"),
        ("stra\u00dfe@example.com", "strasse@example.com"),
        ("\ufb01n@example.com", "fin@example.com"),
        ("\uff41da@example.com", "ada@example.com"),
        ("a\u00b2@example.com", "a2@example.com"),
        ("\u0130@example.com", "i@example.com"),
        ("\u0131@example.com", "i@example.com"),
        ("\u03bf\u03c2@example.com", "\u03bf\u03c3@example.com"),
        ("anna@\u03bf\u03c2.example", "anna@\u03bf\u03c3.example"),
        ("a\u200db@example.com", "ab@example.com"),
    ],
)
def test_different_mailboxes_stay_different(first, second):
    assert address_of(first) != address_of(second)


@given(st.text(max_size=60), st.text(max_size=60))
def test_normalisation_is_idempotent(local, domain):
    form = address_of(f"{local}@{domain}")

    assert address_of(form) == form
    assert unicodedata.is_normalized("NFC", form)
    assert address_of(unicodedata.normalize("NFD", f"{local}@{domain}")) == form


def test_a_session_remembers_the_newest_of_the_tokens_that_were_replaced():
    session = a_session(refresh_hash="0")
    for second in range(1, MOST_REPLACED + 2):
        at = THEN + timedelta(seconds=second)
        session = session.refreshed(str(second), at=at, until=THEN + timedelta(days=30))

    assert len(session.replaced) == MOST_REPLACED
    assert not session.in_grace("0", at=at)
    assert session.in_grace("1", at=at)


def test_a_session_forgets_tokens_whose_grace_is_over():
    later = THEN + timedelta(minutes=1)
    session = a_session(refresh_hash="first").refreshed("second", at=THEN, until=later)

    assert session.refreshed("third", at=later, until=later).replaced == {"second": later}
