"""Every stop that an office may accept says the lines to write; written, they let the run pass."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import shapely

from fsva.checks import finding_words
from fsva.checks.finding_words import Title
from fsva.config.editions import edition as editions
from fsva.config.editions import other_districts
from fsva.core import messages, texts
from fsva.core.errors import FsvaError
from fsva.words import draft, oddity_words
from tests.places import contoh, pasted, small
from tests.runs import test_newer_stops as of_belu
from tests.runs import test_placement_run as of_small

MOST_RUNS = 4  # a stop that is accepted may let another one be seen
ID = texts.load("id")


def message(folder: Path) -> str | None:
    """Return what an edition stops with; None if it runs."""
    try:
        contoh.tabulated(contoh.order(folder))
    except FsvaError as problem:
        return messages.render(problem, ID)
    return None


def followed(folder: Path) -> int:
    """Follow each message to the letter until the edition runs; return the number of runs."""
    for run in range(MOST_RUNS):
        said = message(folder)
        if said is None:
            return run
        assert pasted.follow(folder, said), said
    raise AssertionError(message(folder))


def accepted(folder: Path) -> list[str]:
    order = contoh.order(folder)
    return oddity_words.lines(contoh.tabulated(order).joined, ID)


@pytest.mark.slow
@pytest.mark.parametrize("key", of_belu.CASES)
def test_lines_for_places_of_a_layer(tmp_path: Path, key: str) -> None:
    change, _ = of_belu.CASES[key]
    folder = of_belu.edition(tmp_path / "belu", change)
    assert followed(folder) > 0
    assert "Keganjilan lapisan batas yang diterima" in accepted(folder)
    assert any(line.endswith(": belum diisi") for line in accepted(folder))


def _shifted(folder: Path) -> Path:
    for name in ("indikator.csv", "padanan.csv"):
        of_small.shift_names(folder / name)
    return folder


def bow_tie(shapes: list[shapely.Geometry]) -> None:
    small.overlap(shapes)
    shapes[6] = shapely.box(0, 6000, 3400, 9000)


SMALL: dict[str, Callable[[Path], Path]] = {
    **{kind: lambda folder, make=make: of_small.edition(folder, make())
       for kind, (make, _) in of_small.CASES.items()},
    "asing": lambda folder: of_small.edition(
        folder, of_small.on_timor().assign(nama=[f"Blok {n}" for n in range(12)])),
    "jauh": lambda folder: of_small.edition(
        folder, of_small.on_timor().set_geometry(of_small.on_timor().translate(40))),
    "perubahan": lambda folder: of_small.edition(folder, of_small.on_timor(bow_tie)),
    "bergeser": lambda folder: _shifted(of_small.edition(folder, of_small.on_timor())),
}  # fmt: skip


@pytest.mark.parametrize("kind", SMALL)
def test_lines_for_villages_of_a_layer(tmp_path: Path, kind: str) -> None:
    folder = SMALL[kind](tmp_path / "e")
    assert followed(folder) > 0
    assert any(line.endswith(": belum diisi") for line in of_small.said(folder))


@pytest.mark.parametrize("key", of_belu.AREA_KEYS)
def test_lines_for_areas_of_the_table(tmp_path: Path, key: str) -> None:
    folder = of_belu.with_areas(tmp_path / "belu", key)
    assert followed(folder) == 1
    assert any(line.endswith(": belum diisi") for line in accepted(folder))


def belu(folder: Path, file: str, old: str, new: str) -> Path:
    shutil.copytree(small.BELU, folder)
    text = (folder / file).read_text(encoding="utf-8-sig")
    assert old in text
    (folder / file).write_text(text.replace(old, new), encoding="utf-8-sig")
    return folder


def test_lines_for_values_outside_their_range(tmp_path: Path) -> None:
    folder = belu(tmp_path / "belu", "indicators.csv", ";0,0893;", ";8,93;")
    assert followed(folder) == 1
    tabulated = contoh.tabulated(contoh.order(folder))
    assert 8.93 in tabulated.table.values["tidak_sejahtera"]
    assert editions.load(folder).settings.acceptances[-1].village == "Tasain"


def test_lines_for_values_that_are_computed(tmp_path: Path) -> None:
    folder = tmp_path / "e"
    contoh.build(folder, raw=True)
    file = next(
        file for file in folder.glob("*.csv") if "penduduk_desil_1" in file.read_text("utf-8")
    )
    text = file.read_text("utf-8")
    assert text.count(";20;1000;") == 1
    file.write_text(text.replace(";20;1000;", ";1500;1000;"), "utf-8")
    assert "penduduk_desil_1 / penduduk" in (message(folder) or "")
    assert followed(folder) == 1


@pytest.mark.parametrize("key", ["edisi_salinan", "sumber_skematis"])
def test_lines_for_what_was_copied(tmp_path: Path, key: str) -> None:
    folder = belu(tmp_path / "belu", "edition.toml", *{
        "edisi_salinan": ("Kabupaten Belu\"\n", "Kabupaten Malaka\"\n"),
        "sumber_skematis": ("skematis = true", "skematis = false"),
    }[key])  # fmt: skip
    with pytest.raises(FsvaError) as caught:
        other_districts.check(editions.load(folder))
    assert caught.value.key == key
    assert pasted.follow(folder, messages.render(caught.value, ID))
    other_districts.check(editions.load(folder))


def test_a_reason_that_is_still_to_be_written_makes_a_draft(tmp_path: Path) -> None:
    folder = belu(tmp_path / "belu", "indicators.csv", ";0,0893;", ";8,93;")
    assert not draft.of(editions.load(folder).settings, ID)
    followed(folder)
    assert draft.of(editions.load(folder).settings, ID).missing == ("alasan nilai yang diterima",)
    file = folder / "edition.toml"
    written = file.read_text(encoding="utf-8").replace("belum diisi", "diukur ulang")
    file.write_text(written, encoding="utf-8")
    settings = editions.load(folder).settings
    assert not draft.of(settings, ID)
    assert settings.acceptances[-1].reason["en"] == "diukur ulang"


def test_many_villages_are_accepted_as_a_layer(tmp_path: Path) -> None:
    names = [*small.NAMES[1:], small.NAMES[0]]
    folder = of_small.edition(tmp_path / "e", of_small.on_timor().assign(nama=names))
    assert pasted.lines(message(folder) or "") == [
        "  [[batas.diterima]]", '  jenis = "nama"', '  alasan = "belum diisi"',
    ]  # fmt: skip
    assert followed(folder) == 1


def test_lines_for_what_the_checks_find(tmp_path: Path) -> None:
    """An outlier is an entry on the screen and in the list; written, it is information."""
    folder = belu(tmp_path / "belu", "indicators.csv", ";0,0893;", ";0,9893;")
    report = contoh.checked(contoh.order(folder))
    far = [(o, f) for o, f in report.of_level("peringatan") if o.rule == "pencilan"]
    assert any(finding.village == "Tasain" for _, finding in far)
    listed = [cells[-1] for _, cells in finding_words.rows(report, ID)]
    assert any('desa = "Tasain"' in one and "[[diterima]]" in one for one in listed)
    screen = "\n".join(
        finding_words.screen(Title("Kabupaten Belu", 2021, "indicators.csv", 81, ""), report, ID)
    )
    assert pasted.follow(folder, screen) >= len(far) > 0
    report = contoh.checked(contoh.order(folder))
    assert not [f for o, f in report.of_level("peringatan") if o.rule == "pencilan"]
