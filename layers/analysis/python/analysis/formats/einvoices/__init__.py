"""E-invoices as XML, also signed."""
