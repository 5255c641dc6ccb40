"""The version of the reader. It changes whenever the same file may give another result."""

READER_VERSION = "30"
"""A whole number as text; results state it, so that older ones can be made again."""
