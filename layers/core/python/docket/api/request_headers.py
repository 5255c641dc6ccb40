"""The headers and cookies of a request."""

from collections.abc import Mapping

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, content_types

from docket.api.accept import names_media_type
from docket.api.replies import names_tag


def header(app: APIGatewayHttpResolver, name: str) -> str | None:
    """A request header by its lower-case name; None if it is absent."""
    value: str | None = app.current_event.headers.get(name)
    return value


def cookie(app: APIGatewayHttpResolver, name: str) -> str | None:
    """A cookie's value; None if it is absent or empty.

    None for two cookies of the name, too: another host may have added one, and nothing tells which.
    The gateway lists cookies separately; other senders use the header.
    """
    event = app.current_event.raw_event
    cookies = event.get("cookies") or (header(app, "cookie") or "").split(";")
    pairs = (pair.strip().partition("=") for pair in cookies)
    values = [str(value) for key, _, value in pairs if key == name]
    return (values[0] or None) if len(values) == 1 else None


def wants_json(app: APIGatewayHttpResolver) -> bool:
    """Whether the client names JSON in `Accept`. A browser that follows a link does not."""
    return names_media_type(header(app, "accept") or "", content_types.APPLICATION_JSON)


def is_current(app: APIGatewayHttpResolver, etag: str) -> bool:
    """Whether the client's copy has that tag, by its `If-None-Match`."""
    return names_tag(header(app, "if-none-match") or "", etag)


def lower_case(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers by lower-case name."""
    return {name.lower(): value for name, value in headers.items()}
