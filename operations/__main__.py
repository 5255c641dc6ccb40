"""`python -m operations`: see `operations`."""

import sys

from operations.commands import run

if __name__ == "__main__":
    sys.exit(run(sys.argv[1:], print))
