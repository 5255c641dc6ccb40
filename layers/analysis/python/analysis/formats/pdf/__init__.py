"""PDF files: their text, their ruled lines, and the files attached to them."""
