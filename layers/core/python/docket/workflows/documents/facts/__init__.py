"""What a result states: its facts, line items and words, with the customer's corrections."""
