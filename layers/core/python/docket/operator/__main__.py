"""`python -m docket.operator`: see `docket.operator`."""

import sys

from docket.operator.commands import run

if __name__ == "__main__":
    sys.exit(run(sys.argv[1:], print))
