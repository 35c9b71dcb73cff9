"""The sheet KESEPAKATAN of a workbook: agreed values that win, and what is refused in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from fsva import cli
from fsva.core import messages, texts
from fsva.core.errors import FsvaError
from fsva.runs import tabulation
from tests.places import books, contoh, small
from tests.places.books import Value

CODES, NAMES = small.BPS_CODES, small.NAMES
HEAD: list[Value] = ["Nilai yang disepakati antarinstansi, 12 Maret 2021"]


def table(raw: bool) -> list[list[Value]]:
    """Return the synthetic table as typed cells."""
    text = contoh.raw_csv() if raw else small.indicators_csv()
    head, *body = [line.split(";") for line in text.splitlines()]
    typed: list[list[Value]] = [
        [*cells[:3], *(float(c.replace(",", ".")) if c else None for c in cells[3:])]
        for cells in body
    ]
    return [[*head], *typed]


def build(
    folder: Path,
    agreed: list[list[Value]],
    *,
    raw: bool = False,
    kind: str = "xlsx",
    name: str = "KESEPAKATAN",
) -> Path:
    contoh.build(folder, poverty=False, coverage=False, raw=raw)
    books.WRITERS[kind](folder / f"data.{kind}", {"Form 0": table(raw), name: agreed})
    file = folder / "edition.toml"
    old = "mentah.csv" if raw else "indikator.csv"
    text = file.read_text(encoding="utf-8").replace(f'"{old}"', f'"data.{kind}"')
    file.write_text(text, encoding="utf-8")
    return folder


def villages(folder: Path) -> tabulation.Tabulated:
    return contoh.tabulated(contoh.order(folder))


@pytest.mark.parametrize("kind", sorted(books.WRITERS))
@pytest.mark.parametrize("heading", ["nakes", "Kesepakatan nakes", "KESEPAKATAN_NAKES"])
def test_filled_cells_of_the_sheet_win_over_the_table(
    tmp_path: Path, kind: str, heading: str
) -> None:
    agreed: list[list[Value]] = [
        HEAD, [], ["No", "Kecamatan", "Kode BPS", "Desa", heading, "sarana", "Alasan"],
        [1, "Utara", CODES[3], NAMES[3], 2.5, "-", "tidak ada tenaga kesehatan"],
        [2, None, CODES[1], NAMES[1], None, "0,0125", "salah hitung"],
    ]  # fmt: skip
    folder = build(tmp_path / "p" / "editions" / "uji", agreed, kind=kind)
    made = villages(folder).joined.villages.geo_frame.set_index("kode_bps")
    plain = small.table()
    expected = plain["nakes"].to_dict() | {CODES[3]: 2.5}
    assert made["nakes"].to_dict() == expected
    assert made["sarana"].to_dict() == plain["sarana"].to_dict() | {CODES[1]: 0.0125}
    assert made["terukur_nakes"].dropna().to_dict() == {CODES[3]: "0.1"}
    assert made["terukur_sarana"].dropna().to_dict() == {CODES[1]: "0.05"}


def test_raw_columns_and_indicators_may_both_be_agreed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    agreed: list[list[Value]] = [
        ["kode_bps", "desa", "nakes", "jumlah_sarana", "keterangan"],
        [CODES[3], NAMES[3], 12.5, None, "tanpa tenaga kesehatan"],
        [CODES[2], NAMES[2], None, 6, "survei ulang"],
    ]
    folder = build(tmp_path / "p" / "editions" / "uji", agreed, raw=True)
    made = villages(folder).joined.villages.geo_frame.set_index("kode_bps")
    assert made["nakes"][CODES[3]] == 12.5
    assert made["sarana"][CODES[2]] == 6 / 300
    assert made["terukur_nakes"].dropna().to_dict() == {CODES[3]: ""}
    assert cli.main(["periksa", str(folder), "--keluaran", str(tmp_path / "out")]) == 0
    assert "Nilai kesepakatan" in capsys.readouterr().out
    page = (tmp_path / "out" / "periksa.html").read_text(encoding="utf-8")
    assert "12,5" in page


def test_the_sheet_is_never_taken_for_the_table(tmp_path: Path) -> None:
    folder = build(tmp_path / "p" / "editions" / "uji", table(raw=False), name="Kesepakatan 2021")
    made = villages(folder).joined
    assert (
        made.villages.geo_frame.set_index("kode_bps")["sarana"].to_dict()
        == small.table()["sarana"].to_dict()
    )


KEYS: list[Value] = ["kode_bps", "desa", "nakes"]
REFUSED: dict[str, tuple[str, list[list[Value]]]] = {
    "unknown column": (
        "kesepakatan_kolom", [["kode_bps", "desa", "nakess"], [CODES[0], NAMES[0], 1]],
    ),
    "broken code": ("kode_bps", [KEYS, ["99010100O1", NAMES[0], 1]]),
    "short code": ("kode_bps", [KEYS, ["990101001", NAMES[0], 1]]),
    "other village": ("kesepakatan_desa", [KEYS, ["9901019999", "Entah", 1]]),
    "shifted name": ("kesepakatan_nama", [KEYS, [CODES[0], NAMES[1], 1]]),
    "twice": ("kesepakatan_ganda", [KEYS, [CODES[0], NAMES[0], 1], [CODES[0], NAMES[0], 2]]),
    "no number": ("bukan_angka", [KEYS, [CODES[0], NAMES[0], "satu"]]),
    "out of range": ("di_luar_rentang", [KEYS, [CODES[0], NAMES[0], 1e9]]),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_what_is_not_clear_is_refused_with_sheet_and_cell(
    tmp_path: Path, case: str, kind: str
) -> None:
    key, agreed = REFUSED[case]
    folder = build(tmp_path / "p" / "editions" / "uji", agreed, kind=kind)
    with pytest.raises(FsvaError) as caught:
        villages(folder)
    assert caught.value.key == key
    if key != "di_luar_rentang":
        assert "KESEPAKATAN" in (caught.value.places[0].cell or "")
    for language in texts.LANGUAGES:
        messages.render(caught.value, texts.load(language))


def test_two_agreed_values_for_one_cell_contradict_each_other(tmp_path: Path) -> None:
    agreed: list[list[Value]] = [KEYS, [CODES[0], NAMES[0], 2], [CODES[1], NAMES[1], 3]]
    folder = build(tmp_path / "p" / "editions" / "uji", agreed)
    rows = table(raw=False)
    rows[0].append("kesepakatan_nakes")
    for row, value in zip(rows[1:], [None, 4, *[None] * 10], strict=True):
        row.append(value)
    books.xlsx(folder / "data.xlsx", {"Form 0": rows, "Kesepakatan": agreed})
    with pytest.raises(FsvaError) as caught:
        villages(folder)
    assert (caught.value.key, caught.value.places[0].found) == ("kesepakatan_dua", "4")
    rows[2][-1] = 3
    books.xlsx(folder / "data.xlsx", {"Form 0": rows, "Kesepakatan": agreed})
    made = villages(folder).joined.villages.geo_frame.set_index("kode_bps")
    assert [made["nakes"][code] for code in CODES[:2]] == [2, 3]


def test_two_sheets_of_agreed_values_are_asked_about(tmp_path: Path) -> None:
    agreed: list[list[Value]] = [KEYS, [CODES[0], NAMES[0], 2]]
    folder = build(tmp_path / "p" / "editions" / "uji", agreed)
    sheets = {"Form 0": table(raw=False), "KESEPAKATAN": agreed, "Kesepakatan lama": agreed}
    books.xlsx(folder / "data.xlsx", sheets)
    with pytest.raises(FsvaError) as caught:
        villages(folder)
    assert caught.value.key == "kesepakatan_lembar"
    books.xlsx(folder / "data.xlsx", sheets, hidden=["Kesepakatan lama"])
    assert villages(folder).joined.villages["nakes"].max() == 2


@pytest.mark.parametrize("named", [False, True])
def test_a_table_in_a_sheet_of_that_name_is_a_table(tmp_path: Path, named: bool) -> None:
    folder = build(tmp_path / "p" / "editions" / "uji", [])
    rows = table(raw=False)
    rows[0].append("catatan lain")
    rows[1].append("x")
    books.xlsx(folder / "data.xlsx", {"Hasil kesepakatan 2021": rows})
    if named:
        file = folder / "edition.toml"
        text = file.read_text(encoding="utf-8")
        said = '"data.xlsx"\nlembar = "hasil kesepakatan 2021"'
        file.write_text(text.replace('"data.xlsx"', said), encoding="utf-8")
    made = villages(folder).joined.villages.geo_frame.set_index("kode_bps")
    assert made["sarana"].to_dict() == small.table()["sarana"].to_dict()
