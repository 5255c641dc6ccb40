"""Build the layers into `.build/layers/<architecture>/`, without Docker. Synthesis calls it.

    python -m infra.layers.build      for this machine

There are four: `core` and `analysis` are Docket's own code; `vendor` and `reader` are the
third-party packages of the API functions and of the reader. Own code is separate from its
dependencies, so that a change uploads kilobytes, and so that a function which only reads a result
can have the analysis code without 100 MB of OCR.

A layer is rebuilt when one of its inputs has changed. Its fingerprint is that of its inputs: the
same sources make the same asset on every machine.
"""

import compileall
import fcntl
import hashlib
import platform
import py_compile
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from infra.layers.trim import trim
from infra.settings import Architecture

ROOT = Path(__file__).parents[2]
BUILT = ROOT / ".build" / "layers"

OWN = {"core": ROOT / "layers/core/python", "analysis": ROOT / "layers/analysis/python"}
THIRD_PARTY = {
    "vendor": ROOT / "layers/vendor/requirements.txt",
    "reader": ROOT / "layers/analysis/requirements.txt",
}

PLATFORMS: dict[Architecture, str] = {
    "arm64": "aarch64-manylinux_2_34",  # Lambda's python3.13 is Amazon Linux 2023: glibc 2.34
    "x86_64": "x86_64-manylinux_2_34",
}

BUILD_SOURCES = sorted(Path(__file__).parent.glob("*.py"))
"""Files whose change rebuilds every layer."""


@dataclass(frozen=True)
class Layer:
    """A built layer: a folder that holds `python/`, and the fingerprint of its inputs."""

    folder: Path
    fingerprint: str

    @property
    def archive(self) -> Path:
        """The folder as a zip file, which is what Lambda is given."""
        return self.folder.with_suffix(".zip")


def host_architecture() -> Architecture:
    """The architecture of this machine, as Lambda names it."""
    return "arm64" if platform.machine() in {"arm64", "aarch64"} else "x86_64"


def build(architecture: Architecture) -> dict[str, Layer]:
    """All four layers by name. Builds those that are missing or stale."""
    folder = BUILT / architecture
    folder.mkdir(parents=True, exist_ok=True)
    with _exclusive(folder / "lock"):
        return {
            **{name: build_own(source, folder / name) for name, source in OWN.items()},
            **{
                name: _build_third_party(requirements, folder / name, architecture)
                for name, requirements in THIRD_PARTY.items()
            },
        }


@contextmanager
def _exclusive(lock: Path) -> Iterator[None]:
    """Hold the lock of the layers: concurrent builds would delete each other's folders."""
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def build_own(source: Path, target: Path) -> Layer:
    """Build a layer of own code. Raises `FileNotFoundError` if there is none."""
    paths = sorted(path for path in source.rglob("*") if path.is_file() and _is_deployed(path))
    if not paths:
        raise FileNotFoundError(f"no code in {source}")
    fingerprint = _fingerprint(
        *(str(path.relative_to(source)).encode() + b"\0" + path.read_bytes() for path in paths)
    )
    if not _is_fresh(target, fingerprint):
        staging = _new_staging(target)
        for path in paths:
            copy = staging / "python" / path.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
        _finish(staging, target, fingerprint)
    return Layer(target / "layer", fingerprint)


def _is_deployed(path: Path) -> bool:
    return "__pycache__" not in path.parts and path.suffix != ".pyc"


def _build_third_party(requirements: Path, target: Path, architecture: Architecture) -> Layer:
    fingerprint = _fingerprint(requirements.read_bytes(), architecture.encode())
    if not _is_fresh(target, fingerprint):
        staging = _new_staging(target)
        _install(requirements, staging / "python", architecture)
        trim(staging / "python")
        _finish(staging, target, fingerprint)
    return Layer(target / "layer", fingerprint)


def _install(requirements: Path, folder: Path, architecture: Architecture) -> None:
    subprocess.run(  # noqa: S603 - no argument is user input
        [
            *_uv(),
            "pip",
            "install",
            "--quiet",
            f"--target={folder}",
            f"--python={sys.executable}",
            "--python-version=3.13",
            f"--python-platform={PLATFORMS[architecture]}",
            "--only-binary=:all:",
            # The packages are trimmed. Links would trim uv's cache and every environment linked to
            # it.
            "--link-mode=copy",
            "--require-hashes",
            f"--requirements={requirements}",
        ],
        check=True,
        cwd=ROOT,
    )


def _uv() -> list[str]:
    """The path of uv: the one on PATH, or the one that the Makefile installs."""
    for candidate in ("uv", str(ROOT / ".build/tools/bin/uv")):
        program = shutil.which(candidate)
        # PATH may hold a version manager's shim without an installed version.
        if program and _runs(program):
            return [program]
    raise FileNotFoundError("uv is needed to build the layers: pip install uv")


def _runs(program: str) -> bool:
    completed = subprocess.run(  # noqa: S603 - the path comes from PATH
        [program, "--version"], cwd=ROOT, capture_output=True, check=False
    )
    return completed.returncode == 0


def _fingerprint(*parts: bytes) -> str:
    digest = hashlib.sha256(f"{sys.version_info.major}.{sys.version_info.minor}".encode())
    for part in (*(path.read_bytes() for path in BUILD_SOURCES), *parts):
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()


def _is_fresh(target: Path, fingerprint: str) -> bool:
    file = target / "fingerprint"
    return file.is_file() and file.read_text() == fingerprint


def _new_staging(target: Path) -> Path:
    """An empty folder beside the target, so that an interrupted build leaves no partial layer."""
    staging = target / "staged"
    shutil.rmtree(target, ignore_errors=True)
    staging.mkdir(parents=True)
    return staging


def _finish(staging: Path, target: Path, fingerprint: str) -> None:
    """Compile the layer, move it into place, and record its fingerprint.

    A `.pyc` of the `unchecked-hash` kind is used without comparing the source's modification time,
    which a zip file and Lambda's file system do not preserve. Tracebacks then name the paths of
    Lambda.
    """
    compiled = compileall.compile_dir(
        staging / "python",
        quiet=1,
        stripdir=str(staging),
        prependdir="/opt",
        invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
    )
    if not compiled:
        raise RuntimeError(f"{target.name}: a module does not compile")
    _write_archive(staging, target / "layer.zip")
    staging.rename(target / "layer")
    (target / "fingerprint").write_text(fingerprint)


def _write_archive(folder: Path, archive: Path) -> None:
    """Zip a folder. The CDK would copy and zip its thousands of files at every deployment.

    Entries have no modification time of their own, so that the same files make the same archive.
    """
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                entry = zipfile.ZipInfo(str(path.relative_to(folder)))
                entry.external_attr = path.stat().st_mode << 16
                file.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    for layer in build(host_architecture()).values():
        sys.stdout.write(f"{layer.folder.relative_to(ROOT)} {layer.fingerprint[:12]}\n")
