"""Find or install a Chromium, for the tests in a browser and for the measurements.

    python -m local.chromium            print its path; install it if the machine has none

The installed one is the npm package pinned in `local/browser/`, unpacked under `.build/browser/`
with the libraries and the font that it includes. It needs neither root nor any download except
npm's. This module uses only the standard library, because `local/machine.py` imports it before
anything is installed.
"""

import os
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "local/browser"
PACKED = PACKAGE / "node_modules/@sparticuz/chromium/bin"
INSTALLED = ROOT / ".build/browser"
VARIABLE = "DOCKET_CHROMIUM"
NAMES = (
    "chromium-headless-shell",  # a page takes a third of the processor time of a whole browser's
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
ON_MACOS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
PLAYWRIGHT_CACHES = ("~/.cache/ms-playwright", "~/Library/Caches/ms-playwright")
IN_PLAYWRIGHT_CACHE = (
    "chromium-*/chrome-linux*/chrome",
    "chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
)
START_SECONDS = 30
"""Time to print a version; a browser that takes longer does not work."""
ADVICE = (
    f"No Chromium was found, and the npm package of one supports only Linux on x86-64. "
    f"Install Chromium or Google Chrome, or name one in {VARIABLE}."
)
INFLATE = """
const [from, to] = process.argv.slice(1);
const {createReadStream, createWriteStream} = require("node:fs");
const {createBrotliDecompress} = require("node:zlib");
require("node:stream").pipeline(
  createReadStream(from), createBrotliDecompress(), createWriteStream(to),
  (error) => { if (error) throw error; });
"""
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{folder}/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <dir>/usr/local/share/fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
"""
LAUNCHER = """#!/bin/sh
# Starts the browser with the libraries and the font that came with it.
export LD_LIBRARY_PATH="{folder}/lib${{LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}}"
export FONTCONFIG_FILE="{folder}/fonts.conf"
exec "{folder}/chromium" "$@"
"""


class NoChromiumError(Exception):
    """No Chromium was found and none can be installed. The message says what to do."""


def path() -> str:
    """The executable of a Chromium that starts. Raises `NoChromiumError`."""
    return find() or install()


def find() -> "str | None":
    """The developer's choice, an installed one, Playwright's, or one installed here before.

    Raises `NoChromiumError` if the developer's choice does not start.
    """
    named = os.environ.get(VARIABLE)
    if named:
        if not starts(named):
            raise NoChromiumError(f"{VARIABLE} names {named}, which does not start.")
        return named
    return next(filter(starts, candidates()), None)


def candidates() -> "Iterator[str]":
    """Paths where a Chromium may be, the likeliest first."""
    yield from filter(None, map(shutil.which, NAMES))
    yield from ON_MACOS
    caches = (os.environ.get("PLAYWRIGHT_BROWSERS_PATH"), *PLAYWRIGHT_CACHES)
    for cache in filter(None, caches):
        for pattern in IN_PLAYWRIGHT_CACHE:
            yield from map(str, sorted(Path(cache).expanduser().glob(pattern), reverse=True))
    yield str(INSTALLED / "launch")


def starts(executable: str) -> bool:
    """Whether it starts: a stub, or a browser without its libraries, does not."""
    try:
        completed = subprocess.run(
            [executable, "--version"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=START_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return completed.returncode == 0 and b"Chrom" in completed.stdout


def can_be_installed() -> bool:
    """Whether npm has a Chromium for this machine."""
    return platform.system() == "Linux" and platform.machine() in {"x86_64", "AMD64"}


def install() -> str:
    """Install the package and unpack it. Raises `NoChromiumError`."""
    if not can_be_installed():
        raise NoChromiumError(ADVICE)
    print("No Chromium was found: installing the one of local/browser/.", file=sys.stderr)
    subprocess.run(
        ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"],
        cwd=PACKAGE,
        check=True,
    )
    launcher = unpack(PACKED, INSTALLED)
    if not starts(str(launcher)):
        raise NoChromiumError(f"The Chromium of local/browser/ does not start here. {ADVICE}")
    return str(launcher)


def unpack(packed: Path, folder: Path) -> Path:
    """Unpack the package into `folder`, completely or not at all. Returns the start script."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as temporary:
        made = Path(temporary, "browser")
        made.mkdir()
        inflate(packed / "chromium.br", made / "chromium")
        (made / "chromium").chmod(0o755)
        # `al2023` contains `lib/`; the browser looks for the graphics libraries beside itself.
        for name in ("al2023", "swiftshader", "fonts"):
            archive = made / f"{name}.tar"
            inflate(packed / f"{name}.tar.br", archive)
            with tarfile.open(archive) as archive_file:
                archive_file.extractall(made, filter="data")
            archive.unlink()
        (made / "fonts.conf").write_text(FONTS.format(folder=folder))
        (made / "launch").write_text(LAUNCHER.format(folder=folder))
        (made / "launch").chmod(0o755)
        shutil.rmtree(folder, ignore_errors=True)
        made.rename(folder)
    return folder / "launch"


def inflate(packed: Path, to: Path) -> None:
    """Decompress with Node.js, which supports Brotli and is required anyway."""
    subprocess.run(["node", "-e", INFLATE, str(packed), str(to)], check=True)


if __name__ == "__main__":
    try:
        print(path())
    except NoChromiumError as error:
        sys.exit(str(error))
