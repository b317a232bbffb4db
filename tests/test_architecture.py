"""ARCHITECTURE.md is true: its arrows are those of the imports, and each module is listed where it stands."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "symbolic_equiv"
ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")

SHOWS_ITSELF = {"theories/language.py", "script/proposition.py", "judge/verdicts.py"}
"""What a notebook shows finds its page inside a method: ``_repr_html_``, ``_repr_latex_``, ``check``, ``explicit``."""


def floors() -> dict[str, int]:
    """Each folder and how far it stands from the kernel, as ARCHITECTURE.md says it."""
    (said,) = re.findall(r"Arrows point one way: ([^.]*?),? and only", ARCHITECTURE, re.DOTALL)
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


def listed() -> dict[str, set[str]]:
    """What ARCHITECTURE.md lists of each folder: modules, and with a / the folders that have one thing a file."""
    (said,) = re.findall(r"## Where things are\n(.*?)\n## ", ARCHITECTURE, re.DOTALL)
    items = re.findall(r"^- \*\*([\w/]+)/\*\*(.*?)(?=^- |\Z)", said, re.DOTALL | re.MULTILINE)
    return {folder: set(re.findall(r"`(\w+/?)`", words)) for folder, words in items}


def test_every_module_is_listed_where_it_stands_and_nothing_else():
    stands: dict[str, set[str]] = {}
    for path in PACKAGE.rglob("[!_]*.py"):
        folder, name = path.parent.relative_to(PACKAGE).as_posix(), path.stem
        above, _, last = folder.rpartition("/")
        one_a_file = f"{last}/" in listed().get(above, ())
        stands.setdefault(above if one_a_file else folder, set()).add(f"{last}/" if one_a_file else name)
    missing = sorted(f"{folder}/{name}" for folder, names in stands.items() for name in names - listed()[folder])
    gone = sorted(f"{folder}/{name}" for folder, names in listed().items() for name in names - stands[folder])
    assert not missing, f"ARCHITECTURE.md, “Where things are”, does not list {', '.join(missing)}"
    assert not gone, f"ARCHITECTURE.md lists {', '.join(gone)}, which there is no more"


def test_every_file_that_it_names_is_there():
    paths = [path.relative_to(ROOT) for path in PACKAGE.rglob("*")]
    known = [path.as_posix() for path in (*paths, *(path.with_suffix("") for path in paths))]
    rooms = "|".join(floors())
    named = re.findall(rf"`((?:{rooms})/[\w/]+(?:\.\w+)?|\w+\.(?:py|json|lark|html|tex))`", ARCHITECTURE)
    assert len(named) > 40
    assert [name for name in named if not any(path.endswith(f"/{name}") for path in known)] == []


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
