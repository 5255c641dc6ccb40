"""The only room that knows DynamoDB: keys, expressions, and one function for each question."""
