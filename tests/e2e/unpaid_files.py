"""Files that no customer has paid for: paid content costs its customer nothing."""

import secrets
from pathlib import Path

from tests.make import a_pdf


def unpaid_invoice(folder: Path) -> Path:
    """An invoice of one page with a number of its own."""
    path = folder / "invoice.pdf"
    number = f"INV-{secrets.randbelow(10**8):08}"
    path.write_bytes(a_pdf(f"Invoice\nInvoice number: {number}\nTotal: EUR 119.00"))
    return path
