"""The ZIP archive of a DOCX: parts found by relationship, with a limit of unpacked bytes."""

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from posixpath import dirname, join, normpath
from xml.etree.ElementTree import Element

from analysis.errors import Unreadable
from analysis.formats import xml
from analysis.limits import Limits


def damaged(kind: str = "docx") -> Unreadable:
    """The error for a file of that kind: `docx` or `xlsx`."""
    return Unreadable("damaged", context=kind)


def tag(element: Element) -> str:
    """The element's name without its namespace, so that Strict and Transitional files are equal."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: Element, name: str) -> str | None:
    """An attribute by its name without its namespace."""
    return next((v for k, v in element.attrib.items() if k.rpartition("}")[2] == name), None)


def child(element: Element | None, *path: str) -> Element | None:
    """The first descendant along a path of names without namespaces."""
    for name in path:
        if element is None:
            return None
        element = next((candidate for candidate in element if tag(candidate) == name), None)
    return element


def value(element: Element | None, *path: str) -> str | None:
    """The `val` attribute of the element at such a path."""
    found = child(element, *path)
    return None if found is None else attribute(found, "val")


class Package:
    """The parts of one document of a kind: `docx` or `xlsx`."""

    def __init__(
        self, archive: zipfile.ZipFile, limits: Limits, kind: str, *, is_nested: bool
    ) -> None:
        self.is_nested = is_nested
        """Whether it is part of another package."""
        self._limits = limits
        self._kind = kind
        self._archive = archive
        self._left = limits.inflated_bytes
        self._relations: dict[str, dict[str, tuple[str, str, bool]]] = {}
        if sum(info.file_size for info in archive.infolist()) > limits.inflated_bytes:
            raise Unreadable("too_large_inside")

    @property
    def limits_left(self) -> Limits:
        """The limits for a package within this one."""
        return replace(self._limits, inflated_bytes=max(0, self._left))

    @cached_property
    def main(self) -> str:
        """The main part, according to the package's relationships."""
        found = self.related("", "officeDocument")
        if not found:
            raise damaged(self._kind)
        return found[0]

    def related(self, part: str, kind: str) -> list[str]:
        """The parts that `part` has relationships of this kind to, each once."""
        relations = self._relations_of(part).values()
        return list(
            dict.fromkeys(
                target
                for type_, target, external in relations
                if not external and type_ == kind and self.has(target)
            )
        )

    def target(self, part: str, relation: str) -> str | None:
        """The part within the package that a relationship of `part` targets."""
        _, target, external = self._relations_of(part).get(relation, ("", "", True))
        return target if not external and self.has(target) else None

    def link(self, part: str, relation: str) -> str | None:
        """The URL outside the package that a hyperlink of `part` targets."""
        kind, target, external = self._relations_of(part).get(relation, ("", "", False))
        return target if external and kind == "hyperlink" else None

    def has(self, part: str) -> bool:
        """Whether the archive has a part of this name."""
        return part in self._archive.NameToInfo

    def parse(self, part: str) -> Element:
        """The part's XML. Raises `Unreadable` if it unpacks to more than the limit.

        A malformed part is `Unreadable` too, by `open_package`.
        """
        return xml.parse(self.read(part))

    def read(self, part: str) -> bytes:
        """The bytes of a part. Raises `Unreadable` if it unpacks to more than the limit."""
        with self._archive.open(part) as stream:
            content = stream.read(self._left + 1)
        self._left -= len(content)
        if self._left < 0:
            raise Unreadable("too_large_inside")
        return content

    def _relations_of(self, part: str) -> Mapping[str, tuple[str, str, bool]]:
        if part not in self._relations:
            folder, _, name = part.rpartition("/")
            rels = join(folder, "_rels", f"{name}.rels")
            found = self.parse(rels) if self.has(rels) else ()
            self._relations[part] = {
                relation.get("Id", ""): _relation(relation, dirname(part)) for relation in found
            }
        return self._relations[part]


def _relation(element: Element, folder: str) -> tuple[str, str, bool]:
    kind = element.get("Type", "").rpartition("/")[2]
    target = element.get("Target", "")
    if element.get("TargetMode") == "External":
        return kind, target, True
    return kind, normpath(join("/", folder, target)).lstrip("/"), False


@contextmanager
def open_package(
    data: bytes, limits: Limits, kind: str = "docx", *, is_nested: bool = False
) -> Iterator[Package]:
    """The package. Every error of the block is raised as `Unreadable`."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield Package(archive, limits, kind, is_nested=is_nested)
    except (
        zipfile.BadZipFile, zlib.error, KeyError, EOFError, OSError, NotImplementedError,
        RuntimeError, ValueError,
    ) as failed:  # fmt: skip
        raise damaged(kind) from failed
