"""From pages of text to facts. Imports nothing here, so that its light modules load anywhere."""
