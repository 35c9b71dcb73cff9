"""Pages of the Word file: what stays together, and where landscape pages have their number."""

from __future__ import annotations

import dataclasses
import io
import re
import zipfile

from lxml import etree
from PIL import Image

from fsva.config.styles import supporting_look
from fsva.core import resources
from fsva.drawing.paper import fonts
from fsva.files.book import column_widths
from fsva.runs.book import edition_book
from fsva.words.book.content import BookTable
from tests.places import belu, buku_belu
from tests.places.small import ROOT

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HYPHEN = f"{W}noBreakHyphen"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def part(name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(buku_belu.made().word)) as word:
        return etree.fromstring(word.read(name))


def words(node: etree._Element) -> str:
    return "".join(t.text or "" if t.tag == f"{W}t" else "-" for t in node.iter(f"{W}t", HYPHEN))


def keeps(paragraph: etree._Element) -> bool:
    return paragraph.find(f"{W}pPr/{W}keepNext") is not None


def test_an_entry_that_opens_a_list_stays_with_its_first_kecamatan() -> None:
    opening = [p for p in part("word/document.xml").iter(f"{W}p") if words(p).endswith(", yaitu:")]
    assert len(opening) == 37  # classes with villages in the seven lists
    assert all(keeps(p) for p in opening)


def test_short_tables_are_not_divided_between_pages() -> None:
    tables = [b for b in buku_belu.made().book.blocks() if isinstance(b, BookTable)]
    drawn = list(part("word/document.xml").iter(f"{W}tbl"))
    short = 0
    for table, xml in zip(tables, drawn, strict=True):
        rows = [all(keeps(p) for p in row.iter(f"{W}p")) for row in xml.iter(f"{W}tr")]
        assert rows[0]  # the headings stay with the first row
        assert not rows[-1]
        if table.is_short:
            short += 1
            assert all(rows[:-1])
    assert short == 24  # all but the two of interventions and the two of all villages


def test_no_line_ends_within_a_pair_of_numbers() -> None:
    body = part("word/document.xml")
    assert [t.text for t in body.iter(f"{W}t") if re.search(r"\d-\d", t.text or "")] == []
    assert "dibakukan ke skala 0-100, dengan" in words(body)
    assert "Prioritas 1-3" in words(body)


def test_a_table_of_few_tall_rows_may_be_divided() -> None:
    """Where each row lists many kecamatan, a whole table would leave half a page empty."""
    row = ("Akses penghubung", " ".join(["Kakuluk Mesak 3,"] * 60))
    tall = BookTable(None, ("Penyebab", "Lokasi"), (row,) * 8, ("kiri", "kiri"), (1.0, 1.0))
    look = edition_book.look_of(buku_belu.made().drawn.edition)
    fitted = column_widths.table(tall, look, fonts.load(ROOT / "styles" / "fonts"))
    assert fitted.lines > 80
    assert not fitted.is_short
    low = dataclasses.replace(tall, rows=(("Akses", "Kakuluk Mesak 3"),) * 8)
    shown = column_widths.table(low, look, fonts.load(ROOT / "styles" / "fonts"))
    assert (shown.lines, shown.is_short) == (8, True)


def test_what_follows_a_table_without_a_note_keeps_off_it() -> None:
    body = part("word/document.xml")
    table = next(t for t in body.iter(f"{W}tbl") if words(t).startswith("No.Indikator"))
    spacing = table.getnext().find(f"{W}pPr/{W}spacing")
    assert int(spacing.get(f"{W}after")) == 8 * 20  # twentieths of a point


def test_landscape_pages_have_their_number_at_their_own_margin() -> None:
    feet = {
        r.get("Id"): r.get("Target")
        for r in part("word/_rels/document.xml.rels")
        if str(r.get("Type")).endswith("/footer")
    }
    found = set()
    for section in part("word/document.xml").iter(f"{W}sectPr"):
        is_turned = section.find(f"{W}pgSz").get(f"{W}orient") == "landscape"
        foot = part(f"word/{feet[section.find(f'{W}footerReference').get(f'{R}id')]}")
        stops = [t for t in foot.iter(f"{W}tab") if t.get(f"{W}val") == "right"]
        found.add((is_turned, *(round(int(t.get(f"{W}pos")) / 56.69, 1) for t in stops)))
    assert found == {(True, 267.0), (False,)}  # upright: the stop of the style


def test_charts_of_supporting_data_have_the_colours_of_their_look() -> None:
    made = buku_belu.made()
    look = supporting_look.load(resources.style_of(belu.EDITION, supporting_look.FILE_NAME))
    png = made.drawn.pictures["grafik-pangan-pokok"].png
    seen = {colour for _, colour in Image.open(io.BytesIO(png)).convert("RGB").getcolors(1 << 20)}
    wanted = [tuple(bytes.fromhex(c.removeprefix("#"))) for c in look.colours[:4]]
    assert [c for c in wanted if c not in seen] == []


def test_the_paper_of_tables_is_that_of_the_look() -> None:
    made = buku_belu.made()
    paper = edition_book.look_of(made.drawn.edition).paper
    assert (paper.room(turned=False)[0], paper.room(turned=True)[0]) == (160.0, 267.0)
