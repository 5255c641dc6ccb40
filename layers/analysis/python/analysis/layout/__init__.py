"""Where text stands on a page: lines, labels and their values, paragraphs, rotation, language."""
