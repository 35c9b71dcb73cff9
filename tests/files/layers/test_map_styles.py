"""The styles of the layers: classes, bounds, closure and colours are those of the maps."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from fsva.config.methods.method import Measure
from fsva.index import classes
from tests.places import belu, contoh, lapisan
from tests.places.lapisan import MadeLayers

OGC = "{http://www.opengis.net/ogc}"
SLD = "{http://www.opengis.net/sld}"


@pytest.fixture(scope="module")
def made() -> MadeLayers:
    return lapisan.belu()


def probes(measure: Measure) -> list[tuple[Decimal, int]]:
    """Return values at, one unit below and one unit above each cut-off, with their classes."""
    unit = Decimal(1).scaleb(-measure.digits)
    values = [c + step * unit for c in measure.ascending_cut_offs for step in (-1, 0, 1)]
    found = classes.classify(np.array([float(v) for v in values]), measure)
    return list(zip(values, found.tolist(), strict=True))


def test_the_expression_of_each_class_selects_its_villages(made: MadeLayers) -> None:
    # The expressions of QGIS are SQL as well, so that SQLite can judge them.
    base = lapisan.opened(made.files["atlas.gpkg"])
    for shown, style in zip(made.run.maps, made.run.styles(made.run._long), strict=True):
        for row, one in zip(shown.legend, style.classes, strict=True):
            assert one.condition
            found = base.execute(
                f"SELECT kode_kemendagri FROM desa WHERE {one.condition.expression()}"
            )
            expected = {c for c, n in shown.priorities.items() if n == row.priority}
            assert {code for (code,) in found} == expected


def test_a_value_on_a_cut_off_is_in_the_class_that_the_method_says(made: MadeLayers) -> None:
    base = lapisan.opened(made.files["atlas.gpkg"])
    measures = {m.id: m for m in made.run.tabulated.rules.measures()}
    n = 0
    for shown, style in zip(made.run.maps, made.run.styles(made.run._long), strict=True):
        measure = measures[shown.measure_id]
        if not measure.cut_offs:
            continue
        for value, expected in probes(measure):
            base.execute(f"UPDATE desa SET {measure.id} = ?, {measure.id}_dasar = 'nilai'"
                         " WHERE fid = 1", (float(value),))  # fmt: skip
            inside = [one.condition.members for one in style.classes if one.condition and
                      base.execute(f"SELECT count(*) FROM desa WHERE fid = 1 AND "
                                   f"({one.condition.expression()})").fetchone()[0]]  # fmt: skip
            assert inside == [(expected,)], (measure.id, value)
            n += 1
    assert n == 6 * 5 * 3


def test_colours_and_hatching_are_the_official_ones(made: MadeLayers) -> None:
    for style in made.run.styles(made.run._long):
        if style.stem != "peta-4-akses":
            assert tuple(one.colour for one in style.classes) == belu.COLOURS
        assert [one.hatch is not None for one in style.classes] == [True] * 3 + [False] * 3
    four = made.run.styles(made.run._long)[3]
    assert [one.label.split(" · ")[0] for one in four.classes] == [
        row.words.replace("  ", " ") for row in made.run.maps[3].legend
    ]


def test_labels_say_name_range_and_number_of_villages(made: MadeLayers) -> None:
    labels = [one.label for one in made.run.styles(made.run._long)[0].classes]
    # Tabel 2.1 of the report: class 1 of the farm land ratio reaches up to 0.0093.
    assert labels[0].split(" · ")[1:] == ["sampai 0,0093", "12 desa"]
    english = lapisan.belu(("gpkg",), "en").run
    assert english.styles(english._long)[1].classes[0].label.endswith("· 1 village")


def judged(condition: ET.Element, row: dict[str, Any]) -> bool:
    """Apply an OGC filter to the values of a village, as OGC 02-059 says."""
    kind = condition.tag.removeprefix(OGC)
    if kind in ("Filter", "Not"):
        said = judged(condition[0], row)
        return said if kind == "Filter" else not said
    if kind in ("And", "Or"):
        return (all if kind == "And" else any)(judged(child, row) for child in condition)
    value, literal = row[condition[0].text or ""], condition[1].text or ""
    if value is None:
        return False
    if isinstance(value, str):
        assert kind == "PropertyIsEqualTo"
        return value == literal
    bound = float(literal)
    return {
        "PropertyIsEqualTo": value == bound, "PropertyIsGreaterThan": value > bound,
        "PropertyIsGreaterThanOrEqualTo": value >= bound, "PropertyIsLessThan": value < bound,
        "PropertyIsLessThanOrEqualTo": value <= bound,
    }[kind]  # fmt: skip


def rules(content: bytes) -> Iterator[ET.Element]:
    """Yield the rules of an SLD that fill areas."""
    root = ET.fromstring(content)  # noqa: S314 - our own
    yield from (r for r in root.iter(f"{SLD}Rule") if r.find(f"{SLD}PolygonSymbolizer") is not None)


def test_sld_draws_each_village_in_its_colour(made: MadeLayers) -> None:
    for shown in made.run.maps:
        drawn = list(rules(made.files[f"desa-{shown.file_stem}.sld"]))
        colours = {row.priority: row.colour for row in shown.legend}
        for code, row in made.table.items():
            hit = [r for r in drawn if judged(r.find(f"{OGC}Filter"), row)]  # type: ignore[arg-type]
            assert len(hit) == 1
            assert hit[0].findtext(f".//{SLD}CssParameter") == colours[shown.priorities[code]]


def test_sld_closes_each_class_as_the_method_says(made: MadeLayers) -> None:
    """Values at each cut-off and one unit beside it, of classes closed above and below."""
    measures = {m.id: m for m in made.run.tabulated.rules.measures()}
    closures = set()
    for shown in made.run.maps:
        measure = measures[shown.measure_id]
        drawn = list(rules(made.files[f"desa-{shown.file_stem}.sld"]))
        colours = {row.priority: row.colour for row in shown.legend}
        for value, expected in probes(measure) if measure.cut_offs else ():
            row = {measure.id: float(value), f"{measure.id}_dasar": "nilai",
                   f"{measure.id}_kelas": 0}  # fmt: skip
            hit = [r for r in drawn if judged(r.find(f"{OGC}Filter"), row)]  # type: ignore[arg-type]
            assert [r.findtext(f".//{SLD}CssParameter") for r in hit] == [colours[expected]]
            closures.add(measure.closed)
    assert closures == {"atas", "bawah"}


def test_qml_beside_is_the_one_inside(made: MadeLayers) -> None:
    base = lapisan.opened(made.files["atlas.gpkg"])
    stored = base.execute(
        "SELECT f_table_name, styleName, styleQML, styleSLD, useAsDefault FROM layer_styles"
    ).fetchall()
    villages = [row for row in stored if row[0] == "desa"]
    assert [row[1] for row in villages] == list(belu.STEMS)
    assert [row[4] for row in villages] == [0] * 6 + [1]
    for _, name, qml, sld, _ in villages:
        assert made.files[f"desa-{name}.qml"].decode() == qml
        assert made.files[f"desa-{name}.sld"].decode() == sld
    assert {row[0] for row in stored} == {"desa", "kecamatan", "kabupaten"}


def test_villages_without_data_have_a_rule_for_all_others(tmp_path: Path) -> None:
    folder = contoh.build(tmp_path / "editions" / "contoh", raw=True)
    made = lapisan.of_edition(folder)
    by_stem = {style.stem: style for style in made.run.styles(made.run._long)}
    counts = {shown.file_stem: {row.priority: row.count for row in shown.legend}
              for shown in made.run.maps}  # fmt: skip
    # One village has no count of outlets, so it has no class on map 2 and on the composite's.
    assert counts["peta-2-sarana"][0] == 1
    for stem, style in by_stem.items():
        others = [one for one in style.classes if one.condition is None]
        assert len(others) == (1 if counts[stem][0] else 0)
    assert 'filter="ELSE"' in made.files["desa-peta-2-sarana.qml"].decode()
    assert "<ElseFilter />" in made.files["desa-peta-2-sarana.sld"].decode()


IN_QGIS = """
import json, os, sys
from qgis.core import *
from qgis.PyQt.QtXml import QDomDocument
app = QgsApplication([], False)
app.initQgis()
layer = QgsVectorLayer(sys.argv[1] + "|layername=desa", "desa", "ogr")
assert layer.isValid()
told = {"alias": [layer.attributeAlias(n) for n in range(layer.fields().count())],
        "types": [field.typeName() for field in layer.fields()], "styles": {}}
_, ids, names, *_ = layer.listStylesInDatabase()
for number, name in list(zip(ids, names))[:7]:
    text, _ = layer.getStyleFromDatabase(number)
    document = QDomDocument()
    document.setContent(text)
    assert layer.importNamedStyle(document)[0]
    renderer = layer.renderer()
    context = QgsRenderContext()
    renderer.startRender(context, layer.fields())
    drawn = {}
    for feature in layer.getFeatures():
        context.expressionContext().setFeature(feature)
        # As QGIS draws: the rule for all others counts only where no other one does.
        rules = renderer.rootRule().children()
        own = [rule for rule in rules if not rule.isElse() and rule.isFilterOK(feature, context)]
        symbols = [rule.symbol() for rule in own or [r for r in rules if r.isElse()]]
        drawn[feature["kode_kemendagri"]] = [
            [part.layerType(), part.color().name().upper()]
            for symbol in symbols for part in symbol.symbolLayers()
        ]
    renderer.stopRender(context)
    told["styles"][name] = {
        "drawn": drawn,
        "rules": [[r.label(), r.filterExpression()] for r in renderer.rootRule().children()],
        "labels": layer.labelsEnabled() and layer.labeling().settings().fieldName,
    }
print(json.dumps(told), flush=True)
os._exit(0)
"""


def drawn_as_on_the_maps(made: MadeLayers, folder: Path) -> dict[str, Any]:
    """Hold what QGIS draws for each village against the maps; return what it says."""
    file = folder / "atlas.gpkg"
    file.write_bytes(made.files["atlas.gpkg"])
    told: dict[str, Any] = lapisan.in_qgis(IN_QGIS, str(file), home=folder)
    theme = made.run.studio.layout.theme
    for shown in made.run.maps:
        drawn = told["styles"][shown.file_stem]["drawn"]
        assert set(drawn) == set(shown.priorities)
        rows = {row.priority: row for row in shown.legend}
        for code, layers in drawn.items():
            row = rows[shown.priorities[code]]
            assert layers[0] == ["SimpleFill", row.colour.upper()]
            hatch = theme.hatch(row.most_vulnerable)
            lines = [colour for kind, colour in layers if kind == "LinePatternFill"]
            assert lines == ([hatch.colour.upper()] * len(hatch.angles) if hatch else [])
    return told


@pytest.mark.qgis
def test_qgis_draws_each_village_as_the_map_does(made: MadeLayers, tmp_path: Path) -> None:
    told = drawn_as_on_the_maps(made, tmp_path)
    assert told["alias"][1:5] == ["Kode Kemendagri / Kemendagri code", "Kode BPS / BPS code",
                                  "Kecamatan / Subdistrict",
                                  "Desa/kelurahan / Village"]  # fmt: skip
    assert told["types"][1:4] == ["String", "String", "String"]
    assert list(told["styles"]) == list(belu.STEMS)
    assert {said["labels"] for said in told["styles"].values()} == {"desa"}


@pytest.mark.qgis
def test_qgis_draws_villages_without_data_as_the_map_does(tmp_path: Path) -> None:
    folder = contoh.build(tmp_path / "editions" / "contoh", raw=True)
    made = lapisan.of_edition(folder)
    assert any(0 in shown.priorities.values() for shown in made.run.maps)
    drawn_as_on_the_maps(made, tmp_path)
