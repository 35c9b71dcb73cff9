"""A map on the axes of matplotlib, for notebooks and for authors who want another figure.

Owns what such a figure keeps of the sheet: official colours, the fine lines of the theme, borders,
title, legend with counts, and the word on schematic borders. It is the one module that names
matplotlib. Without axes it takes a figure from pyplot, which notebooks show by themselves; on given
axes it touches nothing global.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from numpy.typing import NDArray

from fsva.config.styles import draft_style
from fsva.config.styles.theme import Hatch, Theme
from fsva.core.errors import UsageError
from fsva.core.texts import Texts
from fsva.drawing.maps import border_colours, second_channel
from fsva.drawing.paper import borders
from fsva.drawing.paper.borders import Borders
from fsva.drawing.paper.scene import MM_PER_PT
from fsva.words.draft import Draft
from fsva.words.specification import LegendRow, MapSpecification

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.path import Path

MM_PER_INCH = 25.4
# Of a figure of its own, inches; the map to the left, the legend beside it.
_FIGURE = (11.0, 5.6)
_ROOM = (0.02, 0.08, 0.55, 0.77)
_MARGIN = 0.02
_SEAM_PT = 0.4


@dataclass(frozen=True, eq=False)
class AxesMap:
    """What is drawn on axes.

    Parameters
    ----------
    areas : array of Polygon and MultiPolygon, shape (n_villages,)
        Metres; a coverage.
    codes, kecamatan : sequence of str, length n_villages
        Kemendagri code and kecamatan of each.
    specification : MapSpecification
        What the map says.
    theme : Theme
        Line widths, muted colours, hatches.
    texts : Texts
        The language.
    schematic : bool
        Whether the borders are no official ones, which the figure then says.
    draft : Draft
        What the edition leaves open, which the figure then says.
    """

    areas: NDArray[np.object_]
    codes: Sequence[str]
    kecamatan: Sequence[str]
    specification: MapSpecification
    theme: Theme
    texts: Texts
    schematic: bool
    draft: Draft


def draw(figure: AxesMap, ax: Axes | None = None) -> Axes:
    """Draw a map.

    Parameters
    ----------
    ax : Axes or None
        Where to draw; None takes a new figure from pyplot. The fine lines are as far apart as on
        paper for the size that the axes have now.

    Returns
    -------
    Axes
        One artist per village (its ``gid`` is the Kemendagri code), one of fine lines per hatched
        class (``arsir-<class>``), one per kind of border (``batas-desa`` ...), and the legend.

    Raises
    ------
    UsageError
        matplotlib is not installed.
    """
    ax = _own_axes() if ax is None else ax
    _frame(figure, ax)
    _fills(figure, ax)
    _hatching(figure, ax)
    _borders(figure, ax)
    ax.set_title(
        f"{figure.specification.title}\n{figure.specification.subtitle}",
        fontsize="medium",
        wrap=True,
    )
    _legend(figure, ax)
    if figure.draft:
        _mark(figure, ax)
    if figure.schematic:
        words = figure.texts("peta.batas_skematis")
        said = ax.text(0, -0.02, words, transform=ax.transAxes, va="top", fontsize="small")
        said.set_gid("batas-skematis")
    return ax


def _mark(figure: AxesMap, ax: Axes) -> None:
    """Write the mark of a draft below the map."""
    strip = draft_style.load().strip
    face = {"facecolor": strip.ground, "edgecolor": "none", "pad": 2.0}
    said = ax.text(
        0.5,
        -0.08,
        figure.draft.sentence,
        transform=ax.transAxes,
        ha="center",
        va="top",
        fontsize="small",
        color=strip.ink,
        bbox=face,
        wrap=True,
    )
    said.set_gid("draf")


def check_installed() -> None:
    """Stop before anything is read where matplotlib is not installed.

    Raises
    ------
    UsageError
        It is not.
    """
    try:
        import matplotlib  # noqa: F401 - only whether it can be imported
    except ImportError as problem:
        raise UsageError("matplotlib_paket") from problem


def _own_axes() -> Axes:
    """Return axes of a new figure that pyplot, and so a notebook, shows."""
    check_installed()
    from matplotlib import pyplot

    figure: Figure = pyplot.figure(figsize=_FIGURE)
    return figure.add_axes(_ROOM)


def _frame(figure: AxesMap, ax: Axes) -> None:
    """Show the whole district, true in both directions, without numbers of metres."""
    west, south, east, north = shapely.total_bounds(figure.areas).tolist()
    margin = _MARGIN * max(east - west, north - south)
    ax.set_xlim(west - margin, east + margin)
    ax.set_ylim(south - margin, north + margin)
    ax.set_aspect("equal")
    ax.set_axis_off()


def _fills(figure: AxesMap, ax: Axes) -> None:
    """Colour the villages; a hairline of the same colour closes the seams between them."""
    from matplotlib.patches import PathPatch

    colours = {row.priority: row.colour for row in figure.specification.legend}
    for code, area in zip(figure.codes, figure.areas, strict=True):
        colour = colours[figure.specification.priorities[code]]
        patch = PathPatch(_outline(area), facecolor=colour, edgecolor=colour, linewidth=_SEAM_PT)
        patch.set_gid(code)
        ax.add_patch(patch)


def _outline(area: shapely.Geometry) -> Path:
    """Return an area as one path; holes run the other way."""
    from matplotlib.path import Path

    rings = shapely.get_rings(shapely.get_parts(shapely.orient_polygons(area)))
    return Path.make_compound_path(
        *(Path(shapely.get_coordinates(ring), closed=True) for ring in rings)
    )


def _hatching(figure: AxesMap, ax: Axes) -> None:
    """Draw the fine lines of the theme in the villages of each hatched class."""
    from matplotlib.collections import LineCollection

    metres = _metres_per_mm(ax)
    classes = np.array([figure.specification.priorities[code] for code in figure.codes])
    for row in figure.specification.legend:
        hatch, chosen = figure.theme.hatch(row.most_vulnerable), classes == row.priority
        if hatch is None or not chosen.any():
            continue
        paper = shapely.transform(figure.areas[chosen], lambda points: points / metres)
        lines = [line * metres for lines in second_channel.cut(paper, hatch) for line in lines]
        drawn = LineCollection(lines, colors=hatch.colour, linewidths=hatch.width / MM_PER_PT)
        drawn.set_gid(f"arsir-{row.priority}")
        ax.add_collection(drawn, autolim=False)


def _metres_per_mm(ax: Axes) -> float:
    """Return how many metres a millimetre of the figure shows, by the size that axes have now."""
    room = ax.get_window_extent()
    dots = ax.figure.dpi / MM_PER_INCH
    (west, east), (south, north) = ax.get_xlim(), ax.get_ylim()
    return max((east - west) / room.width, (north - south) / room.height) * dots


def _borders(figure: AxesMap, ax: Axes) -> None:
    """Draw the borders of villages, kecamatan and district, each line once."""
    from matplotlib.collections import LineCollection

    lines, colours = (
        borders.of_coverage(figure.areas, figure.kecamatan),
        figure.theme.colours,
    )
    side_m = float(np.sqrt(np.median(shapely.area(figure.areas))))
    widths = figure.theme.lines.of_villages(side_m / _metres_per_mm(ax))
    for name, line, colour, width in (
        ("desa", lines.between, _village_colours(figure, lines), widths.village),
        ("kecamatan", lines.kecamatan, colours.kecamatan_line, widths.kecamatan),
        ("kabupaten", lines.outline, colours.kabupaten_line, widths.kabupaten),
    ):
        parts = [shapely.get_coordinates(part) for part in shapely.get_parts(line)]
        drawn = LineCollection(parts, colors=colour, linewidths=width / MM_PER_PT)
        drawn.set_gid(f"batas-{name}")
        ax.add_collection(drawn, autolim=False)


def _village_colours(figure: AxesMap, lines: Borders) -> list[str]:
    """Return the colour of each border between two villages: the shade of the darker class."""
    colours = {row.priority: row.colour for row in figure.specification.legend}
    fills = [colours[figure.specification.priorities[code]] for code in figure.codes]
    return [
        border_colours.within(
            min(fills[a], fills[b], key=border_colours.luminance), figure.theme.borders
        )
        for a, b in lines.sides.tolist()
    ]


def _legend(figure: AxesMap, ax: Axes) -> None:
    """Put the rows of the legend beside the map, also those of classes that no village has."""
    from matplotlib.patches import Patch

    rows, frame = figure.specification.legend, figure.theme.colours.village_line
    samples = [Patch(facecolor=row.colour, edgecolor=frame, linewidth=_SEAM_PT) for row in rows]
    hatches = [figure.theme.hatch(row.most_vulnerable) for row in rows]
    handlers = {
        sample: _sample_handler(hatch)
        for sample, hatch in zip(samples, hatches, strict=True)
        if hatch
    }
    ax.legend(
        samples,
        [_words(row, figure.texts) for row in rows],
        handler_map=handlers,
        title=figure.specification.unit,
        loc="center left",
        bbox_to_anchor=(1.02, 0.5),
        handlelength=2.6,
        handleheight=1.3,
        frameon=False,
        fontsize="small",
        alignment="left",
    )


def _words(row: LegendRow, texts: Texts) -> str:
    count = texts.decimal(row.count, 0)
    key = "gambar.baris" if row.interval else "gambar.baris_tanpa_rentang"
    return texts(key, kelas=row.words, rentang=row.interval, jumlah=count)


def _sample_handler(hatch: Hatch) -> Any:  # noqa: ANN401 - matplotlib calls its handlers untyped
    """Return what draws a sample of the legend with fine lines over its colour."""
    from matplotlib.collections import LineCollection
    from matplotlib.legend_handler import HandlerPatch

    class HatchedSample(HandlerPatch):
        """A patch with the lines of a hatch, cut to it in millimetres."""

        def create_artists(self, *given: Any) -> list[Artist]:  # noqa: ANN401
            """Return the patch and its lines; sizes come in points, last the transform."""
            _, _, x_descent, y_descent, width, height, _, transform = given
            left, bottom = -x_descent * MM_PER_PT, -y_descent * MM_PER_PT
            box = shapely.box(left, bottom, left + width * MM_PER_PT, bottom + height * MM_PER_PT)
            (lines,) = second_channel.cut(np.array([box], dtype=object), hatch)
            drawn = LineCollection(
                [line / MM_PER_PT for line in lines],
                colors=hatch.colour,
                linewidths=hatch.width / MM_PER_PT,
            )
            drawn.set_transform(transform)
            return [*super().create_artists(*given), drawn]

    return HatchedSample()
