from itertools import cycle

import pytest

from docket.domain.accounts import api_key
from docket.domain.accounts.api_key import ALPHABET, PREFIXES, SCOPES, TEST_SCOPES

KEY = "dk_live_0123456789ABCDEFGHIJabcdefghij"


def new_text(mode="live"):
    characters = cycle("aZ7q")
    return api_key.new_text(lambda _alphabet: next(characters), mode=mode)


@pytest.mark.parametrize("mode", PREFIXES)
def test_a_new_key_is_well_formed(mode):
    text = new_text(mode)

    assert api_key.is_well_formed(text)
    assert text.startswith(f"dk_{mode}_")
    assert len(text) == 44


def test_a_live_key_is_not_made_a_test_key_by_its_prefix():
    assert not api_key.is_well_formed(new_text().replace("live", "test"))


def test_the_checksum_is_the_crc_in_base_62():
    characters = iter(KEY.removeprefix("dk_live_"))

    # zlib.crc32 of the 38 characters is 1,247,163,914.
    assert api_key.new_text(lambda _alphabet: next(characters)) == f"{KEY}1MOyJ0"


@pytest.mark.parametrize("place", range(44))
def test_every_changed_character_is_noticed(place):
    text = new_text()
    other = next(letter for letter in ALPHABET if letter != text[place])

    assert not api_key.is_well_formed(text[:place] + other + text[place + 1 :])


@pytest.mark.parametrize(
    "text", ["", "dk_live_", KEY, f"{new_text()}\n", f"{new_text()}é", "é" * 44]
)
def test_other_texts_are_not_well_formed(text):
    assert not api_key.is_well_formed(text)


def test_scopes_are_listed_once():
    assert api_key.ordered(["pay", "read", "pay"]) == ("read", "pay")
    assert SCOPES == ("read", "write", "pay")
    assert TEST_SCOPES == ("read", "write")
