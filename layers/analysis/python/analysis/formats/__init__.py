"""Detect, open, draw and read files: from the bytes of a file to pages of text."""
