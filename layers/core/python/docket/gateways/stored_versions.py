"""The versions of a document's objects, as a listing names them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from docket.domain.orders.document import UploadedFile
from docket.gateways import object_keys


@dataclass(frozen=True, kw_only=True)
class StoredVersion:
    """A version of a document's object, or a delete marker."""

    key: str
    version: str
    is_marker: bool

    @property
    def upload(self) -> UploadedFile | None:
        """The upload that it is; None if it is another object, or a delete marker."""
        parts = None if self.is_marker else object_keys.named_by(self.key)
        return UploadedFile(upload_number=parts[2], version=self.version) if parts else None

    @property
    def document_id(self) -> str | None:
        """The document whose upload it is, also if it is a delete marker; None: another object."""
        parts = object_keys.named_by(self.key)
        return parts[1] if parts else None

    @property
    def attempt(self) -> int | None:
        """The reading that it is of; None if it is another object, or a delete marker."""
        parts = None if self.is_marker else object_keys.reading_named_by(self.key)
        return parts[1] if parts else None

    @property
    def is_part(self) -> bool:
        """Whether it is the result of a page range, which the reading needs until it ends."""
        return self.key.startswith(object_keys.PARTS)


type Choose = Callable[[Sequence[StoredVersion]], Sequence[StoredVersion]]
