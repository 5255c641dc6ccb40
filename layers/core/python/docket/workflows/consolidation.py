"""What all documents of an order say together, from the key facts that each document has."""

from collections.abc import Iterable
from typing import Any

from analysis.consolidate import consolidate
from docket.domain.document import Document


def consolidated(documents: Iterable[Document]) -> dict[str, Any]:
    """The consolidated view of documents, in their order. Those that were not read say nothing."""
    return consolidate(
        [
            {
                **document.key_facts,
                "document_id": document.id,
                "sha256": document.sha256,
                "kind": document.kind,
            }
            for document in documents
            if document.key_facts is not None
        ]
    )
