"""Orders and documents."""
