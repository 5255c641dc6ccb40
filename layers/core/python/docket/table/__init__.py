"""The only package that uses DynamoDB: keys, expressions, and one function for each query."""
