from itertools import cycle

import pytest

from docket.domain.accounts import api_key
from docket.domain.accounts.api_key import ALPHABET, SCOPES

KEY = "dk_live_0123456789ABCDEFGHIJabcdefghij"


def new_text():
    characters = cycle("aZ7q")
    return api_key.new_text(lambda _alphabet: next(characters))


def test_a_new_key_is_well_formed():
    assert api_key.is_well_formed(new_text())
    assert len(new_text()) == 44


def test_the_checksum_is_the_crc_in_base_62():
    characters = iter(KEY.removeprefix(api_key.PREFIX))

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
