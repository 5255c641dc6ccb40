"""The form by which a browser uploads a document's file to the bucket."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class PresignedPost:
    """A presigned form: post `fields`, then one file, to `url` until `expires_at`.

    Whoever has the fields can upload, so they are left out of logs and error reports.
    """

    url: str
    fields: dict[str, str] = field(repr=False)
    expires_at: datetime
