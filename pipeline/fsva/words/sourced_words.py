"""Numbers from rasters and registers, in words for maps and reports.

Owns the choice of the figures; ``fsva.villages.sourced_columns`` owns the numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath

from fsva.config.editions.sections import Data
from fsva.config.methods.method import Indicator, Method
from fsva.core.texts import Texts
from fsva.villages import sourced_columns as supplying
from fsva.villages.sourced_columns import Supplied

_SHOWN = 5


def with_source(said: str, indicator: Indicator, method: Method, data: Data, texts: Texts) -> str:
    """Add the raster or register to the source of an indicator that was computed from one."""
    kinds = supplying.kinds_of(
        indicator, {c: k for c, (k, _) in data.suppliers.items()}, data, method
    )
    if "raster" in kinds and data.land_cover:
        said = texts("tutupan.sumber", sumber=said, berkas=PurePath(data.land_cover.file).name)
    if "register" in kinds:
        said = texts("tutupan.sumber_register", sumber=said)
    return said


def lines(supplied: Supplied, data: Data, names: Mapping[str, str], texts: Texts) -> list[str]:
    """Return the lines of the report about numbers that do not come from the table.

    Parameters
    ----------
    names : mapping of str to str
        Names of the villages by BPS code.

    Returns
    -------
    list of str
        Empty if all came from the table.
    """
    if not supplied.columns:
        return []
    return [
        texts("tutupan.judul"),
        *_columns(supplied, data, texts),
        *_found(supplied, texts),
        *_doubts(supplied, names, texts),
    ]


def warnings(supplied: Supplied, names: Mapping[str, str], texts: Texts) -> list[str]:
    """Return what the terminal says too: villages without data, values that may mean no data.

    Parameters
    ----------
    names : mapping of str to str
        Names of the villages by BPS code.
    """
    return [line.strip() for line in _doubts(supplied, names, texts)]


def _doubts(supplied: Supplied, names: Mapping[str, str], texts: Texts) -> Iterator[str]:
    """Yield what may make the numbers of a raster wrong, or why there are none."""
    if supplied.bare:
        yield texts("tutupan.nol", kode=", ".join(map(str, supplied.bare)))
    if few := supplied.few_cells:
        fewest = sorted(few.items(), key=lambda village: village[1])
        said = [f"{names.get(code, code)} ({cells})" for code, cells in fewest]
        yield texts("tutupan.sel_sedikit", jumlah=len(few), desa=_listed(said, texts))
    yield from _uncovered(supplied, names, texts)


def _columns(supplied: Supplied, data: Data, texts: Texts) -> Iterator[str]:
    for column, (kind, file) in data.suppliers.items():
        known = supplied.n_known(column)
        # The name of a register is not printed: it may reveal more than the counts.
        yield texts(
            f"tutupan.dari_{kind}",
            kolom=column,
            jumlah=known,
            berkas=PurePath(file).name,
            kelas=_classes(column, data),
        )
        if supplied.hidden.get(column):
            yield texts("tutupan.disembunyikan", kolom=column, jumlah=supplied.hidden[column])


def _classes(column: str, data: Data) -> str:
    cover = data.land_cover
    codes = cover.columns.get(column, cover.farm) if cover else ()
    return ", ".join(map(str, sorted(codes)))


def _found(supplied: Supplied, texts: Texts) -> Iterator[str]:
    """Yield which class codes the raster has."""
    if supplied.classes:
        yield texts("tutupan.kode", kode=", ".join(map(str, supplied.classes)))


def _uncovered(supplied: Supplied, names: Mapping[str, str], texts: Texts) -> Iterator[str]:
    left = supplied.uncovered
    worst = sorted(left.items(), key=lambda village: village[1])
    if not worst:
        return
    said = [f"{names.get(code, code)} ({texts.decimal(100 * share, 1)} %)" for code, share in worst]
    yield texts("tutupan.tak_tercakup", jumlah=len(worst), desa=_listed(said, texts))


def _listed(said: Sequence[str], texts: Texts) -> str:
    """Return the first of some words, and how many follow."""
    more = len(said) - _SHOWN
    rest = [texts("tutupan.dan_lagi", jumlah=more)] if more > 0 else []
    return ", ".join([*said[:_SHOWN], *rest])
