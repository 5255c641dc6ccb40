"""From an upload to its recorded result."""
