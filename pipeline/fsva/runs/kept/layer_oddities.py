"""What is odd about places and shapes of a layer, kept from one run to the next.

Owns the form in which oddities are kept, and what they depend on: the layer as it is judged, and
what is known of its place. The rules are ``fsva.villages``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from shapely import Geometry

from fsva.config.editions.layer_acceptances import Oddness
from fsva.core.columns import ROW
from fsva.core.message_values import Extent, Quantity, Spot
from fsva.runs.kept.kept_results import Kept
from fsva.villages.oddities import Oddity

if TYPE_CHECKING:
    from fsva.sources.plain.shape_table import ShapeTable

# Written out, as the codec builds nothing but what is declared.
_Value: TypeAlias = str | Quantity | Spot | Extent
_LAYER_NAME = "nama"


@dataclass(frozen=True)
class KeptOddity:
    """An oddity before anything accepts it; its fields are those of ``Oddity``."""

    kind: Oddness
    key: str
    codes: tuple[str, ...]
    name: str
    row: int | None
    found: _Value
    facts: dict[str, _Value]
    outline: Geometry | None
    in_layer: str


@dataclass(frozen=True)
class KeptOddities:
    """All that a rule has found in a layer.

    Parameters
    ----------
    oddities : tuple of KeptOddity
        In their order.
    """

    oddities: tuple[KeptOddity, ...]


def judged(
    kept: Kept | None,
    about: str,
    judge: Callable[..., list[Oddity]],
    layer: ShapeTable,
    *known: object,
) -> list[Oddity]:
    """Return what a rule finds in a layer.

    Parameters
    ----------
    kept : Kept or None
        None keeps nothing.
    about : str
        What the rule is about.
    judge : callable
        The rule; it sees codes, names, rows and polygons of the layer, and ``known``.
    *known : object
        What the rule takes beside the layer.
    """
    if kept is None:
        return judge(layer, *known)
    cells = [layer[name].tolist() for name in (_LAYER_NAME, ROW) if name in layer]
    seen = (layer.codes, layer.crs, layer.geometry, cells)
    key = kept.store.key("janggal", about.encode("ascii"), kept.digest(*seen, known))
    found = kept.value(
        key,
        KeptOddities,
        layer.crs,
        lambda: KeptOddities(tuple(_apart(one) for one in judge(layer, *known))),
    )
    return [_together(one) for one in found.oddities]


def _apart(oddity: Oddity) -> KeptOddity:
    held = {name: getattr(oddity, name) for name in KeptOddity.__dataclass_fields__}
    return KeptOddity(**{**held, "facts": dict(oddity.facts)})


def _together(kept: KeptOddity) -> Oddity:
    return Oddity(**{name: getattr(kept, name) for name in KeptOddity.__dataclass_fields__})
