"""Invoices of sixteen places: their words, number formats, dates, tax ids and layouts."""
