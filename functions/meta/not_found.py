"""Every other method and path: there is nothing, said as every error is."""

from docket.api import api

app = api(public=True)


handler = app.resolve
