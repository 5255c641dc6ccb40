"""The version of the reader. It changes whenever the same file may give another result."""

READER_VERSION = "27"
