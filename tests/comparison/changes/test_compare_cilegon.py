"""Kota Cilegon with three villages split and two merged: counterparts, land and people."""

from __future__ import annotations

import csv
import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import shapely
from shapely.geometry import mapping, shape

from fsva.comparison.changes import compare, side_readers
from fsva.comparison.changes.compare import Wish
from fsva.comparison.values import comparison_thresholds
from fsva.comparison.values.result import Comparison
from fsva.core import resources, texts
from tests.index import test_cilegon as cilegon
from tests.places.small import ROOT

pytestmark = pytest.mark.shared

LIMITS = comparison_thresholds.load(resources.packaged("styles") / comparison_thresholds.FILE_NAME)
LAYER = "desa_36.72_kota-cilegon.geojson"
CASE = "kota-cilegon-2024.csv"


@dataclass(frozen=True)
class Second:
    """The invented second edition: what became of whom, by Kemendagri code.

    Parameters
    ----------
    split : dict of str to str
        Village to the new one that was cut out of its west.
    merged : tuple of str
        A village, and its neighbour that became part of it.
    """

    split: dict[str, str]
    merged: tuple[str, str]


def _case(shared: Path) -> pd.DataFrame:
    case = pd.read_csv(shared / "cases" / CASE, dtype={"kode_bps": "str"}).set_index("kode_bps")
    return case.assign(akses_kategori=case["akses_kategori"].round().astype(int))


def _first(shared: Path, folder: Path) -> Path:
    """Write the edition of 2024 as a project."""
    case, layer = _case(shared), folder / "batas.geojson"
    shutil.copytree(ROOT / "styles", folder / "styles")
    shutil.copy(shared / "boundaries" / LAYER, layer)
    edition = folder / "editions" / "cilegon-2024"
    edition.mkdir(parents=True)
    cilegon.write_counts(case, edition / "mentah.csv")
    cilegon.write_crosswalk(case, layer, edition / "padanan.csv")
    cilegon.write_baseline(folder / "styles" / "dasar" / "uji.toml")
    _write_settings(edition, layer)
    return edition


def _write_settings(edition: Path, layer: Path) -> None:
    sources = "\n".join(f'{n} = {{ instansi = "BPS", tahun = "2023" }}' for n in cilegon.IDS)
    words = cilegon.SETTINGS.format(layer=layer.as_posix(), sources=sources)
    (edition / "edition.toml").write_text(words, encoding="utf-8")


def _features(file: Path) -> dict[str, dict[str, Any]]:
    layer = json.loads(file.read_text(encoding="utf-8"))
    return {f["properties"]["kode"]: f for f in layer["features"]}


def _chosen(features: dict[str, dict[str, Any]]) -> Second:
    """Choose three villages to split and two neighbours to merge, far from each other by code."""
    codes = sorted(features)
    split = {codes[n]: f"{codes[n][:9]}10{n + 50}" for n in (3, 15, 27)}
    one = codes[38]
    own = shape(features[one]["geometry"])
    shared_border = {
        code: own.intersection(shape(features[code]["geometry"])).length
        for code in codes
        if code != one and code not in split
    }
    return Second(split, (one, max(shared_border, key=shared_border.__getitem__)))


def _second(first: Path, folder: Path) -> tuple[Path, Second]:
    """Write the invented edition: layer, crosswalk and counts of the new villages."""
    shutil.copytree(first.parents[1], folder)
    edition = folder / "editions" / "cilegon-2024"
    layer = folder / "batas.geojson"
    features = _features(layer)
    second = _chosen(features)
    _redraw(features, second)
    text = json.dumps({"type": "FeatureCollection", "features": list(features.values())})
    layer.write_text(text, encoding="utf-8")
    _write_settings(edition, layer)
    rows = _rows(edition / "padanan.csv")
    counts = _rows(edition / "mentah.csv")
    _rewrite(rows, counts, second)
    _save(edition / "padanan.csv", rows)
    _save(edition / "mentah.csv", counts)
    return edition, second


def _redraw(features: dict[str, dict[str, Any]], second: Second) -> None:
    for old, new in second.split.items():
        whole = shape(features[old]["geometry"])
        west, south, east, north = whole.bounds
        cut = shapely.box(west - 1, south - 1, west + 0.45 * (east - west), north + 1)
        own = features[old]["properties"]
        facts = {**own, "kode": new, "nama": f"{own['nama']} Baru"}
        features[new] = {"type": "Feature", "geometry": mapping(whole & cut), "properties": facts}
        features[old]["geometry"] = mapping(whole - cut)
    heir, gone = second.merged
    both = [shape(features[code]["geometry"]).buffer(1e-7) for code in second.merged]
    features[heir]["geometry"] = mapping(shapely.union_all(both))
    del features[gone]


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source, delimiter=";"))


def _save(file: Path, rows: list[dict[str, str]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, list(rows[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)


def _rewrite(rows: list[dict[str, str]], counts: list[dict[str, str]], second: Second) -> None:
    """Halve the counts of split villages, but for health workers, and add the merged ones'."""
    by_code = {row["kode_kemendagri"]: row for row in rows}
    by_bps = {row["kode_bps"]: row for row in counts}
    columns = [c for c in counts[0] if c not in ("kode_bps", "kecamatan", "desa", "akses_kategori")]
    for number, (old, new) in enumerate(second.split.items()):
        row, count = by_code[old], by_bps[by_code[old]["kode_bps"]]
        bps = f"{row['kode_bps'][:7]}9{number}0"
        name = {"nama_bps": f"{row['nama_bps']} Baru",
                "nama_kemendagri": f"{row['nama_kemendagri']} Baru"}  # fmt: skip
        rows.append({**row, "kode_bps": bps, "kode_kemendagri": new, **name})
        fresh = {**count, "kode_bps": bps, "desa": name["nama_bps"]}
        for column in columns:
            whole, kept = float(count[column].replace(",", ".")), 0.5
            if column == "tenaga_kesehatan":
                kept = 0.9
            count[column] = str(whole * kept).replace(".", ",")
            fresh[column] = str(whole * (1 - kept)).replace(".", ",")
        counts.append(fresh)
    heir, gone = (by_code[code] for code in second.merged)
    own, lost = by_bps[heir["kode_bps"]], by_bps[gone["kode_bps"]]
    for column in columns:
        both = (float(x[column].replace(",", ".")) for x in (own, lost))
        own[column] = str(sum(both)).replace(".", ",")
    rows.remove(gone)
    counts.remove(lost)


@pytest.fixture(scope="module")
def made(
    shared_dir: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Comparison, Second, pd.DataFrame]:
    """Compare the real edition with the invented one."""
    folder = tmp_path_factory.mktemp("cilegon")
    first = _first(shared_dir, folder / "a")
    edition, second = _second(first, folder / "b")
    held = [side_readers.of_edition(one, label, texts.load("id"))
            for one, label in ((first, "A"), (edition, "B"))]  # fmt: skip
    return compare.compare(held, Wish(LIMITS, 5000)), second, held[0].table


def test_split_and_merged_villages_are_told_apart_from_all_others(
    made: tuple[Comparison, Second, pd.DataFrame],
) -> None:
    found, second, _ = made
    kinds = {v.code_b: v.kind for v in found.villages}
    split = {code for pair in second.split.items() for code in pair}
    assert {code for code, kind in kinds.items() if kind == "mekar"} == split
    assert {code for code, kind in kinds.items() if kind == "gabung"} == {second.merged[0]}
    assert found.summary.n_kinds == {"tetap": 38, "mekar": 6, "gabung": 1}
    assert found.summary.differing == ("data", "kode", "batas")


def test_every_new_village_stands_beside_the_one_it_came_from(
    made: tuple[Comparison, Second, pd.DataFrame],
) -> None:
    found, second, _ = made
    beside = {v.code_b: v.code_a for v in found.villages}
    for old, new in second.split.items():
        assert (beside[old], beside[new]) == (old, old)
    assert beside[second.merged[0]] == second.merged[0]
    assert second.merged[1] not in beside.values()
    assert None not in beside  # the village that was merged away is not gone: its land is known
    signs = {(c.code_a, c.code_b): c.signs for c in found.counterparts}
    old, new = next(iter(second.split.items()))
    assert signs[old, old] == ("kode", "nama", "batas")
    assert signs[old, new] == ("batas",)


def test_land_and_people_go_with_the_shares(
    made: tuple[Comparison, Second, pd.DataFrame],
) -> None:
    found, second, _ = made
    links = {(c.code_a, c.code_b): c for c in found.counterparts}
    people = {v.code_a: v.population_a for v in found.villages}
    for old, new in second.split.items():
        parts = [links[old, old], links[old, new]]
        shares = [part.share_a or 0 for part in parts]
        assert sum(shares) == pytest.approx(1, abs=0.002)
        assert sum(p.area_b_km2 or 0 for p in parts) == pytest.approx(parts[0].area_a_km2, rel=0.01)
        assert sum(p.population or 0 for p in parts) == pytest.approx(people[old], rel=0.003)
        assert all(0.1 < (part.error or 0) < 0.18 for part in parts)  # near half: up to a sixth
        assert all(part.share_b == pytest.approx(1, abs=0.002) for part in parts)
    heir, gone = second.merged
    for code in second.merged:
        assert links[code, heir].share_a == pytest.approx(1, abs=0.002)
        assert links[code, heir].error == pytest.approx(0, abs=0.01)
    assert links[gone, heir].kind == "gabung"


def test_each_village_of_the_second_edition_counts_once_with_its_people(
    made: tuple[Comparison, Second, pd.DataFrame],
) -> None:
    found, _, _ = made
    population = found.sides[1].population
    for transition in found.transitions:
        assert sum(map(sum, transition.villages)) == 45
        assert transition.population is not None
        assert sum(map(sum, transition.population)) == pytest.approx(population, abs=25)
    assert found.sides[0].population == pytest.approx(population)


def test_only_the_villages_that_were_touched_change(
    made: tuple[Comparison, Second, pd.DataFrame],
) -> None:
    found, second, _ = made
    touched = {*second.split, *second.split.values(), second.merged[0]}
    assert {c.code_b for c in found.changes} <= touched
    classes = [c for c in found.changes if c.delta]
    assert classes
    for change in classes:
        assert sum(r.share for r in change.reasons) == pytest.approx(change.delta)


def test_back_again_the_split_villages_merge(
    made: tuple[Comparison, Second, pd.DataFrame], shared_dir: Path, tmp_path: Path
) -> None:
    _, second, _ = made
    first = _first(shared_dir, tmp_path / "a")
    edition, _ = _second(first, tmp_path / "b")
    held = [side_readers.of_edition(one, label, texts.load("id"))
            for one, label in ((edition, "A"), (first, "B"))]  # fmt: skip
    found = compare.compare(held, Wish(LIMITS, 5000))
    assert found.summary.n_kinds == {"tetap": 38, "mekar": 2, "gabung": 3}
    merged = {v.code_b for v in found.villages if v.kind == "gabung"}
    assert merged == set(second.split)
