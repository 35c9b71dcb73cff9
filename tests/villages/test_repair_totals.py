"""What the repair did to a layer in all."""

from __future__ import annotations

import pandas as pd

from fsva.villages.repair_totals import ChangedVillage
from tests.places.framed import repair_totals


def ledger(*changes: tuple[str, str, float, float]) -> pd.DataFrame:
    """Return a ledger of code, name, filled land in square metres, and changed share."""
    index = pd.Index([code for code, *_ in changes], name="kode_kemendagri")
    return pd.DataFrame(
        {
            "nama": [name for _, name, _, _ in changes],
            "luas_sebelum_m2": 1000.0,
            "luas_sah_m2": 1000.0,
            "celah_diisi_m2": [filled for *_, filled, _ in changes],
            "tambahan_m2": 0.0,
            "diserahkan_m2": [filled / 2 for *_, filled, _ in changes],
            "dibuang_m2": 0.0,
            "diterima_dari": "",
            "bagian_hilang": 0,
            "perubahan": [share for *_, share in changes],
        },
        index=index,
    )


def test_the_totals_count_changed_villages_and_name_the_one_that_changed_most() -> None:
    rows = ("1", "Satu", 30.0, 0.03), ("2", "Dua", 0.0, 0.0), ("3", "Tiga", 80.0, 0.08)
    done = repair_totals.total(ledger(*rows))
    assert done is not None
    assert (done.n_changed, done.filled_m2, done.given_m2) == (2, 110.0, 55.0)
    assert done.most == ChangedVillage("3", "Tiga", 0.08)


def test_nothing_is_said_of_a_layer_that_was_clean() -> None:
    assert repair_totals.total(ledger(("1", "Satu", 0.0, 0.0))) is None
    assert repair_totals.total(pd.DataFrame()) is None
    assert repair_totals.much_changed(pd.DataFrame()) == []


def test_much_is_more_than_five_per_cent() -> None:
    rows = ("1", "Satu", 50.0, 0.05), ("2", "Dua", 51.0, 0.051)
    assert repair_totals.much_changed(ledger(*rows)) == [ChangedVillage("2", "Dua", 0.051)]
