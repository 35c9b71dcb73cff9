"""Why the classes of two sides do not compare, and which parts of their inputs may differ.

Owns these two rules; ``compare`` refuses or forces the comparison. An output folder has only its
manifest: a method or baseline file with other content counts as another one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from fsva.comparison.values.result import PARTS, Edit, Part
from fsva.comparison.values.side_data import SideData
from fsva.config.methods.measures import Measure

# Rules of an indicator that change the composite as well.
_OF_COMPOSITE = ("bobot.", "skala.", "baik.", "indikator.", "satuan.", "rumus.", "hitung.")


def obstacles(a: SideData, b: SideData, rules: Iterable[Edit]) -> tuple[Part, ...]:
    """Return the parts that keep the classes of two sides from being compared.

    Parameters
    ----------
    rules : iterable of Edit
        Differences of method and baseline, where both sides tell them.

    Returns
    -------
    tuple of Part
        ``metode``, ``dasar``, both or none of them.
    """
    differing: set[Part] = {edit.part for edit in rules if edit.part in ("metode", "dasar")}
    if a.inputs is None or b.inputs is None:
        differing |= set(_by_record(a, b))
    return tuple(part for part in PARTS if part in differing)


def _by_record(a: SideData, b: SideData) -> Iterable[Part]:
    if a.side.method != b.side.method or _files_differ(a, b, "metode"):
        yield "metode"
    names = [held.manifest.get("tahun_dasar") for held in (a, b)]
    if names[0] != names[1] or _files_differ(a, b, "dasar"):
        yield "dasar"


def _files_differ(a: SideData, b: SideData, part: Part) -> bool:
    """Tell whether both manifests name files of a part, and not the same ones."""
    hashes = _hashes(a, part), _hashes(b, part)
    return all(hashes) and hashes[0] != hashes[1]


def _hashes(held: SideData, part: Part) -> list[str]:
    inputs = held.manifest.get("masukan")
    if not isinstance(inputs, Mapping):
        return []
    return sorted(str(value) for name, value in inputs.items() if part_of(str(name)) == part)


def part_of(name: str) -> Part | None:
    """Return the part that an input file belongs to, by its place in the project.

    Parameters
    ----------
    name : str
        As in the manifest, relative to the project.

    Examples
    --------
    >>> part_of("styles/dasar/belu-2021.toml"), part_of("editions/belu-2021/terbit.csv")
    ('dasar', 'data')
    """
    places: dict[str, Part] = {
        "styles/metode/": "metode",
        "styles/dasar/": "dasar",
        "boundaries/crosswalk/": "kode",
        "boundaries/": "batas",
    }
    for start, part in places.items():
        if name.startswith(start):
            return part
    if name.startswith("styles/"):
        return None
    return "timpa" if name.endswith(".toml") else "data"


def possible(a: SideData, b: SideData) -> tuple[Part, ...]:
    """Return the parts that may differ, where the inputs of a side are not known.

    Parameters
    ----------
    a, b : SideData
        Sides, at least one of them an output folder.

    Returns
    -------
    tuple of Part
        Those whose input files are not the same in both manifests; all of them where a manifest
        is missing. Published classes and succession stand in tables of the edition: where these
        differ, ``kode`` and ``timpa`` may.
    """
    if not all(isinstance(held.manifest.get("masukan"), Mapping) for held in (a, b)):
        return PARTS
    other = {part for part in PARTS if _hashes(a, part) != _hashes(b, part)}
    if "data" in other:
        other |= {"kode", "timpa"}
    return tuple(part for part in PARTS if part in other)


def comparable(measure: Measure, rules: Sequence[Edit], is_composite: bool, forced: bool) -> bool:
    """Tell whether a class of a measure means the same on both sides.

    Parameters
    ----------
    is_composite : bool
        Whether it depends on all indicators.
    forced : bool
        Whether anything differs; decides where the differences are not known.
    """
    if forced and not rules:
        return False
    is_redefined = any(f".{measure.id}." in f".{edit.what}." for edit in rules)
    shared = any(edit.what.startswith(_OF_COMPOSITE) for edit in rules)
    return not (is_redefined or (is_composite and shared))
