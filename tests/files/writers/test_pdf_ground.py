"""The maps lie where they belong: as the file says, and as GDAL and QGIS read it."""

from __future__ import annotations

import io
import json
import subprocess
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from numpy.typing import NDArray
from pyproj import CRS, Transformer

from tests.places import belu
from tests.places.belu import Made
from tests.places.programs import SYSTEM_PYTHON


@pytest.fixture(params=belu.LAYERS)
def atlas(request: pytest.FixtureRequest) -> Made:
    return belu.of(request)


def frame_of(atlas: Made) -> NDArray[np.float64]:
    """Return the projected corners of the main map, clockwise from the lower left."""
    ground = atlas.sheets[0].grounds[0]
    box = ground.box
    paper = [(box.left, box.bottom), (box.left, box.top), (box.right, box.top),
             (box.right, box.bottom)]  # fmt: skip
    return np.array(ground.origin) + np.array(paper) * ground.metres_per_mm


def test_a_page_has_a_viewport_per_map_and_its_corners_are_right_to_the_centimetre(
    atlas: Made,
) -> None:
    with pikepdf.open(io.BytesIO(atlas.files["peta-1-lahan.pdf"])) as pdf:
        views = list(pdf.pages[0].obj.VP)
        assert len(views) == len(atlas.sheets[0].grounds)
        for view, ground in zip(views, atlas.sheets[0].grounds, strict=True):
            system = CRS.from_wkt(str(view.Measure.GCS.WKT))
            assert system.equals(ground.crs) or system.to_epsg() == ground.crs.to_epsg()
            assert int(view.Measure.GCS.EPSG) == 32751
            left, bottom, right, top = (float(e) * 25.4 / 72 for e in view.BBox)
            degrees = np.array([float(d) for d in view.Measure.GPTS]).reshape(4, 2)
            to_metres = Transformer.from_crs(4326, ground.crs, always_xy=True)
            found = np.column_stack(to_metres.transform(degrees[:, 1], degrees[:, 0]))
            paper = np.array([(left, bottom), (left, top), (right, top), (right, bottom)])
            expected = np.array(ground.origin) + paper * ground.metres_per_mm
            assert np.abs(found - expected).max() < 0.01


def test_a_village_lies_in_its_panel_where_its_layer_says(atlas: Made) -> None:
    villages = atlas.studio.villages
    for (drawn, _), ground in zip(
        belu.panels(atlas.sheets[0]), atlas.sheets[0].grounds, strict=True
    ):
        for code, paper in belu.areas(drawn).items():
            if drawn.clip is not None and drawn.clip.inset(0.1).polygon().contains(paper):
                middle = np.array(paper.centroid.coords[0]) * ground.metres_per_mm
                centroid = villages.geometry[villages.positions[code]].centroid.coords[0]
                # Borders are simplified to what the paper shows.
                tolerance = 0.1 * ground.metres_per_mm
                assert middle + ground.origin == pytest.approx(centroid, abs=tolerance), code


@pytest.fixture
def published(tmp_path: Path, atlas: Made) -> Path:
    file = tmp_path / "peta.pdf"
    file.write_bytes(atlas.files["peta-7-komposit.pdf"])
    return file


def _corners(transform: list[float], width: int, height: int, atlas: Made) -> NDArray[np.float64]:
    """Return where a reader of pixels puts the corners of the main map's frame."""
    box = atlas.box("map")
    page_width, page_height = (297.0, 210.0)  # A4; the drawing misses it by parts of a millimetre
    paper = [(box.left, box.bottom), (box.left, box.top), (box.right, box.top),
             (box.right, box.bottom)]  # fmt: skip
    x0, dx, rx, y0, ry, dy = transform
    found = []
    for x, y in paper:
        column = x / page_width * width
        row = (1 - y / page_height) * height
        found.append((x0 + column * dx + row * rx, y0 + column * ry + row * dy))
    return np.array(found)


@pytest.mark.gdal
def test_gdal_reads_projection_and_frame(published: Path, atlas: Made) -> None:
    done = subprocess.run(["gdalinfo", "-json", str(published)], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("this gdalinfo reads no PDF")
    said = json.loads(done.stdout)
    system = CRS.from_wkt(said["coordinateSystem"]["wkt"])
    assert system.to_epsg() == 32751
    found = _corners(said["geoTransform"], *said["size"], atlas)
    assert np.abs(found - frame_of(atlas)).max() < 1.0
    neat = said["metadata"][""]["NEATLINE"].removeprefix("POLYGON ((").rstrip(")")
    corners = np.array([[float(n) for n in pair.split()] for pair in neat.split(",")])[:4]
    assert np.abs(corners - frame_of(atlas)).max() < 1.0


READ_WITH_QGIS = """
import json, sys
from qgis.core import QgsApplication, QgsRasterLayer
app = QgsApplication([], False)
app.initQgis()
layer = QgsRasterLayer(sys.argv[1])
box = layer.extent()
renderer = layer.renderer()
classes = renderer.classes() if hasattr(renderer, "classes") else []
print(json.dumps({
    "valid": layer.isValid(), "crs": layer.crs().authid(), "legend": [c.label for c in classes],
    "size": [layer.width(), layer.height()],
    "extent": [box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()],
}))
"""


def with_qgis(file: Path) -> dict[str, object]:
    """Open a picture in QGIS and return what it says of its place."""
    command = [str(SYSTEM_PYTHON), "-c", READ_WITH_QGIS, str(file)]
    environment = {"QT_QPA_PLATFORM": "offscreen", "HOME": str(file.parent), "PATH": "/usr/bin"}
    done = subprocess.run(command, capture_output=True, env=environment, check=False, timeout=120)
    lines = done.stdout.decode().splitlines()
    assert lines, done.stderr.decode()
    said: dict[str, object] = json.loads(lines[-1])
    return said


@pytest.mark.qgis
@pytest.mark.parametrize("ending", ["pdf", "png"])
def test_qgis_opens_a_map_in_place(tmp_path: Path, atlas: Made, ending: str) -> None:
    for name, data in atlas.files.items():
        if name.startswith("peta-7"):
            (tmp_path / name).write_bytes(data)
    said = with_qgis(tmp_path / f"peta-7-komposit.{ending}")
    assert said["valid"]
    assert said["crs"] == "EPSG:32751"
    sheet = atlas.sheets[0]
    ground = sheet.grounds[0]
    paper = np.array([0, 0, sheet.width_mm, sheet.height_mm]) * ground.metres_per_mm
    expected = np.array(ground.origin * 2) + paper
    # QGIS gives the edges of whole pixels.
    width = sheet.width_mm * ground.metres_per_mm / said["size"][0]  # type: ignore[index]
    assert np.abs(np.array(said["extent"]) - expected).max() < width + 1.0
