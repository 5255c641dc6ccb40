import base64
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from docket.auth import one_time_codes
from docket.domain.accounts.second_factor import RECOVERY_CODES, SecondFactor, UsedCode

SECRET = base64.b32encode(b"12345678901234567890").decode()
FACTOR = SecondFactor(user_id="ada", sealed_secret="", created_at=datetime.now(UTC))


# RFC 6238, appendix B, for SHA-1: the last six of the eight digits
@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_codes_are_those_of_the_standard(seconds, code):
    at = datetime.fromtimestamp(seconds, UTC)

    assert one_time_codes.check(code, FACTOR, SECRET, at=at) == UsedCode(step=seconds // 30)


@pytest.mark.parametrize(
    ("seconds", "is_right"), [(-31, False), (-30, True), (30, True), (59, True), (60, False)]
)
def test_a_code_is_right_one_period_earlier_and_later(seconds, is_right):
    at = datetime.fromtimestamp(1111111110 + seconds, UTC)

    assert (one_time_codes.check("050471", FACTOR, SECRET, at=at) is not None) is is_right


def test_a_code_is_wrong_after_it_or_a_later_one_was_used():
    at = datetime.fromtimestamp(1111111111, UTC)
    step = 1111111111 // 30

    for last_step, is_right in ((step - 1, True), (step, False), (step + 1, False)):
        used = one_time_codes.check("050471", replace(FACTOR, last_step=last_step), SECRET, at=at)
        assert (used is not None) is is_right


def test_recovery_codes_are_different_and_found_by_their_hashes():
    codes = one_time_codes.new_recovery_codes()
    hashes = [one_time_codes.recovery_hash(code) for code in codes]
    factor = replace(FACTOR, recovery_hashes=frozenset(hashes[1:]))
    at = datetime.now(UTC)

    assert len({*codes}) == len(codes) == RECOVERY_CODES
    assert one_time_codes.check(codes[0], factor, SECRET, at=at) is None
    assert one_time_codes.check(codes[1], factor, SECRET, at=at) == UsedCode(
        recovery_hash=hashes[1]
    )


def test_a_recovery_code_has_128_random_bits_at_least():
    codes = [code.replace("-", "") for code in one_time_codes.new_recovery_codes()]
    letters = {letter for code in codes for letter in code}

    assert letters <= {*"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"}
    assert {5 * len(code) for code in codes} == {140}


def test_an_app_reads_the_secret_and_the_account_from_the_address():
    secret = one_time_codes.new_secret()
    address = urlsplit(one_time_codes.uri(secret, "ada@example.com"))

    assert (address.scheme, address.netloc) == ("otpauth", "totp")
    assert address.path == "/Docket:ada%40example.com"
    assert parse_qs(address.query) == {"secret": [secret], "issuer": ["Docket"]}
    assert len(base64.b32decode(secret)) == 20
