"""What the files of a life contain."""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, kw_only=True)
class Content:
    """What a file contains: pages, how many of them can be read, and how reading it ends."""

    name: str
    pages: int
    readable: int

    def bytes(self, size: int) -> bytes:
        """The file, which the reader of a life understands."""
        return f"{self.name} {self.pages} {self.readable} ".encode().ljust(size, b".")


UNREADABLE = Content(name="broken", pages=0, readable=0)


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
