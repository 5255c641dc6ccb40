"""`make destroy`: remove everything of a stage that does not keep its data."""
