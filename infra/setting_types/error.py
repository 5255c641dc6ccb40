"""What refuses the settings of a stage."""


class SettingsError(ValueError):
    """A stage with these settings cannot be synthesised. The message says what to change."""
