"""``python -m symbolic_equiv``: the command line, where its script is not on the path."""

import sys

from symbolic_equiv.cli import run

if __name__ == "__main__":
    sys.exit(run())
