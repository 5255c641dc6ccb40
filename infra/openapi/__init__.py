"""Generate the API's description from its handlers: OpenAPI 3.1, as `/openapi.json` serves it.

document        the description as a whole
enumerations    codes and names, from the places that define them
errors          the error responses of each operation
example_order   the order that the examples show
examples        an example of each request and successful response
headers         the headers of requests and responses
text            the introduction, the quickstart and the tags
limits          the rate limits, from the settings
"""
