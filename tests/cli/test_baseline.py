"""``fsva baseline``: what it prints, what it writes, what it refuses."""

from __future__ import annotations

import json
import os
import shutil
import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fsva import cli
from fsva.cli.begin import baseline as command
from fsva.config.editions import edition
from fsva.config.methods import baseline, method
from fsva.config.methods.baseline import Baseline
from fsva.core import texts
from fsva.files.tables.baselines import baseline_toml
from fsva.runs import run_order, tabulation
from fsva.words import report
from tests.places import belu as belu_atlas
from tests.places import contoh, small
from tests.places.frames import derivation, joined_table, specification

pytestmark = pytest.mark.usefixtures("coarse_pictures")

KABUPATEN = small.ROOT / "styles" / "metode" / "fsva-kabupaten-6.toml"
LAHAN = tuple(map(Decimal, ("0.0093", "0.0373", "0.1766", "0.2651", "0.3670")))


@pytest.fixture
def belu(tmp_path: Path) -> Path:
    """Return a copy of the edition in a project of its own."""
    shutil.copytree(small.BELU, tmp_path / "editions" / "belu-2021")
    for kind in ("metode", "dasar", "layouts", "gaya"):
        shutil.copytree(small.ROOT / "styles" / kind, tmp_path / "styles" / kind)
    return tmp_path / "editions" / "belu-2021"


def edit(folder: Path, old: str, new: str) -> None:
    file = folder / "edition.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def run(*words: str | Path) -> int:
    return cli.main(["baseline", *map(str, words)])


def test_a_frozen_baseline_is_one_that_an_edition_can_use(
    belu: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(belu, "--nama", "belu-2021-baru") == 0
    file = belu.parent.parent / "styles" / "dasar" / "belu-2021-baru.toml"
    assert str(file) in capsys.readouterr().out
    made = baseline.load(file)
    assert made.cut_offs["lahan"] == LAHAN
    assert (made.id, made.method) == ("belu-2021-baru", "fsva-kabupaten-6")
    assert made.frozen == date(2021, 11, 25)
    edit(belu, 'dasar = "belu-2021"', 'dasar = "belu-2021-baru"')
    order = run_order.place(edition.load(belu), None, texts.load("id"))
    used = tabulation.tabulate(order.edition, order.village_layer)
    lahan = used.rules.indicators[0]
    assert lahan.cut_offs == LAHAN
    counts = joined_table.count_classes(used.table.frame, lahan, 6)
    assert [counts[n] for n in range(7)] == [0, 12, 12, 17, 16, 12, 12]
    assert used.rules.baseline is not None
    assert used.rules.baseline.id == "Belu 2021 Baru"


def test_a_first_edition_needs_no_baseline_to_derive_one(
    belu: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(belu, 'dasar = "belu-2021"\n', "")
    with_one, without = tmp_path / "a" / "x.toml", tmp_path / "b" / "x.toml"
    assert run(small.BELU, "--nama", "x", "--keluaran", with_one) == 0
    assert "sekarang" in capsys.readouterr().out
    assert run(belu, "--nama", "x", "--keluaran", without) == 0
    assert "sekarang" not in capsys.readouterr().out
    assert with_one.read_bytes() == without.read_bytes()


def test_the_file_says_what_it_rests_on_and_no_folder_of_this_computer(
    belu: Path, tmp_path: Path
) -> None:
    file = tmp_path / "satu.toml"
    assert run(belu, "--nama", "satu", "--keluaran", file, "--tanggal", "2022-01-31") == 0
    text = file.read_text(encoding="utf-8")
    data = tomllib.loads(text)
    assert data["tanggal"] == date(2022, 1, 31)
    assert "Kabupaten Belu 2021, 81 desa" in data["sumber"]["id"]
    assert "persentil 15/30/50/70/85" in data["sumber"]["id"]
    assert "percentiles 15/30/50/70/85" in data["sumber"]["en"]
    assert "# 56 nilai, 25 tanpa nilai" in text
    assert "editions/belu-2021/indicators.csv, SHA-256 " in text
    assert str(tmp_path) not in text


def test_the_same_inputs_give_the_same_bytes(tmp_path: Path) -> None:
    files = [tmp_path / folder / "satu.toml" for folder in "ab"]
    assert [run(small.BELU, "--nama", "satu", "--keluaran", file) for file in files] == [0, 0]
    assert files[0].read_bytes() == files[1].read_bytes()


def test_a_frozen_baseline_is_not_overwritten_by_chance(
    belu: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = belu.parent.parent / "styles" / "dasar" / "belu-2021.toml"
    before = file.read_bytes()
    assert run(belu, "--nama", "belu-2021") == 70
    assert "--ganti" in capsys.readouterr().err
    assert file.read_bytes() == before
    assert run(belu, "--nama", "belu-2021", "--ganti") == 0
    assert file.read_bytes() != before


def test_a_failed_write_leaves_the_earlier_file_and_no_other(
    belu: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = belu.parent.parent / "styles" / "dasar"
    before = {file.name: file.read_bytes() for file in folder.iterdir()}

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert run(belu, "--nama", "belu-2021", "--ganti") == 70
    assert "No space left" in capsys.readouterr().err
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


def test_trying_writes_nothing(belu: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = belu.parent.parent
    before = sorted(project.rglob("*"))
    assert run(belu, "--coba") == 0
    assert "desa, usulan" in capsys.readouterr().out
    assert sorted(project.rglob("*")) == before


def test_another_scheme_is_named_in_the_file(tmp_path: Path) -> None:
    pytest.importorskip("mapclassify")
    file = tmp_path / "belu-jenks.toml"
    assert run(small.BELU, "--nama", "belu-jenks", "--skema", "jenks", "--keluaran", file) == 0
    made = baseline.load(file)
    assert "Jenks" in made.source.id
    assert made.cut_offs["lahan"] != LAHAN


@pytest.mark.parametrize("name", ["Belu 2021", "belu_2021", "-belu", "../belu", ""])
def test_a_name_that_no_edition_could_give_is_refused(
    belu: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(belu, f"--nama={name}") == 2
    assert "belu-2021" in capsys.readouterr().err


def test_file_and_name_must_agree(tmp_path: Path) -> None:
    assert run(small.BELU, "--nama", "satu", "--keluaran", tmp_path / "dua.toml") == 2
    assert list(tmp_path.iterdir()) == []


def test_without_a_name_nothing_is_frozen(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(small.BELU) == 2
    assert "--nama" in capsys.readouterr().err


def test_a_method_with_national_numbers_leaves_nothing_to_derive(
    belu: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(belu, 'metode = "fsva-kabupaten-6"', 'metode = "fsva-2025-11"')
    assert run(belu, "--coba") == 60
    assert "menetapkan sendiri" in capsys.readouterr().err


def test_an_indicator_without_spread_is_named(
    belu: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = belu / "indicators.csv"
    rows = [line.split(";") for line in file.read_text(encoding="utf-8-sig").splitlines()]
    flat = [rows[0], *([*row[:4], "0,0500", *row[5:]] for row in rows[1:])]
    file.write_text("\r\n".join(map(";".join, flat)) + "\r\n", encoding="utf-8-sig", newline="")
    assert run(belu, "--coba") == 61
    assert "sarana" in capsys.readouterr().err


def test_schemes_offered_are_those_that_can_be_derived() -> None:
    assert set(command.SCHEMES) == set(derivation.SCHEMES)
    assert command.SCHEMES[0] == derivation.EMPIRICAL
    for language in texts.LANGUAGES:
        for scheme in command.SCHEMES:
            assert texts.load(language).has(f"baseline.skema_{scheme.replace('-', '_')}")


def test_both_languages_have_the_same_words() -> None:
    one, other = (texts.load(language).entries["baseline"] for language in texts.LANGUAGES)
    assert list(one) == list(other)


# Every map and table says which baseline it follows


def test_an_atlas_carries_the_name_of_its_baseline() -> None:
    made = belu_atlas.made("id")
    report = made.files["laporan.txt"].decode("utf-8")
    assert "Cut-off dan skala: tahun dasar Belu 2021." in report.splitlines()
    assert json.loads(made.files["manifest.json"])["dasar"] == "belu-2021"
    assert len(made.maps) == 7
    for one in made.maps:
        assert "Batas antarkelas: Belu 2021." in one.sources


# The file


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(WORDS, st.lists(st.integers(0, 9_999), min_size=5, max_size=5), WORDS)
def test_a_baseline_reads_back_whatever_its_words(text: str, units: list[int], remark: str) -> None:
    cut_offs = tuple(Decimal(unit).scaleb(-4) for unit in sorted(units))
    made = Baseline.model_validate(
        {
            "id": "x",
            "metode": "m",
            "nama": {"id": text, "en": text},
            "tanggal": date(2021, 1, 2),
            "sumber": {"id": text, "en": ""},
            "cut_off": {"lahan": cut_offs},
            "skala": {"lahan": (Decimal("0.0000"), Decimal("1.6659"))},
        }
    )
    content = baseline_toml(made, [remark], {"lahan": remark})
    read = Baseline.model_validate(tomllib.loads(content.decode("utf-8"), parse_float=Decimal))
    assert read == made
    assert [str(c) for c in read.cut_offs["lahan"]] == [f"{c:.4f}" for c in cut_offs]


def test_a_derived_baseline_gives_back_the_method_it_was_derived_with(tmp_path: Path) -> None:
    """What the file says is what was shown: the same cut-offs, bounds and classes."""
    file = tmp_path / "satu.toml"
    assert run(small.BELU, "--nama", "satu", "--keluaran", file) == 0
    order = run_order.place(edition.load(small.BELU), None, texts.load("id"))
    rules = method.load_open(KABUPATEN)
    values = tabulation.join_values(order.edition, order.village_layer, rules).villages.frame
    shown = derivation.derive(values, rules).method
    read = method.load(KABUPATEN, file)
    assert read.indicators == shown.indicators
    assert read.composite == shown.composite


# Whose the composite cut-offs are, how few villages are too few, and the line in edition.toml


OFFICE = "32,92; 44,84; 52,50; 59,83; 67,93"


def frozen_with(belu: Path, *words: str) -> Baseline:
    assert run(belu, "--nama", "belu-2021-baru", *words) == 0
    return baseline.load(belu.parent.parent / "styles" / "dasar" / "belu-2021-baru.toml")


def test_computed_composite_cut_offs_are_a_proposal_everywhere(
    belu: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = frozen_with(belu, "--pasang")
    assert made.proposed == ("komposit",)
    assert capsys.readouterr().out.count("USULAN") == 2  # beside the numbers, and at the end
    order = run_order.place(edition.load(belu), None, texts.load("id"))
    used = tabulation.tabulate(order.edition, order.village_layer)
    settings = order.edition.settings
    maps = specification.build(used.table.frame, used.rules, settings, order.texts)
    said = "Batas kelas komposit masih usulan, belum ditetapkan."
    assert [said in " ".join(one.sources) for one in maps] == [False] * 6 + [True]
    assert "USULAN" in report.write(
        maps, used.table, {**used.joined.ledger.columns}, settings, used.rules, order.texts
    )
    checked = contoh.checked(order)
    (found,) = next(o for o in checked.outcomes if o.rule == "cut_off_usulan").result.findings
    assert found.columns == ("komposit",)
    assert cli.main(["jejak", str(belu), "Loonuna"]) == 0
    assert "usulan yang dihitung" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize("in_file", [False, True])
def test_the_office_enters_its_own_composite_cut_offs(
    belu: Path, tmp_path: Path, in_file: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "komposit.txt"
    file.write_text(OFFICE.replace("; ", "\n") + "\n", encoding="utf-8")
    made = frozen_with(belu, "--komposit", str(file) if in_file else OFFICE)
    assert [str(c) for c in made.cut_offs["komposit"]] == OFFICE.replace(",", ".").split("; ")
    assert made.proposed == ()
    assert "USULAN" not in capsys.readouterr().out
    assert "cut-off komposit dari kantor" in made.source.id


@pytest.mark.parametrize(
    "numbers", ["1; 2; 3; 4", "5; 4; 3; 2; 1", "1; 2; 3; 4; 101", "1; 2; 3; 4; 5,555", "a; b"]
)
def test_other_composite_cut_offs_are_refused(
    belu: Path, numbers: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(belu, "--nama", "baru", "--komposit", numbers) == 61
    assert "--komposit" in capsys.readouterr().err
    assert not (belu.parent.parent / "styles" / "dasar" / "baru.toml").exists()


@pytest.mark.parametrize(
    ("old", "lines"),
    [
        ('dasar = "belu-2021"\n', 'dasar = "belu-2021-baru"\n'),
        ('# dasar = "belu-2021"\n', 'dasar = "belu-2021-baru"\n'),
        ("", 'dasar = "belu-2021-baru"\n'),
    ],
)
def test_the_baseline_writes_itself_into_the_edition_on_request(
    belu: Path, old: str, lines: str
) -> None:
    edit(belu, 'dasar = "belu-2021"\n', old)
    before = (belu / "edition.toml").read_text(encoding="utf-8")
    frozen_with(belu)
    assert (belu / "edition.toml").read_text(encoding="utf-8") == before
    frozen_with(belu, "--pasang", "--ganti")
    after = (belu / "edition.toml").read_text(encoding="utf-8")
    place = old or 'metode = "fsva-kabupaten-6"\n'
    expected = before.replace(place, lines if old else place + lines)
    assert after == expected
    assert edition.load(belu).settings.baseline == "belu-2021-baru"


def test_a_baseline_that_the_edition_cannot_find_is_not_installed(
    belu: Path, tmp_path: Path
) -> None:
    before = (belu / "edition.toml").read_bytes()
    file = tmp_path / "x.toml"
    assert run(belu, "--nama", "x", "--keluaran", file, "--pasang") == 2
    assert (belu / "edition.toml").read_bytes() == before
    assert not file.exists()


def test_single_villages_make_no_classes(
    belu: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Twelve villages: each class would be one or two of them."""
    few = contoh.build(tmp_path / "editions" / "contoh-2021", poverty=False, coverage=False)
    target = tmp_path / "styles" / "dasar" / "contoh.toml"
    assert run(few, "--nama", "contoh") == 61
    said = capsys.readouterr().err
    assert "kabupaten di sekitarnya" in said
    assert "belu-2021" in said
    assert "--paksa" in said
    assert not target.exists()
    assert run(few, "--nama", "contoh", "--paksa") == 2
    assert "--alasan" in capsys.readouterr().err
    assert run(few, "--nama", "contoh", "--paksa", "--alasan", "Uji coba") == 0
    assert "Dipaksa dari hanya 12 desa: Uji coba" in target.read_text(encoding="utf-8")
    assert run(few, "--coba") == 0
