"""Each stop about places, tried with the villages of Belu: it stops, and a reason lets it pass."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from shapely.affinity import scale, translate

from fsva.core.errors import FsvaError
from fsva.runs import production
from fsva.villages.join import Joined
from fsva.words import oddity_words
from tests.places import contoh, small

LAYER = small.ROOT / "boundaries" / "skematis" / "53.04-belu.geojson"
Change = Callable[[gpd.GeoDataFrame], gpd.GeoDataFrame]


@cache
def villages() -> gpd.GeoDataFrame:
    return gpd.read_file(LAYER).sort_values("kode", ignore_index=True)


def edition(folder: Path, change: Change, decisions: str = "", **words: str) -> Path:
    """Write Belu with a layer that says it is no schematic one, beside the real styles."""
    shutil.copytree(small.BELU, folder)
    change(villages()).to_file(folder / "desa.geojson", driver="GeoJSON")
    text = (folder / "edition.toml").read_text(encoding="utf-8")
    text = re.sub(r"(?m)^sumber = .*titik acuan.*$", 'sumber = { id = "BIG", en = "BIG" }', text)
    words = {
        '"batas:skematis/53.04-belu.geojson"\nskematis = true': '"desa.geojson"\nskematis = false',
        **words,
    }
    for old, new in words.items():
        assert old in text
        text = text.replace(old, new)
    (folder / "edition.toml").write_text(text + decisions, encoding="utf-8")
    return folder


def decision(kind: str, n: int | None = None) -> str:
    row = None if n is None else villages().iloc[n]
    who = "" if row is None else f'kode_kemendagri = "{row.kode}"\ndesa = "{row.nama}"\n'
    reason = f'alasan = {{ id = "{kind} diperiksa", en = "{kind} checked" }}'
    return f'\n[[batas.diterima]]\njenis = "{kind}"\n{who}{reason}\n'


def joined(folder: Path) -> Joined:
    return contoh.tabulated(contoh.order(folder)).joined


def stopped(folder: Path) -> list[str]:
    with pytest.raises(FsvaError) as caught:
        joined(folder)
    return [caught.value.key, *(other.key for other in caught.value.others)]


def said(folder: Path) -> list[str]:
    return oddity_words.lines(joined(folder), contoh.order(folder).texts)


def changed(change: Callable[[shapely.Geometry], shapely.Geometry]) -> Change:
    def made(layer: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
        whole = change(shapely.GeometryCollection(layer.geometry.to_list()))
        return layer.set_geometry(gpd.GeoSeries(list(whole.geoms), layer.index, crs=layer.crs))

    return made


def polygons(order: Callable[[list[int]], list[int]]) -> Change:
    """Give the polygons of villages to other rows."""

    def made(layer: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
        taken = order(list(range(len(layer))))
        shapes = layer.geometry.iloc[taken].to_list()
        return layer.set_geometry(gpd.GeoSeries(shapes, layer.index, crs=layer.crs))

    return made


def exchange(one: int, other: int) -> Change:
    def order(rows: list[int]) -> list[int]:
        rows[one], rows[other] = rows[other], rows[one]
        return rows

    return polygons(order)


# Villages of two kecamatan that do not touch, and of one kecamatan.
APART, TOGETHER = (0, 60), (0, 6)
CASES: dict[str, tuple[Change, str]] = {
    "letak_titik_kabupaten": (changed(lambda s: translate(s, -0.45)), "letak"),
    "letak_menutupi": (changed(lambda s: scale(s, 2.5, 2.5)), "letak"),
    "letak_keluar_daratan": (changed(lambda s: translate(s, 0.0, 0.15)), "letak"),
    "letak_negara_lain": (changed(lambda s: translate(s, 0.2)), "letak"),
    "letak_di_tetangga": (changed(lambda s: translate(s, 0.0, -0.25)), "letak"),
    "letak_titik_desa": (changed(lambda s: translate(s, 0.03, -0.03)), "letak"),
    "letak_titik": (exchange(*TOGETHER), "letak"),
    "bentuk_ukuran": (changed(lambda s: scale(s, 0.1, 0.1)), "bentuk"),
    "poligon_bergeser": (polygons(lambda rows: [*rows[-1:], *rows[:-1]]), "letak"),
    "poligon_kecamatan_lain": (polygons(lambda rows: [*rows[::3], *rows[1::3], *rows[2::3]]),
                               "letak"),
}  # fmt: skip
ALL = decision("letak") + decision("bentuk") + decision("nama")


def test_the_villages_of_belu_stop_nothing(tmp_path: Path) -> None:
    assert said(edition(tmp_path / "belu", lambda layer: layer)) == []


@pytest.mark.parametrize("key", CASES)
def test_a_stop_is_accepted_with_a_reason_that_the_report_says(tmp_path: Path, key: str) -> None:
    change, kind = CASES[key]
    assert key in stopped(edition(tmp_path / "a" / "belu", change))
    lines = said(edition(tmp_path / "b" / "belu", change, ALL))
    assert "Keganjilan lapisan batas yang diterima" in lines
    assert sum(line.endswith(f": {kind} diperiksa") for line in lines) >= 1
    assert all(line.count("{") == 0 for line in lines)


@pytest.mark.parametrize("key", sorted(set(CASES) - {"letak_titik"}))
def test_an_acceptance_of_one_village_lets_no_layer_pass(tmp_path: Path, key: str) -> None:
    change, kind = CASES[key]
    assert key in stopped(edition(tmp_path / "belu", change, decision(kind, 0)))


def test_exchanged_polygons_are_accepted_village_by_village(tmp_path: Path) -> None:
    change = exchange(*TOGETHER)
    one, other = (decision("letak", n) for n in TOGETHER)
    assert stopped(edition(tmp_path / "a" / "belu", change, one)) == ["letak_titik"]
    lines = said(edition(tmp_path / "b" / "belu", change, one + other))
    assert [line.endswith(": letak diperiksa") for line in lines] == [False, True, True]


def test_the_bps_code_of_another_district_stops_and_can_be_accepted(tmp_path: Path) -> None:
    """5304 is Timor Tengah Selatan to BPS; to Kemendagri, 53.04 is Belu."""

    def wrong(folder: Path, decisions: str = "") -> Path:
        made = edition(folder, lambda layer: layer, decisions,
                       **{'kode_bps = "5306"': 'kode_bps = "5304"',
                          "batas:crosswalk/53.04.csv": "padanan.csv"})  # fmt: skip
        shutil.copy(small.ROOT / "boundaries" / "crosswalk" / "53.04.csv", made / "padanan.csv")
        for file in ("edition.toml", *(f.name for f in made.glob("*.csv"))):
            text = (made / file).read_text(encoding="utf-8-sig")
            (made / file).write_text(text.replace("5306", "5304"), encoding="utf-8")
        return made

    assert stopped(wrong(tmp_path / "a" / "belu")) == ["kode_bps_daerah_lain"]
    (_, line) = said(wrong(tmp_path / "b" / "belu", decision("nama")))
    assert "Timor Tengah Selatan" in line
    assert "5306" in line


@pytest.mark.slow
def test_what_was_accepted_stands_in_the_written_report(tmp_path: Path) -> None:
    change, _ = CASES["letak_titik_desa"]
    folder = edition(tmp_path / "editions" / "belu", change, ALL)
    files = production.produce(contoh.order(folder), lambda _: None)
    report = files["laporan.txt"].decode("utf-8")
    assert "tidak memuat titik acuannya" in report
    assert "letak diperiksa" in report


AREA_KEYS = {"luas_bergeser": "nama", "luas_skala": "bentuk"}


def with_areas(folder: Path, key: str, decisions: str = "") -> Path:
    """Write Belu with areas of the villages in the table, wrong in one of the ways of AREA_KEYS."""
    area = villages().to_crs(32751).set_index("kode").geometry.area / 1e4
    pairs = pd.read_csv(small.ROOT / "boundaries" / "crosswalk" / "53.04.csv", sep=";", dtype=str,
                        encoding="utf-8-sig").set_index("kode_bps")["kode_kemendagri"]  # fmt: skip
    made = edition(folder, lambda layer: layer, decisions)
    table = pd.read_csv(made / "indicators.csv", sep=";", dtype=str, encoding="utf-8-sig")
    stated = table["kode_bps"].map(pairs).map(area)
    group = table["kode_bps"].str[:7]
    if key == "luas_bergeser":
        stated = stated.groupby(group).transform(lambda one: np.roll(one.to_numpy(), 1))
    else:
        stated *= 100
    table["luas_ha"] = [f"{one:.1f}".replace(".", ",") for one in stated]
    table.to_csv(made / "indicators.csv", sep=";", index=False, encoding="utf-8-sig")
    return made


@pytest.mark.parametrize("key", AREA_KEYS)
def test_areas_beside_ready_ratios_tell_too_and_can_be_accepted(tmp_path: Path, key: str) -> None:
    """The column is in no formula of a table of ratios; it stands there all the same."""
    assert key in stopped(with_areas(tmp_path / "a" / "belu", key))
    lines = said(with_areas(tmp_path / "b" / "belu", key, ALL))
    assert any(line.endswith(f": {AREA_KEYS[key]} diperiksa") for line in lines)


def test_points_of_other_villages_under_the_same_codes_tell_nothing(tmp_path: Path) -> None:
    """A layer whose villages are not those of the gazetteer lies away from their points rightly."""
    away = changed(lambda whole: translate(whole, 0.05, 0.0))
    assert "letak_titik_desa" in stopped(edition(tmp_path / "belu", away))

    def renamed(layer: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
        return away(layer).assign(nama=[f"Wqx{n:03d}zz" for n in range(len(layer))])

    assert "letak_titik_desa" not in stopped(edition(tmp_path / "lain", renamed))
