"""The text of an e-mail and the files that are attached to it, also those of mails within it."""

from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from itertools import count

from analysis.errors import parsing
from analysis.formats.docx import chunk
from analysis.formats.docx.block import Block, block
from analysis.formats.names import LONGEST_NAME, printable
from analysis.limits import Limits

_PARTS = 500
"""Parts of a mail that are looked at; the others are left out."""
_ATTACHMENTS = 50
"""Attachments of a mail that are read; the others are left out."""
_DEPTH = 5
"""Mails within mails."""
_HEAD = ("From", "To", "Cc", "Date", "Subject")
_LONGEST_HEADER = 1_000
"""Characters of a header that are shown."""
_ENDINGS = {"text/plain": ".txt", "text/html": ".html"}


@dataclass(frozen=True, slots=True)
class Attached:
    """A file within a mail. `is_inline`: it may only decorate the text."""

    name: str
    content: bytes
    is_inline: bool


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something of a mail that is not read: the name of a file, or the subject of a mail."""

    name: str


@dataclass(frozen=True, slots=True)
class MailText:
    """The head and the text of a mail, and its subject."""

    subject: str | None
    blocks: tuple[Block, ...]


type Part = MailText | Attached | LeftOut


def read(data: bytes, limits: Limits) -> list[Part]:
    """The contents of a mail. Raises `Unreadable` if it is damaged.

    Mails that are too deep in it are left out, and so are parts beyond the limits.
    """
    reader = _Reader(limits)
    with parsing("damaged"):
        reader.add(BytesParser(policy=policy.compat32).parsebytes(data), depth=0)
    return reader.contents


class _Reader:
    def __init__(self, limits: Limits) -> None:
        self.contents: list[Part] = []
        self._parts_left = _PARTS
        self._attachments_left = _ATTACHMENTS
        self._bytes_left = limits.inflated_bytes
        self._tables = count()

    def add(self, message: Message, *, depth: int) -> None:
        """Add the text of a message, then what is attached to it."""
        texts: list[Message] = []
        others: list[Message] = []
        beyond: list[Message] = []
        for part in _leaves(message):
            self._parts_left -= 1
            if self._parts_left < 0:
                beyond.append(part)
            else:
                (texts if _is_text(part) else others).append(part)
        blocks = [block for part in texts for block in self._blocks(part)]
        if blocks:
            head = list(_head(message))
            self.contents.append(MailText(_header(message, "Subject"), (*head, *blocks)))
        for part in others:
            inner = _inner(part)
            if inner is None:
                self._attach(part)
            elif depth < _DEPTH:
                self.add(inner, depth=depth + 1)
            else:
                self.contents.append(LeftOut(_name(part)))
        self.contents += [LeftOut(_name(part)) for part in beyond]

    def _blocks(self, part: Message) -> Iterator[Block]:
        content = self._content_of(part)
        if not content and _has_text(part):
            self.contents.append(LeftOut(_name(part)))
        charset = part.get_content_charset() or "utf-8"
        try:
            text = content.decode(charset, "replace")
        except LookupError:
            text = content.decode("utf-8", "replace")
        ending = _ENDINGS[part.get_content_type()]
        # The charset that an HTML part states itself is that of the file it was, not of the mail.
        yield from chunk.blocks(f"text{ending}", b"\xef\xbb\xbf" + text.encode(), self._tables)

    def _attach(self, part: Message) -> None:
        name = _name(part)
        content = self._content_of(part) if self._attachments_left else b""
        if content:
            self._attachments_left -= 1
            is_inline = bool(part.get("Content-ID")) or part.get_content_disposition() == "inline"
            self.contents.append(Attached(name, content, is_inline))
        else:
            self.contents.append(LeftOut(name))

    def _content_of(self, part: Message) -> bytes:
        """The bytes of a part; empty if the mail has too many."""
        payload = part.get_payload(decode=True)
        content = payload if isinstance(payload, bytes) else b""
        if len(content) > self._bytes_left:
            return b""
        self._bytes_left -= len(content)
        return content


def _leaves(message: Message) -> Iterator[Message]:
    """The parts that have no parts, without texts that say the same as a plain one.

    The formatted alternative of a text may contain attachments, which are not left out.
    """
    waiting = [(message, True)]
    while waiting:
        part, has_text = waiting.pop()
        if not part.get_content_type().startswith("multipart/"):
            if has_text or not _is_text(part):
                yield part
            continue
        inner = _parts(part)
        chosen = inner
        if part.get_content_type() == "multipart/alternative":
            plain = [item for item in inner if item.get_content_type() == "text/plain"]
            chosen = plain[:1] if any(map(_has_text, plain)) else inner[-1:]
        waiting.extend((item, has_text and item in chosen) for item in reversed(inner))


def _parts(part: Message) -> list[Message]:
    payload = part.get_payload()
    return (
        [item for item in payload if isinstance(item, Message)] if isinstance(payload, list) else []
    )


def _has_text(part: Message) -> bool:
    payload = part.get_payload(decode=True)
    return isinstance(payload, bytes) and bool(payload.strip())


def _is_text(part: Message) -> bool:
    is_attached = part.get_content_disposition() == "attachment" or bool(part.get_filename())
    return part.get_content_type() in _ENDINGS and not is_attached


def _inner(part: Message) -> Message | None:
    """The mail that a part is."""
    is_mail = part.get_content_type() == "message/rfc822"
    return next(iter(_parts(part)), None) if is_mail else None


def _head(message: Message) -> Iterator[Block]:
    for name in _HEAD:
        if value := _header(message, name):
            yield block(f"{name}: {value}")


def _header(message: Message, name: str) -> str | None:
    """A header in readable characters, on one line."""
    raw = message.get(name)
    return _readable(str(raw)[:_LONGEST_HEADER]) or None if raw is not None else None


def _readable(raw: str) -> str:
    try:
        text = str(make_header(decode_header(raw)))
    except (LookupError, ValueError):
        text = raw
    return " ".join(printable(text).split())


def _name(part: Message) -> str:
    """The name of a file, the subject of a mail, or the type of what has neither."""
    inner = _inner(part)
    subject = _header(inner, "Subject") if inner is not None else None
    filename = _readable(part.get_filename() or "")
    name = subject[:LONGEST_NAME] if subject else filename[-LONGEST_NAME:]
    return name or part.get_content_type()
