import json
import re
import subprocess
from pathlib import Path

import pytest

from local import chromium

ROOT = Path(__file__).parents[3]
STARTS = "#!/bin/sh\necho Chromium 153 $LD_LIBRARY_PATH\n"
LACKS_A_LIBRARY = "#!/bin/sh\nexit 127\n"
COMPRESS = (
    "const [file] = process.argv.slice(1); const {readFileSync, writeFileSync} = require('fs');"
    "writeFileSync(file + '.br', require('zlib').brotliCompressSync(readFileSync(file)))"
)


def a_program(path: Path, script: str = STARTS) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(script)
    path.chmod(0o755)
    return str(path)


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A machine without a browser: its path and home are empty folders."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("PLAYWRIGHT_BROWSERS_PATH", raising=False)
    monkeypatch.delenv("DOCKET_CHROMIUM", raising=False)
    monkeypatch.setattr(chromium, "INSTALLED", tmp_path / "installed")
    monkeypatch.setattr(chromium, "ON_MACOS", ())
    return tmp_path


@pytest.mark.parametrize("name", chromium.NAMES)
def test_an_installed_browser_is_found(machine, name):
    installed = a_program(machine / "bin" / name)

    assert chromium.find() == installed


def test_playwrights_own_browser_is_found(machine):
    executable = a_program(
        machine / "home/.cache/ms-playwright/chromium-1208/chrome-linux64/chrome"
    )

    assert chromium.find() == executable


def test_a_browser_that_does_not_start_is_skipped(machine):
    a_program(machine / "bin/chromium", LACKS_A_LIBRARY)
    starts = a_program(machine / "bin/google-chrome")

    assert chromium.find() == starts


def test_the_headless_shell_is_preferred(machine):
    a_program(machine / "bin/chromium")
    shell = a_program(machine / "bin/chromium-headless-shell")

    assert chromium.find() == shell


def test_docket_chromium_has_precedence(machine, monkeypatch):
    a_program(machine / "bin/chromium")
    monkeypatch.setenv("DOCKET_CHROMIUM", a_program(machine / "mine"))

    assert chromium.find() == str(machine / "mine")


def test_a_browser_of_docket_chromium_that_does_not_start_is_an_error(machine, monkeypatch):
    a_program(machine / "bin/chromium")
    monkeypatch.setenv("DOCKET_CHROMIUM", str(machine / "nothing"))

    with pytest.raises(chromium.NoChromiumError, match="nothing, which does not start"):
        chromium.find()


def test_on_an_unsupported_machine_the_error_names_what_to_install(machine, monkeypatch):
    monkeypatch.setattr("platform.machine", lambda: "riscv64")

    with pytest.raises(chromium.NoChromiumError, match="Install Chromium"):
        chromium.path()


def run(*command: str | Path) -> str:
    completed = subprocess.run(  # noqa: S603 - the test's own arguments
        [str(argument) for argument in command], capture_output=True, text=True, check=True
    )
    return completed.stdout


def a_package(folder: Path) -> Path:
    """The files of the package, with a script as its browser."""
    contents = {"al2023": "lib/libnss3.so", "swiftshader": "libEGL.so", "fonts": "fonts/a.ttf"}
    a_program(folder / "chromium")
    for archive, name in contents.items():
        a_program(folder / "files" / name)
        run("tar", "cf", folder / f"{archive}.tar", "-C", folder / "files", name.split("/")[0])
    for name in ("chromium", *(f"{archive}.tar" for archive in contents)):
        run("node", "-e", COMPRESS, folder / name)
    return folder


def test_an_unpacked_package_starts_with_its_libraries_and_fonts(tmp_path):
    folder = tmp_path / "installed"

    launcher = chromium.unpack(a_package(tmp_path / "packed"), folder)

    assert str(folder / "lib") in run(launcher, "--version")
    assert (folder / "lib/libnss3.so").is_file()
    assert (folder / "libEGL.so").is_file()
    assert (folder / "fonts/a.ttf").is_file()
    assert f"<dir>{folder}/fonts</dir>" in (folder / "fonts.conf").read_text()
    assert chromium.starts(str(launcher))


def test_the_package_is_pinned_and_its_lock_names_no_host():
    package = json.loads((ROOT / "local/browser/package.json").read_text())
    lock = (ROOT / "local/browser/package-lock.json").read_text()

    assert all(re.fullmatch(r"[\d.]+", version) for version in package["dependencies"].values())
    assert "integrity" in lock
    assert '"resolved"' not in lock


def test_every_browser_path_comes_from_chromium_path():
    users = [
        path
        for folder in ("tests/e2e", "bench", "local")
        for path in (ROOT / folder).rglob("*.py")
        if re.search(
            r"/usr/bin/chrom|executable_path[\"']?[:=](?!\s*chromium\.path\(\))", path.read_text()
        )
    ]

    assert users == []
