"""The size of a reply: what Lambda accepts, and what a value takes of it as JSON."""

import json
from typing import Any

MAX_ENVELOPE_BYTES = 6_291_556
"""Lambda refuses a larger reply (6 MB, as documented). The runtime of Python 3.12 and later sends
the envelope as UTF-8 without `\\u` escapes; the body is a JSON text inside it, so every quote and
backslash of the body takes one more byte."""

MAX_BODY_BYTES = MAX_ENVELOPE_BYTES - 64 * 1024
"""What a body may take of it, as `envelope_bytes` counts; the rest is for headers."""


def to_json(value: Any) -> str:
    """Compact JSON in UTF-8. A lone surrogate, which UTF-8 cannot write, stays an escape."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode(errors="backslashreplace").decode()


def envelope_bytes(value: Any) -> int:
    """What `value` takes of Lambda's reply when it is sent in a body as JSON."""
    return len(json.dumps(to_json(value), ensure_ascii=False).encode())
