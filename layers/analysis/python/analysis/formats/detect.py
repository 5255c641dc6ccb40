"""Detect the type of a file by its bytes; its name and declared type must agree with it.

An image named or declared as another image type is accepted: cameras, browsers and messengers
rename them, and this is harmless.
"""

import io
import re
import zipfile

from analysis.errors import Unreadable
from analysis.formats.einvoices import signed

BY_SUFFIX = {
    "pdf": "pdf", "docx": "docx", "xlsx": "xlsx", "png": "png", "jpg": "jpeg", "jpeg": "jpeg",
    "jfif": "jpeg", "heic": "heic", "heif": "heic", "tif": "tiff", "tiff": "tiff",
    "webp": "webp", "gif": "gif", "xml": "xml", "p7m": "xml", "eml": "eml",
}  # fmt: skip
"""The type of a file by the ending of its name."""
BY_TYPE = {
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "image/png": "png",
    "image/jpeg": "jpeg",
    "image/jpg": "jpeg",
    "image/pjpeg": "jpeg",
    "image/heic": "heic",
    "image/heif": "heic",
    "image/tiff": "tiff",
    "image/webp": "webp",
    "image/gif": "gif",
    "application/xml": "xml",
    "text/xml": "xml",
    "application/pkcs7-mime": "xml",
    "message/rfc822": "eml",
}
"""The type of a file by its declared content type."""
IMAGES = frozenset(["png", "jpeg", "heic", "tiff", "webp", "gif"])
"""The types of pictures."""
_HEIC_BRANDS = frozenset([b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"])
"""The brands of photos in HEVC. `mif1` and `msf1` say only that a file holds images."""
_BRANDS_WITHIN = 256
"""First bytes of a photo in which its brands are listed."""
_UNSTATED = {"", "application/octet-stream", "binary/octet-stream"}
_TYPE_NAMES = {"pdf": "PDF", "docx": "DOCX", "xlsx": "XLSX", "png": "PNG", "jpeg": "JPEG",
               "heic": "HEIC", "tiff": "TIFF", "webp": "WebP", "gif": "GIF",
               "xml": "XML", "eml": "EML"}  # fmt: skip
_SIGNATURES = (
    ("png", b"\x89PNG\r\n\x1a\n"),
    ("jpeg", b"\xff\xd8\xff"),
    ("tiff", b"II*\0"),
    ("tiff", b"MM\0*"),
    ("gif", b"GIF87a"),
    ("gif", b"GIF89a"),
    ("ole", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
)
_OFFICE_TYPES = {
    "docx": (b"word/", b"wordprocessingml"),
    "xlsx": (b"xl/", b"spreadsheetml.sheet.main"),
}
"""The folder of an Office file's parts, and what its content types name."""
_PDF_HEADER = b"%PDF-"
_PDF_HEADER_WITHIN = 1024
"""First bytes that may have a PDF's header, as in Acrobat, or begin an XML file."""
_PDF_OBJECT = re.compile(rb"\b\d+\s+\d+\s+obj\b")
_XML_STARTS = (b"<?xml", "<?xml".encode("utf-16-le"), "<?xml".encode("utf-16-be"))
_INVOICE_ROOT = re.compile(
    rb"<(?:[\w.-]+:)?(?:Invoice|CreditNote|CrossIndustry\w+|FatturaElettronica\w*)\b"
)
_HEADER_FIELD = re.compile(rb"^([!-9;-~]{1,70}):[ \t]", re.MULTILINE)
_MAIL_HEAD_WITHIN = 65_536
"""Servers add long fields of their own before those of the sender."""
_MAIL_FIELDS = frozenset(
    [b"from", b"to", b"date", b"subject", b"received", b"message-id", b"mime-version",
     b"return-path", b"content-type"]
)  # fmt: skip
_MAIL_FIELDS_AT_LEAST = 3
"""Different fields of a mail that a file begins with; texts have fewer."""
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
"""The byte order marks of UTF-8 and UTF-16."""


def identify(data: bytes, filename: str, content_type: str) -> str:
    """The type of a file, such as `pdf`. Raises `Unreadable` if name or declared type disagree."""
    if not data:
        raise Unreadable("empty")
    detected = _by_bytes(data)
    if detected == "ole":
        raise Unreadable("password_protected_or_old_format")
    if detected not in _TYPE_NAMES:
        raise Unreadable("unknown_type")
    suffix = filename.rpartition(".")[2].lower() if "." in filename else ""
    declared = content_type.partition(";")[0].strip().lower()
    by_name = BY_SUFFIX.get(suffix)
    by_type = BY_TYPE.get(declared)
    if by_name != detected and not {by_name, detected} <= IMAGES:
        raise Unreadable("type_mismatch", context="name", actual=_TYPE_NAMES[detected])
    if by_type != detected and declared not in _UNSTATED and not {by_type, detected} <= IMAGES:
        raise Unreadable(
            "type_mismatch", context="declared", actual=_TYPE_NAMES[detected], declared=declared
        )
    return detected


def _by_bytes(data: bytes) -> str | None:
    for kind, signature in _SIGNATURES:
        if data.startswith(signature):
            return kind
    if data.startswith(b"PK\x03\x04"):
        return _office_type(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[4:8] == b"ftyp" and _is_heic(data):
        return "heic"
    if data.startswith(_PDF_HEADER):
        return "pdf"
    return _by_text(data)


def _by_text(data: bytes) -> str | None:
    if _is_xml(data) or signed.is_signed(data):
        return "xml"
    if _is_mail(data):
        return "eml"
    return "pdf" if _is_pdf(data) else None


def _is_pdf(data: bytes) -> bool:
    """Whether something precedes the header of a PDF. A text that mentions it has no objects."""
    at = data.find(_PDF_HEADER, 0, _PDF_HEADER_WITHIN)
    return at >= 0 and bool(_PDF_OBJECT.search(data, at))


def _is_heic(data: bytes) -> bool:
    """Whether the major brand or a compatible one is that of HEVC, as opposed to AVIF."""
    length = min(int.from_bytes(data[:4]), _BRANDS_WITHIN)
    brands = {data[8:12], *(data[at : at + 4] for at in range(16, length - 3, 4))}
    return not _HEIC_BRANDS.isdisjoint(brands)


def _is_xml(data: bytes) -> bool:
    """Whether it begins with an XML declaration or an invoice's element, after a mark or blanks."""
    for mark in _MARKS:
        data = data.removeprefix(mark)
    start = data[:_PDF_HEADER_WITHIN].lstrip()
    return start.startswith(_XML_STARTS) or bool(_INVOICE_ROOT.match(start))


def _is_mail(data: bytes) -> bool:
    """Whether it begins with header fields, of which some are those of every mail."""
    head = data[:_MAIL_HEAD_WITHIN].removeprefix(b"\xef\xbb\xbf").lstrip()
    names = {match[1].lower() for match in _HEADER_FIELD.finditer(head)}
    return bool(_HEADER_FIELD.match(head)) and len(names & _MAIL_FIELDS) >= _MAIL_FIELDS_AT_LEAST


def _office_type(data: bytes) -> str | None:
    """The kind of the archive's main part, according to its content types."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            info = archive.getinfo("[Content_Types].xml")
            with archive.open(info) as part:
                types = part.read(1_000_000)
    except (zipfile.BadZipFile, KeyError, OSError, NotImplementedError, RuntimeError, ValueError):
        # A damaged archive keeps the type of its name, so that the reader reports the damage.
        return next((kind for kind, (folder, _) in _OFFICE_TYPES.items() if folder in data), None)
    return next((kind for kind, (_, main) in _OFFICE_TYPES.items() if main in types), None)
