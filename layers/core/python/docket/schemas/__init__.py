"""Request and response models of the API. They contain no decisions."""
