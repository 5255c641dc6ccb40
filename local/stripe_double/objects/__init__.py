"""Stripe's objects: what they are, and what requests do to them."""
