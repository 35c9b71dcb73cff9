"""Print numbers: a change gives another number to the sheets that show it, and to no other."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pikepdf
import pytest

from fsva.runs import production
from fsva.runs.profiles import profile_run
from fsva.runs.profiles.profile_run import ProfileWish
from tests.places import contoh, small

Numbers = dict[str, list[str]]


def made(folder: Path) -> dict[str, bytes]:
    return production.produce(contoh.order(folder), lambda _: None)


def numbers(files: dict[str, bytes]) -> Numbers:
    found: Numbers = json.loads(files["manifest.json"])["lembar"]
    return found


def changed(folder: Path, indicator: str, value: str) -> dict[str, bytes]:
    """Make the atlas with another value of the first village."""
    table = folder / "indikator.csv"
    head, first, *rest = table.read_text(encoding="utf-8-sig").splitlines()
    cells = first.split(";")
    cells[head.split(";").index(indicator)] = value
    table.write_text("\n".join([head, ";".join(cells), *rest]), encoding="utf-8-sig")
    return made(folder)


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return made(contoh.build(tmp_path_factory.mktemp("contoh"), poverty=False, coverage=False))


def test_the_manifest_lists_the_number_that_stands_on_each_sheet(before: dict[str, bytes]) -> None:
    listed = numbers(before)
    maps = [name for name in before if name[:6] in {f"peta-{n}" for n in range(1, 8)}]
    assert list(listed) == ["atlas.pdf", *(name for name in maps if name.endswith(".pdf"))]
    assert len({number for (number,) in listed.values()}) == 8
    record = json.loads(before["manifest.json"])
    assert record["nomor"] not in {number for (number,) in listed.values()}


def test_a_changed_value_renumbers_the_sheets_that_show_it(
    before: dict[str, bytes], tmp_path: Path
) -> None:
    folder = contoh.build(tmp_path, poverty=False, coverage=False)
    after = changed(folder, "lahan", "0,0001")
    old, new = numbers(before), numbers(after)
    others = {name for name in old if old[name] != new[name]}
    assert "peta-1-lahan.pdf" in others
    # The cover of the whole atlas, whose number depends on those of its sheets.
    assert others <= {"atlas.pdf", "peta-1-lahan.pdf", "peta-7-komposit.pdf"}
    assert "atlas.pdf" in others
    same = [name for name in old if old[name] == new[name]]
    for name in same:
        picture = f"{name.removesuffix('.pdf')}.png"
        assert before[picture] == after[picture]
    assert (
        json.loads(before["manifest.json"])["nomor"] != json.loads(after["manifest.json"])["nomor"]
    )


def test_a_changed_name_renumbers_every_sheet(before: dict[str, bytes], tmp_path: Path) -> None:
    folder = contoh.build(tmp_path, poverty=False, coverage=False)
    for name in ("indikator.csv", "padanan.csv"):
        words = (folder / name).read_text(encoding="utf-8-sig").replace("Satu", "Satuan")
        (folder / name).write_text(words, encoding="utf-8-sig")
    old, new = numbers(before), numbers(made(folder))
    assert [name for name in old if old[name] == new[name]] == []


def test_the_number_stands_on_the_sheet(before: dict[str, bytes]) -> None:
    pdfium = pytest.importorskip("pypdfium2")
    for name, (number,) in numbers(before).items():
        page = pdfium.PdfDocument(before[name])[0]
        assert f"Nomor cetak {number}" in " ".join(page.get_textpage().get_text_range().split())


@pytest.mark.slow
def test_each_profile_has_a_number_of_its_own() -> None:
    files = profile_run.make(contoh.order(small.BELU), ProfileWish()).files
    listed = numbers(files)
    assert listed.keys() == {name for name in files if name.startswith("profil-53")}
    every = [number for some in listed.values() for number in some]
    assert len(set(every)) == len(every)
    for name, some in listed.items():
        with pikepdf.open(io.BytesIO(files[name])) as opened:
            assert len(opened.pages) == len(some)
