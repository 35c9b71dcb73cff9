"""How many villages a map names, and whether a number stands in another kecamatan.

Counted on Peta 7 as drawn, insets included: villages with their name, with a number, with neither;
numbers of which any part of the paper lies in a kecamatan that is not the village's own; names of
kecamatan that cover more than half of their kecamatan. Beside them what the sheets per kecamatan
account for.

Districts are those of the tests, with synthetic values: real layers in ``../shared``, and islands
that are made by code. Usage: ``python benchmarks/nama_desa.py [NAMA ...] [--tata-letak a4]``.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from fsva.drawing.maps.district import DrawnDistrict
    from fsva.drawing.maps.sheet_inputs import Studio
    from fsva.drawing.names.arrangement import Arrangement
    from fsva.drawing.names.naming import Naming

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

# By name: the types of the tests are not checked with those of the program.
lembar_daerah = importlib.import_module("tests.places.lembar_daerah")

SHARED = ROOT.parent / "shared" / "boundaries"
DISTRICTS = ("belu", "ttu", "malaka", "aceh-utara", "cilegon", "seribu", "wakatobi")
# Paper that a number may share with another kecamatan: half a pen's width of its corner.
FORGIVEN_MM2 = 0.01
COVERED = 0.5


@dataclass(frozen=True)
class Counts:
    """What a map says of its villages.

    Parameters
    ----------
    villages, named, numbered : int
        In all; with a name; with a number and no name.
    strays : tuple of str
        Codes of the villages whose number stands in another kecamatan.
    covered : tuple of str
        Kecamatan of which their own name covers more than half.
    """

    villages: int
    named: int
    numbered: int
    strays: tuple[str, ...]
    covered: tuple[str, ...]


def counts(studio: Studio, arranged: Arrangement) -> Counts:
    """Count the names of one map."""
    panels = [(arranged.main, arranged.naming)]
    panels += [(town.district, town.naming) for town in arranged.towns]
    codes = {str(code) for code in studio.villages.index}
    named = {code for _, naming in panels for code in naming.named}
    numbered = {code for _, naming in panels for code in naming.numbered} & {*arranged.numbers}
    return Counts(
        len(codes),
        len(named),
        len(numbered - named),
        tuple(c for d, naming in panels for c in strays(d, naming, arranged)),
        tuple(covered(arranged.main, arranged.naming)),
    )


def strays(district: DrawnDistrict, naming: Naming, arranged: Arrangement) -> list[str]:
    """Return the villages whose number lies, if only in part, in another kecamatan."""
    beside = {code: leader.placed for code, leader in naming.led_numbers.items()}
    placed = {c: p for c, p in (naming.numbers | beside).items() if c in arranged.numbers}
    own = dict(zip(district.codes, district.kecamatan, strict=True))
    whole = {name: _kecamatan(district, name) for name in {own[code] for code in placed}}
    every = shapely.union_all(district.areas)
    others = {name: shapely.difference(every, area) for name, area in whole.items()}
    return [
        code
        for code, place in placed.items()
        if shapely.area(shapely.intersection(place.area(), others[own[code]])) > FORGIVEN_MM2
    ]


def covered(district: DrawnDistrict, naming: Naming) -> list[str]:
    """Return the kecamatan that their own name hides for more than half."""
    return [
        name
        for name, place in naming.kecamatan.items()
        if shapely.area(shapely.intersection(place.area(), area := _kecamatan(district, name)))
        > COVERED * shapely.area(area)
    ]


def _kecamatan(district: DrawnDistrict, name: str) -> shapely.Geometry:
    return shapely.union_all(district.areas[np.array(district.kecamatan) == name])


def main() -> None:
    """Print one line per district."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("nama", nargs="*", default=DISTRICTS)
    parser.add_argument("--tata-letak", default="a4")
    given = parser.parse_args()
    head = ("daerah", "desa", "nama", "nomor", "tanpa", "nomor di luar", "kecamatan tertutup")
    print("| " + " | ".join(head) + " |")
    print("|---" * len(head) + "|")
    from fsva.drawing.sheets import sheet

    for name in given.nama:
        layer = lembar_daerah.layer_of(SHARED, name)
        studio = lembar_daerah.drawn(layer, name, given.tata_letak).studio
        found = counts(studio, sheet.arranged(studio))
        bare = found.villages - found.named - found.numbered
        row = (name, found.villages, found.named, found.numbered, bare, len(found.strays),
               len(found.covered))  # fmt: skip
        print("| " + " | ".join(map(str, row)) + " |", flush=True)


if __name__ == "__main__":
    main()
