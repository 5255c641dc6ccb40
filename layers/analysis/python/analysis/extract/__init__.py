"""Extract facts from pages of text. This file imports nothing, so that light modules load alone."""
