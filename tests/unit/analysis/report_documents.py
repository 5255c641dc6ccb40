"""An order and its documents, as a report gets them."""

ORDER = {"title": "Order 7 <b>", "ordered_at": "2026-04-01"}
FACT = {
    "name": "gross", "value": "1.158,70 €", "normalised": {"minor": 115870, "currency": "eur"},
    "page": 0, "box": [0.1, 0.2, 0.3, 0.25], "confidence": 0.93, "source": "text",
}  # fmt: skip
DOCUMENT = {
    "document_id": "d1", "filename": "=cmd|' /C calc'!A0.pdf", "kind": "invoice", "page_count": 1,
    "facts": [FACT, {**FACT, "name": "seller", "value": "+evil", "normalised": "@SUM(A1)"}],
    "line_items": [{"description": "Oak", "quantity": "2", "unit_price": "3", "amount": "-6.00"}],
    "summary": [{"text": "Quoted.", "page": 0}],
}  # fmt: skip
UNREAD = {"document_id": "d2", "filename": "b.pdf", "unreadable": "It is damaged."}
CONSOLIDATED = {
    "totals": [{"currency": "eur", "minor": 115870, "documents": 1}],
    "timeline": [{"date": "2026-04-01", "name": "issue_date", "document_id": "d1", "page": 0}],
    "duplicates": [
        {
            "document_ids": ["d1", "d2"],
            "documents": [{"document_id": "d1", "page": None}, {"document_id": "d2", "page": None}],
            "because": "same_bytes",
        }
    ],
    "contradictions": [
        {
            "code": "x",
            "text": "It does not add up.",
            "document_ids": ["d1"],
            "documents": [{"document_id": "d1", "page": None}],
        }
    ],
}

SCAN = {
    "document_id": "d1", "filename": "scan.pdf", "kind": "other", "page_count": 3,
    "segments": [
        {"first_page": 0, "last_page": 1, "page_count": 2, "kind": "invoice", "headline": "TP-1"},
        {"first_page": 2, "last_page": 2, "page_count": 1, "kind": "receipt", "title": "b.jpg"},
    ],
    "facts": [
        FACT,
        {**FACT, "page": 2, "value": "5,00 €", "confidence": 0.4},
    ],
    "line_items": [{"description": "Tea", "amount": "5.00", "page": 2}],
}  # fmt: skip
