"""A formula over raw columns, such as ``luas_sawah / luas_ha``: its words, its limits, its unit.

Owns the small language: numbers, declared columns, ``+ - * /``, brackets and a few functions. A
formula is never run as code; ``fsva.index.indicators`` computes it over a table.
"""

from __future__ import annotations

import ast
import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from fsva.core import units
from fsva.core.units import NUMBER, Unit

LONGEST = 300
DEEPEST = 16
LARGEST_NUMBER = 1e12

Kind = Literal["tulisan", "larangan", "panjang", "kolom", "fungsi", "satuan", "hasil"]
Sign = Literal["+", "-", "*", "/"]


class FormulaError(ValueError):
    """A formula that cannot be used, and where.

    Parameters
    ----------
    kind : str
        ``tulisan`` (not an expression), ``larangan`` (something other than arithmetic),
        ``panjang`` (too long or too deep), ``kolom``, ``fungsi`` (unknown name), ``satuan``
        (units that cannot be added), ``hasil`` (a result in another unit).
    position : int
        Position in the formula, counted from 0.
    found : str
        What stands there.
    expected : str
        The likely or possible text; empty if the kind says enough.
    """

    def __init__(self, kind: Kind, position: int, found: str, expected: str = "") -> None:
        super().__init__(kind, position, found, expected)
        self.kind: Kind = kind
        self.position = position
        self.found = found
        self.expected = expected


@dataclass(frozen=True)
class Constant:
    """A number that stands in the formula."""

    value: float


@dataclass(frozen=True)
class ColumnName:
    """A raw column, by its name."""

    name: str


@dataclass(frozen=True)
class Operation:
    """Two parts joined by a sign."""

    sign: Sign
    left: Part
    right: Part


@dataclass(frozen=True)
class Scaled:
    """A part in another unit: multiplied by a fixed factor (``km2(luas_ha)``, ``-x``)."""

    factor: float
    part: Part


Part = Constant | ColumnName | Operation | Scaled


@dataclass(frozen=True)
class Formula:
    """A formula that has been read and found sound.

    Parameters
    ----------
    text : str
        As the method's file has it.
    root : Part
        What is computed last.
    unit : Unit
        Unit of the result.
    columns : tuple of str
        Raw columns in the order in which they are first named.
    """

    text: str
    root: Part
    unit: Unit
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Conversion:
    """A function of the language: from one unit into another by a fixed factor."""

    before: Unit
    after: Unit
    factor: float


FUNCTIONS = {
    "km2": Conversion(units.parse("ha"), units.parse("km2"), 0.01),
    "ha": Conversion(units.parse("km2"), units.parse("ha"), 100.0),
    "persen": Conversion(NUMBER, units.parse("%"), 100.0),
    "pecahan": Conversion(units.parse("%"), NUMBER, 0.01),
    "kg": Conversion(units.parse("ton"), units.parse("kg"), 1000.0),
    "ton": Conversion(units.parse("kg"), units.parse("ton"), 0.001),
}
_SIGNS: dict[type[ast.operator], Sign] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_OTHER_LETTERS = re.compile(r"[^A-Za-z0-9_+\-*/().,\s]")
# A digit that runs into a letter: 1e9, 0x1F, 2j, 3ha. Words may end in digits: km2.
_RUN_INTO = re.compile(r"(?<![A-Za-z0-9_])[0-9][0-9.]*[A-Za-z_]")
_ARITHMETIC = "+ - * / ( )"


def parse(text: str, columns: Mapping[str, Unit], result: Unit) -> Formula:
    """Read a formula and check its names and units.

    Parameters
    ----------
    text : str
        For example ``(penduduk / nakes) / (penduduk / km2(luas_ha))``.

    Raises
    ------
    FormulaError
        With kind, position and likely meaning.

    Examples
    --------
    >>> ha = units.parse("ha")
    >>> parse("sawah / luas", {"sawah": ha, "luas": ha}, NUMBER).columns
    ('sawah', 'luas')
    """
    tree = _tree(text)
    reader = _FormulaReader(text, columns)
    root, unit = reader.read(tree, 0)
    if unit != result:
        raise FormulaError("hasil", 0, str(unit), str(result))
    return Formula(text, root, unit, tuple(dict.fromkeys(reader.named)))


def _tree(text: str) -> ast.expr:
    """Parse a text into Python's syntax tree; the tree is read and never run."""
    if len(text) > LONGEST:
        raise FormulaError("panjang", LONGEST, f"{len(text)}", f"≤ {LONGEST}")
    for pattern in (_OTHER_LETTERS, _RUN_INTO):
        if match := pattern.search(text):
            raise FormulaError("larangan", match.start(), match.group(), _ARITHMETIC)
    flat = text.replace("\n", " ").replace("\r", " ").replace("\t", " ")
    indent = len(flat) - len(flat.lstrip())
    try:
        return ast.parse(flat[indent:], mode="eval").body
    except (SyntaxError, RecursionError, MemoryError) as problem:
        offset = getattr(problem, "offset", None) or 1
        raise FormulaError(
            "tulisan", max(0, offset - 1 + indent), flat.strip(), _ARITHMETIC
        ) from problem


class _FormulaReader:
    """Reads the tree of one formula and collects its columns."""

    def __init__(self, text: str, columns: Mapping[str, Unit]) -> None:
        self.text = text
        self.columns = columns
        self.named: list[str] = []
        self.indent = len(text) - len(text.lstrip())

    def read(self, node: ast.expr, depth: int) -> tuple[Part, Unit]:
        """Return a part of the formula and its unit."""
        if depth > DEEPEST:
            raise self._error("panjang", node, f"≤ {DEEPEST}")
        readers: dict[type[ast.expr], Callable[..., tuple[Part, Unit]]] = {
            ast.Constant: self._number,
            ast.Name: self._column,
            ast.BinOp: self._operation,
            ast.UnaryOp: self._negative,
            ast.Call: self._call,
        }
        reader = readers.get(type(node))
        if reader is None:
            raise self._error("larangan", node, _ARITHMETIC)
        return reader(node, depth)

    def _number(self, node: ast.Constant, depth: int) -> tuple[Part, Unit]:
        value = node.value
        if isinstance(value, bool) or not isinstance(value, int | float) or value > LARGEST_NUMBER:
            raise self._error("larangan", node, f"≤ {LARGEST_NUMBER:.0f}")
        return Constant(float(value)), NUMBER

    def _column(self, node: ast.Name, depth: int) -> tuple[Part, Unit]:
        if node.id not in self.columns:
            raise self._error("kolom", node, likely(node.id, self.columns))
        self.named.append(node.id)
        return ColumnName(node.id), self.columns[node.id]

    def _operation(self, node: ast.BinOp, depth: int) -> tuple[Part, Unit]:
        sign = _SIGNS.get(type(node.op))
        if sign is None:
            raise self._error("larangan", node, _ARITHMETIC)
        left, left_unit = self.read(node.left, depth + 1)
        right, right_unit = self.read(node.right, depth + 1)
        if sign in "+-" and left_unit != right_unit:
            raise self._error("satuan", node, f"{left_unit} {sign} {right_unit}")
        unit = {"*": left_unit * right_unit, "/": left_unit / right_unit}.get(sign, left_unit)
        return Operation(sign, left, right), unit

    def _negative(self, node: ast.UnaryOp, depth: int) -> tuple[Part, Unit]:
        if not isinstance(node.op, ast.USub):
            raise self._error("larangan", node, _ARITHMETIC)
        part, unit = self.read(node.operand, depth + 1)
        return Scaled(-1.0, part), unit

    def _call(self, node: ast.Call, depth: int) -> tuple[Part, Unit]:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        function = FUNCTIONS.get(name)
        if function is None:
            raise self._error("fungsi", node, likely(name, FUNCTIONS))
        if len(node.args) != 1 or node.keywords:
            raise self._error("fungsi", node, f"{name}(...)")
        part, unit = self.read(node.args[0], depth + 1)
        if unit != function.before:
            raise self._error("satuan", node, f"{name}({function.before}), {unit}")
        return Scaled(function.factor, part), function.after

    def _error(self, kind: Kind, node: ast.expr, expected: str) -> FormulaError:
        start, end = node.col_offset, node.end_col_offset
        token = self.text[self.indent :][start:end]
        return FormulaError(kind, start + self.indent, token, expected)


def likely(name: str, known: Iterable[str]) -> str:
    """Return the known name most similar to an unknown one, or all known names.

    Examples
    --------
    >>> likely("pendudk", ["luas_ha", "penduduk"])
    'penduduk'
    """
    names = sorted(known)
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    return close[0] if close else ", ".join(names)
