"""An edition of a comparison as its maps are drawn, without the marks that have no room there.

Owns the second channel of a theme (lines or numbers) on maps of change and on small maps.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fsva.drawing.maps.sheet_inputs import Studio
from fsva.words.specification import MapSpecification

if TYPE_CHECKING:
    from fsva.runs.kept.kept_results import Kept


@dataclass(frozen=True, eq=False)
class Half:
    """One of the two editions as it is drawn.

    Parameters
    ----------
    studio : Studio
        Villages, layout, language.
    maps : tuple of MapSpecification
        Its atlas: one map per indicator and composite.
    kept : Kept or None
        What its atlas has kept: where names stand.
    """

    studio: Studio
    maps: tuple[MapSpecification, ...]
    kept: Kept | None = None


def lined(half: Half) -> Half:
    """Return an edition with lines over its classes where its theme has numbers in villages.

    Parameters
    ----------
    half : Half
        With any theme; the maps of a pair have no room for numbers.
    """
    theme = half.studio.layout.theme.without_numbers()
    layout = half.studio.layout.model_copy(update={"theme": theme})
    return replace(half, studio=replace(half.studio, layout=layout))


def unhatched(studio: Studio) -> Studio:
    """Return a studio without the lines over priority classes: a change is no class."""
    layout = studio.layout
    theme = layout.theme.model_copy(update={"channel": "tidak"})
    return replace(studio, layout=layout.model_copy(update={"theme": theme}))
