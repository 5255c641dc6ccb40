"""Orders, and what they store besides documents."""
