"""Prices, payments, refunds."""
