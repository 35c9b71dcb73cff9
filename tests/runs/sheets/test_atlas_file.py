"""The atlas in one file: what stands where, and that every way leads to the right page."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Object

from fsva.config.editions import edition
from fsva.core import texts
from fsva.core.texts import Language
from fsva.runs import run_order, sheet_files, sheet_materials, tabulation
from fsva.runs.sheets import atlas_file
from fsva.words import specification
from tests.places import belu

MAPS = [*belu.TITLES]
CHARTS = {"id": "Grafik Jumlah Desa/Kelurahan menurut Prioritas",
          "en": "Charts of the Number of Villages by Priority"}  # fmt: skip
LAYOUTS = ("a4-mendatar", "a4-tegak", "a3-mendatar", "a3-tegak", "salindia", "kolom-mendatar",
           "kolom-tegak")  # fmt: skip
ATLAS = sheet_files.ATLAS


@cache
def bound(layout: str, language: Language = "id") -> bytes:
    """Return the atlas of Belu on a paper."""
    own = edition.load(belu.EDITION).in_layout(layout)
    order = run_order.place(own, None, texts.load(language))
    made = tabulation.tabulate(order.edition, order.village_layer)
    maps = specification.build(made.table, made.rules, own.settings, order.texts)
    studio = sheet_materials.studio_of(own, made, order.texts, "0" * 8)
    charts = sheet_files.charted(own.folder, maps)
    return sheet_files.atlas(studio, maps, charts, lambda _: None).files[ATLAS]


def pages_of(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as pdf:
        found = [page.get_textpage().get_text_range() for page in pdf]
    return [" ".join(words.split()) for words in found]


def outline(data: bytes) -> dict[str, int]:
    """Return the page of each bookmark of the first row, from 1."""
    with pikepdf.open(io.BytesIO(data)) as pdf, pdf.open_outline() as tree:
        ends = [(item.title, item.destination) for item in tree.root]
        return {t: pikepdf.Page(d[0]).index + 1 for t, d in ends if isinstance(d, Array)}


@pytest.mark.slow
@pytest.mark.parametrize("layout", LAYOUTS)
def test_cover_contents_maps_charts_and_summary_stand_on_one_paper(layout: str) -> None:
    data, pages = bound(layout), pages_of(bound(layout))
    found = outline(data)
    charts = found[CHARTS["id"]]
    assert list(found) == ["Sampul", "Daftar Isi", *MAPS, CHARTS["id"],
                           "Peta Ringkasan Ketahanan dan Kerentanan Pangan"]  # fmt: skip
    assert [found[title] for title in MAPS] == list(range(3, 10))
    assert (found["Sampul"], found["Daftar Isi"], charts) == (1, 2, 10)
    for word in ("KABUPATEN BELU", "Tahun 2021", "Dinas Pertanian", "Nomor cetak", "Tahan pangan"):
        assert word in pages[0]
    last = found["Peta Ringkasan Ketahanan dan Kerentanan Pangan"]
    assert last == len(pages)
    # Every chart tells the total once.
    between = " ".join(pages[charts - 1 : last - 1])
    assert between.count("Jumlah: 81 desa/kelurahan.") == 7
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert len({tuple(map(float, page.mediabox)) for page in pdf.pages}) == 1


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_contents_link_every_part_to_its_page(language: Language) -> None:
    data = belu.made(language).files[ATLAS]
    found, pages = outline(data), pages_of(data)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        links = list(pdf.pages[1].obj.Annots)
        assert len(links) == 7 + 1 + 7 + 1
        targets = [pikepdf.Page(link.Dest[0]).index + 1 for link in links]
        words = [str(link.Contents) for link in links]
        flags = {int(link.F) for link in links}
    for name, page in list(found.items())[2:]:
        (said,) = [w for w in words if w.startswith(name) and str(page) in w]
        assert targets[words.index(said)] == page
        assert f"{name} {page}" in pages[1]
    assert flags == {4}  # printed
    # The charts, four on the first page: each link leads to the page that has its title.
    for one, target in zip(belu.made(language).maps, targets[8:15], strict=True):
        assert one.name in pages[target - 1]


def test_a_link_is_heard_as_an_entry_of_a_table_of_contents() -> None:
    with pikepdf.open(io.BytesIO(belu.made().files[ATLAS])) as pdf:
        (document,) = pdf.Root.StructTreeRoot.K
        (table,) = [part for part in document.K[1].K if part.S == Name.TOC]
        entries = list(table.K)
        numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
        parents = {int(numbers[i]): numbers[i + 1] for i in range(0, len(numbers), 2)}
        annotations = list(pdf.pages[1].obj.Annots)
        assert len(entries) == len(annotations) == 16
        for entry, annotation in zip(entries, annotations, strict=True):
            assert entry.S == Name.TOCI
            (link,) = entry.K[0].K
            assert [str(entry.K[0].S), str(link.S)] == ["/Reference", "/Link"]
            assert _objects(link) == [annotation.objgen]
            assert parents[int(annotation.StructParent)].objgen == link.objgen


def _objects(link: Object) -> list[tuple[int, int]]:
    kids = (kid for kid in link.K if isinstance(kid, Dictionary))
    return [kid.Obj.objgen for kid in kids if kid.get("/Type") == Name.OBJR]


def test_each_chart_on_a_page_is_a_picture_with_words_of_its_own() -> None:
    made = belu.made()
    with pikepdf.open(io.BytesIO(made.files[ATLAS])) as pdf:
        (document,) = pdf.Root.StructTreeRoot.K
        every = (e for section in document.K[9:11] for e in _all(section))
        pictures = [e for e in every if str(e.S) == "/Figure"]
        spoken = [str(picture.Alt) for picture in pictures]
        boxes = [tuple(map(float, picture.A.BBox)) for picture in pictures]
    assert len(set(spoken)) == len(spoken) == 7
    assert len(set(boxes[:4])) == 4
    for one, words in zip(made.maps, spoken, strict=True):
        assert one.name in words


def _all(element: Object) -> Iterator[Object]:
    yield element
    for kid in element.K:
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield from _all(kid)


def test_a_page_carries_the_number_that_the_contents_name() -> None:
    data = belu.made().files[ATLAS]
    with pypdfium2.PdfDocument(data) as pdf:
        width, _ = pdf[0].get_size()
        corners = [page.get_textpage().get_text_bounded(width - 80, 0, width, 28) for page in pdf]
    assert ["".join(words.split()) for words in corners[1:]] == [str(n) for n in range(2, 13)]
    assert not corners[0].strip()


@pytest.mark.slow
@pytest.mark.shared
def test_sheets_per_kecamatan_follow_and_are_found_one_by_one(shared_dir: Path) -> None:
    layer = shared_dir / "boundaries" / "desa_53.04_belu.geojson"
    files = belu.made(layer=layer).files
    assert sheet_files.NAME_LIST not in files  # all names stand on the maps of Belu
    assert "Peta per Kecamatan" not in outline(files[ATLAS])


def test_headings_of_details_name_each_once_at_its_first_page() -> None:
    made = belu.made()
    charts = sheet_files.charted(belu.EDITION, tuple(made.maps))
    own = atlas_file._Own([made.sheets[0]], [0] * 7, made.sheets[0], is_new=False)
    names = ("Peta Kecamatan A", "Peta Kecamatan B", "Indeks", "Indeks")
    listed = [replace(made.sheets[0], bookmark=name) for name in names]
    *_, last = atlas_file._headings(made.studio, charts, made.sheets, own, listed)
    assert (last.words, last.page) == ("Peta per Kecamatan", 10)
    assert [(h.words, h.page) for h in last.under] == [
        ("Peta Kecamatan A", 10), ("Peta Kecamatan B", 11), ("Indeks", 12),
    ]  # fmt: skip


@pytest.mark.slow
def test_the_same_edition_gives_the_same_bytes() -> None:
    assert bound("a4-tegak") == bound.__wrapped__("a4-tegak")
