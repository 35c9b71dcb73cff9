"""The report of Belu against the printed one: every count, share and village of its lists.

``daftar-tercetak.csv`` holds the lists as they are printed, names in one spelling. A difference is
a fault of the print, and each of them is stated here.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from pathlib import Path

import pytest

from fsva.files.tables import caption_table
from fsva.runs.book import edition_book
from fsva.words.book.content import BookParagraph, BookTable, Figure, plain
from tests.places import buku_belu

LISTS = Path(__file__).parent / "daftar-tercetak.csv"
# Tables of the report: villages and share per class as printed.
PRINTED = {
    "lahan": ("Tabel 2.1", "12 14,81|12 14,81|17 20,99|16 19,75|12 14,81|12 14,81"),
    "sarana": ("Tabel 2.8", "1 1,23|4 4,94|22 27,16|21 25,92|25 30,86|8 9,88"),
    "tidak_sejahtera": ("Tabel 3.2", "1 1,23|0 0|1 1,23|6 7,41|33 40,74|40 49,38"),
    # Tabel 3.3 is listed but has no body: these stand in the text.
    "akses": ("Tabel 3.3", "1 1,23|0 0|6 7,41|74 91,36|0 0|0 0"),
    "air_bersih": ("Tabel 4.1", "13 16,05|11 13,59|16 19,75|17 20,99|13 16,49|11 13,58"),
    "nakes": ("Tabel 4.2", "27 33,33|13 16,49|11 13,58|16 19,75|13 16,49|1 1,23"),
    "komposit": ("Tabel 5.1", "0 0|4 4,94|17 20,99|22 27,16|28 34,57|10 12,35"),
}
# Shares in the headings of the lists, where they differ from those in the tables.
IN_LISTS = {("lahan", 3): "21,99", ("komposit", 6): "12,34", ("air_bersih", 2): "13,58",
            ("air_bersih", 5): "16,05"}  # fmt: skip
# Shares that do not follow from their counts of 81, and the right ones.
WRONG_SHARES = {
    ("lahan", 3, "21,99"): "20,99",
    ("sarana", 4, "25,92"): "25,93",
    ("air_bersih", 2, "13,59"): "13,58",
    ("air_bersih", 5, "16,49"): "16,05",
    ("nakes", 2, "16,49"): "16,05",
    ("nakes", 5, "16,49"): "16,05",
    ("komposit", 6, "12,34"): "12,35",
}
# Villages that the printed lists have in other classes than one, or in another kecamatan: the
# classes in print, then the right one.
WRONG_PLACES = {
    "lahan": {"Lawalutolus": ([], 4), "Dirun": ([4, 4], 4)},
    "sarana": {
        "Takirin": ([5, 6], 5), "Tialai": ([5, 6], 5), "Maumutin": ([5, 6], 5),
        "Raifatus": ([5, 6], 5), "Tohe Leten": ([4, 6], 4), "Berdao": ([5, 6], 5),
        "Bauho": ([], 6), "Sarabau": ([], 6), "Leosama": ([], 6), "Raiulun": ([], 6),
    },
    "tidak_sejahtera": {"Raifatus": ([5, 6], 6), "Lasiolat": ([], 5)},
    "akses": {
        "Fatulotu": ([3, 4], 3), "Lakanmau": ([1, 4], 1),
        **dict.fromkeys(["Sadi", "Bauho", "Sarabau", "Tialai", "Halimodok", "Ekin", "Loonuna",
                         "Nualain", "Lakmaras", "Henes", "Debululik", "Sisi Fatuberal",
                         "Lutha Rato"], ([], 4)),
    },
    "air_bersih": {
        "Maudemu": ([1, 6], 1), "Tialai": ([3, 5], 3), "Asumanu": ([], 5), "Berdao": ([], 6),
    },
    "nakes": {"Faturika": ([], 1), "Raiulun": ([], 4), "Baudaok": ([3, 4], 3)},
    "komposit": {"Leosama": ([4, 5], 5), "Henes": ([3, 5], 5), "Lakmaras": ([], 3)},
}  # fmt: skip
# Counts before the names that differ from how many names follow: printed, named.
WRONG_COUNTS = {
    ("tidak_sejahtera", 6, "Tasifeto Timur"): (7, 8),
    ("nakes", 1, "Raimanuk"): (3, 2),
}
MEASURES = list(PRINTED)


def shares(printed: str) -> list[tuple[int, str]]:
    rows = [row.split() for row in printed.split("|")]
    return [(int(count), "0,00" if share == "0" else share) for count, share in rows]


@pytest.mark.parametrize("measure", MEASURES)
def test_counts_and_shares_are_the_printed_ones_or_mend_a_known_fault(measure: str) -> None:
    table = buku_belu.made().table(f"tabel-{measure}")
    ours = [(int(row[2]), row[3].removesuffix("%")) for row in table.rows[:6]]
    right = [
        (count, WRONG_SHARES.get((measure, n, share), share))
        for n, (count, share) in enumerate(shares(PRINTED[measure][1]), 1)
    ]
    assert ours == right
    assert table.rows[6][2:] == ("81", "100,00%")


def test_every_known_fault_of_a_share_is_printed_somewhere() -> None:
    printed = {
        (measure, n, share)
        for measure, (_, rows) in PRINTED.items()
        for n, (_, share) in enumerate(shares(rows), 1)
    } | {(measure, n, share) for (measure, n), share in IN_LISTS.items()}
    assert set(WRONG_SHARES) <= printed


@pytest.mark.parametrize("measure", MEASURES)
def test_the_list_of_villages_heads_each_class_with_its_table_row(measure: str) -> None:
    book = buku_belu.made()
    heads = [plain(e.sentence) for e in book.villages(measure).entries if e.level == 0]
    counted = [re.search(r": (\d+) desa/kelurahan \(([\d,]+)%\)", head) for head in heads]
    found = [(int(m[1]), m[2]) for m in counted if m]
    assert found == [(int(r[2]), r[3].removesuffix("%"))
                     for r in book.table(f"tabel-{measure}").rows[:6]]  # fmt: skip


def ours(measure: str) -> dict[tuple[int, str], tuple[int, list[str]]]:
    """Return count and names per class and kecamatan, read from the sentences of the report."""
    found = {}
    for entry in buku_belu.made().villages(measure).entries:
        if entry.level == 0:
            continue
        said = re.fullmatch(
            r"Kecamatan (.+?) (\d+) (?:desa|kelurahan) yaitu (.+)", plain(entry.sentence)
        )
        assert said, entry
        names = re.split(r", | dan ", said[3])
        found[int(entry.label.split(".")[0]), said[1]] = int(said[2]), names
    return found


def printed_lists() -> dict[str, dict[tuple[int, str], tuple[int, list[str]]]]:
    lists: dict[str, dict[tuple[int, str], tuple[int, list[str]]]] = defaultdict(dict)
    with LISTS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            place = int(row["kelas"]), row["kecamatan"]
            known = lists[row["ukuran"]].setdefault(place, (int(row["jumlah_tercetak"]), []))
            known[1].append(row["desa"])
    return lists


@pytest.mark.parametrize("measure", MEASURES)
def test_the_count_before_the_names_is_their_number(measure: str) -> None:
    assert all(count == len(names) for count, names in ours(measure).values())
    printed = printed_lists()[measure].items()
    assert {
        (measure, *place): (count, len(names))
        for place, (count, names) in printed
        if count != len(names)
    } == {key: fault for key, fault in WRONG_COUNTS.items() if key[0] == measure}


@pytest.mark.parametrize("measure", MEASURES)
def test_villages_stand_where_the_print_has_them_or_mend_a_known_fault(measure: str) -> None:
    book = {name: place for place, (_, names) in ours(measure).items() for name in names}
    assert len(book) == 81
    printed = defaultdict(list)
    for place, (_, names) in printed_lists()[measure].items():
        for name in names:
            printed[name].append(place)
    differing = {
        name: ([number for number, _ in printed[name]], place[0])
        for name, place in book.items()
        if printed[name] != [place]
    }
    assert differing == WRONG_PLACES[measure]


def test_there_are_39_known_faults_in_the_printed_lists() -> None:
    assert sum(map(len, WRONG_PLACES.values())) == 39


def test_the_summary_names_the_kecamatan_that_the_printed_one_names() -> None:
    words = " ".join(
        plain(e.sentence)
        for block in buku_belu.made().part("ringkasan").blocks
        for e in getattr(block, "entries", ())
    )
    # Printed 25,92 %: 21 of 81 are 25,93 %.
    assert "21 dari 81 desa/kelurahan (25,93%)" in words
    assert "0 desa/kelurahan (0,00%) di Prioritas 1" in words
    assert "4 desa/kelurahan (4,94%) di Prioritas 2" in words
    assert "17 desa/kelurahan (20,99%) di Prioritas 3" in words
    assert (
        "Kecamatan Raimanuk 7 desa, Kecamatan Tasifeto Barat 3 desa, Kecamatan Nanaet Duabesi 1 "
        "desa, Kecamatan Tasifeto Timur 1 desa, Kecamatan Lasiolat 1 desa, Kecamatan Lamaknen 3 "
        "desa dan Kecamatan Lamaknen Selatan 5 desa"
    ) in words


def test_the_annex_to_the_decree_lists_all_villages_by_class() -> None:
    made = buku_belu.made()
    book = edition_book.compose(made.drawn, edition_book.ANNEX)
    (table,) = (b for b in book.blocks() if isinstance(b, BookTable))
    heads = [table.rows[n][0] for n in sorted(table.groups)]
    counts = [int(re.search(r": (\d+) desa/kelurahan", head)[1]) for head in heads]  # type: ignore[index]
    assert counts == [0, 4, 17, 22, 28, 10]
    villages = [row for n, row in enumerate(table.rows) if n not in table.groups]
    assert [row[0] for row in villages] == [str(n) for n in range(1, 82)]
    assert len({row[1] for row in villages}) == 81
    by_name = dict(zip((r[3] for r in villages), villages, strict=True))
    assert int(by_name["Loonuna"][0]) == 4  # the last of priority 2
    said = " ".join(plain(b.sentence) for b in book.blocks() if isinstance(b, BookParagraph))
    assert "KEPUTUSAN BUPATI BELU" in said
    assert "21 di antaranya (25,93%) di Prioritas 1-3" in said


def test_supporting_data_stand_in_the_chapter_of_their_aspect() -> None:
    book = buku_belu.made()
    rows = book.table("tabel-pangan-pokok").rows
    assert rows[0][:2] == ("Padi", "21.745,00")  # Tabel 2.2
    captions = {b.caption.key: b.caption.label for b in book.book.blocks()
                if isinstance(b, BookTable) and b.caption}  # fmt: skip
    assert captions["tabel-pangan-pokok"].startswith("Tabel 2.")


def test_every_picture_is_told_in_the_table_of_captions() -> None:
    made = buku_belu.made()
    sizes = {n: (p.width_mm, p.height_mm) for n, p in made.drawn.pictures.items()}
    text = caption_table.captions_csv(made.book, sizes).decode("utf-8-sig")
    rows = list(csv.DictReader(text.splitlines(), delimiter=";"))
    figures = [b for b in made.book.blocks() if isinstance(b, Figure)]
    assert [row["gambar"] for row in rows] == [f.picture for f in figures]
    assert len(rows) >= 14
    maps = [row for row in rows if row["nomor"].startswith("Peta ")]
    assert [row["nomor"] for row in maps] == [f"Peta {n}" for n in range(1, 8)]
    assert {(row["lebar_mm"], row["tinggi_mm"]) for row in maps} == {("297,00", "209,97")}
    assert all(len(row["teks_alternatif"]) > 40 for row in rows)


def test_weights_of_tabel_1_2() -> None:
    rows = buku_belu.made().table("tabel-bobot").rows
    assert [row[2] for row in rows] == ["1/6", "1/6", "1/3"] * 3


def test_sources_of_tabel_1_1() -> None:
    rows = [r for r in buku_belu.made().table("tabel-indikator").rows if r[1]]
    assert [row[2] for row in rows] == [
        "DPKP/BPS Kab. Belu, 2020", "Podes/BKP, 2019", "Dinas Sosial Kab. Belu, 2020",
        "Podes/BKP, 2019", "TNP2K, 2019", "Dinas Kesehatan Kab. Belu, 2020",
    ]  # fmt: skip


def test_tables_have_their_numbers_by_chapter() -> None:
    captions = [b.caption for b in buku_belu.made().book.blocks() if getattr(b, "caption", None)]
    labels = {c.key: c.label for c in captions if c is not None}
    assert labels["tabel-indikator"] == "Tabel 1.1"
    assert labels["tabel-bobot"] == "Tabel 1.2"
    assert labels["tabel-lahan"] == "Tabel 2.1"
    assert labels["tabel-tidak_sejahtera"] == "Tabel 3.1"
    assert labels["tabel-komposit"] == "Tabel 5.1"
    assert labels["tabel-intervensi"] == "Tabel 6.1"
    assert [labels[f"peta-{m}"] for m in MEASURES] == [f"Peta {n}" for n in range(1, 8)]
