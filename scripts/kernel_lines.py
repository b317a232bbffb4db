"""Count the kernel's lines of code, and look at what it imports.

``python scripts/kernel_lines.py`` prints the lines of each file and of all of them; docstrings, comments
and blank lines are not counted.  Exit status 1 if there are more than 500, or if the kernel imports
anything but the standard library and itself.
"""

from __future__ import annotations

import ast
import io
import sys
import tokenize
from pathlib import Path

KERNEL = Path(__file__).resolve().parent.parent / "symbolic_equiv" / "kernel"
LIMIT = 500
NO_CODE = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}


def lines_of_code(source: str) -> int:
    """How many lines of ``source`` hold code: a string that stands alone is a docstring."""
    code = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in NO_CODE:
            code.update(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            code.difference_update(range(node.lineno, node.end_lineno + 1))
    return len(code)


def foreign_imports(source: str) -> list[str]:
    """The modules that ``source`` imports from neither the standard library nor the kernel."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found.append("." * node.level + (node.module or ""))
    return [name for name in found if not _allowed(name)]


def _allowed(name: str) -> bool:
    kernel = "symbolic_equiv.kernel"
    return name == kernel or name.startswith(f"{kernel}.") or name.split(".")[0] in sys.stdlib_module_names


def main(folder: Path = KERNEL) -> int:
    """Print the counts; 0 if both limits are kept."""
    total, foreign = 0, []
    for file in sorted(folder.rglob("*.py")):
        source = file.read_text(encoding="utf-8")
        count = lines_of_code(source)
        total += count
        print(f"{count:5}  {file.name}")
        foreign += [f"{file.name} imports {name}" for name in foreign_imports(source)]
    print(f"{total:5}  of at most {LIMIT}")
    for line in foreign:
        print(line)
    return 1 if total > LIMIT or foreign else 0


if __name__ == "__main__":
    sys.exit(main())
