"""Measurements of the reader: what it finds, how sure it is, and how long it takes."""
