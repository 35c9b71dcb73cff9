"""How much of the paper of the villages shows the colour of their class, in print.

A map is drawn as PDF and rendered at 600 dpi. Of the area of villages with a class, counted is the
share of pixels within 14/255 of the class colour, in every channel: for the whole main map (of a
sheet of several maps, for all but the small one of the whole), and for its densest quarter (the
smallest villages that make up a quarter of the area). The rest is lines, names and their halos.
The lines of the second channel are left out unless ``--arsir`` asks for them. Beside the shares
stand the villages with less than 1 mm2 of their colour on the whole sheet, insets and signs
included; for a set of maps, on the worst of them.

Districts are those of the tests, with synthetic values: real layers in ``../shared``, and islands
that are made by code. Usage: ``python benchmarks/warna_kelas.py [NAMA ...] [--tata-letak a4]
[--peta 4] [--arsir] [--gambar FOLDER]``; ``--peta 0`` measures all maps of the edition.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pypdfium2 as pdfium
import shapely
from rasterio.features import rasterize
from rasterio.transform import Affine, from_origin

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from fsva.drawing.maps.sheet_inputs import Studio
    from fsva.drawing.paper.scene import GroundExtent, Shape, Sheet
    from fsva.words.specification import MapSpecification

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from fsva.drawing.paper.scene import Mark  # noqa: E402 - the project's root goes on the path first

# By name: the types of the tests are not checked with those of the program.
lembar_daerah = importlib.import_module("tests.places.lembar_daerah")

SHARED = ROOT.parent / "shared" / "boundaries"
DPI = 600
NEAR = 14  # of 255, in each channel
LEAST_MM2 = 1.0
MM_PER_PIXEL = 25.4 / DPI
DISTRICTS = ("belu", "ttu", "malaka", "aceh-utara", "cilegon")


@dataclass(frozen=True)
class Measure:
    """What a map shows of its classes.

    Parameters
    ----------
    whole, dense : float
        Share of the area of villages with a class that shows the class colour: of the main map,
        and of its densest quarter.
    shown_mm2 : array of float, shape (n_villages,)
        Class colour of each village on the whole sheet; NaN for villages without a class.
    """

    whole: float
    dense: float
    shown_mm2: NDArray[np.float64]


def measure(studio: Studio, shown: MapSpecification, sheet: Sheet, picture: Path | None) -> Measure:
    """Measure one sheet."""
    page = _rendered(studio, sheet)
    codes = [str(code) for code in studio.villages.index]
    place = {code: n for n, code in enumerate(codes, start=1)}
    main = _villages_of(studio, sheet.grounds[0], page.shape)
    every = main.copy()
    for ground in sheet.grounds[1:]:
        inset = _villages_of(studio, ground, page.shape)
        box = _painted([(shapely.box(*_corners(ground)), 1)], page.shape) > 0
        every[box], main[box] = inset[box], 0
    if _is_parted(studio, sheet):
        main = every.copy()
        main[_painted([(shapely.box(*_corners(sheet.grounds[0])), 1)], page.shape) > 0] = 0
    signs = [(_polygon(m.shape), place[m.code]) for m in _signs(sheet)]
    if signs:
        drawn = _painted(signs, page.shape)
        every[drawn > 0], main[drawn > 0] = drawn[drawn > 0], 0
    colours = _class_colours(shown, codes)
    own = _shows(page, every, colours)
    if picture:
        from PIL import Image

        Image.fromarray(page).save(picture)
    return _counted(main, every, own, np.array([c is not None for c in colours]))


def _is_parted(studio: Studio, sheet: Sheet) -> bool:
    """Tell whether several maps fill the paper, beside a small one of the whole."""
    return sheet.grounds[0].box != studio.layout.boxes.box("map")


def _counted(
    main: NDArray[np.int32],
    every: NDArray[np.int32],
    own: NDArray[np.bool_],
    classed: NDArray[np.bool_],
) -> Measure:
    count = len(classed) + 1
    area = np.bincount(main.ravel(), minlength=count)[1:].astype(float)
    seen = np.bincount(main[own].ravel(), minlength=count)[1:].astype(float)
    pixels = np.bincount(every[own].ravel(), minlength=count)[1:].astype(float)
    sheet: NDArray[np.float64] = pixels * MM_PER_PIXEL**2
    area[~classed] = seen[~classed] = 0
    order = np.argsort(area, kind="stable")
    dense = order[np.cumsum(area[order]) <= area.sum() / 4]
    share = seen[dense].sum() / max(area[dense].sum(), 1)
    sheet[~classed] = np.nan
    return Measure(float(seen.sum() / max(area.sum(), 1)), float(share), sheet)


def _rendered(studio: Studio, sheet: Sheet) -> NDArray[np.uint8]:
    from fsva.files.writers import pdf

    data = pdf.PdfWriter([sheet], studio.faces).write([sheet], sheet.title)
    image = pdfium.PdfDocument(data)[0].render(scale=DPI / 72, no_smoothpath=False)
    return np.asarray(image.to_pil().convert("RGB"))


def _corners(ground: GroundExtent) -> tuple[float, float, float, float]:
    box = ground.box
    return box.left, box.bottom, box.right, box.top


def _villages_of(studio: Studio, ground: GroundExtent, size: tuple[int, ...]) -> NDArray[np.int32]:
    """Return the number of the village at each pixel of a panel, from 1; 0 is none."""
    origin = np.array(ground.origin)
    paper = shapely.transform(
        studio.villages.geometry, lambda at: (at - origin) / ground.metres_per_mm
    )
    shown = shapely.intersection(paper, shapely.box(*_corners(ground)))
    pairs = [(area, n) for n, area in enumerate(shown, start=1) if not shapely.is_empty(area)]
    return _painted(pairs, size)


def _painted(pairs: list[tuple[shapely.Geometry, int]], size: tuple[int, ...]) -> NDArray[np.int32]:
    if not pairs:
        return np.zeros(size[:2], dtype=np.int32)
    grid: Affine = from_origin(0, size[0] * MM_PER_PIXEL, MM_PER_PIXEL, MM_PER_PIXEL)
    painted: NDArray[np.int32] = rasterize(pairs, size[:2], transform=grid, dtype="int32")
    return painted


def _signs(sheet: Sheet) -> list[Mark]:
    """Return the signs that stand for villages too small to be seen."""
    return [item for layer in sheet.layers if layer.name == "tokens" for item in layer.items
            if isinstance(item, Mark) and item.code and item.fill]  # fmt: skip


def _polygon(shape: Shape) -> shapely.Geometry:
    return shapely.union_all([shapely.Polygon(part) for part in shape.parts])


def _class_colours(shown: MapSpecification, codes: list[str]) -> list[tuple[int, ...] | None]:
    rows = {row.priority: row.colour for row in shown.legend if row.priority}
    texts = [rows.get(shown.priorities[code]) for code in codes]
    return [tuple(bytes.fromhex(text[1:])) if text else None for text in texts]


def _shows(
    page: NDArray[np.uint8], village: NDArray[np.int32], colours: list[tuple[int, ...] | None]
) -> NDArray[np.bool_]:
    """Tell which pixels have the class colour of their village."""
    table = np.array([(0, 0, 0), *((c or (0, 0, 0)) for c in colours)], dtype=np.int16)
    held = np.array([False, *(c is not None for c in colours)])
    shows = np.zeros(village.shape, dtype=bool)
    rows, columns = np.nonzero(village)
    number = village[rows, columns]
    apart = np.abs(page[rows, columns].astype(np.int16) - table[number]).max(axis=1)
    shows[rows, columns] = held[number] & (apart <= NEAR)
    return shows


def drawn(
    name: str, form: str, numbers: list[int], *, hatched: bool
) -> tuple[Studio, list[MapSpecification], tuple[Sheet, ...]]:
    """Draw some maps of a district of the tests."""
    from fsva.drawing.sheets import sheet
    from fsva.runs import run_order, sheet_materials
    from fsva.words import specification

    layer = lembar_daerah.layer_of(SHARED, name)
    order, made = lembar_daerah.tabulated(layer, name)
    order = run_order.place(order.edition.in_layout(form), None, order.texts)
    maps = specification.build(made.table, made.rules, order.edition.settings, order.texts)
    kept = [shown for n, shown in enumerate(maps, start=1) if n in numbers or 0 in numbers]
    studio = sheet_materials.studio_of(order.edition, made, order.texts, order.number)
    if not hatched:
        theme = studio.layout.theme.model_copy(update={"channel": "tidak"})
        studio = replace(studio, layout=studio.layout.model_copy(update={"theme": theme}))
    return studio, kept, sheet.sheets(studio, kept)


def main() -> int:
    """Measure districts and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("nama", nargs="*", default=list(DISTRICTS))
    parser.add_argument("--tata-letak", nargs="*", default=["a4", "a3"])
    parser.add_argument("--peta", type=int, nargs="*", default=[4])
    parser.add_argument("--arsir", action="store_true")
    parser.add_argument("--gambar", type=Path)
    given = parser.parse_args()
    print("| daerah | kertas | skala | seluruh | terpadat | < 1 mm2 | paling sedikit mm2 |")
    print("|---|---|---|---|---|---|---|")
    for name in given.nama:
        for form in given.tata_letak:
            studio, maps, sheets = drawn(name, form, given.peta, hatched=given.arsir)
            found = [
                measure(
                    studio, shown, page, _file(given.gambar, f"{name}-{form}-{shown.file_stem}")
                )
                for shown, page in zip(maps, sheets, strict=True)
            ]
            least = np.nanmin([one.shown_mm2 for one in found], axis=0)
            scale = sheets[0].grounds[int(_is_parted(studio, sheets[0]))].name
            whole, dense = (min(getattr(one, k) for one in found) for k in ("whole", "dense"))
            small = int((least < LEAST_MM2).sum())
            print(f"| {name} | {form} | {scale} | {whole:.1%} | {dense:.1%} | {small} of "
                  f"{len(least)} | {np.nanmin(least):.2f} |", flush=True)  # fmt: skip
    return 0


def _file(folder: Path | None, stem: str) -> Path | None:
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
        return folder / f"{stem}.png"
    return None


if __name__ == "__main__":
    raise SystemExit(main())
