"""What is made of drafts by ``andai``, ``massal`` and ``nasional`` carries their mark, too."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pypdfium2
import pytest

from fsva import cli
from tests.places import lapisan, provinsi_kecil, sunting_belu

pytestmark = pytest.mark.usefixtures("coarse_pictures")
MARK = "DRAF - belum lengkap: tanggal edisi; penyusun"
OPEN = (("tanggal = 2021-11-25", 'tanggal = "belum diisi"'),
        ('penyusun = "Penyusun Contoh"', 'penyusun = "belum diisi"'))  # fmt: skip
DRAFT, WHOLE = "98.01", "98.02"


def edition(folder: Path, code: str, *, is_open: bool) -> Path:
    made = provinsi_kecil.build(folder, code)
    for whole, gap in OPEN if is_open else ():
        sunting_belu.replace(made / "edition.toml", whole, gap)
    return made


def table(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


def words(pdf: Path) -> str:
    with pypdfium2.PdfDocument(pdf) as opened:
        return str(opened[0].get_textpage().get_text_range())


@pytest.mark.parametrize("asked", [[], ["--isi", "Satu.lahan=0,4"]])
def test_what_if_says_first_that_it_is_of_a_draft(
    tmp_path: Path, asked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "andai"
    for is_open in (True, False):
        made = edition(tmp_path, DRAFT, is_open=is_open)
        assert cli.main(["andai", str(made), "--keluaran", str(out), *asked]) == 0
        assert capsys.readouterr().out.startswith(MARK) is is_open
        if not asked:
            record = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
            assert record.get("draf") == (["tanggal", "penyusun"] if is_open else None)


@pytest.mark.parametrize(
    ("command", "asked"),
    [
        ("andai", []),
        ("andai", ["--isi", "Satu.lahan=0,4"]),
        ("jejak", ["Satu"]),
        ("ringkasan", []),
        ("sasaran", []),
        ("keyakinan", ["--undian", "100"]),
    ],
)
def test_results_for_programs_name_the_open_keys(
    tmp_path: Path, command: str, asked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    for is_open in (True, False):
        made = edition(tmp_path, DRAFT, is_open=is_open)
        assert cli.main([command, str(made), *asked, "--json"]) == 0
        result = json.loads(capsys.readouterr().out)
        records = result if isinstance(result, list) else [result]
        assert records
        for record in records:
            assert record.get("draf") == (["tanggal", "penyusun"] if is_open else None)


@pytest.mark.slow
def test_many_editions_and_their_joined_maps_name_the_drafts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, joined = tmp_path / "keluaran", tmp_path / "nasional"
    made = [edition(tmp_path, DRAFT, is_open=True), edition(tmp_path, WHOLE, is_open=False)]
    run = ["massal", *map(str, made), "--pekerja", "1", "--bentuk", "gpkg", "--keluaran", str(out)]
    for times in range(2):  # made, then unchanged
        assert cli.main(run) == 0
        said = {row["kode"]: row["draf"] for row in table(out / "massal" / "massal.csv")}
        assert said == {DRAFT: MARK, WHOLE: ""}
        page = (out / "massal" / "massal.html").read_text(encoding="utf-8")
        assert "<title>DRAF - " in page
        assert page.count(MARK) == 1
        assert "Bertanda DRAF, karena belum lengkap (1): " in capsys.readouterr().err, times
    atlases = [str(file.parent) for file in sorted(out.rglob("kelas.csv"))]
    assert cli.main(["nasional", *atlases, "--keluaran", str(joined)]) == 0
    name = f"Kabupaten {provinsi_kecil.NAMES[DRAFT]}"
    for file in sorted(joined.glob("*.pdf")):
        assert f"DRAF - 1 dari 2 kabupaten/kota belum lengkap: {name}" in words(file)
    said = {row["kode_kabupaten"]: row["draf"] for row in table(joined / "nasional-kabupaten.csv")}
    assert set(said) == {DRAFT, WHOLE}
    assert said[DRAFT] != said[WHOLE]
    base = lapisan.opened((joined / "nasional.gpkg").read_bytes())
    told = [line for (line,) in base.execute("SELECT description FROM gpkg_contents")]
    assert any("DRAF - 1 dari 2" in line for line in told)
    # The mark goes when all is filled in.
    edition(tmp_path, DRAFT, is_open=False)
    assert cli.main(run) == 0
    assert cli.main(["nasional", *atlases, "--keluaran", str(joined)]) == 0
    assert "DRAF" not in (out / "massal" / "massal.html").read_text(encoding="utf-8")
    assert not any("DRAF" in words(file) for file in joined.glob("*.pdf"))
