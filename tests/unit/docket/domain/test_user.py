import pytest

from docket.domain.user import address_of


@pytest.mark.parametrize(
    "written",
    [
        "Ada@Example.com",
        " ada@example.com ",
        "ADA@EXAMPLE.COM",
        "\uff41da@example.com",
    ],
)
def test_case_space_and_wide_letters_make_no_other_address(written):
    assert address_of(written) == "ada@example.com"


def test_a_letter_and_its_accent_are_one_address_together_or_apart():
    assert address_of("jose\u0301@example.com") == address_of("jos\u00e9@example.com")


def test_a_domain_is_one_in_its_own_script_and_in_ascii():
    assert address_of("ada@Bücher.example") == address_of("ada@xn--bcher-kva.example")


def test_what_cannot_be_a_domain_is_left_and_finds_nobody():
    assert address_of("ada@ü..example") == "ada@ü..example"
    assert address_of("no address at all") == "no address at all"


def test_different_people_stay_different():
    assert address_of("ada@example.com") != address_of("ada+1@example.com")
