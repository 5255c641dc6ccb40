"""Ids in paths: ULIDs; a document's id contains its order's."""

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Path, Query

ULID = "[0-7][0-9A-HJKMNP-TV-Z]{25}"

EXAMPLE_ORDER_ID = "01JDB2V3W4X5Y6Z7A8B9C0D1E2"
EXAMPLE_FACT_ID = "3f1c5a7e9b2d4c60"
EXAMPLE_SESSION_ID = "01JDB2V3W4X5Y6Z7A8B9C0D1E3"
EXAMPLE_API_KEY_ID = "01JDB2V3W4X5Y6Z7A8B9C0D1E4"
EXAMPLE_PASSKEY_ID = "3f1c5a7e9b2d4c603f1c5a7e9b2d4c60"
EXAMPLE_DOCUMENT_ID = f"{EXAMPLE_ORDER_ID}-01JDB2W5M0N1P2Q3R4S5T6V7W8"

OrderId = Annotated[
    str, Path(pattern=f"^{ULID}$", description="A ULID", examples=[EXAMPLE_ORDER_ID])
]
DocumentId = Annotated[
    str,
    Path(
        pattern=f"^{ULID}-{ULID}$",
        description="The id of its order, a hyphen, and a ULID",
        examples=[EXAMPLE_DOCUMENT_ID],
    ),
]
SessionId = Annotated[
    str, Path(pattern=f"^{ULID}$", description="A ULID", examples=[EXAMPLE_SESSION_ID])
]
FactId = Annotated[
    str,
    Path(
        pattern="^[0-9a-f]{16}$",
        description="The id of a fact of the document",
        examples=[EXAMPLE_FACT_ID],
    ),
]
ApiKeyId = Annotated[
    str, Path(pattern=f"^{ULID}$", description="A ULID", examples=[EXAMPLE_API_KEY_ID])
]
PasskeyId = Annotated[
    str,
    Path(
        pattern="^[0-9a-f]{32}$",
        description="The id of a passkey of the account",
        examples=[EXAMPLE_PASSKEY_ID],
    ),
]
DocumentCursor = Annotated[
    str | None,
    Query(pattern=f"^{ULID}-{ULID}$", description="From the `next` link of the previous page"),
]
