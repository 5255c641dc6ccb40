"""The size of a response: Lambda's limit, and the size of a value in a JSON body."""

import json
from typing import Any

MAX_ENVELOPE_BYTES = 6_291_556
r"""Lambda refuses a larger response (documented as 6 MB).

The runtime of Python 3.12 and later sends the envelope as UTF-8 without `\u` escapes. The body is a
JSON string inside it, so each quote and backslash of the body takes one more byte.
"""

MAX_BODY_BYTES = MAX_ENVELOPE_BYTES - 64 * 1024
"""The maximum size of a body, as `envelope_bytes` counts; the rest is for headers."""


def to_json(value: Any) -> str:
    """Compact JSON in UTF-8. A lone surrogate, which UTF-8 cannot encode, stays an escape."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode(errors="backslashreplace").decode()


def envelope_bytes(value: Any) -> int:
    """The size of `value` in Lambda's response, as part of a JSON body."""
    return len(json.dumps(to_json(value), ensure_ascii=False).encode())
