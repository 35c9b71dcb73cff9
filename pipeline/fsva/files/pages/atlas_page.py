"""``atlas.html``: maps, legend, villages and table of an edition in one offline page.

Owns its markup. Without a program it shows the composite's map and the whole table; what the
program adds stands in ``atlas.js``. Escapes all names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import numpy as np
import shapely

from fsva.config.methods.method import Measure
from fsva.core.columns import PARENT
from fsva.core.texts import Language, Texts
from fsva.files.pages import atlas_data, page_frame, village_paths
from fsva.files.pages.atlas_data import PageInputs
from fsva.files.pages.page_frame import HtmlPage
from fsva.files.pages.village_paths import Drawing, Window
from fsva.words import alt_text, draft, specification

FILE_NAME = "atlas.html"
# Units along the longer side of the map: finer than a screen, so that zooming shows more.
DETAIL = 4000
# Of a map 700 pixels high: below the first radius a village gets a disc of the second; atlas.js
# does the same at every zoom.
_SCREEN, _SMALL, _DISC = 700, 3.5, 6
_STYLES, _PROGRAMS = ("dasar.css", "atlas.css"), ("peta.js", "atlas.js")


def write(page: PageInputs, words: Mapping[Language, Texts], now: Language) -> bytes:
    """Return ``atlas.html``, which needs no other file.

    Parameters
    ----------
    words : mapping of Language to Texts
        Both languages.
    now : Language
        The language in which the page opens.
    """
    texts = words[now]
    data = atlas_data.of_edition(page, words, now)
    mark = draft.of(page.settings, texts)
    title = mark.titled(atlas_data.title(page.settings, texts))
    ordered = page.ordered
    shown = village_paths.window([ordered], DETAIL)
    drawn = village_paths.draw(ordered, shown)
    data["spots"] = [list(spot) for spot in drawn.spots]
    parts = _Parts(page, data, texts, shown, drawn)
    body = [*_header(title, mark.sentence, texts), *parts.main()]
    return page_frame.write(HtmlPage(title, now, body, data, _STYLES, _PROGRAMS))


def _header(title: str, mark: str, texts: Texts) -> Iterator[str]:
    skip = escape(texts("halaman.lewati"))
    yield f'<a class="skip" href="#h-table">{skip}</a>'
    yield "<header>"
    yield f'<h1 id="title">{escape(title)}</h1>'
    if mark:
        yield f'<div class="forced" role="note"><p id="draft">{escape(mark)}</p></div>'
    yield f"<noscript><p>{escape(texts('halaman.tanpa_skrip'))}</p></noscript>"
    yield "</header>"


@dataclass(frozen=True, eq=False)
class _Parts:
    """The parts of the page below its heading, in the language in which it opens."""

    page: PageInputs
    data: dict[str, Any]
    texts: Texts
    shown: Window
    drawn: Drawing

    def main(self) -> Iterator[str]:
        """Yield all that stands below the heading."""
        yield "<main>"
        yield from self._controls()
        yield '<div class="two">'
        yield from self._map()
        yield '<div class="side">'
        yield from self._legend()
        yield from self._village()
        yield "</div></div>"
        yield from self._table()
        yield from self._sources()
        yield "</main>"

    def _say(self, key: str, **facts: object) -> str:
        return escape(self.texts(f"halaman.kata.{key}", **facts))

    def _controls(self) -> Iterator[str]:
        yield f'<section class="card bar script" aria-label="{self._say("pilih")}">'
        yield self._field("peta", '<select id="measure"></select>')
        yield self._field("cari", '<input type="search" id="search" autocomplete="off">')
        yield self._field(PARENT, '<select id="parent"></select>')
        clear, switch = self._say("hapus"), self._say("bahasa")
        other = "en" if self.texts.language == "id" else "id"
        yield f'<button type="button" id="clear" data-w="hapus" hidden>{clear}</button>'
        yield (
            f'<button type="button" id="language" lang="{other}" data-w="bahasa">{switch}</button>'
        )
        yield '<span id="status" role="status" aria-live="polite"></span></section>'

    def _field(self, key: str, inner: str) -> str:
        return f'<label><span data-w="{key}">{self._say(key)}</span>{inner}</label>'

    def _map(self) -> Iterator[str]:
        composite = self._maps[-1]
        alt = alt_text.of_map(composite, self._parents, self.page.method, self.texts)
        yield '<section class="card" aria-labelledby="h-map">'
        yield f'<h2 id="h-map">{escape(self._words["measures"][-1]["name"])}</h2>'
        yield '<div id="stage">'
        size = f"0 0 {self.shown.width} {self.shown.height}"
        yield (
            f'<svg id="map" class="map" viewBox="{size}" role="group" aria-labelledby="h-map" '
            'aria-describedby="alt">'
        )
        yield from self._villages(composite)
        yield from self._names()
        yield "</svg>"
        yield '<div class="zoom script">'
        for name, sign, key in page_frame.ZOOM:
            said = self._say(key)
            yield (
                f'<button type="button" id="{name}" data-a="{key}" aria-label="{said}" '
                f'title="{said}">{sign}</button>'
            )
        yield "</div></div>"
        yield f'<p id="alt" class="muted">{escape(alt)}</p>'
        yield f'<p class="muted script noprint" data-w="cara">{self._say("cara")}</p></section>'

    def _villages(self, composite: specification.MapSpecification) -> Iterator[str]:
        said = alt_text.of_villages(composite, self._places, self.texts)
        rows = {row.priority: row.colour for row in composite.legend}
        yield f'<g id="villages" role="listbox" aria-label="{self._say("desa_pada_peta")}">'
        for n, (code, path) in enumerate(zip(self.page.table.codes, self.drawn.paths, strict=True)):
            colour = rows[composite.priorities[code]]
            words = escape(said[code], quote=True)
            yield (
                f'<path class="v" role="option" aria-selected="false" tabindex="-1" data-i="{n}" '
                f'fill="{colour}" d="{path}" aria-label="{words}"><title>{words}</title></path>'
            )
        yield "</g>"
        for kind, lines in zip(("k", "o"), self.drawn.lines, strict=True):
            yield f'<path class="{kind}" d="{lines}"/>'
        yield from self._discs([rows[composite.priorities[code]] for code in self.page.table.codes])

    def _discs(self, colours: Sequence[str]) -> Iterator[str]:
        """Yield a disc of its class for every village that is too small to show its colour."""
        unit = max(self.shown.width, self.shown.height) / _SCREEN
        yield '<g id="discs" aria-hidden="true">'
        for n, ((x, y, r), colour) in enumerate(zip(self.drawn.spots, colours, strict=True)):
            radius = round(_DISC * unit) if r < _SMALL * unit else 0
            yield f'<circle data-i="{n}" cx="{x}" cy="{y}" r="{radius}" fill="{colour}"/>'
        yield "</g>"

    def _names(self) -> Iterator[str]:
        """Yield the names of kecamatan; the program adds those of villages."""
        yield '<g id="parents" class="names" aria-hidden="true">'
        for name, (x, y) in self._parent_spots():
            yield f'<text x="{x}" y="{y}">{escape(name)}</text>'
        yield '</g><g id="names" class="names" aria-hidden="true"></g>'

    def _parent_spots(self) -> Iterator[tuple[str, tuple[int, int]]]:
        for name, shapes in self.page.parents:
            whole = shapely.union_all(shapes)
            parts = shapely.get_parts(whole)
            part = parts[int(np.argmax(shapely.area(parts)))]
            circle = shapely.maximum_inscribed_circle(part, np.sqrt(shapely.area(part)) / 50)
            x, y = shapely.get_coordinates(circle)[0].tolist()
            yield name, self.shown.point(x, y)

    def _legend(self) -> Iterator[str]:
        yield '<section class="card" aria-labelledby="h-legend">'
        yield f'<h2 id="h-legend" data-w="legenda">{self._say("legenda")}</h2>'
        yield '<p id="unit" class="muted"></p><ul id="legend" class="legend">'
        for row in self._maps[-1].legend:
            words = f"{' '.join(row.words.split())} {row.interval}".strip()
            count = self._say("jumlah", n=self.texts.decimal(row.count, 0))
            yield (
                f'<li><i class="chip" style="background:{row.colour}"></i>'
                f"{escape(words)} <span>{count}</span></li>"
            )
        yield "</ul>"
        how = self._say("legenda_cara")
        yield f'<p class="muted script noprint" data-w="legenda_cara">{how}</p>'
        yield "</section>"

    def _village(self) -> Iterator[str]:
        yield '<section class="card script" aria-labelledby="h-village">'
        yield f'<h2 id="h-village" data-w="rincian">{self._say("rincian")}</h2>'
        yield f'<div id="village"><p class="muted">{self._say("belum_dipilih")}</p></div></section>'

    def _table(self) -> Iterator[str]:
        yield '<section class="card" aria-labelledby="h-table">'
        yield f'<h2 id="h-table" data-w="tabel" tabindex="-1">{self._say("tabel")}</h2>'
        yield f'<p class="muted noprint script" data-w="tabel_cara">{self._say("tabel_cara")}</p>'
        yield (
            '<p class="script noprint"><button type="button" id="download" data-w="unduh">'
            f"{self._say('unduh')}</button></p>"
        )
        label = self._say("tabel")
        yield (
            f'<div class="scroll tall" tabindex="0" role="group" aria-label="{label}">'
            '<table id="table"><thead><tr>'
        )
        measures = self._words["measures"]
        heads = [self._say("nama"), self._say(PARENT)]
        heads += [escape(measure["short"]) for measure in measures]
        heads.append(self._say("peringkat"))
        for n, head in enumerate(heads):
            number = ' class="n"' if n > 1 else ""
            yield f'<th scope="col"{number}>{head}</th>'
        yield "</tr></thead><tbody>"
        for n in range(len(self.page.table)):
            yield self._row(n)
        yield "</tbody></table></div></section>"

    def _row(self, n: int) -> str:
        table = self.page.table
        measures = list(self.page.method.measures())
        cells = "".join(self._cell(m, at, n) for at, m in enumerate(measures))
        rank = int(table.ranks[n]) or "–"
        return (
            f'<tr data-i="{n}"><th scope="row"><bdi>{escape(table.names[n])}</bdi></th>'
            f"<td><bdi>{escape(table.subdistricts[n])}</bdi></td>{cells}"
            f'<td class="n">{rank}</td></tr>'
        )

    def _cell(self, measure: Measure, at: int, n: int) -> str:
        value = self.data["values"][at][n]
        shown = "–" if value is None else self.texts.decimal(value, measure.digits)
        row = self.data["classes"][at][n]
        priority, colour, _ = self.data["legend"][at][row]
        star = "" if self.data["basis"][at][n] in (0, 4) else "*"
        number = priority or "–"
        return (
            f'<td class="n">{shown}{star} <i class="chip" style="background:{colour}"></i>'
            f"{number}</td>"
        )

    def _sources(self) -> Iterator[str]:
        settings = self.page.settings
        yield '<section class="card" aria-labelledby="h-sources">'
        yield f'<h2 id="h-sources" data-w="sumber">{self._say("sumber")}</h2><ul id="sources">'
        last: Sequence[str] = (*self._maps[-1].sources, *self._maps[-1].notes)
        yield from (f"<li>{escape(words)}</li>" for words in last)
        yield "</ul>"
        if settings.boundary.schematic:
            yield f'<p id="schematic">{escape(self._words["skematis"])}</p>'
        yield f'<p id="sharing">{escape(self._words["boleh"])}</p>'
        issued = self._words["tanggal"]
        yield f'<p id="issued">{escape(issued)}</p></section>'

    @property
    def _words(self) -> dict[str, Any]:
        words: dict[str, Any] = self.data["texts"][self.texts.language]
        return words

    @property
    def _maps(self) -> Sequence[specification.MapSpecification]:
        return self.page.maps[self.texts.language]

    @property
    def _places(self) -> dict[str, tuple[str, str]]:
        table = self.page.table
        return dict(
            zip(table.codes, zip(table.names, table.subdistricts, strict=True), strict=True)
        )

    @property
    def _parents(self) -> dict[str, str]:
        return dict(zip(self.page.table.codes, self.page.table.subdistricts, strict=True))
