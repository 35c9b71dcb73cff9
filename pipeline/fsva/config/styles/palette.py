"""Class colours: a method's own, or those that a theme sets in their place.

Owns the one way in which a theme changes the colours of classes. Everything that shows a class
takes its colour from the method that ``painted`` returns.
"""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from fsva.config.methods.measures import MapClass, PriorityClass
from fsva.config.methods.method import Method
from fsva.config.styles.theme import Palette, Theme
from fsva.core.errors import Place, StyleError

AnyClass = TypeVar("AnyClass", PriorityClass, MapClass)


def painted(method: Method, theme: Theme, file: Path) -> Method:
    """Return a method with the class colours of a theme.

    Parameters
    ----------
    theme : Theme
        Without a palette the method stays as it is.

    Raises
    ------
    StyleError
        If the palette has no colours for as many classes as a map of the method has.
    """
    palette = theme.palette
    if palette is None:
        return method
    indicators = tuple(
        indicator.model_copy(
            update={"map_classes": _coloured(indicator.map_classes, palette, file)}
        )
        for indicator in method.indicators
    )
    changes = {
        "classes": _coloured(method.classes, palette, file),
        "indicators": indicators,
        "no_data_colour": palette.no_data,
    }
    return method.model_copy(update=changes)


def _coloured(classes: tuple[AnyClass, ...], palette: Palette, file: Path) -> tuple[AnyClass, ...]:
    if not classes:
        return ()
    colours = palette.classes.get(len(classes))
    if colours is None:
        place = Place(file, column=f"palet.kelas.{len(classes)}")
        raise StyleError("palet_kurang", [place], {"jumlah": str(len(classes))})
    return tuple(
        priority.model_copy(update={"colour": colour})
        for priority, colour in zip(classes, colours, strict=True)
    )
