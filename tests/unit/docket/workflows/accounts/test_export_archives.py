import io
import tracemalloc
from typing import IO, cast

import pytest

from docket.workflows.accounts.export_archives import MAX_NAME_LENGTH, ArchiveFile, safe_name
from tests.make import THEN


@pytest.mark.parametrize(
    ("filename", "name"),
    [
        ("Rechnung März.pdf", "Rechnung März.pdf"),
        ('a<b>:"|?*.pdf', "a_b______.pdf"),
        ("../a.pdf", "_a.pdf"),
        ("con.pdf", "_con.pdf"),
        ("COM1", "_COM1"),
        ("console.pdf", "console.pdf"),
        ("a.pdf. ", "a.pdf"),
        ("...", "_"),
    ],
)
def test_a_name_is_one_that_every_file_system_accepts(filename, name):
    assert safe_name(filename) == name


def test_a_long_name_has_its_ending():
    name = safe_name(f"{'a' * 300}.pdf")

    assert len(name) == MAX_NAME_LENGTH
    assert name.endswith("a.pdf")


class Sink(io.RawIOBase):
    """A file that stores nothing."""

    def __init__(self):
        super().__init__()
        self.position = 0

    def writable(self):
        return True

    def write(self, data):
        self.position += len(data)
        return len(data)

    def tell(self):
        return self.position

    def flush(self):
        pass


def test_a_large_account_takes_little_memory():
    archive = ArchiveFile(cast("IO[bytes]", Sink()), at=THEN)
    tracemalloc.start()
    try:
        for number in range(4):
            chunks = (bytes(1024 * 1024) for _ in range(25))
            archive.add(f"{number}.pdf", chunks, is_text=False)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert archive.size_bytes > 100 * 1024 * 1024
    assert peak < 8 * 1024 * 1024
