"""What reads: changes whenever the same file may give another result."""

READER_VERSION = "7"
