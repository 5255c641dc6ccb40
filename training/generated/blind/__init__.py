"""Invoices for a blind test, in layouts and words whose author did not know the rules."""
