"""The pictures lie where they belong, by the files beside them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from fsva.files.writers import png, worldfile
from tests.places import belu
from tests.places.belu import Made

NAME = "peta-7-komposit.png"
BESIDE = ("peta-7-komposit.pgw", f"{NAME}.aux.xml")


@pytest.fixture(params=belu.LAYERS)
def atlas(request: pytest.FixtureRequest) -> Made:
    return belu.of(request)


def test_every_picture_has_both_files_beside_it(atlas: Made) -> None:
    for stem in belu.STEMS:
        assert {f"{stem}.pgw", f"{stem}.png.aux.xml"} <= atlas.files.keys()


@pytest.mark.parametrize("kept", [(), BESIDE[:1], BESIDE[1:], BESIDE], ids=str)
def test_a_gis_opens_a_picture_in_place(tmp_path: Path, atlas: Made, kept: tuple[str, ...]) -> None:
    rasterio = pytest.importorskip("rasterio")
    for name in (NAME, *kept):
        (tmp_path / name).write_bytes(atlas.files[name])
    if not kept:
        with pytest.warns(rasterio.errors.NotGeoreferencedWarning):
            rasterio.open(tmp_path / NAME).close()
        return
    with rasterio.open(tmp_path / NAME) as read:
        found = read.transform
        assert (read.crs is not None) == (BESIDE[1] in kept)
        assert read.crs is None or read.crs.to_epsg() == 32751
    sheet, box = atlas.sheets[0], atlas.box("map")
    ground, pixels = sheet.grounds[0], 3508 / sheet.width_mm
    corners = [(box.left, box.bottom), (box.right, box.top)]
    for x, y in corners:
        column, row = x * pixels, (sheet.height_mm - y) * 2480 / sheet.height_mm
        lies = (
            found.c + column * found.a + row * found.b,
            found.f + column * found.d + row * found.e,
        )
        expected = np.array(ground.origin) + np.array((x, y)) * ground.metres_per_mm
        assert lies == pytest.approx(tuple(expected), abs=0.01)


def test_the_middle_of_a_village_is_where_the_layer_says(tmp_path: Path, atlas: Made) -> None:
    rasterio = pytest.importorskip("rasterio")
    for name in (NAME, *BESIDE):
        (tmp_path / name).write_bytes(atlas.files[name])
    ids = {tuple(bytes.fromhex(c[1:])): n for n, c in enumerate(belu.COLOURS, start=1)}
    classes = {r["kode_kemendagri"]: int(r["komposit_kelas"]) for r in atlas.rows()}
    inset = [g.box for g in atlas.sheets[0].grounds[1:]]
    hits = 0
    with rasterio.open(tmp_path / NAME) as read:
        palette, band = read.colormap(1), read.read(1)
        for code, area in atlas.studio.villages.geo_frame.geometry.items():
            middle = area.representative_point()
            row, column = read.index(middle.x, middle.y)
            x, y = column / 3508 * 297, (1 - row / 2480) * 209.97
            if any(b.left <= x <= b.right and b.bottom <= y <= b.top for b in inset):
                continue
            found = ids.get(palette[band[row, column]][:3])
            # A name or a border may lie there.
            assert found in (None, classes[str(code)])
            hits += found is not None
    assert hits > 30


def test_size_is_read_from_the_file(atlas: Made) -> None:
    assert png.size_of(atlas.files[NAME]) == (3508, 2480)


def test_names_in_a_projection_are_escaped() -> None:
    sheet = belu.made().sheets[0]
    text = worldfile.auxiliary(sheet, (3508, 2480)).decode()
    assert text.startswith("<PAMDataset>")
    assert "&quot;" not in text
    assert '"EPSG","32751"' in text
