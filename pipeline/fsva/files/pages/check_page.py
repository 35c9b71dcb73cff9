"""``periksa.html``: what the checks found, with a map of the villages concerned.

Owns its markup. Findings come first; without a program all of them stand there. Escapes all data.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from fsva.checks import finding_words
from fsva.checks.finding_words import Title
from fsva.checks.findings import LEVELS, Finding, Level, Outcome, Report
from fsva.config.styles import draft_style
from fsva.core.columns import BPS, PARENT, UNIT
from fsva.core.texts import Texts
from fsva.files.pages import page_frame
from fsva.files.pages.page_frame import HtmlPage

if TYPE_CHECKING:
    from fsva.sources.plain.shape_table import ShapeTable

FILE_NAME = "periksa.html"
# Units along the longer side of the map.
DETAIL = 2000
# A village whose largest circle is smaller than the first has a disc of the second.
_SMALL, _DISC = 16, 14
_STYLES, _PROGRAMS = ("dasar.css", "periksa.css"), ("peta.js", "periksa.js")
Colours = Mapping[Level, str]


@dataclass(frozen=True)
class _Village:
    """A village of the layer: its place in the drawing, its names."""

    at: int
    name: str
    parent: str


def write(
    title: Title,
    report: Report,
    villages: ShapeTable | None,
    colours: Colours,
    texts: Texts,
) -> bytes:
    """Return the page.

    Parameters
    ----------
    villages : ShapeTable or None
        Indexed by Kemendagri code, with ``kode_bps``, ``desa``, ``kecamatan`` and geometry in
        metres; None where table and layer could not be joined: the page has no map then.
    colours : mapping of Level to str
        ``#RRGGBB`` of the findings.
    """
    found = _Findings(report, _by_code(villages), texts)
    head = finding_words.heading(title, report, texts)[0]
    style = "".join(f".{level} {{ --tanda: {colours[level]}; }}\n" for level in LEVELS)
    strip = draft_style.load().strip
    style += f":root {{ --latar: {strip.ground}; --huruf: {strip.ink}; }}\n"
    body = [*_header(title, report, texts), *_main(found, villages, texts)]
    data = {"most": len(found.listed), "count": texts.raw("periksa.halaman.terpilih")}
    return page_frame.write(
        HtmlPage(head, texts.language, body, data, _STYLES, _PROGRAMS, colours=style)
    )


@dataclass(frozen=True, eq=False)
class _Findings:
    """The findings in the order of the page, each with its village in the layer."""

    report: Report
    villages: Mapping[str, _Village]
    texts: Texts

    @property
    def listed(self) -> list[tuple[Level, Outcome, Finding]]:
        """All findings, the most severe first, with their rules."""
        return [
            (level, outcome, finding)
            for level in LEVELS
            for outcome, finding in self.report.of_level(level)
        ]

    def village(self, finding: Finding) -> _Village | None:
        """Return the village of a finding, if it is about one that the layer has."""
        return self.villages.get(finding.code)

    def levels(self) -> dict[int, Level]:
        """Return the most severe level of each village that has a finding."""
        worst: dict[int, Level] = {}
        for level, _, finding in self.listed:
            if village := self.village(finding):
                worst.setdefault(village.at, level)
        return worst

    def parents(self) -> list[str]:
        """Return the kecamatan that have findings."""
        known = (self.village(finding) for _, _, finding in self.listed)
        return sorted({village.parent for village in known if village})


def _by_code(villages: ShapeTable | None) -> dict[str, _Village]:
    if villages is None:
        return {}
    rows = zip(villages.index, villages[BPS], villages[UNIT], villages[PARENT], strict=True)
    known: dict[str, _Village] = {}
    for at, (code, bps, name, parent) in enumerate(rows):
        village = _Village(at, str(name), str(parent))
        known |= {str(code): village, str(bps): village}
    return known


def _header(title: Title, report: Report, texts: Texts) -> Iterator[str]:
    head, *rest = finding_words.heading(title, report, texts)
    yield "<header>"
    if title.draft:
        yield f'<p class="draf" role="note">{escape(title.draft)}</p>'
    yield f"<h1>{escape(head)}</h1>"
    said = [line for line in rest if line != title.draft]
    yield from (f'<p class="muted">{escape(line)}</p>' for line in said[:-1])
    yield '<ul class="numbers">'
    for level in LEVELS:
        number = texts.decimal(report.count(level), 0)
        words = texts(f"periksa.halaman.arti_{level}")
        yield f'<li class="{level}"><b>{number}</b>{escape(words)}</li>'
    yield "</ul></header>"


def _main(found: _Findings, villages: ShapeTable | None, texts: Texts) -> Iterator[str]:
    yield "<main>"
    yield from _controls(found, texts)
    yield '<div class="two">' if villages is not None else '<div class="two single">'
    yield from _found_table(found, texts)
    if villages is not None:
        yield from _map(found, villages, texts)
    yield "</div>"
    yield from _rules(found.report, texts)
    yield "</main>"


def _controls(found: _Findings, texts: Texts) -> Iterator[str]:
    words = texts.table("periksa.halaman")
    yield f'<section class="card bar script" aria-label="{escape(words["filters"])}">'
    levels = [(level, texts(f"periksa.{level}")) for level in LEVELS if found.report.count(level)]
    rules = {outcome.rule: finding_words.rule_name(outcome.rule, texts)
             for _, outcome, _ in found.listed}  # fmt: skip
    yield _select("level", texts("periksa.kolom.tingkat"), words["semua_tingkat"], levels)
    if parents := found.parents():
        choices = [(parent, parent) for parent in parents]
        yield _select("parent", words[PARENT], words["semua_kecamatan"], choices)
    yield _select("rule", texts("periksa.kolom.aturan"), words["semua_aturan"], rules.items())
    search = escape(words["cari"])
    yield f'<label>{search}<input type="search" id="search" autocomplete="off"></label>'
    yield f'<button type="button" id="clear" hidden>{escape(words["hapus"])}</button>'
    yield '<span id="status" role="status" aria-live="polite"></span></section>'


def _select(name: str, words: str, whole: str, choices: Any) -> str:  # noqa: ANN401 - pairs
    options = "".join(
        f'<option value="{escape(value, quote=True)}">{escape(said)}</option>'
        for value, said in choices
    )
    return (
        f'<label>{escape(words)}<select id="{name}"><option value="">{escape(whole)}</option>'
        f"{options}</select></label>"
    )


def _found_table(found: _Findings, texts: Texts) -> Iterator[str]:
    yield '<section class="card" aria-labelledby="h-found">'
    yield f'<h2 id="h-found">{escape(texts("periksa.halaman.temuan"))}</h2>'
    if not found.listed:
        yield f"<p>{escape(texts('periksa.halaman.tanpa_temuan'))}</p></section>"
        return
    heads = [texts(f"periksa.kolom.{key}") for key in ("tingkat", UNIT, "temuan")]
    heads.append(texts("periksa.halaman.tempat"))
    cells = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    yield '<div class="scroll"><table id="found" class="stack"><thead><tr>'
    yield f"{cells}</tr></thead><tbody>"
    for level, outcome, finding in found.listed:
        yield _row(found, level, outcome, finding)
    yield "</tbody></table></div></section>"


def _row(found: _Findings, level: Level, outcome: Outcome, finding: Finding) -> str:
    texts, village = found.texts, found.village(finding)
    parent = village.parent if village else ""
    at = "" if village is None else f' data-i="{village.at}"'
    marks = f'data-level="{level}" data-rule="{outcome.rule}" data-parent="{escape(parent)}"{at}'
    return (
        f'<tr class="{level}" {marks}><td class="mark">{escape(texts(f"periksa.{level}"))}</td>'
        f"<td>{_place_name(finding, village)}</td><td>{_said(outcome, finding, texts)}</td>"
        f"<td>{_cell(finding, texts)}</td></tr>"
    )


def _place_name(finding: Finding, village: _Village | None) -> str:
    if not finding.village:
        return ""
    code = f"<small>{escape(finding.code)}</small>" if finding.code else ""
    parent = f"<small><bdi>{escape(village.parent)}</bdi></small>" if village else ""
    return f'<span class="name"><bdi>{escape(finding.village)}</bdi></span>{parent}{code}'


def _said(outcome: Outcome, finding: Finding, texts: Texts) -> str:
    said, expected = (finding_words.sentence(finding, part, texts) for part in ("pesan", "harap"))
    remedy = finding_words.remedy(finding, texts)
    lines = [f"<small>{escape(finding_words.rule_name(outcome.rule, texts))}</small>"]
    lines.append(f"<p>{escape(said)}</p>")
    for key, words in (("harap", expected), ("perbaikan", remedy)):
        if words:
            head = escape(texts(f"periksa.kolom.{key}"))
            lines.append(f'<p class="muted">{head}: {escape(words)}</p>')
    return "".join(lines)


def _cell(finding: Finding, texts: Texts) -> str:
    read = finding_words.fact(finding.found, texts)
    parts = [
        finding.file,
        finding.cell or "",
        "" if finding.row is None else f"{texts('periksa.baris')} {finding.row}",
        " + ".join(finding.columns),
        f'{texts("periksa.terbaca")} "{read}"' if read else "",
    ]
    return "<br>".join(escape(part) for part in parts if part)


def _map(found: _Findings, villages: ShapeTable, texts: Texts) -> Iterator[str]:
    """Yield the map: villages with findings in the colour of their worst level."""
    from fsva.files.pages import village_paths

    shown = village_paths.window([villages], DETAIL)
    drawn, worst = village_paths.draw(villages, shown), found.levels()
    counts: dict[int, int] = defaultdict(int)
    for _, _, finding in found.listed:
        if village := found.village(finding):
            counts[village.at] += 1
    yield '<section class="card" aria-labelledby="h-map">'
    yield f'<h2 id="h-map">{escape(texts("periksa.halaman.peta"))}</h2><div id="stage">'
    size = f"0 0 {shown.width} {shown.height}"
    yield f'<svg id="map" class="map" viewBox="{size}" role="group" aria-labelledby="h-map">'
    for at, (name, path) in enumerate(zip(villages[UNIT], drawn.paths, strict=True)):
        number = texts.decimal(counts[at], 0)
        said = escape(texts("periksa.halaman.desa", desa=name, jumlah=number))
        level = worst.get(at, "")
        yield f'<path class="v {level}" data-i="{at}" d="{path}"><title>{said}</title></path>'
    for kind, lines in zip(("k", "o"), drawn.lines, strict=True):
        yield f'<path class="{kind}" d="{lines}"/>'
    for at in sorted(worst):
        x, y, radius = drawn.spots[at]
        if radius < _SMALL:
            yield f'<circle class="{worst[at]}" data-i="{at}" cx="{x}" cy="{y}" r="{_DISC}"/>'
    yield '</svg><div class="zoom script">'
    for name, sign, key in page_frame.ZOOM:
        words = escape(texts(f"halaman.kata.{key}"), quote=True)
        yield (
            f'<button type="button" id="{name}" aria-label="{words}" title="{words}">{sign}'
            "</button>"
        )
    yield f'</div></div><p class="muted">{escape(texts("periksa.halaman.peta_cara"))}</p></section>'


def _rules(report: Report, texts: Texts) -> Iterator[str]:
    rows: Sequence[tuple[str, str]] = [
        (finding_words.rule_name(outcome.rule, texts), finding_words.result(outcome, texts))
        for outcome in report.outcomes
    ]
    heads = [texts("periksa.kolom.aturan"), texts("periksa.kolom.hasil")]
    yield f"<details><summary>{escape(texts('periksa.halaman.aturan'))}</summary>"
    yield '<div class="scroll"><table><thead><tr>'
    yield from (f'<th scope="col">{escape(head)}</th>' for head in heads)
    yield "</tr></thead><tbody>"
    yield from (f"<tr><td>{escape(a)}</td><td>{escape(b)}</td></tr>" for a, b in rows)
    yield "</tbody></table></div></details>"
