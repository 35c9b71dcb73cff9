"""``beranda.html``: which editions of which districts a folder of outputs holds, with a map.

Owns its markup. It needs no program. Escapes all names and leads to relative places only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from math import pi
from urllib.parse import quote

import shapely

from fsva.config.styles.gazetteer import DistrictPoint
from fsva.core import messages
from fsva.core.errors import FsvaError
from fsva.core.texts import LANGUAGES, Texts
from fsva.files.pages import page_frame, village_paths
from fsva.files.pages.page_frame import HtmlPage

FILE_NAME = "beranda.html"
_PER_DEGREE = 30
_SCALE = (_PER_DEGREE, -_PER_DEGREE)
_MARGIN, _ROOM = 1.5, 0.13  # degrees around the districts at least; share of their extent
_RINGS, _LARGE_RINGS = 80, 24  # radii along the map; the large discs can be pressed on a phone
_SIZE, _LETTER = 1.1, 0.7  # type size in radii; width of a letter in type sizes
_LEAST = 8.0  # degrees that the map is wide and high at least
_STYLES = ("dasar.css", "beranda.css")


@dataclass(frozen=True)
class ListedEdition:
    """An edition in a folder of outputs.

    Parameters
    ----------
    code, district, year, language : str
        As its manifest says.
    place : str
        Of its folder, below that of the page.
    target : str
        The file that a reader opens there; empty if there is none.
    counts, colours : tuple
        Villages and colour of each class, from class 1 on.
    names : tuple of (str, str)
        Names of the classes in Indonesian and English.
    vulnerable : int
        The last class that counts as vulnerable.
    without : int
        Villages without a class.
    is_draft : bool
        Whether it says of itself that something is open.
    """

    code: str
    district: str
    year: str
    language: str
    place: str
    target: str
    counts: tuple[int, ...]
    colours: tuple[str, ...]
    names: tuple[tuple[str, str], ...]
    vulnerable: int
    without: int
    is_draft: bool

    @property
    def weak(self) -> int:
        """Villages in vulnerable classes."""
        return sum(self.counts[: self.vulnerable])

    @property
    def classified(self) -> int:
        """Villages that have a class."""
        return sum(self.counts)

    @property
    def link(self) -> str:
        """The address of its file, for the page."""
        return quote(f"{self.place}/{self.target}")


@dataclass(frozen=True)
class Unread:
    """A folder that could not be read, and why."""

    place: str
    problem: FsvaError


def write(
    editions: Sequence[ListedEdition],
    unread: Sequence[Unread],
    points: Mapping[str, DistrictPoint],
    land: Sequence[shapely.Geometry],
    texts: Texts,
) -> bytes:
    """Return the page.

    Parameters
    ----------
    editions : sequence of ListedEdition
        In the order of the page: by district, then by year.
    points : mapping of str to DistrictPoint
        Where each district lies; one that is absent is in the table only.
    land : sequence of Geometry
        Polygons in degrees.
    """
    title = texts("beranda.judul")
    body = [
        f"<header><h1>{escape(title)}</h1>",
        f'<p class="muted">{escape(_summary(editions, texts))}</p></header><main>',
        *_map(editions, points, land, texts),
        *_table(editions, texts),
        *_unread(unread, texts),
        "</main>",
    ]
    return page_frame.write(HtmlPage(title, texts.language, body, styles=_STYLES))


def _summary(editions: Sequence[ListedEdition], texts: Texts) -> str:
    return texts(
        "beranda.ringkas",
        edisi=texts.decimal(len(editions), 0),
        daerah=texts.decimal(len({e.code for e in editions}), 0),
    )


def _latest(editions: Sequence[ListedEdition]) -> list[ListedEdition]:
    """Return the last edition of each district."""
    return [list(of_one)[-1] for _, of_one in groupby(editions, key=lambda e: e.code)]


def _map(
    editions: Sequence[ListedEdition],
    points: Mapping[str, DistrictPoint],
    land: Sequence[shapely.Geometry],
    texts: Texts,
) -> Iterator[str]:
    shown = [(e, points[e.code]) for e in _latest(editions) if e.code in points]
    if not shown:
        return
    west, south, east, north = _window([point for _, point in shown])

    def units(longitude: float, latitude: float) -> tuple[int, int]:
        """Return a place in degrees as units of the drawing."""
        return round((longitude - west) * _PER_DEGREE), round((north - latitude) * _PER_DEGREE)

    extent = units(east, south)
    spots = [units(point.longitude, point.latitude) for _, point in shown]
    ring, apart = _ring(spots, max(extent))
    size = " ".join(map(str, (0, 0, *extent)))
    yield '<section class="card" aria-labelledby="h-map">'
    yield f'<h2 id="h-map">{escape(texts("beranda.peta"))}</h2>'
    yield '<div class="scroll">'
    shape = "map apart" if apart else "map"
    yield f'<svg class="{shape}" viewBox="{size}" role="group" aria-labelledby="h-map">'
    for piece in land:
        cut = shapely.clip_by_rect(piece, *_beyond((west, south, east, north)))
        if not shapely.is_empty(cut):
            drawn = shapely.transform(cut, lambda xy: (xy - (west, north)) * _SCALE)
            (outline,) = village_paths.paths([_areas(drawn)])
            yield f'<path class="land" d="{outline}"/>'
    called = _places_of_names(spots, [point.short for _, point in shown], ring, extent[0])
    for (edition, point), spot, middle in zip(shown, spots, called, strict=True):
        name = "" if middle is None else _name(point.short, (middle, spot[1]), ring)
        yield _dot(edition, spot, ring, name, texts)
    yield f'</svg></div><p class="muted">{escape(texts("beranda.peta_cara"))}</p></section>'


def _ring(spots: Sequence[tuple[int, int]], extent: int) -> tuple[float, bool]:
    """Return the radius of the discs, and whether large ones keep apart from one another."""
    large = extent / _LARGE_RINGS
    places = shapely.points(spots)
    near = shapely.STRtree(places).query(places, "dwithin", 2 * large)
    apart = near.shape[1] == len(spots)  # each finds itself only
    return large if apart else extent / _RINGS, apart


def _places_of_names(
    spots: Sequence[tuple[int, int]], names: Sequence[str], ring: float, width: int
) -> list[float | None]:
    """Return the middle of each name below its disc, or None where another disc or name is."""
    taken = [shapely.box(x - ring, y - ring, x + ring, y + ring) for x, y in spots]
    middles: list[float | None] = []
    for (x, y), name in zip(spots, names, strict=True):
        half = len(name) * _LETTER * _SIZE * ring / 2
        middle = min(max(x, half), width - half)
        box = shapely.box(middle - half, y + 1.1 * ring, middle + half, y + 2.4 * ring)
        if shapely.intersects(box, taken).any():
            middles.append(None)
        else:
            middles.append(middle)
            taken.append(box)
    return middles


def _areas(shape: shapely.Geometry) -> shapely.Geometry:
    """Return the polygons of a clipped shape, which may hold lines."""
    parts = shapely.get_parts(shapely.get_parts(shape))
    whole: shapely.Geometry = shapely.multipolygons(parts[shapely.get_dimensions(parts) == 2])
    return whole


def _window(points: Sequence[DistrictPoint]) -> tuple[float, float, float, float]:
    """Return the degrees that the map shows: west, south, east, north."""
    x, y = [p.longitude for p in points], [p.latitude for p in points]
    ends = [(min(v), max(v)) for v in (x, y)]
    room = max(_MARGIN, *(_ROOM * (high - low) for low, high in ends))
    (west, east), (south, north) = (_widened(low, high, room) for low, high in ends)
    return west, south, east, north


def _widened(low: float, high: float, room: float) -> tuple[float, float]:
    more = max(room, (_LEAST - (high - low)) / 2)
    return low - more, high + more


def _beyond(window: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """Return a window and as much on all sides: a screen of another shape shows more than it."""
    west, south, east, north = window
    more = max(east - west, north - south)
    return west - more, south - more, east + more, north + more


def _dot(
    edition: ListedEdition, place: tuple[int, int], ring: float, name: str, texts: Texts
) -> str:
    """Return a disc whose dark part is the share of villages in vulnerable classes, named."""
    x, y = place
    said = escape(f"{edition.district} {edition.year}: {_share(edition, texts)}", quote=True)
    share = edition.weak / edition.classified if edition.classified else 0.0
    around = pi * ring
    disc = (
        f'<title>{said}</title><circle class="disc" cx="{x}" cy="{y}" r="{ring:.2f}"/>'
        f'<circle class="weak" cx="{x}" cy="{y}" r="{ring / 2:.2f}" stroke-width="{ring:.2f}" '
        f'stroke-dasharray="{share * around:.2f} {around:.2f}" transform="rotate(-90 {x} {y})"/>'
    )
    disc += name
    if not edition.target:
        return f'<g role="img" aria-label="{said}">{disc}</g>'
    return f'<a href="{edition.link}" aria-label="{said}">{disc}</a>'


def _name(name: str, place: tuple[float, int], ring: float) -> str:
    """Return a name below the disc at a place, its middle there."""
    x, size, base = place[0], _SIZE * ring, place[1] + 1.9 * ring
    return (
        f'<text x="{x:.6g}" y="{base:.2f}" font-size="{size:.2f}" stroke-width="{size / 4:.2f}">'
        f"{escape(name)}</text>"
    )


def _share(edition: ListedEdition, texts: Texts) -> str:
    if not edition.classified:
        return texts("beranda.tanpa_kelas")
    percent = texts.decimal(100 * edition.weak / edition.classified, 1)
    return texts(
        "beranda.bagian",
        jumlah=texts.decimal(edition.weak, 0),
        semua=texts.decimal(edition.classified, 0),
        persen=percent,
        akhir=edition.vulnerable,
    )


def _table(editions: Sequence[ListedEdition], texts: Texts) -> Iterator[str]:
    heads = [texts(f"beranda.kolom.{key}") for key in ("daerah", "tahun", "kelas", "bagian")]
    yield '<section class="card" aria-labelledby="h-table">'
    yield f'<h2 id="h-table">{escape(texts("beranda.tabel"))}</h2>'
    yield '<div class="scroll"><table class="stack">'
    cells = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    yield f"<thead><tr>{cells}</tr></thead><tbody>"
    for edition in editions:
        yield _row(edition, texts)
    yield "</tbody></table></div></section>"


def _row(edition: ListedEdition, texts: Texts) -> str:
    name = f"<bdi>{escape(edition.district)}</bdi>"
    if edition.target:
        name = f'<a href="{edition.link}">{name}</a>'
    mark = f" <b>{escape(texts('draf.cap'))}</b>" if edition.is_draft else ""
    language = f" <small>{escape(edition.language)}</small>" if edition.language != "id" else ""
    return (
        f'<tr><th scope="row">{name}</th><td>{escape(edition.year)}{mark}{language}</td>'
        f"<td>{_bar(edition, texts)}</td><td>{escape(_share(edition, texts))}</td></tr>"
    )


def _bar(edition: ListedEdition, texts: Texts) -> str:
    """Return the classes as a bar, with their counts for those who cannot see it."""
    at = LANGUAGES.index(texts.language)
    said = [
        texts("alt.kelas", nama=f"{n} {names[at]}", jumlah=texts.decimal(count, 0))
        for n, (names, count) in enumerate(zip(edition.names, edition.counts, strict=True), 1)
    ]
    parts = "".join(
        f'<i style="background:{colour};flex-grow:{count}"></i>'
        for colour, count in zip(edition.colours, edition.counts, strict=True)
        if count
    )
    label = escape("; ".join(said), quote=True)
    return f'<span class="classes" role="img" aria-label="{label}" title="{label}">{parts}</span>'


def _unread(unread: Sequence[Unread], texts: Texts) -> Iterator[str]:
    if not unread:
        return
    yield '<section class="card" aria-labelledby="h-unread">'
    yield f'<h2 id="h-unread">{escape(texts("beranda.tak_terbaca"))}</h2><ul>'
    for one in unread:
        said, *_ = messages.render(one.problem, texts).splitlines()
        yield f"<li>{escape(one.place)}: {escape(said)}</li>"
    yield "</ul></section>"
