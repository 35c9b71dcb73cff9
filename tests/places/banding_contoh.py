"""A small comparison made by hand: six villages, two measures, every kind of row once.

Owns the invented editions "Contoh 2021" and "Contoh 2022" for tests of whatever shows a comparison.
"""

from __future__ import annotations

from fsva.comparison.values.result import (
    CellChange,
    Cells,
    ClassName,
    ComparedMeasure,
    ComparedVillage,
    Comparison,
    Counterpart,
    Edit,
    Matrix,
    MeasureSummary,
    Movement,
    PictureChange,
    RankShift,
    Reason,
    SeriesLine,
    SeriesRow,
    Side,
    Summary,
    Transition,
)

COLOURS = ("#6E1F1F", "#E85961", "#F4A1A7", "#C9E077", "#94C945", "#3B703B")
CLASSES = tuple(
    ClassName(n + 1, {"id": f"prioritas {n + 1}", "en": f"priority {n + 1}"}, colour, n < 3)
    for n, colour in enumerate(COLOURS)
)
LAHAN = ComparedMeasure(
    "lahan", 1, {"id": "Rasio lahan", "en": "Land ratio"}, {"id": "ha/ha", "en": "ha/ha"}, 4,
    "tinggi", CLASSES, comparable=False,
    cut_offs_a=(0.0093, 0.0373, 0.1766, 0.2651, 0.3671),
    cut_offs_b=(0.0093, 0.0373, 0.1800, 0.2651, 0.3671),
    bounds_a=(0.0, 1.6659), bounds_b=(0.0, 1.6659),
)  # fmt: skip
KOMPOSIT = ComparedMeasure(
    "komposit", 2, {"id": "Indeks komposit", "en": "Composite index"}, {"id": "", "en": ""}, 2,
    "tinggi", CLASSES, cut_offs_a=(32.92, 44.84, 52.50, 59.83, 67.93),
    cut_offs_b=(32.92, 44.84, 52.50, 59.83, 67.93),
)  # fmt: skip
SIDES = (
    Side("A", "Kabupaten Contoh 2021", "Kabupaten Contoh", "99.01", 2021, "fsva-kabupaten-6",
         "contoh-2021", "edisi", "contoh-2021", 6, 6000.0),
    Side("B", "Kabupaten Contoh 2022", "Kabupaten Contoh", "99.01", 2022, "fsva-kabupaten-6",
         "contoh-2022", "edisi", "contoh-2022", 6, 6100.0),
)  # fmt: skip
# The name of the fourth must be escaped wherever it is shown.
VILLAGES = (
    ComparedVillage("99.01.01.2001", "99.01.01.2001", "Satu", "Utara", "tetap", 1000, 1010),
    ComparedVillage("99.01.01.2002", "99.01.01.2002", "Dua", "Utara", "tetap", 1000, 1010),
    ComparedVillage("99.01.02.2003", "99.01.02.2003", "Tiga", "Selatan", "mekar", 2000, 1020),
    ComparedVillage("99.01.02.2003", "99.01.02.2007", '<b>"Tiga" & =Baru</b>', "Selatan", "mekar",
                    2000, 1010),
    ComparedVillage("99.01.02.2004", "99.01.02.2014", "Empat", "Selatan", "ganti kode", 1000, 1020),
    ComparedVillage(None, "99.01.02.2008", "Delapan", "Selatan", "baru", None, 1030),
    ComparedVillage("99.01.02.2005", None, "Lima", "Selatan", "hilang", 1000, None),
)  # fmt: skip
CELLS = (
    Cells("lahan", (0.1780, 0.2000, 0.3000, 0.3000, None, None, 0.01),
          (0.1780, 0.2001, 0.1000, 0.4000, 0.0050, 0.2, None),
          (4, 4, 5, 5, None, None, 2), (3, 4, 3, 6, 1, 4, None)),
    Cells("komposit", (50.00, 51.00, 60.00, 60.00, None, None, 40.0),
          (50.00, 51.01, 52.00, 61.00, 30.00, 55.0, None),
          (3, 3, 5, 5, None, None, 2), (3, 3, 3, 5, 1, 4, None)),
)  # fmt: skip
COUNTERPARTS = (
    Counterpart("99.01.02.2003", "99.01.02.2003", "Tiga", "Tiga", "Selatan", "Selatan", "mekar",
                ("kode", "nama", "batas"), 10.0, 6.0, 0.6, 1.0, 1200.0, 0.171),
    Counterpart("99.01.02.2003", "99.01.02.2007", "Tiga", '<b>"Tiga" & =Baru</b>', "Selatan",
                "Selatan", "mekar", ("batas",), 10.0, 4.0, 0.4, 1.0, 800.0, 0.171),
    Counterpart("99.01.02.2004", "99.01.02.2014", "Empat", "Empat", "Selatan", "Selatan",
                "ganti kode", ("nama", "batas"), 5.0, 5.0, 1.0, 1.0, 1000.0, 0.0),
    Counterpart(None, "99.01.02.2008", None, "Delapan", None, "Selatan", "baru", (), None, 3.0),
    Counterpart("99.01.02.2005", None, "Lima", None, "Selatan", None, "hilang", (), 3.0, None),
)  # fmt: skip
CHANGES = (
    CellChange("99.01.02.2003", "99.01.02.2003", "Tiga", "Selatan", "lahan", "lintas", 0.3, 0.1,
               5, 3, "nilai", "nilai", reasons=(Reason("data", -2.0),)),
    CellChange("99.01.02.2003", "99.01.02.2003", "Tiga", "Selatan", "komposit", "lintas", 60.0,
               52.0, 5, 3, "nilai", "nilai", 1, 4,
               (Reason("data", -1.5), Reason("dasar", -0.5))),
    CellChange("99.01.01.2001", "99.01.01.2001", "Satu", "Utara", "lahan", "lintas", 0.178, 0.178,
               4, 3, "nilai", "nilai", reasons=(Reason("dasar", -1.0),)),
    CellChange("99.01.02.2003", "99.01.02.2007", '<b>"Tiga" & =Baru</b>', "Selatan", "lahan",
               "kelas", 0.3, 0.4, 5, 6, "nilai", "nilai",
               reasons=(Reason("kode", 0.5), Reason("batas", 0.5))),
    CellChange("99.01.02.2004", "99.01.02.2014", "Empat", "Selatan", "lahan", "ada", None,
               0.005, None, 1, "kosong", "timpa", reasons=(Reason("timpa", 1.0),)),
    CellChange("99.01.02.2003", "99.01.02.2007", '<b>"Tiga" & =Baru</b>', "Selatan", "komposit",
               "nilai", 60.0, 61.0, 5, 5, "nilai", "nilai", 1, 1),
    CellChange("99.01.01.2002", "99.01.01.2002", "Dua", "Utara", "lahan", "derau", 0.2, 0.2001,
               4, 4, "nilai", "nilai"),
    CellChange("99.01.01.2002", "99.01.01.2002", "Dua", "Utara", "komposit", "derau", 51.0, 51.01,
               3, 3, "nilai", "nilai", 3, 3),
)  # fmt: skip


def _matrix(*cells: tuple[int, int, int]) -> Matrix:
    """Return a matrix with some numbers, else zero: class in A, class in B, number."""
    found = {(a, b): n for a, b, n in cells}
    return tuple(tuple(found.get((a, b), 0) for b in range(7)) for a in range(7))


TRANSITIONS = (
    Transition("lahan", _matrix((4, 3, 1), (4, 4, 1), (5, 3, 1), (5, 6, 1), (0, 1, 1)),
               _matrix((4, 3, 1010), (4, 4, 1010), (5, 3, 1020), (5, 6, 1010), (0, 1, 1020)),
               (Movement("Selatan", 2, 1, 1, 1, 2, 0, 1), Movement("Utara", 2, 0, 1, 0, 1, 0, 1))),
    Transition("komposit", _matrix((3, 3, 2), (5, 3, 1), (5, 5, 1), (0, 1, 1)), None,
               (Movement("Selatan", 2, 0, 1, 0, 2, 0, 1), Movement("Utara", 2, 0, 0, 0, 0, 0, 0))),
)  # fmt: skip
SUMMARY = Summary(
    same=False,
    n_tiers={"lintas": 3, "kelas": 1, "ada": 1, "nilai": 1, "derau": 2},
    n_kinds={"tetap": 2, "mekar": 2, "ganti kode": 1, "baru": 1, "hilang": 1},
    n_ranks=1,
    measures=(
        MeasureSummary("lahan", {"lintas": 2, "kelas": 1, "ada": 1, "derau": 1}, 1, 2, 0, 2, 1, 0,
                       {"data": 1, "dasar": 1, "kode": 1}, 3),
        MeasureSummary("komposit", {"lintas": 1, "nilai": 1, "derau": 1}, 0, 1, 0, 1, 0, 0,
                       {"data": 1}, 2),
    ),
    differing=("data", "dasar", "kode", "batas", "timpa"),
    unknown=(),
)  # fmt: skip
EDITS = (
    Edit("data", "lahan", "99.01.02.2003", "Tiga", "0.3000", "0.1000"),
    Edit("dasar", "cut_off.lahan.c3", None, None, "0.1766", "0.1800"),
)
COMPARISON = Comparison(
    SIDES, ("dasar",), SUMMARY, (LAHAN, KOMPOSIT), VILLAGES, CELLS, COUNTERPARTS, CHANGES,
    TRANSITIONS, EDITS,
    (RankShift("99.01.02.2003", "99.01.02.2003", "Tiga", "Selatan", 1, 4, True),), len(EDITS),
    (SeriesRow("99.01.01.2001", "Satu", "Utara", "lahan", (0.178, 0.17, 0.178), (4, 3, 4), 2),),
    (SeriesLine("Utara", "lahan", (4.0, 3.5, 4.0), (0.0, 0.5, 0.0)),),
    (PictureChange("peta-1-lahan.png", "isi desa", ("99.01.02.2003",), 0.0213),),
)  # fmt: skip
