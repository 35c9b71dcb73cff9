"""``fsva selaraskan``: proposals into the table of matching codes, and what happens to them."""

from __future__ import annotations

import csv
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

from fsva import cli
from fsva.config.editions import edition
from fsva.core import texts
from fsva.core.errors import CodeError, JoinError, TableError
from fsva.runs import run_order, tabulation
from fsva.sources.cells import table_text
from fsva.sources.tables import crosswalks, edition_tables
from fsva.villages import join
from tests.places import contoh, small
from tests.places.framed import plain

HEADER = "kode_bps;kode_kemendagri;nama_bps;nama_kemendagri;kecamatan"


def run(*words: str | Path) -> int:
    return cli.main(["selaraskan", *map(str, words)])


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as source:
        return list(csv.DictReader(source, delimiter=";"))


def decide(file: Path, decisions: dict[str, str] | None = None) -> None:
    """Confirm all proposals in the file as an officer would, some of them otherwise."""
    text = file.read_bytes().decode("utf-8-sig")
    lines = [
        line.replace(";usulan;", f";{(decisions or {}).get(line.split(';')[0], 'ya')};")
        for line in text.split("\r\n")
    ]
    file.write_bytes("\r\n".join(lines).encode("utf-8-sig"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the synthetic edition; nobody has matched its codes yet, two names differ."""
    own = contoh.build(tmp_path / "editions" / "contoh-2021", poverty=False, coverage=False)
    layer = gpd.read_file(own / "desa.geojson")
    layer["nama"] = layer["nama"].replace({"Sepuluh": "Sapuluh", "Dua Belas": "DUABELAS"})
    layer.to_file(own / "desa.geojson", driver="GeoJSON")
    (own / "padanan.csv").unlink()
    return own


def joined(folder: Path) -> pd.DataFrame:
    order = run_order.place(edition.load(folder), None, texts.load("id"))
    return tabulation.tabulate(order.edition, order.village_layer).joined.ledger.frame


def test_proposals_are_written_confirmed_and_then_used(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder) == 0
    out = capsys.readouterr().out
    assert "Usulan baru: 12, 11 di antaranya berkode atau bernama sama." in out
    assert "Periksa: Sepuluh = Sapuluh (99.01.02.2010)? Nama mirip, skor 85,7." in out
    written = rows(folder / "padanan.csv")
    assert [(r["kode_bps"], r["kode_kemendagri"]) for r in written] == list(
        zip(small.BPS_CODES, small.CODES, strict=True)
    )
    assert {r["status"] for r in written} == {"usulan"}
    assert (written[9]["skor"], written[9]["alasan"]) == ("85,7", "nama mirip")

    with pytest.raises(JoinError) as caught:
        joined(folder)
    assert caught.value.key == "usulan_terbuka"
    assert len(caught.value.places) == 12
    assert caught.value.places[9].village == "Sepuluh (9901020010)"
    assert caught.value.places[9].found == "Sapuluh (99.01.02.2010)"

    decide(folder / "padanan.csv")
    assert list(joined(folder)["kode_bps"]) == list(small.BPS_CODES)


def big(folder: Path, **more: object) -> None:
    """Write the layer as the mapping agency does, in place of the plain one."""
    layer = gpd.read_file(folder / "desa.geojson").sort_values("kode", ignore_index=True)
    layer = layer.rename(columns={"kode": "KDEPUM", "nama": "WADMKD"}).assign(**more)
    layer.to_file(folder / "desa.gpkg", driver="GPKG")
    toml = folder / "edition.toml"
    text = toml.read_text(encoding="utf-8").replace("desa.geojson", "desa.gpkg")
    toml.write_text(text, encoding="utf-8")


def test_codes_of_bps_in_a_layer_of_the_mapping_agency_are_proposed_first(folder: Path) -> None:
    big(folder, KDEBPS=small.BPS_CODES, WADMKD=[f"Nama {n} lain" for n in range(12)])
    assert run(folder) == 0
    written = rows(folder / "padanan.csv")
    assert [(r["kode_bps"], r["kode_kemendagri"]) for r in written] == list(
        zip(small.BPS_CODES, small.CODES, strict=True)
    )
    assert {(r["status"], r["alasan"]) for r in written} == {("usulan", "kode sama")}


def test_empty_codes_of_bps_in_a_layer_are_no_evidence(folder: Path) -> None:
    big(folder, KDEBPS="")
    assert run(folder) == 0
    reasons = {r["alasan"] for r in rows(folder / "padanan.csv")}
    assert reasons == {"nama sama", "nama mirip"}


def test_a_layer_with_codes_of_bps_goes_through_the_pairs_that_are_confirmed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "padanan.csv").write_text(small.crosswalk_csv(), encoding="utf-8-sig")
    layer = gpd.read_file(folder / "desa.geojson").sort_values("kode", ignore_index=True)
    bps = layer.drop(columns="kode").assign(iddesa=small.BPS_CODES)
    bps.rename(columns={"nama": "nmdesa"}).to_file(folder / "bps.gpkg", driver="GPKG")
    before = (folder / "padanan.csv").read_bytes()
    assert run(folder, "--batas", folder / "bps.gpkg") == 0
    assert "Pasangan yang sudah ditetapkan: 12." in capsys.readouterr().out
    assert (folder / "padanan.csv").read_bytes() == before


def test_the_atlas_command_names_open_proposals_and_writes_nothing(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder) == 0
    assert cli.main(["atlas", str(folder), "--keluaran", str(tmp_path / "out")]) == 50
    err = capsys.readouterr().err
    assert "Satu (9901010001)" in err
    assert "dan 7 lagi" in err
    assert not (tmp_path / "out").exists()


def test_a_second_run_changes_no_byte(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder) == 0
    before = (folder / "padanan.csv").read_bytes()
    capsys.readouterr()
    assert run(folder) == 0
    assert (folder / "padanan.csv").read_bytes() == before
    out = capsys.readouterr().out
    assert "Usulan baru: 0" in out
    assert "12 usulan menunggu keputusan" in out


def test_a_run_resumes_and_leaves_decided_rows_alone(folder: Path) -> None:
    file = folder / "padanan.csv"
    own = f"{small.BPS_CODES[0]};{small.CODES[0]};Satu;Nama Lama;Utara;catatan petugas"
    file.write_bytes(f"{HEADER};catatan\r\n{own}\r\n".encode("utf-8-sig"))
    assert run(folder) == 0
    found = rows(file)
    assert len(found) == 12
    assert found[0]["nama_kemendagri"] == "Nama Lama"
    assert (found[0]["catatan"], found[0]["status"]) == ("catatan petugas", "")
    assert list(found[0]) == [*HEADER.split(";"), "catatan", "status", "skor", "alasan"]
    assert {r["status"] for r in found[1:]} == {"usulan"}


def test_a_refused_pair_is_not_proposed_again_and_never_joined(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, sepuluh = folder / "padanan.csv", small.BPS_CODES[9]
    assert run(folder) == 0
    decide(file, {sepuluh: "tidak"})
    before = file.read_bytes()
    capsys.readouterr()
    assert run(folder) == 0
    out = capsys.readouterr().out
    assert file.read_bytes() == before
    assert "Tanpa usulan, dari tabel (1): Sepuluh (9901020010)." in out
    assert "Tanpa usulan, dari lapisan batas (1): Sapuluh (99.01.02.2010)." in out
    with pytest.raises(JoinError) as caught:
        joined(folder)
    assert caught.value.key == "tak_ada_di_penyelarasan"


def test_an_earlier_proposal_that_no_longer_fits_is_replaced(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = folder / "padanan.csv"
    stale = f"{small.BPS_CODES[0]};99.01.01.2099;Satu;Lain;Utara;usulan;70,0;nama mirip"
    gone = "9901010099;99.01.01.2098;Hilang;Hilang;Utara;ya;;"
    text = f"{HEADER};status;skor;alasan\r\n{stale}\r\n{gone}\r\n"
    file.write_bytes(text.encode("utf-8-sig"))
    assert run(folder) == 0
    found = {r["kode_bps"]: r for r in rows(file)}
    assert found[small.BPS_CODES[0]]["kode_kemendagri"] == small.CODES[0]
    assert found["9901010099"]["status"] == "ya"
    out = capsys.readouterr().out
    assert "dihapus (1): Satu (9901010001 = 99.01.01.2099)." in out
    assert "(1): Hilang (9901010099 = 99.01.01.2098)." in out


def test_english_is_spoken_and_the_file_stays_indonesian(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder, "--bahasa", "en") == 0
    assert "New proposals: 12" in capsys.readouterr().out
    assert {r["status"] for r in rows(folder / "padanan.csv")} == {"usulan"}


@pytest.mark.parametrize(
    ("line", "error", "key", "likely"),
    [
        ("9901010001;99.01.01.2001;a;a;k;mungkin", TableError, "status_padanan", None),
        ("9901010001.0;99.01.01.2001;a;a;k;ya", CodeError, "kode_bps", "9901010001"),
        ("99O1010001;99.01.01.2001;a;a;k;usulan", CodeError, "kode_bps", "9901010001"),
        ("9901010001;9901012001;a;a;k;ya", CodeError, "kode_kemendagri", "99.01.01.2001"),
        ("9901010001;99.1.1.2001;a;a;k;ya", CodeError, "kode_kemendagri", "99.01.01.2001"),
        ("9901010002;99.01.01.2003;a;a;k;ya", CodeError, "kode_ganda", None),
    ],
)
def test_a_bad_row_is_named_with_the_likely_code(
    tmp_path: Path, line: str, error: type[Exception], key: str, likely: str | None
) -> None:
    file = tmp_path / "padanan.csv"
    sound = "9901010002;99.01.01.2002;Dua;Dua;Utara;"
    file.write_text(f"{HEADER};status\n{sound}\n{line}\n", encoding="utf-8")
    with pytest.raises(error) as caught:
        edition_tables.read_crosswalk(file)
    assert isinstance(caught.value, (TableError, CodeError))
    assert caught.value.key == key
    assert caught.value.places[-1].row == 3
    assert caught.value.places[-1].likely == likely


def test_the_terminal_tells_damage_and_likely_code(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = folder / "indikator.csv"
    text = file.read_text(encoding="utf-8-sig")
    file.write_text(text.replace("9901010002", "99O1010002"), encoding="utf-8-sig")
    assert run(folder) == 30
    err = capsys.readouterr().err
    assert 'terbaca "99O1010002"' in err
    assert "(berisi huruf O, I, atau l di tempat angka; barangkali maksudnya 9901010002)" in err
    assert not (folder / "padanan.csv").exists()


def test_a_table_of_codes_with_nothing_but_its_header_is_a_beginning(tmp_path: Path) -> None:
    file = tmp_path / "padanan.csv"
    file.write_text(f"{HEADER}\n", encoding="utf-8")
    assert tuple(crosswalks.read_or_begin(file)) == ()
    assert crosswalks.read_or_begin(tmp_path / "tiada.csv").columns == crosswalks.CODES.columns


CILEGON = """
tahun = 2024
tanggal = 2024-12-01
penyusun = "Uji"
metode = "fsva-kota-5"
[daerah]
nama = "Cilegon"
jenis = "kota"
kode_kemendagri = "36.72"
kode_bps = "3672"
provinsi = "Banten"
[data]
mentah = "mentah.csv"
penyelarasan = "padanan.csv"
[batas]
berkas = "{layer}"
skematis = false
tahun = "2020"
sumber = {{ id = "uji", en = "test" }}
[sumber]
"""


@pytest.fixture
def cilegon(shared_dir: Path, tmp_path: Path) -> Path:
    """Return an edition of Kota Cilegon, whose codes nobody has matched."""
    case = pd.read_csv(shared_dir / "cases" / "kota-cilegon-2024.csv", dtype="str")
    own = tmp_path / "editions" / "cilegon-2024"
    own.mkdir(parents=True)
    table = case.rename(columns={"kelurahan": "desa"})
    table.to_csv(own / "mentah.csv", sep=";", index=False)
    layer = shared_dir / "boundaries" / "desa_36.72_kota-cilegon.geojson"
    (own / "edition.toml").write_text(CILEGON.format(layer=layer.as_posix()), encoding="utf-8")
    return own


@pytest.mark.shared
def test_cilegon_is_proposed_right_for_all_43_and_joins_after_confirmation(
    cilegon: Path, shared_dir: Path
) -> None:
    assert run(cilegon) == 0
    file = cilegon / "padanan.csv"
    found = pd.DataFrame(rows(file))
    assert len(found) == 43
    assert found["kode_bps"].is_unique
    assert found["kode_kemendagri"].is_unique
    assert found["alasan"].value_counts().to_dict() == {"nama sama": 42, "nama mirip": 1}
    assert_areas_agree(found, shared_dir)
    with pytest.raises(JoinError, match="usulan_terbuka"):
        edition_tables.read_crosswalk(file)

    decide(file)
    source = shared_dir / "boundaries" / "desa_36.72_kota-cilegon.geojson"
    _, table = edition_tables.read_villages(table_text.open_file(cilegon / "mentah.csv"), ())
    layer = plain(small.villages_of(source, "36.72"))
    names = join.JoinedFiles(cilegon / "mentah.csv", file, source)
    ledger = join.join(table, edition_tables.read_crosswalk(file), layer, names).ledger
    assert len(ledger) == len(layer) == len(table) == 43
    assert list(ledger["nama_layer"][ledger["keterangan"] == "other_name"]) == ["Dringo"]


def assert_areas_agree(found: pd.DataFrame, shared_dir: Path) -> None:
    """Check the pairs by what knows nothing of names: the areas of table and polygon.

    Two of the 43 do not agree: the published table has their areas exchanged, and their names
    are the same on both sides but for a space.
    """
    case = pd.read_csv(shared_dir / "cases" / "kota-cilegon-2024.csv", dtype={"kode_bps": "str"})
    layer = gpd.read_file(shared_dir / "boundaries" / "desa_36.72_kota-cilegon.geojson")
    drawn = layer.set_index("kode").to_crs(32748).area / 1e4
    listed = case.set_index("kode_bps")["luas_ha"]
    pair = found.set_index("kode_bps")
    ratio = pair["kode_kemendagri"].map(drawn) / listed.reindex(pair.index)
    other = ratio[(ratio - 1).abs() > 0.02].index
    assert set(pair["nama_bps"].reindex(other)) == {"Lebakdenok", "Lebak Gede"}
    exchanged = drawn[pair["kode_kemendagri"][other]].to_numpy() / listed[other[::-1]].to_numpy()
    assert exchanged == pytest.approx(1, abs=0.02)
