"""``import fsva``: an edition as values, the same as in the output folder, with errors in words."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from typeguard import suppress_type_checks

import fsva
from fsva.api import Atlas
from fsva.words.specification import LegendRow
from tests.places import belu
from tests.places.frames import composite


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return fsva.open(belu.EDITION)


def copied(folder: Path) -> Path:
    """Copy the edition of Belu to a place where it may be spoilt."""
    return Path(shutil.copytree(belu.EDITION, folder / "editions" / "belu-2021"))


def test_villages_are_those_of_the_table_with_their_polygons(atlas: Atlas) -> None:
    villages = atlas.villages
    assert isinstance(villages, gpd.GeoDataFrame)
    assert villages.crs.to_epsg() == 32751
    assert shapely.is_valid(villages.geometry.to_numpy()).all()
    published = pd.read_csv(belu.TRACKED / "kelas.csv", index_col="kode_kemendagri")
    shared = [column for column in published if column in villages]
    assert {"lahan", "lahan_kelas", "komposit", "komposit_kelas", "peringkat"} <= set(shared)
    found = villages[shared].astype(published[shared].dtypes.to_dict())
    pd.testing.assert_frame_equal(pd.DataFrame(found), published[shared], check_names=False)


def test_scores_are_those_of_which_the_composite_is_the_weighted_sum(atlas: Atlas) -> None:
    villages = atlas.villages
    ids = belu.IDS[:-1]
    assert villages[[f"{one}_skor" for one in ids]].stack().between(0, 100).all()
    known = villages[list(ids)].notna().all(axis=1)
    assert known.sum() > 40
    mean = villages.loc[known, [f"{one}_skor" for one in ids]].mean(axis=1)
    assert (mean - villages.loc[known, "komposit"]).abs().max() <= 0.005 + 1e-9
    low, high = (float(bound) for bound in atlas.measures["lahan"].bounds)
    row = villages.loc["53.04.01.2001"]
    assert row["lahan_skor"] == pytest.approx(100 * (0.1947 - low) / (high - low))


def test_a_changed_copy_changes_nothing(atlas: Atlas) -> None:
    mine = atlas.villages
    mine.loc[:, "komposit_kelas"] = 1
    assert atlas.counts()[1] == 0
    assert atlas.villages["komposit_kelas"].min() == 2


@pytest.mark.parametrize(("measure", "counts"), [*zip(belu.IDS, belu.COUNTS, strict=True)])
def test_counts_are_those_of_the_report(
    atlas: Atlas, measure: str, counts: tuple[int, ...]
) -> None:
    assert atlas.counts(measure) == dict(enumerate((0, *counts)))
    assert tuple(row.count for row in atlas.legend(measure)) == counts
    assert tuple(row.colour for row in atlas.legend(measure)) == belu.COLOURS


def test_cut_offs_are_exact_and_run_from_the_most_vulnerable_class_on(atlas: Atlas) -> None:
    # Tabel 2.1 and Tabel 5.1 of the report.
    assert [str(one) for one in atlas.cut_offs("lahan")] == [
        "0.0093", "0.0373", "0.1766", "0.2651", "0.3671",
    ]  # fmt: skip
    assert atlas.cut_offs("akses") == ()  # categories
    assert isinstance(atlas.legend()[0], LegendRow)


@pytest.mark.parametrize("kind", ["pdf", "png"])
@pytest.mark.parametrize("place", [0, 6])
def test_a_map_is_byte_for_byte_that_of_the_output_folder(
    atlas: Atlas, kind: str, place: int
) -> None:
    files = belu.made().files
    assert atlas.map(belu.IDS[place], kind) == files[f"{belu.STEMS[place]}.{kind}"]


def test_a_map_as_svg_names_its_villages(atlas: Atlas) -> None:
    drawn = atlas.map("komposit", "svg").decode("utf-8")
    assert drawn.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<svg ')
    assert belu.COLOURS[1] in drawn
    assert "Kewar" in drawn


def test_two_editions_are_compared(atlas: Atlas, tmp_path: Path) -> None:
    folder = copied(tmp_path)
    table = folder / "indicators.csv"
    text = table.read_text(encoding="utf-8-sig")
    before = next(line for line in text.splitlines() if line.startswith("5306080012;"))
    assert "0,1947" in before
    changed = text.replace(before, before.replace("0,1947", "0,0050"))
    table.write_text(changed, encoding="utf-8-sig")
    result = fsva.compare(atlas, fsva.open(folder))
    assert not result.summary.same
    assert [side.name for side in result.sides] != [result.sides[0].name] * 2
    (land,) = [one for one in result.changes if one.measure == "lahan"]
    assert (land.code_b, land.class_a, land.class_b) == ("53.04.01.2001", 4, 1)
    assert fsva.compare(atlas, atlas).summary.same


def test_an_error_names_file_row_and_remedy(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    table = folder / "indicators.csv"
    text = table.read_text(encoding="utf-8-sig")
    row = next(n for n, line in enumerate(text.splitlines(), 1) if "0,1947" in line)
    table.write_text(text.replace("0,1947", "nol koma dua"), encoding="utf-8-sig")
    with pytest.raises(fsva.FsvaError) as caught:
        fsva.open(folder)
    said = str(caught.value)
    assert str(table) in said
    assert f"baris {row}" in said
    assert "nol koma dua" in said
    assert "perbaikan" in said


def test_errors_speak_the_language_of_the_edition() -> None:
    with pytest.raises(fsva.FsvaError, match=r"(?s)no measure \"padi\".*remedy"):
        fsva.open(belu.EDITION, language="en").legend("padi")


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        ({"language": "jv"}, "bahasa_tak_dikenal"),
        ({"theme": "pelangi"}, "gaya_hilang"),
        ({"layout": "a9"}, "gaya_hilang"),
        ({"layer": "tidak-ada.gpkg"}, "lapisan_hilang"),
    ],
)
def test_what_there_is_not_is_refused_in_words(wrong: dict[str, str], key: str) -> None:
    with suppress_type_checks(), pytest.raises(fsva.FsvaError) as caught:
        fsva.open(belu.EDITION, **wrong)
    assert caught.value.key == key
    assert "perbaikan" in str(caught.value)


def test_a_format_that_there_is_not_is_told_with_those_that_there_are(atlas: Atlas) -> None:
    with pytest.raises(fsva.FsvaError, match="pdf, png, svg"):
        atlas.map("komposit", "tiff")


def test_the_package_itself_loads_nothing_until_it_is_asked() -> None:
    code = (
        "import sys, fsva\n"
        "assert 'fsva.api' not in sys.modules\n"
        "assert fsva.open.__module__ == 'fsva.api'\n"
        "assert not {'pandas', 'numpy', 'matplotlib', 'pydantic'} & set(sys.modules)\n"
        "try:\n    fsva.tutup\nexcept AttributeError as problem:\n"
        "    assert 'tutup' in str(problem)\n"
        "else:\n    raise SystemExit('no error')"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_python_dash_m_is_the_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "fsva", "--versi"], capture_output=True, text=True, check=True
    )
    assert done.stdout == f"fsva-atlas {fsva.__version__}\n"


def test_scores_follow_the_rule_of_the_composite(atlas: Atlas) -> None:
    measure = atlas.measures["nakes"]
    expected = composite.standard_score(atlas.villages["nakes"], measure)
    pd.testing.assert_series_equal(atlas.villages["nakes_skor"], expected, check_names=False)
