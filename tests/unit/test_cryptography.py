"""The inventory of cryptography is whole: what uses a key, a hash or a random value is in it."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
LIBRARIES = {
    "argon2", "cryptography", "hashlib", "hmac", "jwt", "pyotp", "secrets", "webauthn",
}  # fmt: skip
FOLDERS = ("layers/core/python", "layers/analysis/python", "functions", "operations", "infra")


def inventory():
    page = (ROOT / "docs/cryptography.md").read_text()
    return set(re.findall(r"^\| `([\w/]+\.py)` \|", page, re.MULTILINE))


def uses_cryptography(path):
    for node in ast.walk(ast.parse(path.read_text())):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        if isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        if LIBRARIES & {name.partition(".")[0] for name in names}:
            return True
    return False


def shown_name(path):
    """As the inventory has it: without the folder of a layer."""
    return re.sub(r"^layers/\w+/python/", "", str(path.relative_to(ROOT)))


def test_the_inventory_has_each_module_that_uses_cryptography():
    modules = {
        shown_name(path)
        for folder in FOLDERS
        for path in (ROOT / folder).rglob("*.py")
        if uses_cryptography(path)
    }

    assert inventory() == modules


def test_one_module_encrypts_and_by_aes_gcm_alone():
    ciphers = "cryptography.hazmat.primitives.ciphers"
    imported = {
        (shown_name(path), alias.name)
        for folder in FOLDERS
        for path in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(ciphers)
        for alias in node.names
    }

    assert imported == {("docket/auth/sealing.py", "AESGCM")}
