"""The code asset of a function: its handler's file."""

from pathlib import Path

from aws_cdk import IgnoreMode
from aws_cdk import aws_lambda as lambda_

from infra.layers.build import ROOT

HANDLERS = ROOT / "functions"


def handler_code(name: str) -> lambda_.Code:
    """The asset of the handler's file alone, so that a change of one handler deploys one function.

    Raises `FileNotFoundError` if a row has no handler.
    """
    if not (HANDLERS / f"{name}.py").is_file():
        raise FileNotFoundError(f"functions/{name}.py: the table has a row for it")
    folder = Path(name).parent
    return lambda_.Code.from_asset(
        str(HANDLERS),
        exclude=["*", f"!{folder}", f"{folder}/*", f"!{name}.py"],
        ignore_mode=IgnoreMode.GIT,
    )
