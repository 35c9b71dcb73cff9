"""``banding.html``: one offline page for the review of a comparison.

Owns the frame of the page: static parts, data, script. Escapes all names and loads nothing from
outside.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

from fsva.comparison.maps.change_palette import ChangePalette
from fsva.comparison.values import drafts
from fsva.comparison.values.result import Comparison
from fsva.comparison.view import change_counts, page_data, page_parts, still_changes
from fsva.comparison.view.page_data import PageVillages
from fsva.core.texts import Texts
from fsva.files.pages import page_frame
from fsva.files.pages.page_frame import HtmlPage

FILE_NAME = "banding.html"
_STYLES, _PROGRAMS = ("dasar.css", "banding.css"), ("peta.js", "banding.js")


def write(
    comparison: Comparison,
    b: PageVillages | None,
    a: PageVillages | None,
    palette: ChangePalette,
    texts: Texts,
) -> bytes:
    """Return the page.

    Parameters
    ----------
    b, a : PageVillages or None
        Borders of the later and the earlier side, if known.
    """
    data = page_data.of_comparison(comparison, b, a, palette, texts)
    title = texts("banding.judul", a=comparison.sides[0].name, b=comparison.sides[-1].name)
    title = drafts.of(comparison, texts).titled(title)
    body = _body(comparison, data, title, palette, texts)
    return page_frame.write(HtmlPage(title, texts.language, body, data, _STYLES, _PROGRAMS))


def _body(
    comparison: Comparison, data: dict[str, Any], title: str, palette: ChangePalette, texts: Texts
) -> Iterator[str]:
    yield "<header>"
    yield f"<h1>{escape(title)}</h1>"
    yield from page_parts.sides(comparison, texts)
    yield from page_parts.draft(comparison, texts)
    yield from page_parts.forced(comparison, texts)
    yield from page_parts.notices(comparison, texts)
    yield "</header>"
    yield "<main>"
    yield from _numbers(comparison, data["start"], texts)
    yield f"<noscript><p>{escape(texts('perubahan.halaman.noscript'))}</p>"
    yield from still_changes.parts(comparison, data, palette, texts)
    yield "</noscript>"
    yield from _controls(texts)
    yield '<div class="two" data-script hidden>'
    yield from _map(data, comparison, palette, texts)
    yield from _matrix(comparison, texts)
    yield "</div>"
    yield from _table(texts)
    yield from page_parts.sections(comparison, palette, texts)
    yield "</main>"


def _numbers(comparison: Comparison, start: int, texts: Texts) -> Iterator[str]:
    """Yield the counts of the chosen map in large type, then those of all maps."""
    summary = comparison.summary
    if summary.same:
        yield f"<p><strong>{escape(texts('banding.sama'))}</strong></p>"
    chosen = summary.measures[start]
    title = change_counts.title(chosen.measure, comparison, texts)
    yield f'<h2 id="numbers-of">{escape(title)}</h2>'
    yield '<ul class="numbers">'
    tally = zip(
        change_counts.KEYS,
        change_counts.words(comparison, texts),
        change_counts.of_measure(chosen),
        strict=True,
    )
    for key, words, number in tally:
        shown = texts.decimal(number, 0)
        yield f'<li class="{key}"><b data-count="{key}">{shown}</b>{escape(words)}</li>'
    without = sum(summary.n_kinds.get(kind, 0) for kind in ("baru", "hilang"))
    others = (("peringkat", summary.n_ranks), ("tanpa_pasangan", without))
    for key, number in others:
        words = texts(f"perubahan.angka.{key}")
        yield f"<li><b>{texts.decimal(number, 0)}</b>{escape(words)}</li>"
    yield "</ul>"
    yield f'<p id="all-maps">{escape(change_counts.overall(comparison, texts))}</p>'
    yield '<p id="chosen" class="printed"></p>'


def _field(name: str, words: str, kind: str = "select") -> str:
    if kind == "search":
        inner = f'<input type="search" id="{name}" autocomplete="off">'
    else:
        inner = f'<select id="{name}"></select>'
    return f"<label>{escape(words)}{inner}</label>"


def _controls(texts: Texts) -> Iterator[str]:
    label = escape(texts("perubahan.halaman.filters"), quote=True)
    yield f'<section class="card bar" data-script hidden aria-label="{label}">'
    fields = (
        ("measure", "measure"),
        ("f-kec", "kecamatan"),
        ("f-tier", "tier"),
        ("f-way", "way"),
        ("f-why", "why"),
    )
    for name, key in fields:
        yield _field(name, texts(f"perubahan.saring.{key}"))
    yield _field("f-text", texts("perubahan.saring.search"), "search")
    clear = escape(texts("perubahan.saring.clear"))
    yield f'<button type="button" id="clear" hidden>{clear}</button>'
    yield '<span id="picked" role="status" aria-live="polite"></span>'
    yield "</section>"


def _map(
    data: dict[str, Any], comparison: Comparison, palette: ChangePalette, texts: Texts
) -> Iterator[str]:
    words = texts.raw
    yield '<section class="card" aria-labelledby="h-map">'
    yield f'<h2 id="h-map">{escape(words("perubahan.halaman.maps"))}</h2>'
    if data["map"] is None:
        many = len(comparison.villages) > palette.page.villages
        key = "many" if many else "no_borders"
        most = texts.decimal(palette.page.villages, 0)
        yield f"<p>{escape(texts(f'perubahan.halaman.{key}', banyak=most))}</p></section>"
        return
    a, b = (escape(name) for name in data["sides"])
    alt = escape(texts("perubahan.halaman.map_alt", a=data["sides"][0], b=data["sides"][1]))
    yield f"<fieldset><legend>{escape(words('perubahan.halaman.view'))}</legend>"
    for n, mode in enumerate(("swipe", "blink", "change")):
        pressed = "false" if n else "true"
        yield (
            f'<button type="button" data-mode="{mode}" aria-pressed="{pressed}">'
            f"{escape(words(f'perubahan.halaman.mode_{mode}'))}</button>"
        )
    yield "</fieldset>"
    yield f'<div id="stage"><svg id="map" class="map" role="img" aria-label="{alt}"></svg>'
    yield f'<span class="tag" id="tag-a"><bdi>{a}</bdi></span>'
    yield f'<span class="tag" id="tag-b"><bdi>{b}</bdi></span>'
    yield from _zoom(texts)
    yield "</div>"
    yield f'<div id="swipe-box"><label class="muted">{escape(words("perubahan.halaman.slide"))}'
    yield '<input type="range" id="swipe" min="0" max="100" value="50" step="1"></label></div>'
    yield '<div id="blink-box" hidden>'
    yield (
        f'<button type="button" id="blink" aria-pressed="false">'
        f"{escape(words('perubahan.halaman.start'))}</button> "
        f'<button type="button" id="turn">{escape(words("perubahan.halaman.turn"))}</button>'
        "</div>"
    )
    yield '<ul class="key" id="key"></ul><div id="prints" class="printed"></div></section>'


def _zoom(texts: Texts) -> Iterator[str]:
    yield '<div class="zoom">'
    for name, sign, key in page_frame.ZOOM:
        said = escape(texts(f"halaman.kata.{key}"), quote=True)
        yield (
            f'<button type="button" id="{name}" aria-label="{said}" title="{said}">{sign}</button>'
        )
    yield "</div>"


def _matrix(comparison: Comparison, texts: Texts) -> Iterator[str]:
    words = texts.raw
    chosen = escape(texts("halaman.kata.rincian"))
    yield '<div><section class="card" aria-labelledby="h-village" hidden>'
    yield f'<h2 id="h-village">{chosen}</h2><div id="village" class="scroll"></div></section>'
    yield '<section class="card" aria-labelledby="h-matrix">'
    yield f'<h2 id="h-matrix">{escape(words("perubahan.halaman.matrix"))}</h2>'
    yield '<p id="moved"></p><div class="scroll"><table id="matrix"></table></div>'
    yield (
        f'<p class="muted noprint">{escape(words("perubahan.halaman.matrix_how"))}</p></section>'
    )
    yield '<section class="card" aria-labelledby="h-why">'
    yield f'<h2 id="h-why">{escape(words("perubahan.halaman.reasons"))}</h2>'
    yield '<div class="meter" id="reasons"></div>'
    yield f'<p id="no-reasons" class="muted">{escape(words("perubahan.halaman.no_reasons"))}</p>'
    yield f'<p class="muted">{escape(words("perubahan.halaman.reasons_how"))}</p>'
    yield from _unknown(comparison, texts)
    yield "</section></div>"


def _unknown(comparison: Comparison, texts: Texts) -> Iterator[str]:
    parts: Sequence[str] = comparison.summary.unknown
    if parts:
        named = ", ".join(texts(f"banding.bagian.{part}") for part in parts)
        yield f"<p>{escape(texts('banding.tak_tahu', bagian=named))}</p>"


def _table(texts: Texts) -> Iterator[str]:
    words = texts.raw
    yield '<section class="card" data-script hidden aria-labelledby="h-table">'
    yield f'<h2 id="h-table">{escape(words("perubahan.halaman.table"))}</h2>'
    yield '<p id="count" class="muted" role="status"></p>'
    yield '<div class="scroll tall" tabindex="0"><table><thead><tr id="head"></tr></thead>'
    yield '<tbody id="rows"></tbody></table></div>'
    more = escape(words("perubahan.halaman.more"))
    yield f'<p><button type="button" id="more" hidden>{more}</button></p></section>'
