"""Relief: what is shaded, how little a colour changes, and which elevation models are refused."""

from __future__ import annotations

import io
import math
from pathlib import Path

import numpy as np
import pytest
import rasterio
from numpy.typing import NDArray
from PIL import Image
from pyproj import CRS

from fsva import cli
from fsva.comparison.pictures import page_pixels
from fsva.config.editions import edition
from fsva.config.styles import theme
from fsva.core import texts
from fsva.core.box import Box
from fsva.core.errors import SourceError
from fsva.drawing.maps import colour_audit, relief
from fsva.drawing.maps.panel import Panel
from fsva.runs import production, run_order
from fsva.sources.ground import terrain
from fsva.sources.ground.terrain import Elevation
from tests.places import contoh, small

STYLES = small.ROOT / "styles"
THEMES = sorted((STYLES / "gaya").glob("*.toml"))
STYLE = theme.load(small.THEME).base.relief
UTM = CRS.from_epsg(small.UTM_51S)
BOUNDS = (500000.0, 9000000.0, 504000.0, 9002000.0)
# What the manual promises of the darkest shade.
MOST_LIGHTNESS, MOST_HUE = 11.0, 3.0


def grid(metres: NDArray[np.float64], cell: float = 100.0) -> Elevation:
    return Elevation(metres, 0.0, 0.0, cell)


def plane(east: float, north: float) -> Elevation:
    """Return a slope that rises by so many metres per metre to the east and to the north."""
    rows, columns = np.mgrid[0:20, 0:30] * 100.0
    return grid(1000 + columns * east - rows * north)


def write(
    file: Path,
    metres: NDArray[np.float64],
    *,
    west: float,
    north: float,
    cell: float,
    **more: object,
) -> Path:
    """Write a GeoTIFF of one band, in the projection of the small kabupaten unless told."""
    rows, columns = metres.shape
    profile = {
        "driver": "GTiff", "width": columns, "height": rows, "count": 1, "dtype": "float32",
        "crs": UTM.to_wkt(), "transform": rasterio.Affine(cell, 0, west, 0, -cell, north), **more,
    }  # fmt: skip
    with rasterio.open(file, "w", **profile) as dataset:
        for band in range(1, dataset.count + 1):
            dataset.write(metres.astype(dataset.dtypes[0]), band)
    return file


# Shading


def test_level_ground_is_not_shaded() -> None:
    shaded = relief.shade(plane(0, 0), STYLE)
    assert shaded.shape == (20, 30)
    assert not shaded.any()


def test_the_light_comes_from_the_north_west() -> None:
    towards = relief.shade(plane(0.2, -0.2), STYLE)  # falls to the north-west, faces the light
    away = relief.shade(plane(-0.2, 0.2), STYLE)  # falls to the south-east
    assert not towards.any()
    assert len(np.unique(away)) == 1
    assert away[0, 0] > 0
    across = relief.shade(plane(0.2, 0.2), STYLE)  # falls to the south-west
    assert 0 < across[0, 0] < away[0, 0]


def test_the_steepest_slope_is_as_dark_as_the_theme_allows_and_no_darker() -> None:
    steep = relief.shade(plane(-5, 5), STYLE)
    assert steep.max() == round(STYLE.darkest * 255)


def test_the_sea_and_the_edge_of_what_is_known_are_level() -> None:
    metres = np.full((20, 30), -3000.0)
    metres[:, 15:] = np.nan
    assert not relief.shade(grid(metres), STYLE).any()
    metres = plane(-0.2, 0.2).metres
    metres[5:8, 5:8] = np.nan
    shaded = relief.shade(grid(metres), STYLE)
    assert not shaded[4:9, 5:8].any()
    assert shaded[15, 15] > 0


@pytest.mark.parametrize("file", THEMES, ids=lambda f: f.stem)
def test_a_shade_changes_a_class_colour_within_the_promise(file: Path) -> None:
    style = theme.load(file)
    palette = style.palette.classes[6] if style.palette else None
    colours = palette or [c.colour for c in small.shipped_method().classes]
    seen = {colour: colour_audit.sights(colour)["normal"] for colour in [*colours, "#FFFFFF"]}
    for colour, before in seen.items():
        for shaded in relief.shaded([colour], style.base.relief):
            after = colour_audit.sights(shaded)["normal"]
            drop = colour_audit.lightness(before) - colour_audit.lightness(after)
            assert -0.01 <= drop <= MOST_LIGHTNESS
            (_, chroma, hue), (_, _, turned) = (c.convert("lch-d65")[:3] for c in (before, after))
            apart = abs((hue - turned + 180) % 360 - 180)
            assert chroma < 5 or apart <= MOST_HUE
            nearest = min(
                seen, key=lambda one, after=after: after.delta_e(seen[one], method="2000")
            )
            assert nearest == colour, (file.stem, shaded)


def test_a_panel_shows_its_part_of_the_grid_in_its_place() -> None:
    elevation = Elevation(np.zeros((200, 300)), 1000.0, 9000.0, 10.0)
    darkened = np.arange(200 * 300, dtype=np.uint32).astype(np.uint8).reshape(200, 300)
    panel = Panel(Box(10, 20, 50, 40), UTM, (2000.0, 8000.0), 20_000, 1.0)
    shade = relief.on_panel(elevation, darkened, panel)
    assert shade is not None
    side = 10.0 * panel.mm_per_metre
    assert shade.box.width / shade.darkness.shape[1] == pytest.approx(side)
    assert shade.box.height / shade.darkness.shape[0] == pytest.approx(side)
    assert shade.box.left <= panel.box.left < shade.box.left + side
    assert shade.box.top - side < panel.box.top <= shade.box.top + 1e-9
    # The cell over the middle of the panel is the cell of that ground.
    column = int((panel.box.centre[0] - shade.box.left) / side + 1e-6)
    row = int((shade.box.top - panel.box.centre[1]) / side + 1e-6)
    assert shade.darkness[row, column] == darkened[100, 100]
    elsewhere = Panel(panel.box, UTM, (90000.0, 8000.0), 20_000, 1.0)
    assert relief.on_panel(elevation, darkened, elsewhere) is None


# Reading


def test_heights_are_brought_onto_the_grid_of_the_map(tmp_path: Path) -> None:
    rows, columns = np.mgrid[0:120, 0:140]
    model = 100 + 2.0 * columns - 1.0 * rows
    file = write(tmp_path / "dem.tif", model, west=499000, north=9003000, cell=50)
    found = terrain.read(file, UTM, BOUNDS, 100.0)
    assert found.metres.shape == (20, 40)
    assert (found.west, found.north, found.cell) == (500000.0, 9002000.0, 100.0)
    y, x = np.mgrid[0:20, 0:40]
    east, south = 1000 + (x + 0.5) * 100, 1000 + (y + 0.5) * 100
    expected = 100 + 2 * (east / 50 - 0.5) - (south / 50 - 0.5)
    assert found.metres == pytest.approx(expected, abs=1.0)


def test_a_model_in_degrees_is_turned_into_the_projection_of_the_map(tmp_path: Path) -> None:
    cell = 1 / 3600
    rows, columns = np.mgrid[0:200, 0:260]
    model = (columns * 10.0) + 0 * rows
    file = write(tmp_path / "dem.tif", model, west=122.98, north=-9.02, cell=cell, crs="EPSG:4326")
    found = terrain.read(file, UTM, BOUNDS, 100.0)
    assert np.isfinite(found.metres).all()
    rise = np.diff(found.metres, axis=1).mean()
    assert rise == pytest.approx(
        10 * 100 / (cell * 111320 * math.cos(math.radians(9.03))), rel=0.01
    )


@pytest.mark.parametrize("nodata", [None, -9999])
def test_unknown_heights_stay_unknown_declared_or_not(tmp_path: Path, nodata: int | None) -> None:
    model = np.full((80, 120), 250.0)
    model[:, :60] = -9999
    file = write(tmp_path / "d.tif", model, west=499000, north=9003000, cell=50, nodata=nodata)
    found = terrain.read(file, UTM, BOUNDS, 50.0)
    assert np.isnan(found.metres[:, :38]).all()
    assert found.metres[:, 42:] == pytest.approx(250)
    assert not np.nanmin(found.metres) < 249


def refused(file: Path) -> str:
    with pytest.raises(SourceError) as caught:
        terrain.read(file, UTM, BOUNDS, 100.0)
    assert caught.value.places[0].file == file
    return caught.value.key


def test_models_that_cannot_be_used_are_refused_by_name(tmp_path: Path) -> None:
    level = np.full((80, 120), 250.0)
    good = {"west": 499000, "north": 9003000, "cell": 50}
    assert refused(tmp_path / "tiada.tif") == "berkas_hilang"
    text = tmp_path / "teks.tif"
    text.write_text("bukan raster", encoding="utf-8")
    assert refused(text) == "raster_rusak"
    whole = write(tmp_path / "utuh.tif", np.random.default_rng(1).normal(size=(80, 120)), **good)
    cut = tmp_path / "terpotong.tif"
    cut.write_bytes(whole.read_bytes()[:9000])
    assert refused(cut) == "raster_rusak"
    assert refused(write(tmp_path / "dua.tif", level, count=2, **good)) == "relief_kanal"
    assert refused(write(tmp_path / "crs.tif", level, crs=None, **good)) == "raster_tanpa_crs"
    far = write(tmp_path / "jauh.tif", level, west=700000, north=9003000, cell=50)
    assert refused(far) == "relief_di_luar"
    empty = write(tmp_path / "kosong.tif", np.full((80, 120), -32768.0), **good)
    assert refused(empty) == "relief_di_luar"


# On the sheet


@pytest.fixture(scope="module")
def shaded_edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the small edition with a model: level in the west, ridges in the east."""
    folder = contoh.build(tmp_path_factory.mktemp("relief") / "editions" / "contoh")
    west, south, east, north = small.layer().total_bounds.tolist()
    rows, columns = int((north - south + 8000) / 50), int((east - west + 8000) / 50)
    x = np.arange(columns) * 50.0
    ridges = np.where(x > columns * 25.0, 300 * np.abs(((x / 2000) % 2) - 1), 0)
    model = np.tile(ridges, (rows, 1))
    write(folder / "dem.tif", model, west=west - 4000, north=north + 4000, cell=50)
    with (folder / "edition.toml").open("a", encoding="utf-8") as file:
        file.write('\n[dasar_peta]\nrelief = "dem.tif"\n')
    return folder


def _inside(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return the pixels of areas that are not at their smoothed edges."""
    for axis in (0, 1):
        mask = np.all([np.roll(mask, step, axis) for step in range(-3, 4)], axis=0)
    return mask


def produced(folder: Path) -> dict[str, bytes]:
    order = run_order.place(edition.load(folder), None, texts.load("id"))
    return production.produce(order, lambda _: None)


@pytest.mark.slow
def test_level_ground_keeps_the_exact_colours_and_slopes_are_darker(
    shaded_edition: Path, tmp_path: Path
) -> None:
    plain = contoh.build(tmp_path / "editions" / "contoh")
    name = "peta-7-komposit.png"
    with_relief, without = produced(shaded_edition), produced(plain)
    one, other = (
        np.asarray(Image.open(io.BytesIO(files[name])).convert("RGB")).astype(int)
        for files in (with_relief, without)
    )
    fills = [tuple(bytes.fromhex(c.colour[1:])) for c in small.shipped_method().classes]
    filled = np.any([_inside((other == fill).all(axis=2)) for fill in fills], axis=0)
    middle = round((12.5 + 196.5 / 2) * 300 / 25.4)  # of the map's frame, where the ridges begin
    west, east = filled[:, : middle - 60], filled[:, middle + 60 :]
    assert west.sum() > 100_000
    assert (one[:, : middle - 60][west] == other[:, : middle - 60][west]).all()
    before, after = other[:, middle + 60 :][east], one[:, middle + 60 :][east]
    assert 0.1 < (after != before).any(axis=1).mean() < 0.9
    ratio = (after + 0.5) / (before + 0.5)
    assert np.quantile(ratio, 0.001) >= 1 - STYLE.darkest - 0.03
    assert np.quantile(ratio, 0.999) <= 1.03


@pytest.mark.slow
def test_the_pdf_carries_one_grid_for_all_its_pages_and_all_viewers_shade_alike(
    shaded_edition: Path,
) -> None:
    files = produced(shaded_edition)
    assert files == produced(shaded_edition)
    assert files["atlas.pdf"].count(b"/SMask") == 1
    # PDF/A forbids viewers to smooth pictures in ways of their own.
    assert b"/Interpolate" not in files["atlas.pdf"]
    page = page_pixels.of_file("a.pdf", files["peta-7-komposit.pdf"], 300)["a.pdf"]
    drawn = page.astype(int)
    png = Image.open(io.BytesIO(files["peta-7-komposit.png"])).convert("RGB")
    apart = np.abs(drawn - np.asarray(png).astype(int)).max(axis=2)
    assert np.quantile(apart, 0.95) <= 8


def test_without_the_library_the_run_says_how_to_install_it(
    shaded_edition: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "rasterio", None)
    assert cli.main(["atlas", str(shaded_edition)]) == SourceError.exit_code
    assert "EKSTRA=raster" in capsys.readouterr().err
