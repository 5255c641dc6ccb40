"""Detect the type of a file by its bytes; its name and declared type must agree with it.

An image named or declared as the other image type is accepted: cameras, browsers and messengers
rename them, and this is harmless.
"""

import io
import zipfile

from analysis.errors import Unreadable

_BY_SUFFIX = {"pdf": "pdf", "docx": "docx", "png": "png", "jpg": "jpeg", "jpeg": "jpeg",
               "jfif": "jpeg"}  # fmt: skip
_BY_TYPE = {
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "image/png": "png",
    "image/jpeg": "jpeg",
    "image/jpg": "jpeg",
    "image/pjpeg": "jpeg",
}
_IMAGES = frozenset(["png", "jpeg"])
_HEIF_BRANDS = frozenset([b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"])
"""The brands of HEIC photos, in bytes five to twelve of an ISO media file."""
_UNSTATED = {"", "application/octet-stream", "binary/octet-stream"}
_TYPE_NAMES = {"pdf": "PDF", "docx": "DOCX", "png": "PNG", "jpeg": "JPEG"}
_SIGNATURES = {
    "png": b"\x89PNG\r\n\x1a\n",
    "jpeg": b"\xff\xd8\xff",
    "ole": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
}
_PDF_HEADER_WITHIN = 1024


def identify(data: bytes, filename: str, content_type: str) -> str:
    """`pdf`, `docx`, `png` or `jpeg`. Raises `Unreadable` if name or declared type disagree."""
    if not data:
        raise Unreadable("empty")
    detected = _by_bytes(data)
    if detected == "ole":
        raise Unreadable("password_protected_or_old_format")
    if detected == "heic":
        raise Unreadable("heic_not_supported")
    if detected not in _TYPE_NAMES:
        raise Unreadable("unknown_type")
    suffix = filename.rpartition(".")[2].lower() if "." in filename else ""
    declared = content_type.partition(";")[0].strip().lower()
    by_name = _BY_SUFFIX.get(suffix)
    by_type = _BY_TYPE.get(declared)
    if by_name != detected and not {by_name, detected} <= _IMAGES:
        raise Unreadable("type_mismatch", context="name", actual=_TYPE_NAMES[detected])
    if by_type != detected and declared not in _UNSTATED and not {by_type, detected} <= _IMAGES:
        raise Unreadable(
            "type_mismatch", context="declared", actual=_TYPE_NAMES[detected], declared=declared
        )
    return detected


def _by_bytes(data: bytes) -> str | None:
    for kind, signature in _SIGNATURES.items():
        if data.startswith(signature):
            return kind
    if data.startswith(b"PK\x03\x04"):
        return "docx" if _is_docx(data) else "zip"
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS:
        return "heic"
    if b"%PDF-" in data[:_PDF_HEADER_WITHIN]:
        return "pdf"
    return None


def _is_docx(data: bytes) -> bool:
    """Whether the archive's content types include a word-processing main part."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            info = archive.getinfo("[Content_Types].xml")
            with archive.open(info) as part:
                types = part.read(1_000_000)
    except (zipfile.BadZipFile, KeyError, OSError, NotImplementedError, RuntimeError, ValueError):
        # A damaged archive keeps the type of its name, so that the reader reports the damage.
        return b"word/" in data
    return b"wordprocessingml" in types
