"""perbaikan.csv and its lines in laporan.txt: written when a polygon was changed, and only then."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

from fsva.core import texts
from fsva.core.errors import GeometryError, Place
from fsva.files.tables import ledgers
from fsva.runs import production
from fsva.runs.run_order import Order
from fsva.villages import repair as mending
from fsva.villages.join import Joined
from fsva.words import repair_words
from tests.places import contoh, small
from tests.places.framed import plain, repair

ID, EN = texts.load("id"), texts.load("en")


def ordered(folder: Path, damage: small.Damage | None) -> Order:
    """Order the small edition with its layer damaged."""
    edition = contoh.build(folder, poverty=False, coverage=False)
    layer = small.layer(damage).reset_index().to_crs(4326)
    layer.to_file(edition / "desa.geojson", driver="GeoJSON")
    return contoh.order(edition)


def joined(folder: Path, damage: small.Damage | None) -> Joined:
    """Join the small edition with its layer damaged."""
    return contoh.tabulated(ordered(folder, damage)).joined


def rows(ledger: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(ledger.decode("utf-8"))))


def test_an_undamaged_layer_has_no_ledger(tmp_path: Path) -> None:
    made = joined(tmp_path, None)
    assert len(made.repairs) == 12
    assert ledgers.of(made) == {}
    assert repair_words.lines(made, ID) == []


def test_an_overlap_is_written_down(tmp_path: Path) -> None:
    made = joined(tmp_path, small.overlap)
    (content,) = (ledgers.of(made)[name] for name in [ledgers.REPAIRS])
    assert b"\r" not in content
    written = rows(content)
    assert [row["kode_kemendagri"] for row in written] == list(small.CODES)
    assert [row["nama"] for row in written] == list(small.NAMES)
    (loser,) = [row for row in written if float(row["diserahkan_m2"]) > 1]
    assert float(loser["diserahkan_m2"]) == pytest.approx(90_000, rel=1e-3)
    assert loser["diserahkan_kepada"].split("=")[0] in small.CODES[6:8]
    assert float(loser["perubahan"]) == pytest.approx(0.01, rel=0.02)
    for row in written:
        after = [float(row[key]) for key in ("luas_sah_m2", "celah_diisi_m2", "tambahan_m2")]
        gone = [float(row[key]) for key in ("diserahkan_m2", "dibuang_m2")]
        assert sum(after) - sum(gone) == pytest.approx(float(row["luas_sesudah_m2"]), abs=1)


def test_the_report_names_how_many_and_the_largest(tmp_path: Path) -> None:
    made = joined(tmp_path, small.overlap)
    title, counts, most = repair_words.lines(made, ID)
    changed = repair.touched(made.repairs)
    assert ledgers.REPAIRS in title
    assert f"{len(changed)} dari 12" in counts
    largest = made.repairs.frame["perubahan"].sort_values().index[-1]
    assert f"({largest})" in most
    assert "persen" in most
    assert "largest change" in repair_words.lines(made, EN)[2]


def test_joining_without_mending_says_nothing() -> None:
    bare = Joined(plain(small.layer()), plain(small.table()))
    assert repair_words.lines(bare, ID) == []
    assert ledgers.of(replace(bare)) == {}


def test_the_run_stops_and_names_the_layer(tmp_path: Path) -> None:
    with pytest.raises(GeometryError) as caught:
        joined(tmp_path, small.swallowed)
    assert caught.value.key == "berubah_banyak"
    assert {place.file for place in caught.value.places} == {tmp_path / "desa.geojson"}


def test_an_account_that_is_late_still_stops_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(
        layer: gpd.GeoDataFrame, mended: gpd.GeoDataFrame, accepted: Collection[str]
    ) -> pd.DataFrame:
        raise GeometryError("berubah_banyak", [Place(village="Enam")])

    monkeypatch.setattr(mending, "account", refuse)
    with pytest.raises(GeometryError) as caught:
        production.produce(ordered(tmp_path, small.sliver), lambda _: None)
    assert caught.value.places[0].file == tmp_path / "desa.geojson"
