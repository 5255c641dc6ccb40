"""The parts of the settings of a stage: `infra/settings.py` chooses their values."""
