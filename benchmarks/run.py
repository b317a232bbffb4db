"""All benchmarks, one table after the other: ``python benchmarks/run.py [--smoke]``."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main() -> int:
    """0 if every benchmark ran."""
    worst = 0
    for name in ("check", "document", "explicit", "numeric", "family", "teach"):
        print(f"\n## {name}\n", flush=True)
        worst |= subprocess.run([sys.executable, HERE / f"{name}.py", *sys.argv[1:]]).returncode
    return worst


if __name__ == "__main__":
    sys.exit(main())
