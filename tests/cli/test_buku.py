"""``fsva buku``: what it writes, what it says of the author's file, what it refuses."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import pytest

from fsva import cli
from fsva.config.editions.edition import Edition
from fsva.core.texts import Texts
from fsva.files.book.word import controls
from fsva.files.book.word.word_package import WordPackage
from fsva.files.book.word.word_xml import name
from fsva.runs.book import edition_book
from fsva.runs.book.edition_book import DrawnBook
from fsva.runs.tabulation import Tabulated
from tests.places import contoh


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the synthetic edition of few villages."""
    return contoh.build(tmp_path_factory.mktemp("proyek") / "editions" / "contoh-2021")


@pytest.fixture(scope="module")
def first(edition: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a first report."""
    folder = tmp_path_factory.mktemp("buku")
    assert run(edition, folder) == 0
    return folder


@pytest.fixture(scope="module")
def drawn() -> Iterator[None]:
    """Draw the maps of an edition once: most tests are about what happens to the text."""
    gather, known = edition_book.gather, {}

    def once(of: Edition, tabulated: Tabulated, texts: Texts, number: str) -> DrawnBook:
        if of.folder not in known:
            known[of.folder] = gather(of, tabulated, texts, number)
        return replace(known[of.folder], edition=of)

    with patch.object(edition_book, "gather", once):
        yield


def run(edition: Path, folder: Path, *more: str) -> int:
    return cli.main(["buku", str(edition), "--keluaran", str(folder), *more])


def test_it_writes_word_pdf_and_manifest_and_counts_the_blanks(
    edition: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(edition, tmp_path) == 0
    assert {f.name for f in tmp_path.iterdir()} == {
        "buku.docx", "buku.pdf", "lampiran-keputusan.docx", "lampiran-keputusan.pdf",
        "keterangan.csv", "manifest.json",
    }  # fmt: skip
    assert "isian penyusun belum ditulis" in capsys.readouterr().out
    record = json.loads((tmp_path / "manifest.json").read_text("utf-8"))
    assert "styles/buku/id/buku.jinja" in record["masukan"]
    assert "buku.docx" in record["keluaran"]
    assert {"typst", "jinja2", "python-docx"} <= set(record["versi"])


@pytest.mark.slow
def test_twice_the_same_bytes(edition: Path, first: Path, tmp_path: Path) -> None:
    assert run(edition, tmp_path) == 0
    for file in first.iterdir():
        assert (tmp_path / file.name).read_bytes() == file.read_bytes()


def edited(content: bytes) -> bytes:
    package = WordPackage(content)
    sdt = next(s for t, s in controls.found(package.document, "fsva:") if t == "fsva:wilayah")
    words = next(t for t in sdt.iter(name("w:t")) if t.text)
    words.text = "Tulisan penyusun."
    return package.packed()


@pytest.mark.slow
@pytest.mark.usefixtures("drawn")
def test_what_the_author_changed_is_kept_told_and_never_lost(
    edition: Path, first: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = edited((first / "buku.docx").read_bytes())
    (tmp_path / "buku.docx").write_bytes(mine)
    assert run(edition, tmp_path) == 0
    said = capsys.readouterr().out
    assert "buku.docx: 1 bagian diganti: wilayah." in said
    assert "lampiran-keputusan.docx: Semua bagian" not in said  # there was none
    assert "1 di antaranya pernah diubah penyusun: wilayah." in said
    (kept,) = tmp_path.glob("buku-sebelum-*.docx")
    assert kept.read_bytes() == mine
    (listed,) = tmp_path.glob("buku-suntingan-*.txt")
    assert "+ Tulisan penyusun." in listed.read_text("utf-8")
    assert run(edition, tmp_path) == 0  # a later run leaves them alone
    assert kept.exists()
    assert listed.exists()


@pytest.mark.slow
@pytest.mark.usefixtures("drawn")
def test_from_scratch_keeps_the_earlier_document(
    edition: Path, first: Path, tmp_path: Path
) -> None:
    mine = edited((first / "buku.docx").read_bytes())
    (tmp_path / "buku.docx").write_bytes(mine)
    assert run(edition, tmp_path, "--dari-awal") == 0
    (kept,) = tmp_path.glob("buku-sebelum-*.docx")
    assert kept.read_bytes() == mine
    assert (tmp_path / "buku.docx").read_bytes() == (first / "buku.docx").read_bytes()


@pytest.mark.usefixtures("drawn")
def test_a_file_that_is_no_document_is_refused_and_stays(
    edition: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "buku.docx").write_bytes(b"tulisan")
    assert run(edition, tmp_path) != 0
    assert "buku.docx" in capsys.readouterr().err
    assert [f.name for f in tmp_path.iterdir()] == ["buku.docx"]


@pytest.mark.usefixtures("drawn")
@pytest.mark.parametrize("missing", ["typst", "jinja2", "docx"])
def test_without_a_library_the_extra_is_named(
    missing: str, edition: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with patch.dict("sys.modules", {missing: None}):
        assert run(edition, tmp_path / "baru") != 0
    said = capsys.readouterr().err
    assert missing in said
    assert "EKSTRA=buku" in said
    assert not (tmp_path / "baru").exists()


def test_check_counts_the_blanks_of_the_report(
    edition: Path, first: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = edition.parent.parent / "outputs"
    with patch("fsva.cli.runner.default_folder", return_value=place):
        (place / "buku").mkdir(parents=True)
        (place / "buku" / "buku.docx").write_bytes((first / "buku.docx").read_bytes())
        assert cli.main(["periksa", str(edition)]) in (0, 1)
    assert "isian penyusun belum ditulis di" in capsys.readouterr().out


def with_template(edition: Path, folder: Path, content: bytes) -> Path:
    own = contoh.build(folder / "editions" / "contoh-2021")
    file = own / "edition.toml"
    text = file.read_text("utf-8") + '\n[buku]\ntemplat = "kop.docx"\n'
    file.write_text(text, encoding="utf-8")
    (own / "kop.docx").write_bytes(content)
    return own


def office_template() -> bytes:
    import docx

    word = docx.Document()
    word.add_paragraph("PEMERINTAH KABUPATEN CONTOH")
    word.add_paragraph("[isi buku]")
    word.add_paragraph("Halaman belakang")
    word.sections[0].header.paragraphs[0].text = "Kop surat dinas"
    word.styles["Heading 1"].font.name = "Georgia"
    content = io.BytesIO()
    word.save(content)
    return content.getvalue()


@pytest.mark.slow
def test_the_offices_template_is_used_as_it_is(edition: Path, tmp_path: Path) -> None:
    template = office_template()
    own = with_template(edition, tmp_path, template)
    assert run(own, tmp_path / "keluar") == 0
    made = WordPackage((tmp_path / "keluar" / "buku.docx").read_bytes())
    words = [
        "".join(t.text or "" for t in p.iter(name("w:t"))) for p in made.body.iter(name("w:p"))
    ]
    assert words[0] == "PEMERINTAH KABUPATEN CONTOH"
    assert words[-1] == "Halaman belakang"
    assert "[isi buku]" not in words
    assert "Pendahuluan" in words
    with zipfile.ZipFile(io.BytesIO(template)) as office:
        for part in office.namelist():
            if part.startswith("word/header") or part.startswith("word/theme"):
                assert made.parts[part] == office.read(part)
        styles = office.read("word/styles.xml").decode()
    assert "Georgia" in styles
    assert "Georgia" in made.parts["word/styles.xml"].decode()
    sections = list(made.document.iter(name("w:sectPr")))
    assert len(sections) > 3
    assert all(s.find(name("w:headerReference")) is not None for s in sections)


@pytest.mark.slow
def test_a_template_that_is_no_word_file_is_refused_by_name(
    edition: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = with_template(edition, tmp_path, b"bukan")
    assert run(own, tmp_path / "keluar") != 0
    assert "kop.docx" in capsys.readouterr().err


def test_a_template_whose_words_cannot_be_read_is_refused_by_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its text stands in our new file too, which was blamed: a file that is not there yet."""
    hostile = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(office_template())) as office,
        zipfile.ZipFile(hostile, "w") as made,
    ):
        for part in office.namelist():
            content = office.read(part)
            if part == "word/document.xml":
                head, body = content.split(b"?>", 1)
                entity = b'?><!DOCTYPE x [<!ENTITY c SYSTEM "file:///etc/passwd">]>'
                body = body.replace(b"Halaman belakang", b"&c;")
                content = head + entity + body
            made.writestr(part, content)
    own = with_template(tmp_path, tmp_path, hostile.getvalue())
    assert run(own, tmp_path / "keluar") != 0
    said = capsys.readouterr().err
    assert "kop.docx" in said
    assert "buku.docx" not in said
    assert not (tmp_path / "keluar").exists()
