"""The atlas in one file: cover, contents, maps, charts, summary map, sheets per kecamatan.

Owns their order and the headings that lead to them. What has been drawn for files of its own is
bound as it is, not drawn or encoded again. It imports heavy libraries when it is called.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from fsva.core import resources
from fsva.words.atlas.page_headings import PartHeading

if TYPE_CHECKING:
    from fsva.config.styles.chart_layouts import ChartPlate, OverviewPlate
    from fsva.drawing.maps.sheet_inputs import Studio
    from fsva.drawing.paper.scene import Sheet
    from fsva.files.packing.stream_shelf import StreamShelf
    from fsva.files.writers.pdf import BoundPart
    from fsva.words.specification import MapSpecification


@dataclass(frozen=True)
class Charted:
    """The maps that have a chart and a place on the summary map, and the look of both.

    Parameters
    ----------
    maps : tuple of MapSpecification
        Indicators and composite.
    chart : ChartPlate
        The chart of one map.
    overview : OverviewPlate
        The summary map of all.
    """

    maps: tuple[MapSpecification, ...]
    chart: ChartPlate
    overview: OverviewPlate


def charted(folder: Path, maps: tuple[MapSpecification, ...]) -> Charted:
    """Read the look of charts and of the summary map.

    Parameters
    ----------
    folder : Path
        Of the edition, whose project may have looks of its own.

    Raises
    ------
    FsvaError
        If a look cannot be used.
    """
    from fsva.config.styles import chart_layouts

    return Charted(
        maps,
        chart_layouts.chart(resources.style_of(folder, chart_layouts.CHART)),
        chart_layouts.overview(resources.style_of(folder, chart_layouts.OVERVIEW)),
    )


@dataclass(frozen=True, eq=False)
class _Own:
    """The sheets that only this file has.

    Parameters
    ----------
    charts : list of Sheet
        Pages of several charts.
    places : list of int
        The page, from 0, of each map's chart.
    summary : Sheet
        The summary map on the paper of the maps.
    is_new : bool
        Whether it was drawn for this paper.
    """

    charts: list[Sheet]
    places: list[int]
    summary: Sheet
    is_new: bool


@dataclass(frozen=True)
class BoundAtlas:
    """The file of an atlas.

    Parameters
    ----------
    content : bytes
        The PDF.
    number : str
        The print number on its cover, which depends on those of all its sheets.
    """

    content: bytes
    number: str


def bound(
    studio: Studio,
    charted: Charted,
    maps: BoundPart,
    summary: BoundPart,
    details: BoundPart | None,
    shelf: StreamShelf | None = None,
) -> BoundAtlas:
    """Return the whole atlas as one PDF.

    Parameters
    ----------
    charted : Charted
        The maps with charts, the composite's last, and the look of charts and summary map.
    maps, summary : BoundPart
        The sheets of all maps, and the summary map.
    details : BoundPart or None
        The sheets per kecamatan, if the maps have no room for all names.
    shelf : StreamShelf or None
        Streams of an earlier run.
    """
    from fsva.drawing.atlas import contents, cover, page_numbers
    from fsva.files.writers.pdf import BoundPart, PdfWriter, bound

    composite = charted.maps[-1]
    own = _own(studio, charted, summary)
    listed = list(details.sheets) if details else []
    parts = list(_headings(studio, charted, maps.sheets, own, listed))
    first = cover.sheet(studio, composite, [one.number for one in (*maps.sheets, *listed)])
    leaves = contents.sheets(studio, [heading.later(1) for heading in parts], composite)
    front = [first, *leaves]
    drawn = [*front, *own.charts, *([own.summary] if own.is_new else [])]
    writer = PdfWriter(drawn, studio.faces, shelf)
    order = [
        BoundPart(writer, front),
        maps,
        BoundPart(writer, own.charts),
        BoundPart(writer if own.is_new else summary.writer, [own.summary]),
        *([details] if details else []),
    ]
    numbered, number = [], 0
    for part in order:
        pages = [page_numbers.numbered(studio, s, number + n) for n, s in enumerate(part.sheets, 1)]
        numbered.append(BoundPart(part.writer, pages))
        number += len(pages)
    title = studio.draft.titled(f"{studio.texts('peta.atlas')} - {composite.subtitle}")
    marks = [
        PartHeading(first.bookmark, 1),
        PartHeading(leaves[0].bookmark, 2),
        *(heading.later(len(front)) for heading in parts),
    ]
    return BoundAtlas(bound(numbered, title, marks), first.number)


def _own(studio: Studio, charted: Charted, summary: BoundPart) -> _Own:
    from fsva.drawing.atlas import chart_pages, summary_page

    pages, places = chart_pages.sheets(studio, charted.chart, charted.maps)
    (drawn,) = summary.sheets
    placed = summary_page.placed(studio, charted.overview, drawn)
    measures = {measure.id: measure for measure in studio.method.measures()}
    whole = placed or summary_page.anew(studio, charted.overview, charted.maps, measures)
    words = studio.texts("grafik.judul_ringkasan")
    labelled = replace(whole, bookmark=words, label=studio.texts("atlas.label_ringkasan"))
    return _Own(pages, places, labelled, placed is None)


def _headings(
    studio: Studio, charted: Charted, maps: Sequence[Sheet], own: _Own, listed: Sequence[Sheet]
) -> Iterator[PartHeading]:
    """Yield the parts of the atlas with their pages, as if nothing stood before the maps."""
    texts = studio.texts
    for n, sheet in enumerate(maps, start=1):
        yield PartHeading(sheet.bookmark, n)
    first = len(maps) + 1
    charts = zip(charted.maps, own.places, strict=True)
    yield PartHeading(
        texts("atlas.grafik"),
        first,
        tuple(PartHeading(shown.name, first + place) for shown, place in charts),
    )
    yield PartHeading(own.summary.bookmark, first + len(own.charts))
    if listed:
        first += len(own.charts) + 1
        pages: dict[str, int] = {}
        for n, sheet in enumerate(listed, start=first):
            pages.setdefault(sheet.bookmark or sheet.title, n)
        under = tuple(PartHeading(*named) for named in pages.items())
        yield PartHeading(texts("atlas.kecamatan"), first, under)
