"""The atlas of Belu 2021, made once for all tests, with what stands on its maps taken apart.

Owns the figures that the report publishes and readers of a drawn sheet: which text is a name,
where a village lies on paper, which rows a legend has. It draws nothing itself.
"""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from unittest.mock import patch

import pytest
import shapely

from fsva.config.editions import edition
from fsva.core import texts
from fsva.core.box import Box
from fsva.core.publishing.result_store import FOLDER
from fsva.core.texts import Language
from fsva.drawing.maps.sheet_inputs import Studio
from fsva.drawing.names.arrangement import Arrangement
from fsva.drawing.paper.scene import Layer, Mark, Sheet, Text
from fsva.drawing.paper.text_boxes import text_box
from fsva.drawing.sheets import sheet
from fsva.runs import production, run_order
from fsva.words.specification import MapSpecification
from tests.places.small import ROOT

EDITION = ROOT / "editions" / "belu-2021"
TRACKED = ROOT / "outputs" / "belu" / "2021"
# The layer that the project carries, and the real one that it may not.
LAYERS = ("skematis", pytest.param("nyata", marks=pytest.mark.shared))
STEMS = (
    "peta-1-lahan", "peta-2-sarana", "peta-3-tidak-sejahtera", "peta-4-akses",
    "peta-5-air-bersih", "peta-6-nakes", "peta-7-komposit",
)  # fmt: skip
IDS = ("lahan", "sarana", "tidak_sejahtera", "akses", "air_bersih", "nakes", "komposit")
# Daftar Peta of the report.
TITLES = (
    "Peta 1. Rasio Lahan Pertanian terhadap Luas Wilayah Desa",
    "Peta 2. Rasio Sarana Prasarana Penyedia Pangan terhadap Jumlah Rumah Tangga",
    "Peta 3. Rasio Penduduk dengan Tingkat Kesejahteraan Terendah terhadap Jumlah Penduduk Desa",
    "Peta 4. Desa yang Tidak Memiliki Akses Penghubung Memadai melalui Darat, Laut dan Udara",
    "Peta 5. Rasio Rumah Tangga Tanpa Akses Air Bersih terhadap Jumlah Rumah Tangga",
    "Peta 6. Rasio Jumlah Penduduk Desa per Tenaga Kesehatan terhadap Kepadatan Penduduk",
    "Peta 7. Ketahanan dan Kerentanan Pangan (Komposit)",
)
# Villages per class 1..6 on each map; none of Belu is without data.
COUNTS = (
    (12, 12, 17, 16, 12, 12),
    (1, 4, 22, 21, 25, 8),
    (1, 0, 1, 6, 33, 40),
    (1, 0, 6, 74, 0, 0),
    (13, 11, 16, 17, 13, 11),
    (27, 13, 11, 16, 13, 1),
    (0, 4, 17, 22, 28, 10),
)
# Villages per map whose class is the published one.
PUBLISHED = (0, 2, 25, 0, 28, 4, 29)
# Classes 1..6, juknis 2026 table 5.
COLOURS = ("#6E1F1F", "#E85961", "#F4A1A7", "#C9E077", "#94C945", "#3B703B")


@dataclass(frozen=True, eq=False)
class Made:
    """One atlas: what it was drawn from, its sheets and its files.

    Parameters
    ----------
    studio : Studio
        Geometry, layout, language.
    maps : sequence of MapSpecification
        What the maps say.
    sheets : tuple of Sheet
        As drawn.
    files : dict of str to bytes
        As published.
    """

    studio: Studio
    maps: Sequence[MapSpecification]
    sheets: tuple[Sheet, ...]
    files: dict[str, bytes]

    def rows(self) -> list[dict[str, str]]:
        """Return the rows of kelas.csv."""
        return list(csv.DictReader(io.StringIO(self.files["kelas.csv"].decode("utf-8"))))

    def box(self, name: str) -> Box:
        """Return a box of the layout."""
        return self.studio.layout.boxes.box(name)


def of(request: pytest.FixtureRequest) -> Made:
    """Return the atlas with the layer that a fixture's parameter names (one of LAYERS)."""
    if request.param == "skematis":
        return made()
    shared: Path = request.getfixturevalue("shared_dir")
    return made(layer=shared / "boundaries" / "desa_53.04_belu.geojson")


@cache
def made(language: Language = "id", layer: Path | None = None) -> Made:
    """Make the atlas of Belu 2021 in memory and keep what it was made of."""
    drawn: list[tuple[Studio, Sequence[MapSpecification], tuple[Sheet, ...]]] = []
    draw = sheet.sheets

    def recorded(
        studio: Studio, maps: Sequence[MapSpecification], names: Arrangement | None = None
    ) -> tuple[Sheet, ...]:
        sheets = draw(studio, maps, names)
        drawn.append((studio, maps, sheets))
        return sheets

    order = run_order.place(edition.load(EDITION), layer, texts.load(language))
    with patch.object(sheet, "sheets", recorded):
        files = production.produce(order, lambda _: None)
    (only,) = drawn
    return Made(*only, files)


def layers(drawn: Sheet, name: str) -> list[Layer]:
    """Return the layers of a sheet with a name, the lowest first."""
    return [layer for layer in drawn.layers if layer.name == name]


def words(drawn: Sheet, box: Box) -> list[Text]:
    """Return the texts of a sheet that begin inside a box."""
    return [t for t in drawn.texts() if box.left <= t.x <= box.right and
            box.bottom <= t.y <= box.top]  # fmt: skip


def prose(drawn: Sheet, box: Box) -> str:
    """Return the texts inside a box as running text."""
    return " ".join(text.text for text in words(drawn, box))


@dataclass(frozen=True)
class Label:
    """A name as it stands on a map, its lines joined.

    Parameters
    ----------
    name : str
        The words.
    texts : tuple of Text
        Its lines.
    """

    name: str
    texts: tuple[Text, ...]

    def paper(self, studio: Studio) -> shapely.Geometry:
        """Return the paper that its letters cover."""
        return shapely.union_all([text_box(t, studio.faces).polygon() for t in self.texts])


def labels(layer: Layer, face: str) -> list[Label]:
    """Return the names of a layer of names that are set in a face: with a halo, or in a plate."""
    texts = (item for item in layer.items if isinstance(item, Text) and item.face == face)
    found = [text for text in texts if text.halo or text.code]
    groups = [tuple(g) for _, g in groupby(found, key=lambda t: (t.x, t.size_pt, t.code))]
    return [Label(" ".join(t.text for t in group), group) for group in groups]


@cache
def areas(layer: Layer) -> dict[str, shapely.Geometry]:
    """Return the paper that each village covers by its code."""
    return {m.code: _area(m, layer) for m in layer.items if isinstance(m, Mark)}


def _area(mark: Mark, layer: Layer) -> shapely.Geometry:
    area = shapely.build_area(lines(mark))
    return shapely.intersection(area, layer.clip.polygon()) if layer.clip else area


def lines(mark: Mark) -> shapely.Geometry:
    """Return the lines that a mark's path follows."""
    parts = [shapely.LineString(part) for part in mark.shape.parts]
    return shapely.MultiLineString(parts)


def hatched(drawn: Sheet, villages: Layer) -> shapely.Geometry:
    """Return the paper under the fine lines over the classes of a panel, smoothed edges too."""
    found = (layer for layer in layers(drawn, "class hatching") if layer.clip == villages.clip)
    marks = [item for layer in found for item in layer.items if isinstance(item, Mark)]
    wide = [lines(m).buffer(m.stroke.width_mm / 2 + 0.01, quad_segs=1) for m in marks if m.stroke]
    return shapely.union_all(wide)


def panels(drawn: Sheet) -> Iterator[tuple[Layer, Layer]]:
    """Yield villages and names of the main map, then of the inset."""
    names = [*layers(drawn, "names"), *layers(drawn, "inset names")]
    yield from zip(layers(drawn, "villages"), names, strict=True)


@dataclass(frozen=True)
class Row:
    """A row of the legend as it is seen: colour, words from left to right, height on paper.

    Parameters
    ----------
    colour : str
        Fill of the sample.
    words : tuple of str
        From left to right.
    y : float
        Lower edge of the sample.
    """

    colour: str
    words: tuple[str, ...]
    y: float


def legend(drawn: Sheet, box: Box) -> list[Row]:
    """Return the rows of a legend with a coloured sample, the uppermost first."""
    (layer,) = layers(drawn, "words")
    rows = []
    for mark in (i for i in layer.items if isinstance(i, Mark) and i.fill):
        low, high = mark.shape.parts[0][:, 1].min(), mark.shape.parts[0][:, 1].max()
        beside = [t for t in words(drawn, box) if low <= t.y <= high]
        texts = tuple(t.text for t in sorted(beside, key=lambda t: t.x))
        rows.append(Row(str(mark.fill), texts, round(float(low), 3)))
    return sorted(rows, key=lambda row: -row.y)


def run(*arguments: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command ``fsva`` in a process of its own."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", "from fsva.cli import entry; entry()",
         *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )  # fmt: skip


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder by its name, but what runs keep beside their outputs."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and FOLDER not in file.parts
    }
