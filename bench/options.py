"""What every part of the reader's benchmark needs: the project, the limits, the command line."""

import os
import sys
from pathlib import Path

from analysis import Limits

ROOT = Path(__file__).resolve().parent.parent
LIMITS = Limits(seconds=60, page_seconds=30)
"""In seconds: hostile files are to be given up soon."""
VERBOSE = "-v" in sys.argv


def corpora() -> Path:
    """The folder of the public corpora."""
    return Path(os.environ.get("DOCKET_CORPORA", ROOT.parent / "shared" / "corpora"))
