"""Documents of our own making, for training: invoices and contracts in many words and layouts."""
