"""The bodies of the maps for other layouts: all villages, nothing beside the map, true on earth."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from shapely.affinity import translate

from fsva.config.editions import edition
from fsva.core import texts
from fsva.core.publishing import manifest
from fsva.drawing.paper.scene import Mark, Text
from fsva.drawing.paper.text_boxes import text_area
from fsva.drawing.sheets import map_bodies
from fsva.runs import production, run_order
from fsva.runs.sheet_files import BODIES
from tests.places import belu, daerah
from tests.places.framed import plain

rasterio = pytest.importorskip("rasterio")
STEMS = [f"{stem}-badan" for stem in belu.STEMS]


@cache
def files() -> dict[str, bytes]:
    order = run_order.place(edition.load(belu.EDITION), None, texts.load("id"))
    return production.produce(replace(order, formats=(BODIES,)), lambda _: None)


def test_each_map_has_a_picture_and_a_pdf_that_the_manifest_lists() -> None:
    wanted = {f"{stem}.{end}" for stem in STEMS for end in ("pdf", "png", "pgw", "png.aux.xml")}
    assert wanted <= set(files())
    assert set(files()) - wanted == set(belu.made().files)
    same = [n for n in belu.made().files if n.endswith((".png", ".csv")) and "peta-" not in n]
    assert all(files()[name] == belu.made().files[name] for name in same)
    assert all(name in files()[manifest.FILE_NAME].decode() for name in wanted)


@pytest.mark.parametrize("stem", STEMS)
def test_the_corners_of_the_picture_are_those_of_the_map_on_its_sheet(
    stem: str, tmp_path: Path
) -> None:
    for name in (f"{stem}.png", f"{stem}.pgw", f"{stem}.png.aux.xml"):
        (tmp_path / name).write_bytes(files()[name])
    extent = belu.made().sheets[0].grounds[0]
    (x, y), box, scale = extent.origin, extent.box, extent.metres_per_mm
    with rasterio.open(tmp_path / f"{stem}.png") as picture:
        assert picture.crs.to_epsg() == 32751
        left, bottom, right, top = picture.bounds
        pixel = picture.transform.a
    assert left == pytest.approx(x + box.left * scale, abs=0.01)
    assert bottom == pytest.approx(y + box.bottom * scale, abs=0.01)
    assert right == pytest.approx(x + box.right * scale, abs=0.01)
    assert top == pytest.approx(y + box.top * scale, abs=0.01)
    # 300 pixels per inch at 1 : 300.000, on a projection whose scale is 1.0006 there.
    assert pixel == pytest.approx(25.4 / 300 * 300, rel=0.001)


@pytest.mark.parametrize("stem", STEMS[:1])
def test_the_pdf_lies_where_its_sheet_lies(stem: str) -> None:
    def measured(data: bytes) -> list[float]:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return [float(number) for number in pdf.pages[0].VP[0].Measure.GPTS]

    own, sheet = (measured(files()[f"{name}.pdf"]) for name in (stem, stem.removesuffix("-badan")))
    assert own == pytest.approx(sheet, abs=1e-9)
    with pikepdf.open(io.BytesIO(files()[f"{stem}.pdf"])) as pdf:
        corners = [float(edge) for edge in pdf.pages[0].VP[0].BBox]
        assert corners == pytest.approx([float(e) for e in pdf.pages[0].mediabox], abs=0.01)


def test_villages_have_the_colours_of_the_sheets_and_only_names_that_fit() -> None:
    made = belu.made()
    body = map_bodies.sheets(made.studio, made.maps[6:])[0]
    (fills,) = [layer for layer in body.layers if layer.name == "villages"]
    shown = {m.code: m.fill for m in fills.items if isinstance(m, Mark) and m.fill}
    assert shown == {c: belu.COLOURS[n - 1] for c, n in made.maps[6].priorities.items()}
    said = " ".join(text.text for text in body.texts())
    for word in ("Legenda", "Skala", "Sumber", "PETA 7", "Inset", "BT", "LS", "Lembar"):
        assert word not in said
    assert not any(text.text.isdigit() for text in body.texts())
    assert "KOTA ATAMBUA" in " ".join(said.split())


def test_a_draft_bears_its_mark_above_the_map() -> None:
    made = belu.made()
    draft = replace(made.studio.draft, missing=("tanggal edisi",))
    body = map_bodies.sheets(replace(made.studio, draft=draft), made.maps[:1])[0]
    plain = map_bodies.sheets(made.studio, made.maps[:1])[0]
    extra = body.height_mm - plain.height_mm
    assert extra > 3
    assert body.grounds == plain.grounds
    (strip,) = body.layers[-1].texts()
    assert "tanggal edisi" in strip.text
    assert strip.y > plain.height_mm
    assert body.title != plain.title


@pytest.mark.slow
@pytest.mark.shared
def test_islands_that_sheets_put_into_insets_are_all_shown(shared_dir: Path) -> None:
    studio = daerah.studio(shared_dir, "cilegon")
    far = studio.villages.geo_frame
    far.loc[far.index[0], "geometry"] = translate(far.geometry.iloc[0], 60_000, 40_000)
    maps = [replace(belu.made().maps[6], priorities={str(code): 1 for code in far.index})]
    body = map_bodies.sheets(replace(studio, villages=plain(far)), maps)[0]
    (fills,) = [layer for layer in body.layers if layer.name == "villages"]
    points = np.vstack([p for m in fills.items if isinstance(m, Mark) for p in m.shape.parts])
    assert points.min() >= 0
    assert points[:, 0].max() <= body.width_mm
    assert points[:, 1].max() <= body.height_mm
    assert {m.code for m in fills.items if isinstance(m, Mark)} == set(map(str, far.index))
    names = [t for t in body.texts() if isinstance(t, Text)]
    boxes = [text_area(text, studio.faces) for text in names]
    assert all(box.bounds[0] >= 0 and box.bounds[2] <= body.width_mm for box in boxes)
