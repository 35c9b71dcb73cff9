"""Columns that do not come from the table: measured in a raster or counted in a register.

Owns the choice of sources and the check of their keys in edition.toml.
``fsva.sources.ground.class_rasters`` reads rasters, ``fsva.sources.tables.register_rows`` the
registers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fsva.config.editions.data_sources import LandCover, Register, SupplyKind
from fsva.core import toml
from fsva.core.columns import KEMENDAGRI
from fsva.core.errors import EditionError, Place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fsva.config.editions.edition import Edition
    from fsva.config.editions.sections import Data
    from fsva.config.methods.method import Indicator, Method
    from fsva.sources.ground.class_rasters import Cover
    from fsva.sources.plain.shape_table import ShapeTable
    from fsva.sources.tables.read_tables import Table
    from fsva.villages.register_counts import Counts
    from fsva.villages.sourced_columns import Supplied

_HECTARES = "ha"


def kinds(data: Data) -> dict[str, SupplyKind]:
    """Return the columns of an edition that do not come from its table, with their source."""
    return {column: kind for column, (kind, _) in data.suppliers.items()}


def read(edition: Edition, rules: Method, crosswalk: Table, layer: ShapeTable | None) -> Supplied:
    """Measure and count the columns that an edition takes from rasters and registers.

    Parameters
    ----------
    edition : Edition
        Names the sources.
    crosswalk : Table
        The villages of the edition, indexed by BPS code: ``kode_kemendagri``.
    layer : ShapeTable or None
        Their polygons, mended, indexed by Kemendagri code; only a raster needs them.

    Raises
    ------
    EditionError
        The keys of a source in edition.toml contradict each other or the method.
    FsvaError
        If a source cannot be used.
    """
    from fsva.villages import landcover
    from fsva.villages.sourced_columns import Supplied, columns_of

    data = edition.settings.data
    codes = {bps: str(code) for bps, code in crosswalk.by_code(KEMENDAGRI).items()}
    counted: dict[str, Counts] = {}
    for column, register in data.registers.columns.items():
        _check_counted(edition, column, rules)
        counted[column] = count(edition, register, codes)
    hidden = {column: int(counts.suppressed.sum()) for column, counts in counted.items()}
    if data.land_cover is None or layer is None:
        return Supplied(columns_of(counted, {}), kinds(data), hidden)
    cover = _measured(edition, data.land_cover, rules, crosswalk, layer)
    measured = _farm_land(data.land_cover, cover, rules)
    return Supplied(
        columns_of(counted, measured),
        kinds(data),
        hidden,
        landcover.uncovered(cover, float(data.land_cover.least_covered)),
        tuple(map(int, cover.shares.columns)),
        cover.bare,
        cover.few_cells,
    )


def count(edition: Edition, register: Register, codes: Mapping[str, str]) -> Counts:
    """Count the rows of a register per village; only the counts leave this function.

    Parameters
    ----------
    edition : Edition
        Its kabupaten, and the folder that the register's file is relative to.
    codes : mapping of str to str
        BPS code of every village to its Kemendagri code.

    Raises
    ------
    FsvaError
        If the register cannot be used.
    """
    from fsva.sources.tables import register_rows as source
    from fsva.villages import register_counts

    district = edition.settings.district
    counted = source.villages(
        edition.path(register.file),
        source.Wanted(register.code_field, register.conditions),
        {code: bps for bps, code in codes.items()},
        (district.code, district.bps_code),
    )
    return register_counts.count(counted, tuple(codes), register.hide_below)


def _check_counted(edition: Edition, column: str, rules: Method) -> None:
    """Stop at a register for an unknown column, or for one that is no count."""
    raw = rules.columns.get(column)
    if raw is None or not raw.is_countable:
        countable = [n for n, c in rules.columns.items() if c.is_countable]
        place = _place(edition, ("register", "kolom", column), column)
        raise EditionError("register_mentah", [place], {"ada": ", ".join(countable)})


def _measured(
    edition: Edition,
    said: LandCover,
    rules: Method,
    crosswalk: Table,
    layer: ShapeTable,
) -> Cover:
    """Measure the raster of an edition within its villages, by BPS code."""
    from fsva.sources.ground import class_rasters
    from fsva.villages import landcover

    _check_use(edition, said, rules)
    polygons = landcover.by_bps_code(layer.geo_frame, crosswalk.frame)
    cover = class_rasters.read_cover(edition.path(said.file), polygons)
    if strange := landcover.absent(cover, said.classes):
        key = "kolom" if said.columns else "kelas_lahan_pertanian"
        place = _place(edition, ("tutupan_lahan", key), ", ".join(map(str, strange)))
        known = ", ".join(map(str, cover.shares.columns))
        raise EditionError("tutupan_kelas", [place], {"ada": known})
    return cover


def _check_use(edition: Edition, said: LandCover, rules: Method) -> None:
    """Stop where a raster cannot give the column that edition.toml asks for."""
    if edition.settings.boundary.schematic:
        raise EditionError("tutupan_skematis", [_place(edition, ("tutupan_lahan",), said.file)])
    for column in said.columns:
        raw = rules.columns.get(column)
        if raw is None or str(raw.unit) != _HECTARES:
            areas = [n for n, c in rules.columns.items() if str(c.unit) == _HECTARES]
            place = _place(edition, ("tutupan_lahan", "kolom"), column)
            raise EditionError("tutupan_kolom", [place], {"ada": ", ".join(areas) or "-"})
    if said.farm:
        _check_ratio(edition, said, rules)


def _check_ratio(edition: Edition, said: LandCover, rules: Method) -> None:
    """Stop at an indicator that is no share of the village's area."""
    indicator = next((i for i in rules.indicators if i.id == said.indicator), None)
    place = _place(edition, ("tutupan_lahan", "indikator"), said.indicator)
    if indicator is None:
        ids = ", ".join(i.id for i in rules.indicators)
        raise EditionError("tutupan_indikator", [place], {"ada": ids, "metode": rules.id})
    if not _is_share_of_area(indicator, rules):
        formula = str(indicator.calculation or indicator.formula.id)
        raise EditionError("tutupan_rumus", [place], {"rumus": formula})


def _is_share_of_area(indicator: Indicator, rules: Method) -> bool:
    """Tell whether the formula of an indicator divides areas by areas."""
    if indicator.calculation is None or indicator.categories:
        return False
    formula = rules.formula(indicator)
    units = {str(rules.columns[column].unit) for column in formula.columns}
    return units == {_HECTARES} and str(formula.unit) in {"1", "ha/ha"}


def _farm_land(said: LandCover, cover: Cover, rules: Method) -> dict[str, Mapping[str, float]]:
    from fsva.villages import landcover

    least = float(said.least_covered)
    if said.columns:
        areas = ((c, landcover.area_of(cover, codes, least)) for c, codes in said.columns.items())
        return {column: landcover.by_code(values) for column, values in areas}
    (digits,) = (i.digits for i in rules.indicators if i.id == said.indicator)
    shares = landcover.rounded_share_of(cover, said.farm, least, digits)
    return {said.indicator: landcover.by_code(shares)}


def _place(edition: Edition, key: tuple[str, ...], content: str) -> Place:
    """Return the place in edition.toml of a key below ``[data]``."""
    line = toml.line_of(toml.read_text(edition.file), ("data", *key))
    return Place(edition.file, line, ".".join(("data", *key)), found=content)
