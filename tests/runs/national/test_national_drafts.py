"""The national maps say which of their editions are drafts, on paper and at their borders."""

from __future__ import annotations

import json
from pathlib import Path

import pypdfium2
import pytest

from fsva import cli
from fsva.core import texts
from fsva.drawing.national import draft_mark
from fsva.runs.national import national_run
from fsva.words.national import national_words
from tests.places import provinsi_kecil

pytestmark = pytest.mark.usefixtures("coarse_pictures")
CODES = ("98.01", "98.02")


@pytest.fixture(scope="module")
def atlases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("draf")
    for code in CODES:
        out = folder / "keluaran" / code
        words = ["atlas", str(provinsi_kecil.build(folder, code)), "--keluaran", str(out)]
        assert cli.main([*words, "--bentuk", "gpkg", "--peta", "7"]) == 0
    return folder / "keluaran"


def as_drafts(atlases: Path, drafts: tuple[str, ...]) -> list[Path]:
    """Say in the manifests which editions are drafts."""
    for code in CODES:
        record = atlases / code / "manifest.json"
        facts = json.loads(record.read_text(encoding="utf-8"))
        facts.pop("draf", None)
        facts |= {"draf": ["tanggal"]} if code in drafts else {}
        record.write_text(json.dumps(facts), encoding="utf-8")
    return [atlases / code for code in CODES]


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as opened:
        return str(opened[0].get_textpage().get_text_range())


def test_a_draft_is_named_on_both_maps_with_a_dashed_border(atlases: Path) -> None:
    folders = as_drafts(atlases, ("98.02",))
    run = national_run.NationalRun(national_run.read(folders), texts.load("id"))
    for shown in (run.of_villages(), run.of_districts()):
        assert shown.title.startswith("DRAF - ")
        assert len(shown.drafts) == 1
        assert shown.legend[-1].border == draft_mark.border()
        assert shown.legend[-1].words == "edisi draf (garis putus-putus): 1"
    files = run.files()
    said = "DRAF - 1 dari 2 kabupaten/kota belum lengkap: Kabupaten Contoh Timur"
    for stem in (national_run.VILLAGE_MAP, national_run.DISTRICT_MAP):
        assert said in text_of(files[f"{stem}.pdf"])


def test_maps_of_complete_editions_bear_no_mark(atlases: Path) -> None:
    folders = as_drafts(atlases, ())
    run = national_run.NationalRun(national_run.read(folders), texts.load("id"))
    assert run.of_villages().marks == ()
    assert "DRAF" not in text_of(run.files()[f"{national_run.DISTRICT_MAP}.pdf"])


def test_the_mark_shortens_the_list_of_names_and_keeps_the_count(atlases: Path) -> None:
    folders = as_drafts(atlases, CODES)
    compared = national_run.read(folders)
    said = national_words.draft_marks(compared, texts.load("en"))
    assert said[0].startswith("DRAFT - 2 of 2 kabupaten and kota not complete: ")
    assert said[0].endswith("Kabupaten Contoh Barat; Kabupaten Contoh Timur")
    assert "and 1 more" in said[1]
    assert said[-1] == "DRAFT - 2 of 2 kabupaten and kota not complete"
    lengths = [len(words) for words in said]
    assert lengths[-1] < lengths[0]
