"""What every part of the reader's benchmark needs: the project, the limits, the command line."""

import sys
from pathlib import Path

from analysis import Limits

ROOT = Path(__file__).resolve().parent.parent
LIMITS = Limits(seconds=60, page_seconds=30)
VERBOSE = "-v" in sys.argv
