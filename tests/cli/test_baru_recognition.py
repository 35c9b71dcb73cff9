"""``fsva baru``: by which method a table is made, how its codes stand in it, whose it is."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

from fsva import cli
from fsva.config.editions import edition
from fsva.core import texts
from fsva.sources.cells import table_text
from tests.cli.test_baru import office, own, run, written  # noqa: F401  (fixture)
from tests.places import small

KEYS = ["kode_bps", "kecamatan", "desa"]
NATURAL = [
    "Rasio Konsumsi Normatif per Kapita (NCPR)", "Ketersediaan Energi (%)",
    "Ketersediaan Protein Hewani (%)", "Rasio Cadangan Pangan", "Persentase Penduduk Miskin (%)",
    "Koefisien Variasi Harga Pangan (%)", "PoU (%)", "Rata-rata Lama Sekolah Perempuan (tahun)",
    "Rumah Tangga Tanpa Akses Air Bersih (%)", "Skor PPH", "Prevalensi Stunting (%)",
]  # fmt: skip
VALUES = ["0,4", "120,5", "110,5", "0,8", "8,5", "5,5", "4,5", "9,5", "12,5", "91,5", "15,5"]


def table(folder: Path, head: list[str], keys: list[list[str]], values: list[str]) -> str:
    lines = [head, *([*one, *values] for one in keys)]
    text = "\n".join(";".join(cells) for cells in lines)
    (folder / "lain.csv").write_text(text, encoding="utf-8")
    return "lain.csv"


def villages() -> list[list[str]]:
    return [[own(code), kecamatan, name] for code, kecamatan, name
            in zip(small.BPS_CODES, small.KECAMATAN, small.NAMES, strict=True)]  # fmt: skip


def failure(capsys: pytest.CaptureFixture[str]) -> str:
    return " ".join(capsys.readouterr().err.split())


@pytest.mark.parametrize("id_of", ["headings", "ids"])
@pytest.mark.parametrize("code", ["53.69", "53.79"])
def test_the_national_method_is_recognised_and_needs_no_baseline(
    office: Path, capsys: pytest.CaptureFixture[str], id_of: str, code: str  # noqa: F811
) -> None:  # fmt: skip
    rules = tomllib.loads((small.ROOT / "styles/metode/fsva-2025-11.toml").read_text("utf-8"))
    ids = [one["id"] for one in rules["indikator"]]
    keys, layer = villages(), office / "desa.geojson"
    if code == "53.79":  # a kota
        keys = [[one[0].replace("5369", "5379"), *one[1:]] for one in keys]
        layer.write_text(layer.read_text("utf-8").replace("53.69", code), encoding="utf-8")
    name = table(office, [*KEYS, *(NATURAL if id_of == "headings" else ids)], keys, VALUES)
    assert run(office, table=name, code=code) == 0
    out = capsys.readouterr().out
    assert "Metode: FSVA sebelas indikator (2025) (fsva-2025-11)." in out
    assert "fsva baseline" not in out
    assert "Atlas edisi ini dapat dibuat." in out
    settings = edition.load(written(office)).settings
    assert (settings.method, settings.baseline) == ("fsva-2025-11", None)
    assert list(settings.origins) == ids
    assert "# dasar" not in (written(office) / "edition.toml").read_text("utf-8")


def test_the_office_may_say_the_method(
    office: Path, capsys: pytest.CaptureFixture[str]  # noqa: F811
) -> None:  # fmt: skip
    assert run(office, "--metode", "fsva-2025-11") == 0
    assert edition.load(written(office)).settings.method == "fsva-2025-11"
    assert "Kolom yang belum dikenali" in capsys.readouterr().out


def test_an_unknown_method_names_those_that_there_are(
    office: Path, capsys: pytest.CaptureFixture[str]  # noqa: F811
) -> None:  # fmt: skip
    assert run(office, "--metode", "fsva-2031") == 2
    assert "fsva-2025-11, fsva-kabupaten-6, fsva-kota-5" in failure(capsys)


@pytest.mark.parametrize(
    "head",
    [
        ["Kode Wilayah", "Distrik", "Kampung"], ["kode_desa", "Nama Kecamatan", "Nagari"],
        ["KODE", "Kecamatan", "Gampong"], ["ADM4_PCODE", "ADM3_EN", "ADM4_EN"],
        ["Kode", "Kemantren", "Kalurahan"], ["Kode Wilayah", "Kapanewon", "Nama Kalurahan"],
        ["Kode Desa", "Nama Distrik", "Nama Kampung/Kelurahan"], ["Kode", "Kecamatan", "Tiyuh"],
        ["Kode Desa", "Nama Kec.", "Nama Desa/Kel."], ["Kode", "Kecamatan", "Lembang/Kelurahan"],
        ["Kode BPS", "Kecamatan/Distrik", "Desa/Kampung"], ["Kode", "Kecamatan", "Ohoi"],
    ],
)  # fmt: skip
def test_headings_of_other_provinces_and_producers_are_known(
    tmp_path: Path, head: list[str]
) -> None:
    keys = villages()
    if head[0] == "ADM4_PCODE":
        keys = [[f"ID{one[0]}", *one[1:]] for one in keys]
    file = tmp_path / table(tmp_path, [*head, "lahan"], keys, ["0,1"])
    found = table_text.read(file, [*KEYS, "lahan"])
    assert [[row.cells[name] for name in KEYS] for row in found] == villages()


@pytest.mark.parametrize("names", [("R103N", "R104N"), ("Kecamatan", "Desa")])
@pytest.mark.parametrize("padded", [True, False])
def test_the_four_columns_of_podes_are_one_code(
    tmp_path: Path, names: tuple[str, str], padded: bool
) -> None:
    keys = [
        [part if padded else str(int(part)) for part in (c[:2], c[2:4], c[4:7], c[7:])] + rest
        for c, *rest in villages()
    ]
    head = ["R101", "R102", "R103", "R104", *names, "lahan"]
    file = tmp_path / table(tmp_path, head, keys, ["0,1"])
    found = table_text.read(file, [*KEYS, "lahan"])
    assert [[row.cells[name] for name in KEYS] for row in found] == villages()


@pytest.mark.parametrize("heading", ["kode_kemendagri", "Kode Wilayah", "kode_desa"])
def test_a_table_of_kemendagri_codes_says_which_codes_it_needs(
    office: Path, capsys: pytest.CaptureFixture[str], heading: str  # noqa: F811
) -> None:  # fmt: skip
    keys = [[own(code), *rest[1:]] for code, rest in zip(small.CODES, villages(), strict=True)]
    name = table(office, [heading, "kecamatan", "desa", "lahan"], keys, ["0,1"])
    assert run(office, table=name) == 30
    said = failure(capsys)
    assert "hanya memuat kode Kemendagri" in said
    assert "bridging-kode" in said
    assert not written(office).exists()


def kemendagri_only(office: Path, *codes: str) -> str:  # noqa: F811
    """Write the office's table with Kemendagri codes in place of BPS codes; return its name."""
    own_table = pd.read_csv(office / "tabel.csv", sep=";", dtype=str, encoding="utf-8-sig")
    own_table["kode_bps"] = list(codes) or [own(code) for code in small.CODES]
    own_table = own_table.rename(columns={"kode_bps": "Kode Wilayah"})
    own_table.to_csv(office / "kemendagri.csv", sep=";", index=False)
    return "kemendagri.csv"


def both_codes(office: Path, bps: list[str]) -> None:  # noqa: F811
    """Write the layer as the mapping agency does, with codes of both systems."""
    layer = (
        gpd.read_file(office / "desa.geojson").set_index("kode").loc[list(map(own, small.CODES))]
    )
    layer = layer.reset_index().rename(columns={"kode": "KDEPUM", "nama": "WADMKD"})
    layer.assign(KDEBPS=bps).to_file(office / "desa.geojson", driver="GeoJSON")


@pytest.mark.parametrize("known_by", ["layer", "crosswalk"])
def test_a_table_of_kemendagri_codes_whose_pairs_are_known_is_read(
    office: Path, capsys: pytest.CaptureFixture[str], known_by: str  # noqa: F811
) -> None:  # fmt: skip
    assert run(office, "--dasar", "belu-2021") == 0
    usual = classes_of(office)
    shutil.rmtree(written(office))
    name = kemendagri_only(office)
    if known_by == "layer":
        both_codes(office, [own(code) for code in small.BPS_CODES])
    else:
        common = office / "proyek" / "boundaries" / "crosswalk" / "53.69.csv"
        shutil.copytree(small.ROOT / "boundaries/konteks", common.parent.parent / "konteks")
        common.parent.mkdir()
        common.write_text(own(small.crosswalk_csv()), encoding="utf-8-sig")
    assert run(office, "--dasar", "belu-2021", table=name) == 0
    assert "Atlas edisi ini dapat dibuat." in capsys.readouterr().out
    assert classes_of(office) == usual
    assert cli.main(["periksa", str(written(office)), "--keluaran", str(office / "p")]) == 0
    said = (office / "p" / "periksa.html").read_text("utf-8")
    assert "kode BPS desanya diambil dari" in said
    assert cli.main(["jejak", str(written(office)), small.NAMES[0]]) == 0
    assert cli.main(["selaraskan", str(written(office))]) == 0


def classes_of(office: Path) -> bytes:  # noqa: F811
    """Make one map of the edition; return its table of classes."""
    made = office / "atlas"
    assert cli.main(["atlas", str(written(office)), "--keluaran", str(made), "--peta", "1"]) == 0
    return (made / "kelas.csv").read_bytes()


def test_a_village_without_a_known_bps_code_is_named(
    office: Path, capsys: pytest.CaptureFixture[str]  # noqa: F811
) -> None:  # fmt: skip
    both_codes(office, [own(code) for code in small.BPS_CODES[:-1]] + [""])
    assert run(office, table=kemendagri_only(office)) == 30
    said = failure(capsys)
    assert "Kode BPS desa ini tidak diketahui" in said
    assert f'desa {small.NAMES[-1]} terbaca "{own(small.CODES[-1])}"' in said
    assert "baris 13" in said
    assert not written(office).exists()


def test_a_damaged_kemendagri_code_without_a_pair_is_called_damaged(
    office: Path, capsys: pytest.CaptureFixture[str]  # noqa: F811
) -> None:  # fmt: skip
    both_codes(office, [own(code) for code in small.BPS_CODES])
    damaged = [own(code) for code in small.CODES]
    damaged[2] = damaged[2].replace(".", "-")
    assert run(office, table=kemendagri_only(office, *damaged)) == 30
    said = failure(capsys)
    assert "Kode Kemendagri desa ini rusak" in said
    assert own(small.CODES[2]) in said


def test_all_that_is_wrong_with_kemendagri_codes_is_said_at_once(
    office: Path, capsys: pytest.CaptureFixture[str]  # noqa: F811
) -> None:  # fmt: skip
    both_codes(office, [own(code) for code in small.BPS_CODES[:-1]] + [""])
    damaged = [own(code) for code in small.CODES]
    damaged[2] = damaged[2].replace(".", "-")
    assert run(office, table=kemendagri_only(office, *damaged)) == 30
    said = failure(capsys)
    assert "Kode Kemendagri desa ini rusak" in said
    assert "Kode BPS desa ini tidak diketahui" in said


def test_a_blank_bps_code_beside_a_kemendagri_code_is_called_damaged(
    office: Path, capsys: pytest.CaptureFixture[str]  # noqa: F811
) -> None:  # fmt: skip
    rows = [[own(bps), own(code), *rest] for bps, code, (_, *rest)
            in zip(small.BPS_CODES, small.CODES, villages(), strict=True)]  # fmt: skip
    rows[4][0] = ""
    head = ["kode_bps", "kode_kemendagri", "kecamatan", "desa", "lahan"]
    assert run(office, table=table(office, head, rows, ["0,1"])) != 0
    said = failure(capsys)
    assert "Kode BPS desa ini rusak" in said
    assert "tidak diketahui" not in said


@pytest.mark.parametrize("other", ["5269", "5379", "mixed"])
def test_a_table_of_another_kabupaten_is_refused(
    office: Path, capsys: pytest.CaptureFixture[str], other: str  # noqa: F811
) -> None:  # fmt: skip
    text = (office / "tabel.csv").read_text(encoding="utf-8-sig")
    changed = text.replace("5369020007", "5371020007") if other == "mixed" else text.replace(
        "5369", other)  # fmt: skip
    (office / "tabel.csv").write_text(changed, encoding="utf-8")
    assert run(office) == 20
    said = failure(capsys)
    assert "milik kabupaten atau kota lain" in said
    assert ("5371020007" in said) == (other == "mixed")
    assert not written(office).exists()


def test_a_table_of_a_neighbour_is_refused_by_its_names(
    office: Path, capsys: pytest.CaptureFixture[str]  # noqa: F811
) -> None:  # fmt: skip
    text = (office / "tabel.csv").read_text(encoding="utf-8-sig").replace("5369", "5368")
    for n, name in enumerate(small.NAMES):
        text = text.replace(f";{name};", f";Tetangga {n};")
    (office / "tabel.csv").write_text(text, encoding="utf-8")
    assert run(office) == 50
    assert "(0 dari 12)" in failure(capsys)


def test_faults_of_table_and_layer_are_told_together(
    office: Path, capsys: pytest.CaptureFixture[str]  # noqa: F811
) -> None:  # fmt: skip
    text = (office / "tabel.csv").read_text(encoding="utf-8-sig")
    (office / "tabel.csv").write_text(
        text.replace("5369010003", "536901003").replace(";Lima;", ";;"), encoding="utf-8"
    )
    assert run(office, "--batas", office / "tidak-ada.gpkg") == 30
    said = failure(capsys)
    assert said.count("Galat:") == 3
    assert "baris 4" in said
    assert "baris 6" in said
    assert "tidak-ada.gpkg" in said


@pytest.mark.parametrize("lost", ["kode_bps", "kecamatan", "desa"])
def test_without_a_column_of_keys_all_else_is_told_at_once(
    office: Path, capsys: pytest.CaptureFixture[str], lost: str  # noqa: F811
) -> None:  # fmt: skip
    lines = (office / "tabel.csv").read_text(encoding="utf-8-sig").splitlines()
    cells = [line.split(";") for line in lines]
    n, lahan, akses = (cells[0].index(name) for name in (lost, "lahan", "akses"))
    cells[3][lahan], cells[4][akses], cells[5][0] = "abc", "7", "536901"
    cells[8][0] = cells[7][0]
    rows = [";".join(c for k, c in enumerate(row) if k != n) for row in cells]
    (office / "tabel.csv").write_text("\n".join(rows), encoding="utf-8")
    assert run(office, "--lapisan", "lain") != 0
    said = failure(capsys)
    wrong = ["wajib ada tidak ditemukan", 'terbaca "abc"', 'terbaca "7"', "--lapisan"]
    if lost != "kode_bps":
        wrong += ['terbaca "536901"', "lebih dari satu baris"]
    assert [said.count(words) for words in wrong] == [1] * len(wrong), said
    assert said.count("Galat:") == len(wrong)
    assert not written(office).exists()


@pytest.mark.parametrize(
    ("options", "remedy"),
    [
        (["--kode", "53.68"], "perbaiki --kode"),
        (["--lapisan", "lain"], "Perbaiki --lapisan."),
        (["--lembar", "lain"], "--lembar"),
        (["--kolom-kode", "lain", "--kolom-nama", "nama"], "--kolom-kode dan --kolom-nama"),
        (["--kolom-kode", "nama", "--kolom-nama", "kode"], "--kolom-kode"),
    ],
)
def test_a_remedy_names_no_key_of_a_file_that_is_not_there(
    office: Path, capsys: pytest.CaptureFixture[str], options: list[str], remedy: str  # noqa: F811
) -> None:  # fmt: skip
    assert run(office, *options) != 0
    said = failure(capsys)
    assert remedy in said
    assert not {"edition.toml", "[batas]", "[daerah]", "sistem_kode"} & set(said.split())


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_remedies_before_an_edition_are_those_of_known_errors(language: texts.Language) -> None:
    words = texts.load(language).entries
    for key, remedy in words["baru"]["perbaikan"].items():
        assert key in words["galat"]
        assert "edition.toml" not in remedy
