"""A map on the axes of matplotlib, for notebooks and for authors who want another figure.

Owns what such a figure keeps of the sheet: official colours, the fine lines of the theme, borders,
title, legend with counts, and the word on schematic borders. It is the one module that names
matplotlib. Without axes it takes a figure from pyplot, which notebooks show by themselves; on given
axes it touches nothing global.
"""

from __future__ import annotations

import textwrap
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
    from matplotlib.legend import Legend
    from matplotlib.path import Path
    from matplotlib.text import Text

MM_PER_INCH = 25.4
# Of a figure of its own, inches; the rest of its height is the title's.
_FIGURE = (11.0, 5.6)
_ROOM = (0.02, 0.03, 0.96, 0.83)
# Between the map, the legend and the words below it, pt; and around the map, of its size.
_GAP_PT = 9.0
_MARGIN = 0.02
_SEAM_PT = 0.4
_SMALLEST_PT = 5.0


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
        Where to draw; None takes a new figure from pyplot. Map, legend and words share the room
        that the axes have now, so that axes beside them stay free; the fine lines are as far apart
        as on paper for that size.

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
    ax.set_axis_off()
    _title(figure, ax)
    _frame(figure, ax, _legend(figure, ax), _words_below(figure, ax))
    _fills(figure, ax)
    _hatching(figure, ax)
    _borders(figure, ax)
    return ax


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


def _title(figure: AxesMap, ax: Axes) -> None:
    """Write the title over the map, in lines no longer than the axes are wide."""
    said = ax.set_title(figure.specification.title, fontsize="medium")
    title = _in_lines(said, ax)
    said.set_text(f"{title}\n{figure.specification.subtitle}")


def _in_lines(said: Text, ax: Axes) -> str:
    """Return the words of a text in lines that fit the width of the axes."""
    words, share = said.get_text(), ax.bbox.width / said.get_window_extent().width
    return words if share >= 1 else textwrap.fill(words, max(1, int(share * len(words))))


def _words_below(figure: AxesMap, ax: Axes) -> float:
    """Write what the figure must say of its borders and gaps; return the height, pixels."""
    bottom = 0.0
    for name, words in (
        ("draf", figure.draft.sentence if figure.draft else ""),
        ("batas-skematis", figure.texts("peta.batas_skematis") if figure.schematic else ""),
    ):
        if words:
            said = ax.text(0, bottom / ax.bbox.height, words, fontsize="small", va="bottom")
            said.set(transform=ax.transAxes, gid=name)
            said.set_text(_in_lines(said, ax))
            if name == "draf":
                strip = draft_style.load().strip
                said.set(color=strip.ink, backgroundcolor=strip.ground)
            bottom += said.get_window_extent().height + _pixels(ax, _GAP_PT)
    return bottom


def _pixels(ax: Axes, points: float) -> float:
    return points * MM_PER_PT / MM_PER_INCH * ax.figure.dpi


def _frame(figure: AxesMap, ax: Axes, legend: Legend, words: float) -> None:
    """Show the whole district above the words, as large as the legend beside or below it allows.

    Parameters
    ----------
    legend : Legend
        The legend of these axes, which is put where the map stays larger.
    words : float
        Height at the foot of the axes that is taken, pixels.
    """
    west, south, east, north = shapely.total_bounds(figure.areas).tolist()
    extent, room, gap = legend.get_window_extent(), ax.bbox, _pixels(ax, _GAP_PT)
    beside = (room.width - extent.width - gap, room.height - words)
    below = (room.width, room.height - words - extent.height - gap)
    # Axes with room for neither show the map under the legend.
    rooms = [one for one in (below, beside) if min(one) > 0] or [(room.width, room.height)]
    metres, (width, height) = min(
        (max((east - west) / one[0], (north - south) / one[1]), one) for one in rooms
    )
    metres *= 1 + 2 * _MARGIN
    # The middle of the district stands in the middle of what the legend and the words leave.
    left = (east + west) / 2 - metres * width / 2
    top = (north + south) / 2 + metres * height / 2
    ax.set_xlim(left, left + metres * room.width)
    ax.set_ylim(top - metres * room.height, top)
    ax.set_aspect("equal")
    foot = words / room.height
    corner = (1.0, (1 + foot) / 2) if (width, height) == beside else (0.0, foot)
    legend.set_loc("center right" if (width, height) == beside else "lower left")
    legend.set_bbox_to_anchor(corner, transform=ax.transAxes)


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


def _legend(figure: AxesMap, ax: Axes) -> Legend:
    """Add the rows of the legend, also those of classes that no village has."""
    from matplotlib.patches import Patch

    rows, frame = figure.specification.legend, figure.theme.colours.village_line
    samples = [Patch(facecolor=row.colour, edgecolor=frame, linewidth=_SEAM_PT) for row in rows]
    hatches = [figure.theme.hatch(row.most_vulnerable) for row in rows]
    handlers = {
        sample: _sample_handler(hatch)
        for sample, hatch in zip(samples, hatches, strict=True)
        if hatch
    }
    legend = ax.legend(
        samples,
        [_words(row, figure.texts) for row in rows],
        handler_map=handlers,
        title=figure.specification.unit,
        loc="lower left",
        borderaxespad=0,
        borderpad=0,
        handlelength=2.6,
        handleheight=1.3,
        frameon=False,
        fontsize="small",
        alignment="left",
    )
    share = ax.bbox.width / legend.get_window_extent().width
    for text in (legend.get_title(), *legend.get_texts()) if share < 1 else ():
        text.set_fontsize(max(_SMALLEST_PT, share * float(text.get_fontsize())))
    return legend


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
