"""The layout of a page: lines, labels and their values, paragraphs, rotation, language."""
