"""The stored versions of a versioned bucket's objects."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random

from tests.simulation.clock import SECOND, Clock

_ID_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._"
_ID_LENGTH = 32


@dataclass(kw_only=True)
class Version:
    """A version of an object, or a delete marker, which has no body."""

    key: str
    id: str
    number: int
    stored_at: int
    body: bytes = b""
    is_marker: bool = False
    content_type: str = "binary/octet-stream"
    metadata: dict[str, str] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    """Further headers of a reply, such as CacheControl."""

    @property
    def etag(self) -> str:
        """The quoted hash of the body."""
        return f'"{hashlib.md5(self.body, usedforsecurity=False).hexdigest()}"'


type Listener = Callable[[Version, str], None]
"""Is called with each stored or tagged version, and with the name of S3's event."""


class Bucket:
    """A versioned bucket. `listeners` are called after each object that is created or tagged."""

    def __init__(self, name: str, clock: Clock, random: Random) -> None:
        self.name, self.clock = name, clock
        self.listeners: list[Listener] = []
        self.unannounced: set[str] = set()
        """The versions about which a notification was lost."""
        self._random = random
        self._versions: dict[str, list[Version]] = {}
        """By key, the newest first."""
        self._number = 0

    def put(
        self,
        key: str,
        body: bytes,
        *,
        content_type: str = "binary/octet-stream",
        metadata: dict[str, str] | None = None,
        tags: dict[str, str] | None = None,
        headers: dict[str, str] | None = None,
        event: str = "ObjectCreated:Put",
    ) -> Version:
        """Store a new version."""
        version = Version(
            key=key,
            id=self._new_id(),
            number=self._next_number(),
            stored_at=self.clock.microseconds,
            body=body,
            content_type=content_type,
            metadata=metadata or {},
            tags=tags or {},
            headers=headers or {},
        )
        self._versions.setdefault(key, []).insert(0, version)
        for listener in self.listeners:
            listener(version, event)
        return version

    def tag(self, version: Version, tags: dict[str, str]) -> None:
        """Replace the tags of a version."""
        version.tags = tags
        for listener in self.listeners:
            listener(version, "ObjectTagging:Put")

    def newest(self, key: str) -> Version | None:
        """The newest version of an object, which may be a delete marker."""
        versions = self._versions.get(key)
        return versions[0] if versions else None

    def version(self, key: str, version_id: str) -> Version | None:
        """The version with this id."""
        versions = self._versions.get(key, ())
        return next((version for version in versions if version.id == version_id), None)

    def mark_deleted(self, key: str) -> Version:
        """Put a delete marker over an object."""
        marker = Version(
            key=key,
            id=self._new_id(),
            number=self._next_number(),
            stored_at=self.clock.microseconds,
            is_marker=True,
        )
        self._versions.setdefault(key, []).insert(0, marker)
        return marker

    def delete_version(self, key: str, version_id: str) -> Version | None:
        """Delete a version for good. Returns it; None if there is none."""
        version = self.version(key, version_id)
        if version:
            self._versions[key].remove(version)
            if not self._versions[key]:
                del self._versions[key]
        return version

    def versions(self, prefix: str = "") -> Iterator[Version]:
        """All versions and markers under a prefix, by key, the newest of a key first."""
        for key in sorted(self._versions):
            if key.startswith(prefix):
                yield from self._versions[key]

    def is_newest(self, version: Version) -> bool:
        """Whether it is the newest version of its object."""
        return self._versions[version.key][0] is version

    def remove_older(self, prefix: str, seconds: float) -> int:
        """Delete what is older, as a lifecycle rule does. Returns how many versions."""
        oldest = self.clock.microseconds - round(seconds * SECOND)
        old = [version for version in self.versions(prefix) if version.stored_at < oldest]
        for version in old:
            self.delete_version(version.key, version.id)
        return len(old)

    def _next_number(self) -> int:
        self._number += 1
        return self._number

    def _new_id(self) -> str:
        return "".join(self._random.choices(_ID_ALPHABET, k=_ID_LENGTH))
