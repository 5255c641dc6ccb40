"""E-mails: their text, and the files that are attached to them."""
