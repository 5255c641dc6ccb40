"""From a file's bytes to pages of text: what a file is, how it is opened, how it is drawn."""
