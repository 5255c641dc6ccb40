"""The files of the corpora that rules and models are not made with: `bench/reader/unseen.txt`."""

from pathlib import Path

_LIST = Path(__file__).with_name("unseen.txt")


def unseen() -> frozenset[str]:
    """`corpus/name` of each, without the suffix of the file."""
    lines = (line.strip() for line in _LIST.read_text().splitlines())
    return frozenset(line for line in lines if line and not line.startswith("#"))


def is_unseen(file: Path) -> bool:
    """Whether the file, by its folder and its name without an ending, is one of them."""
    return f"{file.parent.name}/{file.stem}" in unseen()
