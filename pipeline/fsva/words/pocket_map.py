"""The map of pockets of extreme poverty over the vulnerable composite classes.

Owns the specification of this map: the colours of the vulnerable classes, one neutral colour for
the others, and hatching over the pockets. It is derived from the composite's map.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from fsva.config.editions.sections import EXTREME_POVERTY, Settings
from fsva.config.methods.interventions import PocketLimits
from fsva.config.methods.method import Method
from fsva.core.columns import KEMENDAGRI
from fsva.core.texts import Texts
from fsva.index import result_columns
from fsva.index.result_columns import Columns
from fsva.words import specification
from fsva.words.legends import ranges
from fsva.words.specification import Highlight, LegendRow, MapSpecification

FILE_STEM = "peta-kantong"


def build(
    composite: MapSpecification,
    laid: Columns,
    limits: PocketLimits,
    *,
    method: Method,
    settings: Settings,
    texts: Texts,
    neutral: str,
) -> MapSpecification:
    """Describe the map of pockets.

    Parameters
    ----------
    composite : MapSpecification
        The composite's map of the same edition.
    laid : Columns
        From ``fsva.index.targeting.overlay``, with poverty.
    method : Method
        Colours and names of the classes.
    neutral : str
        ``#RRGGBB`` of the layout for villages of the other classes.
    """
    codes = laid[KEMENDAGRI]
    classes = [min(priority or 0, method.first_secure) for priority in laid["kelas"].tolist()]
    pockets = codes[result_columns.yes(laid["kantong"])].tolist()
    number = texts.decimal(limits.more_than, 0)
    return replace(
        composite,
        number=0,
        file_stem=FILE_STEM,
        title=texts("sasaran.judul_peta").upper(),
        priorities=dict(zip(codes.tolist(), classes, strict=True)),
        legend=tuple(_legend(composite, laid, method, texts, neutral)),
        sources=(_source(composite, settings, texts), *composite.sources[1:]),
        notes=(*composite.notes, " ".join(_notes(laid, method, texts))),
        highlight=Highlight(frozenset(pockets), texts("sasaran.kantong", batas=number)),
    )


def _legend(
    composite: MapSpecification, laid: Columns, method: Method, texts: Texts, neutral: str
) -> Iterator[LegendRow]:
    """Yield the rows of "no data" and of vulnerable classes, then one for the others."""
    yield from (row for row in composite.legend if row.priority < method.first_secure)
    first = method.first_secure
    secure = sum((priority or 0) >= first for priority in laid["kelas"].tolist())
    yield LegendRow(
        first,
        neutral,
        texts("sasaran.tidak_rentan"),
        ranges.of_class(method.composite, first, texts, method.n_classes),
        secure,
        method.sides["tahan"],
    )


def _source(composite: MapSpecification, settings: Settings, texts: Texts) -> str:
    """Name the source of the poverty table; those of the classes stand on the composite's map."""
    origin = settings.origins[EXTREME_POVERTY]
    source = specification.of_year(origin.agency, origin.year, texts)
    return texts("sasaran.sumber", sumber=source, nomor=composite.number)


def _notes(laid: Columns, method: Method, texts: Texts) -> Iterator[str]:
    """Return the number of pockets in need, and of villages without data on poverty."""
    both, pockets = (int(result_columns.yes(laid[name]).sum()) for name in ("keduanya", "kantong"))
    yield texts("sasaran.catatan_keduanya", jumlah=both, kantong=pockets, **method.sides)
    unknown = int(result_columns.unknown(laid["kantong"]).sum())
    if unknown:
        yield texts("sasaran.catatan_tidak_diketahui", jumlah=unknown)
