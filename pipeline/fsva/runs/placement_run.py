"""The check of where the villages of an edition lie, and the oddities that the edition accepts.

Owns the order of the rules and the stop. ``fsva.villages.placement``, ``names_apart`` and ``holes``
own the rules; ``[[batas.diterima]]`` holds the decisions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from fsva.config.editions import layer_acceptances
from fsva.config.styles import gazetteer, locator_windows, placement_limits
from fsva.core import resources, toml
from fsva.core.columns import KEMENDAGRI
from fsva.core.errors import EditionError, LayerError, Place
from fsva.core.message_values import Remarked
from fsva.core.remedies import edition_entries
from fsva.runs.run_order import LAND
from fsva.runs.whole import whole_layer_run

if TYPE_CHECKING:
    from fsva.config.editions.edition import Edition
    from fsva.config.styles.placement_limits import PlacementLimits
    from fsva.runs.kept.kept_results import Kept
    from fsva.sources.plain.shape_table import ShapeTable
    from fsva.sources.tables.read_tables import Table
    from fsva.villages.names_shifted import Named
    from fsva.villages.oddities import Oddity
    from fsva.villages.placement import Earth

# Where a layer lies that is far from its place.
_ELSEWHERE = frozenset(
    {"letak_lapisan", "letak_cermin", "letak_zona", "letak_kabupaten", "letak_laut_lapisan"}
)
# Oddities of which each village has figures or names of its own.
_REMARKED = ("letak_jauh", "letak_bergeser", "letak_titik", "nama_kode_tertukar")

# What is odd, by the key of its error, and the facts that the words of the error tell.
FACTS: Mapping[str, tuple[str, ...]] = {
    "letak_lapisan": ("jendela",),
    "letak_cermin": (),
    "letak_zona": (),
    "letak_kabupaten": ("lain",),
    "letak_titik_kabupaten": ("km",),
    "letak_menutupi": ("lain",),
    "letak_keluar_daratan": ("km2", "persen"),
    "letak_negara_lain": ("km2", "persen"),
    "letak_di_tetangga": ("persen",),
    "letak_titik_desa": ("jumlah", "semua", "km"),
    "letak_titik": (),
    "bentuk_ukuran": ("terkecil", "terbesar"),
    "letak_bergeser": (),
    "letak_provinsi": ("jendela",),
    "letak_jauh": (),
    "letak_laut_lapisan": (),
    "letak_laut": (),
    "bentuk_runcing": (),
    "bentuk_kecil": (),
    "poligon_tertukar": (),
    "poligon_bergeser": ("jumlah", "baris"),
    "poligon_kecamatan_lain": ("jumlah",),
    "nama_kode_tertukar": (),
    "nama_asing": ("jumlah",),
    "nama_bergeser": ("jumlah", "baris"),
    "luas_bergeser": ("jumlah", "baris", "wilayah"),
    "nama_kecamatan_lain": ("jumlah",),
    "luas_skala": ("kali", "jumlah"),
    "kode_bps_daerah_lain": ("lain", "benar"),
    "nama_kode_lain": ("jumlah",),
}


def of_layer(
    edition: Edition, layer: ShapeTable, file: Path, kept: Kept | None = None
) -> list[Oddity]:
    """Check places and shapes before the layer is mended; stop at oddities that nothing accepts.

    Parameters
    ----------
    layer : ShapeTable
        In degrees, indexed by Kemendagri code: ``nama``, ``baris``.
    file : Path
        Named in errors.
    kept : Kept or None
        What earlier runs have found.

    Returns
    -------
    list of Oddity
        All of them accepted.

    Raises
    ------
    LayerError
        Something is odd and not accepted.
    EditionError
        It accepts an oddity of a village that the layer does not have.
    """
    from fsva.runs.kept import layer_oddities
    from fsva.villages import placement

    _check_acceptances(edition, layer)
    if edition.settings.boundary.schematic:
        return []
    known = (_earth(edition, layer), limits(edition))
    oddities = layer_oddities.judged(kept, "letak", placement.judge, layer, *known)
    if not any(oddity.key in _ELSEWHERE for oddity in oddities):
        odd = {code for oddity in oddities for code in oddity.codes}
        whole = whole_layer_run.judge(edition, layer.rows(~layer.is_in(odd)), kept)
        # The villages of a layer that is out of place tell nothing more.
        away = any(not oddity.is_note for oddity in whole)
        accepted(edition, [*whole, *(o for o in oddities if not (away and o.codes))], file)
        oddities = [*whole, *oddities]
    return accepted(edition, oddities, file)


def of_names(
    edition: Edition,
    table: Table,
    crosswalk: Table,
    layer: ShapeTable,
    file: Path,
) -> list[Oddity]:
    """Compare names by code; stop where layer or table have them under other codes.

    Parameters
    ----------
    table, crosswalk, layer : Table, Table, ShapeTable
        As ``names_apart.judge`` and ``areas_apart.judge`` take them; the layer perhaps with BPS
        codes (``kode_lain``).
    file : Path
        Named in errors.

    Raises
    ------
    LayerError
        Names and codes do not belong together, in the layer or in the table.
    """
    from fsva.villages import areas_apart, names_apart, names_shifted

    apart = accepted(edition, names_apart.judge(table, crosswalk, layer), file)
    rows, villages = names_shifted.of_table(table), names_shifted.of_layer(layer)
    named = [*apart, *of_codes(edition, rows, villages)]
    if edition.settings.boundary.schematic:
        return named
    stated = edition.path(edition.settings.data.table)
    return [*named, *accepted(edition, areas_apart.judge(table, crosswalk, layer), stated)]


def of_codes(edition: Edition, table: Sequence[Named], layer: Sequence[Named]) -> list[Oddity]:
    """Compare the codes of a table with its names by the layer; stop where they do not fit.

    Codes that are Kemendagri codes without their dots stop nothing.

    Parameters
    ----------
    table, layer : sequence of Named
        As ``names_shifted.judge`` takes them.

    Raises
    ------
    LayerError
        Names of the table are shifted or sorted apart from its codes.
    """
    from fsva.villages import names_shifted

    file = edition.path(edition.settings.data.table)
    district = accepted(edition, _of_another_district(edition), edition.file)
    fitting = accepted(edition, names_shifted.judge(table, layer), file)
    return [*district, *fitting, *_with_decisions(edition, names_shifted.undotted(table, layer))]


def _of_another_district(edition: Edition) -> list[Oddity]:
    """Return the oddity of an edition whose BPS code is that of another district."""
    from fsva.villages.oddities import Oddity

    places, own = gazetteer.load(), edition.settings.district
    here = next((d.bps_code for d in places.districts if d.code == own.code), "")
    others = [d for d in places.districts if d.bps_code == own.bps_code and d.code != own.code]
    if not here or here == own.bps_code or not others:
        return []
    facts = {"lain": others[0].name, "benar": here}
    return [Oddity("nama", "kode_bps_daerah_lain", found=own.bps_code, facts=facts)]


def of_holes(edition: Edition, layer: ShapeTable, kept: Kept | None = None) -> list[Oddity]:
    """Return the holes of a mended layer; nothing stops at them.

    Parameters
    ----------
    layer : ShapeTable
        In metres, indexed by Kemendagri code: ``nama``.
    kept : Kept or None
        What earlier runs have found.
    """
    from fsva.runs.kept import layer_oddities
    from fsva.villages import holes

    if edition.settings.boundary.schematic:
        return []
    known, land = limits(edition), _earth(edition, layer.to_crs(4326)).land
    wanted = (known.hole_km2, known.mouths_m, land)
    return _with_decisions(
        edition, layer_oddities.judged(kept, "celah", holes.judge, layer, *wanted)
    )


def changing(edition: Edition, layer: ShapeTable) -> frozenset[str]:
    """Return the codes of the villages that mending may change much.

    Parameters
    ----------
    layer : ShapeTable
        Indexed by Kemendagri code.
    """
    acceptances = [a for a in edition.settings.boundary.accepted if a.kind == "perubahan"]
    if any(a.code is None for a in acceptances):
        return frozenset(layer.codes)
    return frozenset(a.code for a in acceptances if a.code)


def of_changes(edition: Edition, repairs: Table) -> list[Oddity]:
    """Return the villages that mending changes much, because the edition accepts it.

    Parameters
    ----------
    repairs : Table
        From ``fsva.villages.repair.account``.
    """
    from fsva.villages import repair_totals
    from fsva.villages.oddities import Oddity

    changed = [
        Oddity(
            "perubahan",
            "perubahan",
            (village.code,),
            village.name,
            facts={"persen": f"{100 * village.share:.0f}"},
        )
        for village in repair_totals.much_changed(repairs)
    ]
    return _with_decisions(edition, changed)


def limits_file(edition: Edition) -> Path:
    """Return the file of thresholds that places are judged with."""
    return resources.style_of(edition.folder, placement_limits.FILE_NAME)


def limits(edition: Edition) -> PlacementLimits:
    """Return the thresholds that places are judged with."""
    return placement_limits.load(limits_file(edition))


def accepted(edition: Edition, oddities: Sequence[Oddity], file: Path) -> list[Oddity]:
    """Return oddities with their acceptances; stop at the others, except at those that are notes.

    Parameters
    ----------
    file : Path
        Named in errors.

    Raises
    ------
    LayerError
        Something is not accepted; one error for each kind.
    """
    decided = _with_decisions(edition, oddities)
    left = [o for o in decided if o.accepted is None and not o.is_note]
    problems = [
        _error([oddity for oddity in left if oddity.key == key], file)
        for key in dict.fromkeys(oddity.key for oddity in left)
    ]
    if problems:
        problems[0].others = problems[1:]
        raise problems[0]
    return decided


def _error(alike: Sequence[Oddity], file: Path) -> LayerError:
    """Return the error that says what is odd, with what accepts it: many at once as a layer."""
    first = alike[0]
    entries = list(dict.fromkeys(oddity.decision for oddity in alike))
    if len(entries) > edition_entries.MOST_SHOWN:
        entries = [edition_entries.of_layer(first.kind)]
    facts = {name: first.facts[name] for name in FACTS[first.key]}
    places = [_place(oddity, file) for oddity in alike]
    return LayerError(first.key, places, facts, decisions=entries)


def _with_decisions(edition: Edition, oddities: Sequence[Oddity]) -> list[Oddity]:
    acceptances = edition.settings.boundary.accepted
    return [
        replace(o, accepted=layer_acceptances.of(acceptances, o.kind, o.codes)) for o in oddities
    ]


def _place(oddity: Oddity, file: Path) -> Place:
    village = f"{oddity.name} ({oddity.codes[0]})" if oddity.codes else None
    found = oddity.found or None
    if found is not None and oddity.key in _REMARKED:
        found = Remarked(found, f"lapisan.catatan.{oddity.key}", tuple(oddity.facts.items()))
    return Place(file, oddity.row, village=village, found=found)


def _earth(edition: Edition, layer: ShapeTable) -> Earth:
    """Return the window of the province, the coarse land around, and a place in the district."""
    from fsva.sources.ground import surroundings
    from fsva.villages import placement

    windows = locator_windows.load(resources.style_of(edition.folder, locator_windows.FILE_NAME))
    province = edition.settings.district.code[:2]
    window = windows.get(province, windows[locator_windows.COUNTRY])
    around = layer.total_bounds
    file = edition.path(LAND)
    if province not in windows or not file.is_file():
        return placement.Earth(window, None)  # the window of such a province is not known
    places, own = gazetteer.load(), edition.settings.district.code
    others = {d.name: (d.longitude, d.latitude) for d in places.districts if d.code != own}
    land = surroundings.land_within(file, *around)
    return placement.Earth(window, land, places.point(own), others)


def _check_acceptances(edition: Edition, layer: ShapeTable) -> None:
    """Stop at an acceptance whose code and name are not a village of the layer."""
    text = toml.read_text(edition.file)
    names = {code: str(name) for code, name in layer.by_code("nama").items()}
    wrong = [
        Place(
            edition.file,
            toml.line_of(text, ("batas", "diterima", n, KEMENDAGRI)),
            f"batas.diterima.{n + 1}",
            found=f"{acceptance.village} ({acceptance.code})",
        )
        for n, acceptance in enumerate(edition.settings.boundary.accepted)
        if acceptance.code is not None and names.get(acceptance.code) != acceptance.village
    ]
    if wrong:
        raise EditionError("diterima_lapisan", wrong)
