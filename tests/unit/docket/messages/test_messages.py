"""The sentences of the two languages belong to the same codes."""

import re

import pytest

from docket import messages

PLACEHOLDER = re.compile(r"\{\{(\w+)\}\}")


def codes(language):
    return {
        (group, code)
        for group, sentences in messages.catalogue(language).items()
        for code in sentences
    }


def test_both_languages_have_a_sentence_for_the_same_codes():
    assert codes("de") == codes("en")


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_placeholder_is_well_formed(language):
    for sentences in messages.catalogue(language).values():
        for text in sentences.values():
            rest = PLACEHOLDER.sub("", text)
            assert not {"{", "}"} & set(rest), text


@pytest.mark.parametrize(("group", "code"), sorted(codes("de")))
def test_a_german_sentence_needs_no_other_parameters_than_the_english(group, code):
    german, english = (
        set(PLACEHOLDER.findall(messages.catalogue(language)[group][code]))
        for language in ("de", "en")
    )
    assert german <= english


def test_a_parameter_is_put_in_place():
    text = messages.message("document", "too_large", {"max_megabytes": 25})

    assert text == ("The file is larger than 25 MB. Please split it or save it smaller.")


def test_a_list_is_separated_by_commas():
    text = messages.message("error", "documents_on_their_way", {"filenames": ["a.pdf", "b.png"]})

    assert "read: a.pdf, b.png." in text


def test_the_parameter_context_selects_a_variant():
    other_order = messages.message("error", "payment_not_confirmed", {"context": "other_order"})

    assert other_order == "This payment belongs to another order."


def test_an_unknown_variant_has_the_sentence_of_its_code():
    text = messages.message("error", "payment_not_confirmed", {"context": "of_tomorrow"})

    assert text == messages.message("error", "payment_not_confirmed", {})


def test_a_code_that_is_not_known_yet_is_shown_as_words():
    assert messages.message("document", "too_blurred", {"page": 1}) == "Too blurred."


def test_a_missing_parameter_is_an_error():
    with pytest.raises(KeyError):
        messages.message("document", "too_large", {})


def test_a_sentence_is_made_in_german():
    assert messages.message("document", "empty", {}, "de").startswith("Die Datei ist leer.")
