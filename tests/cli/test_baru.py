"""``fsva baru``: what it recognises, what it writes, what it lists, what it refuses.

The walk-through with Aceh Utara is the one of docs/edisi-baru.md. Its table is synthetic: every
number comes from a seeded generator, and its title says so.
"""

from __future__ import annotations

import io
import json
import shutil
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fsva import cli
from fsva.begin import new_edition
from fsva.begin.harmonise import WrittenVillage, key
from fsva.config.editions import edition, unfilled
from fsva.core import texts
from fsva.core.errors import SourceError
from fsva.sources.tables import crosswalks, office_files
from fsva.words import specification
from tests.places import contoh, small

pytestmark = pytest.mark.usefixtures("coarse_pictures")

INDICATORS = ("lahan", "sarana", "tidak_sejahtera", "akses", "air_bersih", "nakes")
MARK = "TABEL SINTETIS: angka acak, bukan data"


def own(text: str) -> str:
    """Give the hand-drawn kabupaten a code inside a real province."""
    return text.replace("99.01", "53.69").replace("9901", "5369")


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Return a folder with the files of an office, and an empty project beside it."""
    layer = small.layer().reset_index().to_crs(4326)
    layer["kode"] = layer["kode"].map(own)
    layer.to_file(tmp_path / "desa.geojson", driver="GeoJSON")
    (tmp_path / "tabel.csv").write_text(own(small.indicators_csv()), encoding="utf-8-sig")
    return tmp_path


def run(office: Path, *more: str | Path, table: str = "tabel.csv", code: str = "53.69") -> int:
    words = ["baru", "--kode", code, "--nama", "Kabupaten Contoh", "--tahun", "2024",
             "--batas", office / "desa.geojson", "--tabel", office / table,
             "--keluaran", office / "proyek" / "editions" / "contoh-2024", *more]  # fmt: skip
    return cli.main([str(word) for word in words])


def written(office: Path) -> Path:
    return office / "proyek" / "editions" / "contoh-2024"


def test_whole_files_make_an_edition_whose_atlas_can_be_made(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(office, "--dasar", "belu-2021", "--penyusun", 'Dinas "Contoh"') == 0
    out = capsys.readouterr().out
    assert "Tabel: 12 desa/kelurahan, judul kolom di baris 1, nilai indikator" in out
    assert "Lapisan batas: 12 desa/kelurahan, skema kode dan nama." in out
    assert "Atlas edisi ini dapat dibuat." in out
    assert "  1. " not in out
    settings = edition.load(written(office)).settings
    assert (settings.district.bps_code, settings.district.province) == (
        "5369", "Nusa Tenggara Timur")  # fmt: skip
    assert (settings.district.name, settings.compiler) == ("Contoh", 'Dinas "Contoh"')
    copied = written(office) / "indikator.csv"
    assert copied.read_bytes() == (office / "tabel.csv").read_bytes()
    rows = crosswalks.confirmed(crosswalks.read(written(office) / "padanan.csv"))
    assert {row.cells["kode_bps"]: row.cells["kode_kemendagri"] for row in rows} == dict(
        zip(map(own, small.BPS_CODES), map(own, small.CODES), strict=True)
    )
    assert cli.main(["periksa", str(written(office)), "--keluaran", str(office / "periksa")]) == 0


def test_the_same_files_make_the_same_edition(office: Path) -> None:
    assert run(office) == 0
    before = {file.name: file.read_bytes() for file in written(office).iterdir()}
    shutil.rmtree(written(office))
    assert run(office) == 0
    assert {file.name: file.read_bytes() for file in written(office).iterdir()} == before
    assert len(before) == 3


def test_what_no_option_says_is_asked_for(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = ("53.69", "Contoh", "2024", "desa.geojson", "tabel.csv")
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(answers) + "\n"))
    monkeypatch.chdir(office)
    assert cli.main(["baru"]) == 0
    out = capsys.readouterr().err
    assert "Berkas lapisan batas desa:" in out
    assert edition.load(Path("editions/contoh-2024")).settings.year == 2024


def test_the_name_follows_from_the_code(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Names as styles/kabupaten.csv has them; only a code that it lacks is asked for a name."""
    monkeypatch.setattr("sys.stdin", io.StringIO("36.72\n2024\n"))
    monkeypatch.chdir(office)
    assert cli.main(["baru"]) != 0  # the next question has no answer
    said = capsys.readouterr().err
    assert "Tahun" in said
    assert "Nama, tanpa kata" not in said
    assert new_edition.known_name("36.72") == "Cilegon"
    assert new_edition.known_name("11.08") == "Aceh Utara"
    assert new_edition.known_name("53.69") == ""


def test_an_edition_is_never_overwritten(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(office).mkdir(parents=True)
    (written(office) / "edition.toml").write_text("milik kantor", encoding="utf-8")
    assert run(office) == 70
    assert "sudah ada" in capsys.readouterr().err
    assert [file.read_text() for file in written(office).iterdir()] == ["milik kantor"]


def test_the_crosswalk_of_the_project_is_used_and_left_as_it_is(office: Path) -> None:
    folder = office / "proyek" / "boundaries" / "crosswalk"
    folder.mkdir(parents=True)
    (folder / "53.69.csv").write_text(own(small.crosswalk_csv()), encoding="utf-8-sig")
    before = (folder / "53.69.csv").read_bytes()
    assert run(office) == 0
    assert edition.load(written(office)).settings.data.crosswalk == "batas:crosswalk/53.69.csv"
    assert (folder / "53.69.csv").read_bytes() == before
    assert not (written(office) / "padanan.csv").exists()


def test_another_schema_is_recognised_and_needs_no_fields_in_the_edition(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    layer = gpd.read_file(office / "desa.geojson")
    layer = layer.rename(columns={"kode": "KDEPUM", "nama": "WADMKD"})
    layer.to_file(office / "desa.gpkg", driver="GPKG")
    assert run(office, "--dasar", "belu-2021", "--batas", office / "desa.gpkg") == 0
    assert "skema BIG, batas administrasi desa (RBI)" in capsys.readouterr().out
    assert "kolom_" not in (written(office) / "edition.toml").read_text(encoding="utf-8")
    assert cli.main(["periksa", str(written(office)), "--keluaran", str(office / "periksa")]) == 0


@pytest.mark.parametrize(
    ("language", "said"),
    [("id", 'boleh_dibagikan = "belum diisi"'), ("en", 'boleh_dibagikan = "to be filled in"')],
)
def test_whether_borders_may_be_passed_on_is_asked_and_not_guessed(
    office: Path, language: str, said: str
) -> None:
    assert run(office, "--dasar", "belu-2021", "--bahasa", language) == 0
    text = (written(office) / "edition.toml").read_text(encoding="utf-8")
    assert text.splitlines().count(said) == 1
    assert "# boleh_dibagikan: true" in text
    boundary = edition.load(written(office)).settings.boundary
    assert boundary.shareable is None
    assert not boundary.may_be_passed_on
    file = written(office) / "edition.toml"
    file.write_text(text.replace(said, "boleh_dibagikan = true"), encoding="utf-8")
    assert edition.load(written(office)).settings.boundary.may_be_passed_on


def test_raw_counts_are_recognised(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (office / "mentah.csv").write_text(own(contoh.raw_csv()), encoding="utf-8-sig")
    assert run(office, table="mentah.csv") == 0
    assert "data mentah" in capsys.readouterr().out
    assert edition.load(written(office)).settings.data.raw == "mentah.csv"


def test_what_is_missing_is_numbered(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = (office / "tabel.csv").read_text(encoding="utf-8-sig")
    changed = table.replace(";nakes", ";lain")
    (office / "tabel.csv").write_text(changed, encoding="utf-8-sig")
    assert run(office) == 0
    out = capsys.readouterr().out
    assert "Atlas edisi ini dapat dibuat" not in out
    (columns,) = [line for line in out.splitlines() if line.startswith("  1. ")]
    assert columns.endswith("nakes. Lengkapi tabel itu, atau namai kolomnya demikian.")
    (baseline,) = [line for line in out.splitlines() if line.startswith("  2. ")]
    assert "fsva baseline" in baseline
    assert "--nama contoh-2024" in baseline


def test_a_damaged_kemendagri_code_of_the_table_is_named(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = own(small.indicators_csv()).splitlines()
    codes = ["kode_kemendagri", *map(own, small.CODES)]
    codes[3] = codes[3].replace(".01.", ".1.", 1)
    text = "\n".join(f"{line};{code}" for line, code in zip(lines, codes, strict=True))
    (office / "tabel.csv").write_text(text, encoding="utf-8-sig")
    assert run(office) == 30
    error = " ".join(capsys.readouterr().err.split())
    assert "baris 4" in error
    assert 'terbaca "53.69.1.2003"' in error
    assert "barangkali maksudnya 53.69.01.2003" in error
    assert not (office / "proyek").exists()


def test_errors_in_the_data_are_listed(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = (office / "tabel.csv").read_text(encoding="utf-8-sig").splitlines()
    cells = lines[3].split(";")
    lines[3] = ";".join([*cells[:3], "7,5", *cells[4:]])
    (office / "tabel.csv").write_text("\n".join(lines), encoding="utf-8-sig")
    assert run(office, "--dasar", "belu-2021") == 0
    assert "  1. Pemeriksaan menemukan 1 galat" in capsys.readouterr().out


def test_another_spelling_waits_for_a_person(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("rapidfuzz", reason="proposals by likeness need rapidfuzz")
    table = (office / "tabel.csv").read_text(encoding="utf-8-sig")
    (office / "tabel.csv").write_text(table.replace(";Tujuh;", ";Tujoh;"), encoding="utf-8-sig")
    assert run(office, "--dasar", "belu-2021") == 0
    assert "1. Belum berpasangan: 1 desa dari tabel, 1 desa dari lapisan" in (
        capsys.readouterr().out
    )
    rows = {row.cells["nama_bps"]: row for row in crosswalks.read(written(office) / "padanan.csv")}
    assert crosswalks.status(rows.pop("Tujoh")) == crosswalks.PROPOSED
    assert {crosswalks.status(row) for row in rows.values()} == {crosswalks.CONFIRMED}
    assert len(rows) == 11


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--kode", "5369"), 2),
        (("--kode", "99.01"), 2),
        (("--tahun", "24"), 2),
        (("--kode", "53.68"), 40),
        (("--batas", "tidak-ada.gpkg"), 10),
        (("--tabel", "tidak-ada.csv"), 10),
        (("--dasar", "tidak-ada"), 10),
    ],
)
def test_what_cannot_be_used_is_refused_before_anything_is_written(
    office: Path, words: tuple[str, str], code: int
) -> None:
    assert run(office, *words) == code
    assert not (office / "proyek").exists()


@pytest.mark.parametrize("name", [".", "tidak-ada.csv"])
def test_only_a_file_that_is_there_can_be_copied(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceError):
        office_files.read(tmp_path / name)


def village(code: str, name: str, group: str) -> WrittenVillage:
    return WrittenVillage(code, name, group, group)


def test_a_name_that_moved_to_another_kecamatan_is_not_paired() -> None:
    names = ("Aa", "Bb", "Cc", "Dd")
    table = [village(f"1{n}", name, "utara") for n, name in enumerate(names)]
    layer = [village(f"2{n}", name, "x" if n else "y") for n, name in enumerate(names)]
    table.append(village("19", "Ee", "selatan"))
    layer.append(village("29", "Ee", "y"))
    found = [(p.table.name, p.layer.name) for p in new_edition.equal_pairs(table, layer)]
    assert found == [("Bb", "Bb"), ("Cc", "Cc"), ("Dd", "Dd")]


def test_a_code_of_the_other_side_pairs_where_names_differ() -> None:
    table = [replace(village("11", "Baru", "utara"), other_code="21")]
    (pair,) = new_edition.equal_pairs(table, [village("21", "Lama", "x")])
    assert (pair.table.code, pair.layer.code, pair.reason) == ("11", "21", "kode")


NAMES = st.lists(st.sampled_from(["Aa", "A A", "Bb", "Cc", "Dd", "Éé", "Ee"]), max_size=12)


def turned(villages: list[WrittenVillage]) -> list[WrittenVillage]:
    return villages[::-2] + villages[-2::-2]


@given(some=NAMES, others=NAMES)
def test_pairs_are_equal_one_to_one_and_do_not_depend_on_the_order(
    some: list[str], others: list[str]
) -> None:
    table = [village(f"1{n:02d}", name, f"t{n % 2}") for n, name in enumerate(some)]
    layer = [village(f"2{n:02d}", name, f"l{n % 2}") for n, name in enumerate(others)]
    pairs = new_edition.equal_pairs(table, layer)
    assert all(key(p.table.name) == key(p.layer.name) for p in pairs)
    assert len({p.table.code for p in pairs}) == len({p.layer.code for p in pairs}) == len(pairs)
    assert new_edition.equal_pairs(turned(table), turned(layer)) == pairs


def test_every_value_of_an_answer_survives_in_the_file(office: Path) -> None:
    compiler = 'Dinas "A" \\ B {c}\t#'
    assert run(office, "--penyusun", compiler, "--instansi", "BPS, 'Podes'") == 0
    settings = edition.load(written(office)).settings
    assert settings.compiler == compiler
    assert {origin.agency for origin in settings.origins.values()} == {"BPS, 'Podes'"}
    assert tuple(settings.origins) == INDICATORS


def synthetic_table(layer: Path) -> str:
    """Return a table of random values for the villages of a layer, marked as synthetic."""
    features = json.loads(layer.read_text(encoding="utf-8"))["features"]
    villages = sorted((f["properties"]["kode"], f["properties"]["nama"]) for f in features)
    numbers = np.random.default_rng(1108)
    rows = [MARK, ";".join(("kode_bps", "kecamatan", "desa", *INDICATORS))]
    for n, (code, name) in enumerate(villages):
        values = [
            *(numbers.uniform(0, most) for most in (1, 0.2, 0.25)),
            int(numbers.integers(1, 5)),
            *(numbers.uniform(0, most) for most in (0.5, 20)),
        ]
        cells = [str(v) if isinstance(v, int) else f"{v:.4f}".replace(".", ",") for v in values]
        keys = (f"1111{int(code[6:8]):02d}0{n:03d}", f"Kecamatan {code[6:8]}", name)
        rows.append(";".join((*keys, *cells)))
    return "\n".join(rows) + "\n"


@pytest.mark.shared
def test_kota_cilegon_lacks_one_decision_and_its_baseline(
    shared_dir: Path, office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("rapidfuzz", reason="proposals by likeness need rapidfuzz")
    assert run(
        office, "--kode", "36.72", "--nama", "Kota Cilegon",
        "--batas", shared_dir / "boundaries" / "desa_36.72_kota-cilegon.geojson",
        "--tabel", shared_dir / "cases" / "kota-cilegon-2024.csv",
    ) == 0  # fmt: skip
    out = capsys.readouterr().out
    assert "Tabel: 43 desa/kelurahan, judul kolom di baris 1, data mentah" in out
    assert "Padanan kode: 42 pasangan" in out
    assert "  1. Belum berpasangan: 1 desa dari tabel, 1 desa dari lapisan batas." in out
    assert "  2. Cut-off dan skala" in out
    assert "Deringo = Dringo" in out
    settings = edition.load(written(office)).settings
    assert (settings.method, settings.district.full_name) == ("fsva-kota-5", "Kota Cilegon")


@pytest.mark.shared
@pytest.mark.slow
def test_aceh_utara_goes_from_two_files_to_seven_maps(
    shared_dir: Path, repo_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    for name in ("styles", "boundaries"):
        shutil.copytree(repo_root / name, tmp_path / name)
    layer = shared_dir / "boundaries" / "desa_11.08_aceh-utara.geojson"
    (tmp_path / "tabel-sintetis.csv").write_text(synthetic_table(layer), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert cli.main(["baru", "--kode", "11.08", "--nama", "Aceh Utara", "--tahun", "2024",
                     "--batas", str(layer), "--tabel", "tabel-sintetis.csv"]) == 0  # fmt: skip
    out = capsys.readouterr().out
    assert "Padanan kode: 852 pasangan" in out
    assert "  1. Cut-off dan skala" in out
    assert "  2. " not in out
    folder = Path("editions/aceh-utara-2024")
    assert cli.main(["baseline", str(folder), "--nama", "aceh-utara-2024"]) == 0
    file = folder / "edition.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("# dasar = ", "dasar = "), encoding="utf-8")
    assert cli.main(["atlas", str(folder)]) == 0
    made = Path("outputs/aceh-utara/2024")
    assert len(list(made.glob("peta-[1-7]-*.pdf"))) == len(list(made.glob("peta-[1-7]-*.png"))) == 7
    assert len((made / "kelas.csv").read_text(encoding="utf-8").splitlines()) == 1 + 852


def test_a_wrong_place_is_told_while_a_column_is_missing_too(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    layer = gpd.read_file(office / "desa.geojson")
    layer.geometry = layer.geometry.translate(xoff=-12)  # two UTM zones to the west
    layer.to_file(office / "desa.geojson", driver="GeoJSON")
    table = (office / "tabel.csv").read_text(encoding="utf-8-sig").replace("nakes", "lain")
    (office / "tabel.csv").write_text(table, encoding="utf-8-sig")
    assert run(office) == 0
    told = capsys.readouterr().out
    assert "nakes" in told
    assert "fsva atlas akan berhenti" in told
    assert "Nusa Tenggara Timur" in told or "provinsi" in told


def test_source_and_year_of_the_borders_may_be_given(office: Path) -> None:
    options = ("--sumber-batas", 'BIG "RBI"', "--tahun-batas", "2022")
    assert run(office, "--dasar", "belu-2021", *options) == 0
    settings = edition.load(written(office)).settings
    assert (settings.boundary.producer.id, settings.boundary.producer.en) == ('BIG "RBI"',) * 2
    assert settings.boundary.vintage == "2022"
    assert not [gap.key for gap in unfilled.of(settings) if gap.key.startswith("batas")]


@pytest.mark.parametrize(
    ("options", "missing", "said"),
    [
        ((), ["batas.tahun", "batas.sumber"], "belum diisi"),
        (("--sumber-batas", "BIG"), ["batas.tahun"], "BIG, belum diisi"),
        (("--tahun-batas", "2022"), ["batas.sumber"], "belum diisi, 2022"),
        (("--sumber-batas", "desa.geojson", "--tahun-batas", "2022"), ["batas.sumber"],
         "desa.geojson, 2022"),
    ],
)  # fmt: skip
def test_what_is_not_said_of_the_borders_is_not_guessed(
    office: Path, options: tuple[str, ...], missing: list[str], said: str
) -> None:
    assert run(office, "--dasar", "belu-2021", *options) == 0
    settings = edition.load(written(office)).settings
    assert [g.key for g in unfilled.of(settings) if g.key.startswith("batas")] == missing
    producer, year = settings.boundary.producer.id, str(settings.boundary.vintage)
    assert specification.of_year(producer, year, texts.load("id")) == said


def test_sheets_that_are_called_like_the_year_are_no_option(tmp_path: Path) -> None:
    """Two sheets, 2021 and 2020, and --tahun 2021: the remedy is --lembar, and nothing else."""
    from fsva.cli import options
    from fsva.core.errors import Place, SourceError

    file = tmp_path / "t.xlsx"
    problem = SourceError("lembar_banyak", [Place(file, found="2021"), Place(file, found="2020")])
    options.blame(problem, {"--tahun": "2021", "--tabel": file, "--lembar": None})
    assert [place.column for place in problem.places] == [None, None]
    unknown = SourceError("lembar_hilang", [Place(file, found="2021")])
    options.blame(unknown, {"--tahun": "2021", "--lembar": "2021"})
    assert [place.column for place in unknown.places] == ["--lembar"]
