"""The order of the layers: a module knows those below its own and no others."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "cleaner"
# The map in CONTRIBUTING.md: a module imports those above its own line and no others. A package
# stands for all that is in it.
MAP = re.findall(
    r"^cleaner/(\w+)(?:\.py|/) ", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.MULTILINE
)
PLACE = {name: place for place, name in enumerate(MAP)}
# What trains the model is a tool beside the package: it may use all of it, nothing uses it.
TOOLS = ("cleaner.model.training",)

FILES = sorted(PACKAGE.rglob("*.py"))


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    if parts[-1] == "__init__" and len(parts) > 2:
        parts = parts[:-1]
    return ".".join(parts)


MODULES = {module_name(path): path for path in FILES}


def is_tool(module: str) -> bool:
    return module.startswith(TOOLS)


def layer(module: str) -> str:
    """The name that stands in the map for a module of the package."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


class Imports(ast.NodeVisitor):
    """Collects what a module imports from its own package, but for type checking only."""

    def __init__(self) -> None:
        self.found: set[str] = set()

    def visit_If(self, node: ast.If) -> None:
        if isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            for statement in node.orelse:
                self.visit(statement)
        else:
            self.generic_visit(node)

    def visit_Import(self, node: ast.Import) -> None:
        self.found |= {alias.name for alias in node.names}

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        assert node.level == 0, "imports are absolute"
        for alias in node.names:
            # `from cleaner.batch import run` may mean a module or something in a module.
            inner = f"{node.module}.{alias.name}"
            self.found.add(inner if inner in MODULES else str(node.module))


def imports(path: Path) -> set[str]:
    visitor = Imports()
    visitor.visit(ast.parse(path.read_text(encoding="utf-8")))
    return {name for name in visitor.found if name.split(".")[0] == "cleaner"}


GRAPH = {module: imports(path) for module, path in MODULES.items()}
PARTS = [module for module in MODULES if not is_tool(module)]


def test_the_imports_are_seen() -> None:
    """The test tests something: also what functions import, not what type checkers do."""
    visitor = Imports()
    visitor.visit(
        ast.parse(
            "from typing import TYPE_CHECKING\n"
            "import cleaner.page\n"
            "def f():\n    from cleaner.batch import run\n"
            "if TYPE_CHECKING:\n    from cleaner.cli import main\n"
            "else:\n    import cleaner.names\n"
        )
    )
    assert {name for name in visitor.found if name.startswith("cleaner")} == {
        "cleaner.page", "cleaner.batch.run", "cleaner.names",
    }  # fmt: skip
    assert "cleaner.pipeline" in GRAPH["cleaner.cli.clean"]


def test_the_map_names_every_module_once() -> None:
    assert sorted(MAP) == sorted({layer(module) for module in PARTS})


@pytest.mark.parametrize("module", PARTS)
def test_no_module_imports_from_below(module: str) -> None:
    below = [
        other
        for other in sorted(GRAPH[module])
        if is_tool(other) or PLACE[layer(other)] > PLACE[layer(module)]
    ]
    assert below == []


def test_no_module_imports_itself_around_a_corner() -> None:
    # To import a module is to import the packages that it is in, except one's own.
    graph = {module: {o for o in GRAPH[module] if o in MODULES and o != module} for module in PARTS}
    while graph:  # take away what imports nothing any more, until nothing is left
        leaves = {module for module, others in graph.items() if not others & graph.keys()}
        assert leaves, f"a circle among {sorted(graph)}"
        graph = {module: others for module, others in graph.items() if module not in leaves}


@pytest.mark.parametrize("path", FILES, ids=module_name)
def test_every_module_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("library", "modules"),
    [
        ("lxml", ("cleaner.readers", "cleaner.model")),
        ("bs4", ("cleaner.readers", "cleaner.model")),
        ("charset_normalizer", ("cleaner.readers",)),
        ("click", ("cleaner.cli",)),
        ("rich", ("cleaner.review",)),
        ("pytest", ()),
        ("pyarrow", ("cleaner.arrow", "cleaner.connect", "cleaner.batch")),
        ("socket", ("cleaner.web",)),
        ("urllib.request", ()),
        ("urllib3", ("cleaner.web",)),
        ("protego", ("cleaner.web",)),
        ("random", ()),
        ("time", ("cleaner.batch", "cleaner.web")),  # cleaning itself knows no clock
        ("pickle", ()),
        ("subprocess", ()),
    ],
)
def test_each_library_is_used_where_it_belongs(library: str, modules: tuple[str, ...]) -> None:
    users = []
    for module in PARTS:
        visitor = Imports()
        visitor.visit(ast.parse(MODULES[module].read_text(encoding="utf-8")))
        if any(name == library or name.startswith(library + ".") for name in visitor.found):
            users.append(module)
    assert [user for user in users if not user.startswith(modules)] == []


def test_the_package_is_typed() -> None:
    assert (PACKAGE / "py.typed").is_file()


def test_every_package_is_one() -> None:
    folders = {path.parent for path in FILES}
    assert [folder for folder in folders if not (folder / "__init__.py").exists()] == []
