"""Names of villages by this project beside those by QGIS's own labelling, at one scale and size.

The same polygons in millimetres of paper, the same names at the smallest type size of the layout.
QGIS (system Python with ``qgis.core``) places one label per polygon with its default settings; we
take its ``QgsLabelingResults``. Counted are names shown on the main map, pairs that overlap, and
names that neither lie in their village nor stand at the end of a line.

Usage: ``python benchmarks/qgis_label.py LAYER.geojson [...] [--gambar FOLDER]``; a layer has the
fields ``kode`` and ``nama``. Without QGIS it says so and ends with 0.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import shapely

    from fsva.drawing.maps.sheet_inputs import Studio
    from fsva.drawing.names.arrangement import Arrangement

    Pair = tuple[shapely.Geometry, shapely.Geometry]
    Corners = list[tuple[float, float]]

ROOT = Path(__file__).resolve().parents[1]
PYTHON = "/usr/bin/python3"
# Runs in QGIS's own Python: reads polygons in millimetres, writes the corners of the labels.
QGIS = """
import json, os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from qgis.core import *
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor, QFont
job = json.load(open(sys.argv[1]))
app = QgsApplication([], False); app.initQgis()
layer = QgsVectorLayer("Polygon?field=nama:string", "desa", "memory")
features = []
for n, row in enumerate(job["villages"]):
    f = QgsFeature(layer.fields()); f.setGeometry(QgsGeometry.fromWkt(row["wkt"]))
    f.setAttribute(0, row["name"]); features.append(f)
layer.dataProvider().addFeatures(features); layer.updateExtents()
fill = QgsFillSymbol.createSimple(
    {"color": "#F4F1EA", "outline_color": "#4D4D4D", "outline_width": "0.26"})
layer.setRenderer(QgsSingleSymbolRenderer(fill))
s = QgsPalLayerSettings(); s.fieldName = "nama"
t = QgsTextFormat(); t.setFont(QFont("Liberation Sans")); t.setSize(job["size"])
t.setSizeUnit(QgsUnitTypes.RenderPoints); s.setFormat(t)
layer.setLabeling(QgsVectorLayerSimpleLabeling(s)); layer.setLabelsEnabled(True)
m = QgsMapSettings(); m.setLayers([layer]); dots = 300
west, south, east, north = job["window"]
m.setExtent(QgsRectangle(west, south, east, north)); m.setOutputDpi(dots)
m.setOutputSize(QSize(round((east - west) / 25.4 * dots), round((north - south) / 25.4 * dots)))
m.setBackgroundColor(QColor("white"))
r = QgsMapRendererParallelJob(m); r.start(); r.waitForFinished()
if job["picture"]: r.renderedImage().save(job["picture"])
found = r.takeLabelingResults().labelsWithinRect(m.visibleExtent())
json.dump([{"id": l.featureId - 1, "corners": [(p.x(), p.y()) for p in l.cornerPoints]}
           for l in found if not l.isUnplaced], open(sys.argv[2], "w"))
os._exit(0)
"""


def main(arguments: list[str]) -> int:
    """Measure the layers and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("layers", nargs="+", type=Path)
    parser.add_argument("--gambar", type=Path)
    given = parser.parse_args(arguments)
    if not has_qgis():
        print("dilewati: QGIS dengan python3-qgis tidak ada")
        return 0
    print("| lapisan | desa | siapa | nama | tindih | di luar desa | nomor | detik |")
    print("|---|---|---|---|---|---|---|---|")
    for file in given.layers:
        compare(file, given.gambar)
    return 0


def has_qgis() -> bool:
    """Tell whether the system's Python finds QGIS."""
    if not Path(PYTHON).exists():
        return False
    ask = [PYTHON, "-c", "import qgis.core"]
    found = subprocess.run(ask, capture_output=True, check=False)  # noqa: S603 - fixed words
    return found.returncode == 0


def compare(file: Path, pictures: Path | None) -> None:
    """Label one layer both ways."""
    import time

    import shapely

    from fsva.drawing.paper.scene import Text
    from fsva.drawing.paper.text_boxes import text_area
    from fsva.drawing.sheets import sheet

    studio = studio_of(file)
    start = time.perf_counter()
    made = sheet.arranged(studio)
    seconds = time.perf_counter() - start
    main_map = made.main
    items = made.naming.items(made.numbers, studio.layout)
    texts = [i for i in items if isinstance(i, Text) and i.code]
    names = [t for t in texts if not t.text.isdigit()]
    of = dict(zip(main_map.codes, main_map.areas, strict=True))
    led = made.naming.led
    ours = [(of[t.code], text_area(t, studio.faces)) for t in names]
    ours = [
        (paper if t.code in led else area, paper)
        for t, (area, paper) in zip(names, ours, strict=True)
    ]
    shown = len({t.code for t in names})
    if pictures:
        picture(studio, made, pictures / f"fsva-{file.stem}.png")
    numbers = len({t.code for t in texts} - {t.code for t in names})
    report(file.stem, len(of), "fsva", shown, ours, f"{numbers} | {seconds:.1f}")
    labels = by_qgis(studio, made, pictures / f"qgis-{file.stem}.png" if pictures else None)
    theirs = [(main_map.areas[i], shapely.Polygon(corners)) for i, corners in labels]
    report(file.stem, len(of), "QGIS", len({i for i, _ in labels}), theirs, "0 | -")


def picture(studio: Studio, made: Arrangement, file: Path) -> None:
    """Draw our names on the ground that QGIS draws its own on."""
    import pypdfium2

    from fsva.drawing.paper.scene import Layer, Sheet
    from fsva.files.writers import pdf

    layout, box = studio.layout, made.main.panel.box
    colours = dict.fromkeys(made.main.codes, layout.colours.land)
    items = [*made.main.fills(colours, layout), *made.main.borders(layout)]
    items += made.naming.items(made.numbers, layout)
    layer = Layer("names", tuple(items), box)
    drawn = Sheet(layout.width, layout.height, "", "id", (layer,))
    page = pypdfium2.PdfDocument(pdf.PdfWriter([drawn], studio.faces).pages([drawn]))[0]
    dots = 300 / 25.4
    image = page.render(scale=300 / 72).to_pil()
    edges = (box.left, layout.height - box.top, box.right, layout.height - box.bottom)
    image.crop(tuple(round(edge * dots) for edge in edges)).save(file)


def report(
    stem: str,
    villages: int,
    who: str,
    shown: int,
    pairs: Sequence[Pair],
    rest: str,
) -> None:
    """Print a row: names shown, overlapping pairs, names not inside their village."""
    import shapely

    ink = shapely.buffer([paper for _, paper in pairs], -0.05)
    hits = shapely.STRtree(ink).query(ink, predicate="intersects").T.tolist()
    overlapping = sum(i < j for i, j in hits)
    outside = sum(
        not shapely.covers(area, paper) for (area, _), paper in zip(pairs, ink, strict=True)
    )
    print(f"| {stem} | {villages} | {who} | {shown} | {overlapping} | {outside} | {rest} |")


def by_qgis(studio: Studio, made: Arrangement, picture: Path | None) -> list[tuple[int, Corners]]:
    """Return the labels that QGIS sets: village and corners, in millimetres."""
    box = made.main.panel.box
    rows = zip(made.main.names, made.main.areas, strict=True)
    job = {
        "villages": [{"name": name, "wkt": area.wkt} for name, area in rows],
        "size": studio.layout.type.digit,
        "window": [box.left, box.bottom, box.right, box.top],
        "picture": str(picture) if picture else "",
    }
    with tempfile.TemporaryDirectory() as folder:
        script, ask, answer = (Path(folder) / n for n in ("q.py", "in.json", "out.json"))
        script.write_text(QGIS, encoding="utf-8")
        ask.write_text(json.dumps(job), encoding="utf-8")
        command = [PYTHON, str(script), str(ask), str(answer)]
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own script
        found = json.loads(answer.read_text(encoding="utf-8"))
    return [(label["id"], label["corners"]) for label in found]


def studio_of(file: Path) -> Studio:
    """Return what the sheets of a layer are drawn from; kecamatan bear their numbers."""
    import geopandas as gpd

    from fsva.config.editions import edition
    from fsva.config.methods import method
    from fsva.config.styles import layout, locator_windows
    from fsva.core import texts as words
    from fsva.drawing.maps.ground import Surroundings
    from fsva.drawing.maps.sheet_inputs import Studio
    from fsva.drawing.paper import fonts
    from fsva.sources.ground import surroundings
    from fsva.sources.layers import crs
    from fsva.villages import repair
    from fsva.words import draft

    layer = gpd.read_file(file).set_index("kode").sort_index()
    layer["desa"], layer["kecamatan"] = layer["nama"], [f"Kec. {c[6:8]}" for c in layer.index]
    mended, _ = repair.repair(crs.project(layer, file))
    own, styles = edition.load(ROOT / "editions" / "belu-2021"), ROOT / "styles"
    land = surroundings.read_land(ROOT / "boundaries" / "konteks" / "daratan.geojson")
    return Studio(
        mended,
        Surroundings(land, None, ()),
        own.settings,
        method.load(own.method_file, own.baseline_file),
        layout.load(styles / "layouts" / "a4-mendatar.toml", own.theme_file),
        words.load("id"),
        fonts.load(styles / "fonts"),
        "00000000",
        locator_windows.load(styles / locator_windows.FILE_NAME)[locator_windows.COUNTRY],
        None,
        draft.of(own.settings, words.load("id")),
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
