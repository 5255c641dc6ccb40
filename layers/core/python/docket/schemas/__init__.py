"""The JSON that the API takes and gives. Models only: they decide nothing."""
