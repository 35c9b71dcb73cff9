"""An atlas read back from its output folder, with the polygons of its villages.

Owns the values from ``manifest.json``, ``kelas.csv`` and the layer ``atlas.gpkg``; a folder without
the layer gives its villages without polygons.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from fsva.config.methods import method as methods
from fsva.config.methods.method import Method
from fsva.core import printed, resources
from fsva.core.columns import BPS, KEMENDAGRI, PARENT, UNIT
from fsva.core.errors import CompareError, Place
from fsva.core.publishing import manifest
from fsva.sources.layers import crs, engines
from fsva.sources.plain.plain_table import Table
from fsva.sources.tables import output_folders, read_tables

LAYER = "atlas.gpkg"
_PEOPLE = "penduduk"
_IDENTIFIER = re.compile(r"[a-z0-9-]+")


@dataclass(frozen=True)
class OutputVillage:
    """A village of an atlas.

    Parameters
    ----------
    code, bps_code, subdistrict, name : str
        Codes and names.
    score : float
        Of the composite; NaN = not known.
    class_ : int
        Of the composite; 0 = none.
    people : float
        NaN = not known.
    shape : Geometry or None
        In degrees.
    """

    code: str
    bps_code: str
    subdistrict: str
    name: str
    score: float
    class_: int
    people: float = float("nan")
    shape: shapely.Geometry | None = None


@dataclass(frozen=True, eq=False)
class AtlasOutput:
    """An atlas of one district.

    Parameters
    ----------
    folder : Path
        Where it stands.
    code, name : str
        Of the district.
    year : str
        Of the edition.
    method : Method
        Names and colours; its cut-offs may be open.
    baseline : str
        Empty for cut-offs that hold everywhere.
    number : str
        Of the run.
    villages : tuple of OutputVillage
        By their code.
    is_draft : bool
        Whether the edition was not complete.
    """

    folder: Path
    code: str
    name: str
    year: str
    method: Method
    baseline: str
    number: str
    villages: tuple[OutputVillage, ...]
    is_draft: bool = False

    @property
    def has_layer(self) -> bool:
        """Whether there are polygons."""
        return any(village.shape is not None for village in self.villages)


def read(folder: Path) -> AtlasOutput:
    """Read the atlas in an output folder.

    Raises
    ------
    SourceError
        There is no manifest or table of classes, or they cannot be read.
    CompareError
        The method is none of this program's.
    TableError, CodeError, LayerError
        A table or layer is damaged.
    """
    record = manifest.needed(folder)
    rules = method_of(folder, record)
    table, baseline = output_folders.read_classes(folder / output_folders.CLASSES, rules)
    with output_folders.as_outputs():
        layer = _layer(folder)
    villages = tuple(_villages(table, rules.composite.id, layer))
    return AtlasOutput(
        folder,
        str(record.get("kode") or villages[0].code[:5]),
        printed.flat(str(record.get("daerah", ""))),
        printed.flat(str(record.get("tahun", ""))),
        rules,
        str(record.get("dasar") or baseline or ""),
        printed.flat(str(record.get("nomor", ""))),
        villages,
        bool(record.get("draf")),
    )


def inputs(folder: Path) -> list[Path]:
    """Return the files of an output folder that are read."""
    return [folder / name for name in (manifest.FILE_NAME, output_folders.CLASSES, LAYER)]


def method_of(folder: Path, record: Mapping[str, Any]) -> Method:
    """Return the method that the manifest of an output folder names.

    Raises
    ------
    CompareError
        It is none of this program's.
    """
    styles = resources.project_folder(folder.parent, "styles") / "metode"
    named = str(record.get("metode", ""))
    file = styles / f"{named}.toml"
    if not _IDENTIFIER.fullmatch(named) or not file.is_file():
        known = ", ".join(sorted(f.stem for f in styles.glob("*.toml")))
        place = Place(folder / manifest.FILE_NAME, found=named)
        raise CompareError("banding_metode_tak_dikenal", [place], {"ada": known})
    return methods.load_open(file)


@dataclass(frozen=True, eq=False)
class _Layer:
    """Polygons in degrees and people, by Kemendagri code."""

    shapes: Mapping[str, shapely.Geometry] = field(default_factory=dict)
    people: Mapping[str, float] = field(default_factory=dict)


def _layer(folder: Path) -> _Layer:
    file = folder / LAYER
    if not file.is_file():
        return _Layer()
    layer = engines.read_first(file)
    if layer is None or KEMENDAGRI not in layer:
        return _Layer()
    codes = [str(code) for code in layer[KEMENDAGRI]]
    people = layer[_PEOPLE] if _PEOPLE in layer else np.full(len(layer), np.nan)
    return _Layer(
        dict(zip(codes, crs.in_degrees(layer, file).geometry, strict=True)),
        dict(zip(codes, read_tables.floats(people).tolist(), strict=True)),
    )


def _villages(table: Table, composite: str, layer: _Layer) -> list[OutputVillage]:
    scores, classes = table[composite], table[f"{composite}_kelas"]
    names = zip(table.codes, table[BPS], table[PARENT], table[UNIT], strict=True)
    return [
        OutputVillage(
            code,
            str(bps),
            str(parent),
            str(name),
            float(score),
            int(number),
            layer.people.get(code, float("nan")),
            layer.shapes.get(code),
        )
        for (code, bps, parent, name), score, number in zip(names, scores, classes, strict=True)
    ]
