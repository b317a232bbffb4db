"""The arrows of ARCHITECTURE.md are those of the imports."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "symbolic_equiv"

SHOWS_ITSELF = {"theories/language.py", "script/proposition.py", "judge/verdicts.py"}
"""What a notebook shows finds its page inside a method: ``_repr_html_``, ``_repr_latex_``, ``check``, ``explicit``."""


def floors() -> dict[str, int]:
    """Each folder and how far it stands from the kernel, as ARCHITECTURE.md says it."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    (said,) = re.findall(r"Arrows point one way: ([^.]*?),? and only", text, re.DOTALL)
    return {room: floor for floor, rooms in enumerate(said.split("←")) for room in re.findall(r"\w+", rooms)}


def imports(tree: ast.Module) -> Iterator[tuple[str, bool]]:
    """The modules that are imported, and whether that happens when the file is loaded."""
    inside = {
        id(node)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for node in ast.walk(function)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from ((f"{node.module}.{name.name}", id(node) not in inside) for name in node.names)
        elif isinstance(node, ast.Import):
            yield from ((name.name, id(node) not in inside) for name in node.names)


def files() -> Iterator[tuple[str, str, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        inner = path.relative_to(PACKAGE)
        yield inner.as_posix(), inner.parts[0].removesuffix(".py"), ast.parse(path.read_text(encoding="utf-8"))


def test_every_folder_has_its_floor():
    folders = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists()}
    assert folders | {"cli"} == set(floors())


def test_imports_point_down():
    rank, upward = floors(), []
    for name, room, tree in files():
        for module, at_loading in imports(tree):
            _, *parts = module.split(".") if module.startswith("symbolic_equiv.") else ("",)
            rises = room in rank and bool(parts) and rank.get(parts[0], 0) > rank[room]
            if rises and (at_loading or name not in SHOWS_ITSELF):
                upward.append(f"{name} imports {module}")
    assert not upward


def test_the_kernel_needs_the_standard_library_and_itself_only():
    outside = [
        f"{name} imports {module}"
        for name, room, tree in files()
        if room == "kernel"
        for module, _ in imports(tree)
        if module.split(".")[0] not in sys.stdlib_module_names and not module.startswith("symbolic_equiv.kernel")
    ]
    assert not outside
