"""How far apart the class colours of a theme are, for every kind of reader and in grey.

Owns the distances and the test against the least distances. Colours are seen as people without
long-wave (protan), middle-wave (deutan) or short-wave cones (tritan) see them: Machado, Oliveira
and Fernandes (2009) at full severity for the first two, Brettel, Viénot and Mollon (1997) for the
third, which Machado's model describes badly. Distances are CIEDE2000. coloraide is imported here
only.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from fsva.config.methods.measures import MapClass
from fsva.config.styles.theme import Theme
from fsva.core import toml
from fsva.core.errors import StyleError, UsageError
from fsva.core.toml import Section
from fsva.drawing.maps import border_colours

if TYPE_CHECKING:
    from coloraide import Color

FILE_NAME = "audit-warna.toml"
Vision = Literal["normal", "protan", "deutan", "tritan"]
VISIONS: tuple[Vision, ...] = ("normal", "protan", "deutan", "tritan")
MODELS = {"protan": "machado", "deutan": "machado", "tritan": "brettel"}
NO_DATA = 0
_DIGITS = 1


class ColourDistances(Section):
    """Least distances, from ``styles/audit-warna.toml``.

    Attributes
    ----------
    opposite : float
        CIEDE2000 between a vulnerable and a secure class.
    alike : float
        CIEDE2000 between two classes of one side, and between a class and no data.
    grey : float
        Difference of CIELAB lightness, 0..100, of two classes.
    hatch : float
        Difference of lightness between the lines of a hatch and the colour below them.
    border : float
        WCAG contrast ratio, 1..21, of the border of two villages of one class with their colour.
    """

    opposite: float = Field(alias="berlawanan", ge=0, le=100)
    alike: float = Field(alias="sesisi", ge=0, le=100)
    grey: float = Field(alias="kelabu", ge=0, le=100)
    hatch: float = Field(alias="garis_arsir", ge=0, le=100)
    border: float = Field(2.0, alias="batas_desa", ge=1, le=21)


@dataclass(frozen=True)
class Pair:
    """Two classes of a map, or a class and no data.

    Parameters
    ----------
    first, second : int
        Numbers on the map; 0 = no data.
    distances : dict of str to float
        CIEDE2000 per vision, one decimal.
    lightness : float
        Difference of lightness as printed in grey, one decimal.
    near : tuple of str
        Visions, and ``kelabu`` for grey, in which the two are too near to each other.
    channel : bool
        Whether a numeral or hatch also distinguishes them.
    """

    first: int
    second: int
    distances: Mapping[Vision, float]
    lightness: float
    near: tuple[str, ...]
    channel: bool

    @property
    def is_finding(self) -> bool:
        """Whether some readers can confuse the two."""
        return bool(self.near) and not self.channel


@dataclass(frozen=True)
class Line:
    """Visibility of the lines of a hatched class on its colour.

    Parameters
    ----------
    number : int
        Class on the map.
    lightness : float
        Least difference of lightness over all visions, one decimal.
    is_finding : bool
        Whether the difference is too small to be seen.
    """

    number: int
    lightness: float
    is_finding: bool


@dataclass(frozen=True)
class ClassBorder:
    """Visibility of the border between two villages of one class.

    Parameters
    ----------
    number : int
        Class on the map; 0 = no data.
    colour : str
        ``#RRGGBB`` of the border.
    contrast : float
        WCAG contrast ratio with the class, rounded down to two decimals.
    is_finding : bool
        Whether the ratio is too small.
    """

    number: int
    colour: str
    contrast: float
    is_finding: bool


@dataclass(frozen=True)
class Audit:
    """The classes of one kind of map in one theme.

    Parameters
    ----------
    n_classes : int
        Classes of the map, no data not counted.
    pairs : tuple of Pair
        All pairs.
    lines : tuple of Line
        One per hatched class.
    borders : tuple of ClassBorder
        One per class, and no data.
    """

    n_classes: int
    pairs: tuple[Pair, ...]
    lines: tuple[Line, ...]
    borders: tuple[ClassBorder, ...]

    @property
    def n_findings(self) -> int:
        """How many pairs, hatches and borders fail."""
        marks = (line.is_finding for line in self.lines)
        edges = (border.is_finding for border in self.borders)
        return sum([*(pair.is_finding for pair in self.pairs), *marks, *edges])


def load_limits(file: Path) -> ColourDistances:
    """Read and check the least distances.

    Parameters
    ----------
    file : Path
        ``styles/audit-warna.toml``.
    """
    return toml.load(file, ColourDistances, StyleError)


def audit(
    classes: Sequence[MapClass],
    no_data: str,
    theme: Theme,
    limits: ColourDistances,
    first_secure: int,
) -> Audit:
    """Measure all pairs of classes of a map.

    Parameters
    ----------
    classes : sequence of MapClass
        As the map shows them, in the colours of the theme.
    no_data : str
        ``#RRGGBB`` of villages without a class.
    theme : Theme
        Its second channel.
    limits : ColourDistances
        Least distances.
    first_secure : int
        The first class that is not vulnerable.

    Raises
    ------
    UsageError
        If coloraide is not installed.
    """
    seen = {NO_DATA: sights(no_data)} | {c.number: sights(c.colour) for c in classes}
    first = {NO_DATA: 0} | {c.number: c.members[0] for c in classes}
    pairs = tuple(
        _pair((a, b), seen, first, theme, limits, first_secure)
        for a, b in combinations(sorted(seen), 2)
    )
    lines = tuple(_lines(seen, first, theme, limits))
    colours = {NO_DATA: no_data} | {c.number: c.colour for c in classes}
    edges = (_border(number, colour, theme, limits) for number, colour in colours.items())
    return Audit(len(classes), pairs, lines, tuple(edges))


def sights(colour: str) -> dict[Vision, Color]:
    """Return a colour as each kind of reader sees it.

    Parameters
    ----------
    colour : str
        ``#RRGGBB``.

    Raises
    ------
    UsageError
        If coloraide is not installed.
    """
    try:
        from coloraide import Color
    except ImportError as lacking:
        raise UsageError("coloraide_hilang") from lacking
    seen: dict[Vision, Color] = {"normal": Color(colour)}
    for vision in VISIONS[1:]:
        changed = Color(colour).filter(vision, 1, method=MODELS[vision])
        seen[vision] = changed.convert("srgb").clip()
    return seen


def lightness(colour: Color) -> float:
    """Return the lightness L* of a colour, 0 (black) to 100 (white), for daylight D65."""
    return float(colour.convert("lab-d65")["lightness"])


def _pair(
    numbers: tuple[int, int],
    seen: Mapping[int, Mapping[Vision, Color]],
    first: Mapping[int, int],
    theme: Theme,
    limits: ColourDistances,
    first_secure: int,
) -> Pair:
    a, b = (seen[n] for n in numbers)
    distances = {v: round(a[v].delta_e(b[v], method="2000"), _DIGITS) for v in VISIONS}
    grey = round(abs(lightness(a["normal"]) - lightness(b["normal"])), _DIGITS)
    members = [first[n] for n in numbers]
    sides = {m >= first_secure for m in members}
    least = limits.opposite if 0 not in members and len(sides) == 2 else limits.alike
    near = [str(v) for v in VISIONS if distances[v] < least]
    near += ["kelabu"] if grey < limits.grey else []
    return Pair(*numbers, distances, grey, tuple(near), _told_apart(members, theme))


def _told_apart(members: Sequence[int], theme: Theme) -> bool:
    """Tell whether numerals or hatches differ; "no data" has neither."""
    if theme.channel == "angka":
        return True
    a, b = (theme.hatch(m) for m in members)
    return a != b


def _border(number: int, colour: str, theme: Theme, limits: ColourDistances) -> ClassBorder:
    drawn = border_colours.within(colour, theme.borders)
    ratio = math.floor(border_colours.contrast(colour, drawn) * 100) / 100
    return ClassBorder(number, drawn, ratio, ratio < limits.border)


def _lines(
    seen: Mapping[int, Mapping[Vision, Color]],
    first: Mapping[int, int],
    theme: Theme,
    limits: ColourDistances,
) -> list[Line]:
    findings = []
    for number, colours in seen.items():
        if hatch := theme.hatch(first[number]):
            drawn = sights(hatch.colour)
            apart = [abs(lightness(colours[v]) - lightness(drawn[v])) for v in VISIONS]
            least = round(min(apart), _DIGITS)
            findings.append(Line(number, least, least < limits.hatch))
    return findings
