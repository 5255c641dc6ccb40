"""What the files of a life contain."""

from dataclasses import dataclass, replace
from random import Random


@dataclass(frozen=True, kw_only=True)
class Content:
    """What a file contains: pages, how many of them can be read, and how reading it ends.

    The name stands for its words, and `code` is that of a payment code beside them. The number of
    times that a file was saved changes its bytes only.
    """

    name: str
    pages: int
    readable: int
    code: str = "NONE"
    saved: int = 1

    def bytes(self, size: int) -> bytes:
        """The file, which the reader of a life understands."""
        header = f"{self.name} {self.pages} {self.readable} {self.code} {self.saved} "
        return header.encode().ljust(size, b".")

    def has_same_content(self, other: "Content") -> bool:
        """Whether a customer gets the same for both files."""
        return replace(self, saved=other.saved) == other


UNREADABLE = Content(name="broken", pages=0, readable=0)


def a_copy(original: Content, random: Random) -> Content:
    """The same file again, or saved by another program, or with another payment code."""
    return random.choice(
        (original, replace(original, saved=original.saved + 1), replace(original, code="OTHER"))
    )


def content(random: Random) -> Content:
    """The content of a file; few have the same, some are long, some cannot be read."""
    kind = random.random()
    if kind < 0.08:
        return UNREADABLE
    if kind < 0.2:
        pages = random.randint(9, 14)
        return Content(name=f"scan-{random.randrange(20)}-{pages}", pages=pages, readable=pages - 1)
    pages = random.randint(1, 4)
    readable = pages if random.random() < 0.8 else pages - 1
    return Content(
        name=f"file-{random.randrange(6)}-{pages}-{readable}", pages=pages, readable=readable
    )
