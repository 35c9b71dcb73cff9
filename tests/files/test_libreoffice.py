"""What officers open in LibreOffice: every cell and word is there, no name is a formula."""

from __future__ import annotations

import csv
import subprocess
from pathlib import Path

import pytest

from fsva.comparison.view import change_workbook, word_document
from fsva.core import texts
from tests.comparison.view import test_files as made
from tests.places import belu

pytestmark = pytest.mark.libreoffice
# Comma, quotes, UTF-8, all cells as shown, every sheet into a file of its own.
EVERY_SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"


def converted(file: Path, kind: str) -> dict[str, str]:
    """Let LibreOffice open a file and return what it writes, by file name."""
    folder = file.parent / "dibuka"
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation={file.parent.as_uri()}/profil",
         "--convert-to", kind, "--outdir", str(folder), str(file)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return {one.name: one.read_text(encoding="utf-8-sig") for one in sorted(folder.iterdir())}


def test_names_that_look_like_formulas_are_shown_as_they_are(tmp_path: Path) -> None:
    file = tmp_path / "banding.xlsx"
    file.write_bytes(change_workbook.write(made.hostile(), made.STYLE, made.ID))
    sheets = converted(file, EVERY_SHEET)
    assert len(sheets) == len(made.sheets(file.read_bytes()))
    rows = list(csv.reader(sheets["banding-Perubahan.csv"].splitlines()))
    assert [row[2] for row in rows[2 : 2 + len(made.HOSTILE)]] == list(made.HOSTILE)


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_the_document_shows_every_paragraph(tmp_path: Path, language: texts.Language) -> None:
    file = tmp_path / "banding.docx"
    file.write_bytes(word_document.write(made.COMPARISON, made.STYLE, texts.load(language)))
    shown = converted(file, "txt:Text (encoded):UTF8")["banding.txt"]
    paragraphs = [p for p in made.paragraphs(file.read_bytes()) if p.strip()]
    assert paragraphs
    assert [p for p in paragraphs if " ".join(p.split()) not in " ".join(shown.split())] == []


def test_the_table_of_classes_opens_with_every_code_and_name_whole(
    tmp_path: Path,
) -> None:
    atlas = belu.made()
    file = tmp_path / "kelas.csv"
    file.write_bytes(atlas.files["kelas.csv"])
    shown = list(csv.DictReader(converted(file, EVERY_SHEET)["kelas-kelas.csv"].splitlines()))
    rows = atlas.rows()
    assert len(shown) == len(rows) == 81
    for column in ("kode_bps", "kode_kemendagri", "desa"):
        assert [row[column] for row in shown] == [row[column] for row in rows]
