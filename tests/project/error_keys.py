"""The error keys that the package raises, found by reading its source.

Owns the knowledge of how the code names a key. An error is raised in one of these ways:

- ``TableError("key", places, {"fact": ...})``; ``error("key", ...)`` where the class is given;
- ``_stop(TableError, "key", ...)`` and the like: a class, then the key, as arguments;
- ``ValueError("key")`` in a parser of ``sources/tables``, raised on as TableError;
- an f-string whose one variable part is listed in ``VARIABLE``.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import get_args

from fsva.config.methods.formula import Kind
from fsva.config.methods.method import Better
from fsva.core import errors, texts, toml
from fsva.core.errors import EditionError, FsvaError, LayerError, StyleError, TableError
from fsva.runs import placement_run
from fsva.sources.cells.workbooks.filled import What
from fsva.villages import oddities
from tests.places.small import ROOT

CLASSES = {
    name: value
    for name, value in vars(errors).items()
    if isinstance(value, type) and issubclass(value, FsvaError)
}
# settings.load is told which class to raise.
GIVEN = (EditionError, StyleError)
VARIABLE = {
    "kind": sorted(set(toml._KINDS.values())),
    "measure.better": list(get_args(Better)),
    "problem.kind": list(get_args(Kind)),
    "problem.what": list(get_args(What)),
}


@dataclass(frozen=True)
class Raised:
    """One place in the source that raises a key.

    Parameters
    ----------
    key : str
        Section of galat.toml.
    classes : tuple of type
        The classes it may be raised as.
    facts : frozenset of str
        Names of the facts that are given.
    where : str
        File and line.
    """

    key: str
    classes: tuple[type[FsvaError], ...]
    facts: frozenset[str]
    where: str


@cache
def raised() -> list[Raised]:
    """Return every place of the package that raises an error key."""
    files = sorted((ROOT / "pipeline").rglob("*.py"))
    where = "pipeline/fsva/runs/placement_run.py:FACTS"
    odd = [
        Raised(key, (LayerError,), frozenset(names), where)
        for key, names in placement_run.FACTS.items()
        if key not in oddities.NOTES  # which stop nothing
    ]
    return [*(found for file in files for found in _in_file(file)), *odd]


def _in_file(file: Path) -> Iterator[Raised]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            for classes, key in _keys(node, file):
                where = f"{file.relative_to(ROOT)}:{node.lineno}"
                yield Raised(key, classes, _facts(node), where)


def _keys(call: ast.Call, file: Path) -> Iterator[tuple[tuple[type[FsvaError], ...], str]]:
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    if name in CLASSES and call.args:
        yield from (((CLASSES[name],), key) for key in _texts(call.args[0]))
    elif name == "error" and call.args:
        yield from ((GIVEN, key) for key in _texts(call.args[0]))
    elif name == "ValueError" and file.match("sources/tables/*.py"):
        yield from (((TableError,), key) for key in _texts(call.args[0]))
    for before, argument in zip(call.args, call.args[1:], strict=False):
        if isinstance(before, ast.Name) and before.id in CLASSES:
            yield from (((CLASSES[before.id],), key) for key in _texts(argument))


def _texts(node: ast.expr) -> list[str]:
    """Return the texts that an expression may have; a name or subscript has none of its own."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.JoinedStr):
        head, tail = node.values
        assert isinstance(head, ast.Constant)
        assert isinstance(tail, ast.FormattedValue)
        return [f"{head.value}{choice}" for choice in VARIABLE[ast.unparse(tail.value)]]
    return []


def _facts(call: ast.Call) -> frozenset[str]:
    dicts = [argument for argument in call.args if isinstance(argument, ast.Dict)]
    keys = [key for found in dicts for key in found.keys]
    return frozenset(k.value for k in keys if isinstance(k, ast.Constant))


KEYS_HEADING = "Kunci galat / error keys"


def manual_rows() -> list[list[str]]:
    """Return the rows of the manual's table of error keys as the source has them."""
    words = [texts.load(language).entries["galat"] for language in texts.LANGUAGES]
    codes: dict[str, set[int]] = {}
    for at in raised():
        codes.setdefault(at.key, set()).update(error.exit_code for error in at.classes)
    return [
        [key, ", ".join(map(str, sorted(codes[key]))), *(w[key]["pesan"] for w in words)]
        for key in sorted(codes)
    ]


def rewrite_manual() -> None:
    """Write the table of error keys in docs/kode-keluar.md anew (``make kode-keluar``)."""
    file = ROOT / "docs" / "kode-keluar.md"
    before, rest = file.read_text(encoding="utf-8").split(f"## {KEYS_HEADING}\n", 1)
    after = rest.partition("\n## ")
    head = "\n| Kunci | Kode | Apa yang salah | What is wrong |\n|---|---|---|---|\n"
    rows = [f"| `{key}` | {' | '.join(cells)} |\n" for key, *cells in manual_rows()]
    text = before + f"## {KEYS_HEADING}\n" + head + "".join(rows) + after[1] + after[2]
    file.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    rewrite_manual()
