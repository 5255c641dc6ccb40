from docket.domain.language import DEFAULT_LANGUAGE, LANGUAGES


def test_the_default_language_is_one_of_the_languages():
    assert DEFAULT_LANGUAGE in LANGUAGES
