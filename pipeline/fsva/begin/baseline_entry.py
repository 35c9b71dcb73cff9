"""An office's entries for a derived baseline: composite cut-offs, a line in edition.toml.

Owns how both are read and written. ``fsva.index.derivation`` computes the baseline.
"""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

from fsva.config.methods.baseline import CutOffs, digits_of
from fsva.config.methods.method import Composite
from fsva.core import decimals, toml
from fsva.core.errors import CutOffError, EditionError, Place

N_CUT_OFFS = 5
_LINE = re.compile(r"^(?P<off>#\s*)?dasar\s*=.*$", re.MULTILINE)
_METHOD = re.compile(r"^metode\s*=.*$", re.MULTILINE)
_TABLE = re.compile(r"^\s*\[", re.MULTILINE)


def composite_cut_offs(given: str, composite: Composite) -> CutOffs:
    """Read the five composite cut-offs that an office enters.

    Parameters
    ----------
    given : str
        ``32,92; 44,84; 52,50; 59,83; 67,93``, or the name of a text file with the numbers, one
        per line or separated by semicolons.
    composite : Composite
        Limits the number of decimals.

    Raises
    ------
    CutOffError
        Not five numbers, more decimals than the composite has, or a wrong order.
    """
    file = Path(given)
    is_file = file.is_file()
    text = toml.read_text(file) if is_file else given
    place = Place(file if is_file else None, column="--komposit", found=" ".join(text.split()))
    try:
        numbers = [decimals.parse(part) for part in re.split(r"[;\n]", text) if part.strip()]
    except ValueError:
        numbers = []
    digits = composite.digits
    fits = all(0 <= c <= 100 and digits_of(c) <= digits for c in numbers)
    if len(numbers) != N_CUT_OFFS or not fits or any(a > b for a, b in pairwise(numbers)):
        raise CutOffError("komposit_lima", [place], {"desimal": str(digits)})
    one, two, three, four, five = numbers
    return one, two, three, four, five


def with_baseline(text: str, name: str, file: Path) -> str:
    r"""Add the name of a baseline to the text of edition.toml and change nothing else.

    Parameters
    ----------
    text : str
        Content of edition.toml.
    name : str
        Id of the baseline.
    file : Path
        Named in error messages.

    Raises
    ------
    EditionError
        If there is no line ``metode = ...`` before the first section.

    Examples
    --------
    >>> with_baseline('metode = "m"\n# dasar = "x"\n[data]\n', "y", Path("edition.toml"))
    'metode = "m"\ndasar = "y"\n[data]\n'
    """
    first = _TABLE.search(text)
    head, rest = (text[: first.start()], text[first.start() :]) if first else (text, "")
    line = f'dasar = "{name}"'
    lines = list(_LINE.finditer(head))
    if lines:
        # An active line has priority over one in a comment.
        old = min(lines, key=lambda match: (match["off"] is not None, match.start()))
        return head[: old.start()] + line + head[old.end() :] + rest
    method = _METHOD.search(head)
    if method is None:
        raise EditionError("pasang_dasar", [Place(file, column="dasar", found=name)])
    return f"{head[: method.end()]}\n{line}{head[method.end() :]}{rest}"
