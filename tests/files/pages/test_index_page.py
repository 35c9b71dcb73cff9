"""``fsva beranda``: the index page of a folder of outputs, by counts known from elsewhere."""

from __future__ import annotations

import errno
import json
import os
import re
from pathlib import Path

import pytest

from fsva import cli
from tests.places import belu, browser
from tests.places.browser import Opened


def output(folder: Path, **facts: object) -> Path:
    """Write an output folder: the classes of Belu under the facts of some edition."""
    folder.mkdir(parents=True)
    (folder / "kelas.csv").write_bytes(belu.made().files["kelas.csv"])
    known = {"kode": "53.04", "daerah": "Kabupaten Belu", "tahun": 2021, "bahasa": "id"}
    known |= {"metode": "fsva-kabupaten-6"} | facts
    (folder / "manifest.json").write_text(json.dumps(known), encoding="utf-8")
    (folder / "atlas.html").write_text("<p>", encoding="utf-8")
    return folder


@pytest.fixture
def outputs(tmp_path: Path) -> Path:
    output(tmp_path / "belu" / "2021")
    output(tmp_path / "belu" / "2022", tahun=2022, draf=["tanggal"])
    output(tmp_path / "a b#%" / "2021", kode="53.21", daerah="<b>Malaka</b>")
    return tmp_path


def page_of(folder: Path) -> str:
    return (folder / "beranda.html").read_text(encoding="utf-8")


def test_it_lists_every_edition_with_its_share(
    outputs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["beranda", str(outputs)]) == 0
    assert "3 edisi didaftar" in capsys.readouterr().out
    page = page_of(outputs)
    # Report, table 5.1: 21 of 81 villages in classes 1-3.
    assert page.count("21 dari 81 desa di prioritas 1-3 (25,9%)") >= 3
    assert page.index("2021</td>") < page.index("2022 <b>DRAF</b>")
    assert 'href="belu/2021/atlas.html"' in page
    assert 'href="a%20b%23%25/2021/atlas.html"' in page
    assert "<b>Malaka" not in page
    assert "&lt;b&gt;Malaka&lt;/b&gt;" in page


def test_the_map_shows_the_last_edition_of_a_district(outputs: Path) -> None:
    assert cli.main(["beranda", str(outputs), "--bahasa", "en"]) == 0
    drawn = re.findall(r'<a href="([^"]+)" aria-label="([^"]+)"><title>', page_of(outputs))
    assert [link for link, _ in drawn] == ["belu/2022/atlas.html", "a%20b%23%25/2021/atlas.html"]
    assert "21 of 81 villages in priority 1-3 (25.9%)" in drawn[0][1]


@pytest.mark.parametrize(
    ("code", "large"),
    [
        ("53.15", True),  # Manggarai Barat: 5 degrees west of Belu
        ("53.21", False),  # Malaka: 0.3 degrees south of it
    ],
)
def test_discs_far_from_one_another_are_large(tmp_path: Path, code: str, large: bool) -> None:
    output(tmp_path / "belu")
    output(tmp_path / "lain", kode=code)
    assert cli.main(["beranda", str(tmp_path)]) == 0
    page = page_of(tmp_path)
    assert ('<svg class="map apart"' in page) == large


@pytest.mark.chromium
def test_on_a_phone_discs_and_names_lie_within_the_map_and_can_be_pressed(tmp_path: Path) -> None:
    # Aceh Utara, Belu and Merauke: at the edges of a map of the whole country.
    for code in ("11.08", "53.04", "93.01"):
        output(tmp_path / code.replace(".", ""), kode=code)
    assert cli.main(["beranda", str(tmp_path)]) == 0
    with browser.chromium() as chromium:
        phone = {"width": 375, "height": 800}
        page = Opened(chromium, tmp_path / "beranda.html", viewport=phone).page
        boxes = page.evaluate(
            "['.map', '.map .disc', '.map text'].map(s => [...document.querySelectorAll(s)]"
            ".map(e => e.getBoundingClientRect()).map(b => [b.left, b.top, b.right, b.bottom]))"
        )
        page.close()
    [(left, top, right, bottom)], discs, names = boxes
    assert 0 <= left < right <= 375
    assert len(discs) == len(names) == 3
    assert min(box[2] - box[0] for box in discs) >= 24
    for box in discs + names:
        assert left - 0.5 <= box[0] < box[2] <= right + 0.5
        assert top - 0.5 <= box[1] < box[3] <= bottom + 0.5


def test_a_folder_that_cannot_be_read_is_named_and_the_rest_is_listed(
    outputs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (outputs / "belu" / "2021" / "kelas.csv").write_text("rusak", encoding="utf-8")
    output(outputs / "lama", metode="../../rahasia")
    assert cli.main(["beranda", str(outputs)]) == 0
    shown = capsys.readouterr()
    assert "2 edisi didaftar" in shown.out
    assert "belu/2021 dilewati" in shown.err
    assert "lama dilewati" in shown.err
    assert "<li>belu/2021: " in page_of(outputs)


def test_a_folder_that_cannot_be_looked_into_is_named(
    outputs: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    scandir = os.scandir

    def refusing(name: str) -> object:
        if Path(name) == outputs / "belu":
            raise OSError(errno.EIO, os.strerror(errno.EIO), name)
        return scandir(name)

    monkeypatch.setattr(os, "scandir", refusing)
    assert cli.main(["beranda", str(outputs)]) == 0
    said = capsys.readouterr().err
    assert "belu dilewati:" in said
    assert "Folder tidak dapat dibuka." in said
    assert os.strerror(errno.EIO) in said
    assert "<li>belu: " in page_of(outputs)


DAMAGED = (b"", b"{", b"[]", b"null", "{}".encode("utf-16"), b"[" * 100_000, b"\xff\xfe")


@pytest.mark.parametrize("content", DAMAGED, ids=range(len(DAMAGED)))
def test_a_damaged_manifest_is_said_to_be_damaged(
    outputs: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    (outputs / "belu" / "2021" / "manifest.json").write_bytes(content)
    assert cli.main(["beranda", str(outputs)]) == 0
    said = capsys.readouterr().err
    assert "Manifes folder keluaran ini rusak" in said
    assert "tidak ditemukan" not in said


def test_a_damaged_table_of_classes_is_to_be_made_again(
    outputs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (outputs / "belu" / "2021" / "kelas.csv").write_bytes(b"")
    assert cli.main(["beranda", str(outputs)]) == 0
    assert "Buat atlasnya lagi dengan fsva atlas" in capsys.readouterr().err


def test_a_year_that_is_no_number_of_python_is_none(
    outputs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for place, year in (
        (outputs / "a" / "1", "\N{SUPERSCRIPT TWO}"),
        (outputs / "b" / "1", "9" * 5000),
    ):
        output(place, tahun=year)
    assert cli.main(["beranda", str(outputs), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)


def test_a_folder_without_outputs_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["beranda", str(tmp_path)]) != 0
    assert "tidak memuat keluaran fsva atlas" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
    assert cli.main(["beranda", str(tmp_path / "tidak-ada")]) != 0


@pytest.mark.chromium
@pytest.mark.parametrize("width", [375, 1280])
def test_the_page_passes_an_audit(outputs: Path, width: int) -> None:
    assert cli.main(["beranda", str(outputs)]) == 0
    with browser.chromium() as chromium:
        file = outputs / "beranda.html"
        assert browser.audited(chromium, file, "", width) == []
        made = Opened(chromium, file, java_script_enabled=False)
        assert set(made.requests) == {file.as_uri()}
        assert made.complaints == []
        made.page.close()
