"""The site's own servers, by the commands of its packages."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from local import service
from local.stack import free_port

SITE = Path(__file__).parents[1] / "frontend"

PREVIEW = "vite preview --config vite.testing.config.ts --strictPort"
"""Serves the built site with its fake API."""


@contextmanager
def served(command: str, *, folder: Path = SITE, **environment: str) -> Iterator[str]:
    """Run a command of the site's packages until the block ends. Yields its URL.

    `folder` has the site: this one, or that of another checkout.
    """
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with TemporaryDirectory() as state:
        server = service.start(
            "the site's server",
            f"{folder}/node_modules/.bin/{command} --host 127.0.0.1 --port {port}".split(),
            environment={**os.environ, **environment},
            state=Path(state),
            log=Path(state, "server.log"),
            ready_url=url,
            within_seconds=30,
            folder=folder,
        )
        try:
            yield url
        finally:
            server.stop()
