"""The messages of both languages belong to the same codes."""

import re

import pytest

from docket import messages

PLACEHOLDER = re.compile(r"\{\{(\w+)\}\}")


def codes(language):
    return {
        (group, code)
        for group, group_messages in messages.catalogue(language).items()
        for code in group_messages
    }


def test_both_languages_have_the_same_codes():
    assert codes("de") == codes("en")


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_placeholder_is_well_formed(language):
    for group_messages in messages.catalogue(language).values():
        for text in group_messages.values():
            rest = PLACEHOLDER.sub("", text)
            assert not {"{", "}"} & set(rest), text


@pytest.mark.parametrize(("group", "code"), sorted(codes("de")))
def test_a_german_message_has_no_additional_parameters(group, code):
    german, english = (
        set(PLACEHOLDER.findall(messages.catalogue(language)[group][code]))
        for language in ("de", "en")
    )
    assert german <= english


def test_a_parameter_is_inserted():
    text = messages.message("document", "too_large", {"max_megabytes": 25})

    assert text == ("The file is larger than 25 MB. Please split it or save it smaller.")


@pytest.mark.parametrize(("language", "text"), [("en", "1,159.80"), ("de", "1.159,80")])
def test_a_sum_has_the_marks_of_the_language(language, text):
    params = {"sum": "1159.80", "net": "1.209,86 €"}

    written = messages.message("contradiction", "lines_do_not_add_up", params, language)

    assert f" {text}, " in written


def test_a_list_is_separated_by_commas():
    text = messages.message("error", "documents_on_their_way", {"filenames": ["a.pdf", "b.png"]})

    assert "read: a.pdf, b.png." in text


def test_the_parameter_context_selects_a_variant():
    other_order = messages.message("error", "payment_not_confirmed", {"context": "other_order"})

    assert other_order == "This payment belongs to another order."


def test_an_unknown_variant_has_the_message_of_its_code():
    text = messages.message("error", "payment_not_confirmed", {"context": "of_tomorrow"})

    assert text == messages.message("error", "payment_not_confirmed", {})


def test_an_unknown_code_is_shown_as_words():
    assert messages.message("document", "too_blurred", {"page": 1}) == "Too blurred."


def test_a_missing_parameter_is_an_error():
    with pytest.raises(KeyError):
        messages.message("document", "too_large", {})


def test_a_message_is_translated_to_german():
    assert messages.message("document", "empty", {}, "de").startswith("Die Datei ist leer.")
