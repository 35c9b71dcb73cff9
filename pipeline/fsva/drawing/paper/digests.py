"""What a layer or a sheet shows, as a number: equal sheets have equal numbers.

Owns the digests. They are taken from the drawing, not from a file, so that they are the same for
every format, and to a hundredth of a millimetre, which is what files hold.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import fields
from functools import lru_cache
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from fsva.core.box import Box
from fsva.drawing.paper.images import Picture, Shade
from fsva.drawing.paper.scene import Layer, Mark, Sheet, Stroke, Text

NUMBER_DIGITS = 8
_UNITS_PER_MM = 100
_MOST_STROKES = 1024
_KNOWN: WeakKeyDictionary[Layer, bytes] = WeakKeyDictionary()
_EXACT: WeakKeyDictionary[Layer, bytes] = WeakKeyDictionary()
_HELD_APART = ("width_mm", "height_mm", "layers", "grounds", "in_words")


def print_number(sheet: Sheet, *more: object) -> str:
    """Return the number that a sheet bears.

    Parameters
    ----------
    sheet : Sheet
        Without the place where the number itself will stand.
    *more : object
        What will stand there beside the number.

    Returns
    -------
    str
        Eight hexadecimal digits. They depend on what the sheet shows and on nothing else.
    """
    size = _exact(sheet.width_mm, sheet.height_mm)
    told = (size, sheet.title, sheet.language, sheet.edition, *more)
    digest = hashlib.sha256(repr(told).encode("utf-8"))
    for layer in sheet.layers:
        digest.update(of_layer(layer))
    return digest.hexdigest()[:NUMBER_DIGITS]


def exactly(sheet: Sheet) -> bytes:
    """Return the SHA-256 of all that a sheet holds, to the last bit."""
    said = [getattr(sheet, one.name) for one in fields(sheet) if one.name not in _HELD_APART]
    told = (_exact(sheet.width_mm, sheet.height_mm), said, sorted(sheet.in_words.items()))
    digest = hashlib.sha256(repr(told).encode("utf-8"))
    for one in sheet.grounds:
        corners = [degrees for corner in one.corners for degrees in corner]
        placed = _exact(*_edges(one.box), *corners, *one.origin, one.metres_per_mm)
        digest.update(f"{one.name!r}{placed}{one.crs.to_wkt()}".encode())
    for layer in sheet.layers:
        digest.update(layer_exactly(layer))
    return digest.digest()


def layer_exactly(layer: Layer) -> bytes:
    """Return the SHA-256 of all that a layer holds, to the last bit."""
    if layer not in _EXACT:
        texts = layer.texts()
        places = [(t.x, t.y, t.size_pt, t.angle, t.spacing_mm) for t in texts]
        parts = [p for m in layer.items if isinstance(m, Mark) for p in m.shape.parts]
        images = [i.box for i in layer.items if isinstance(i, Shade | Picture)]
        digest = hashlib.sha256(of_layer(layer))
        digest.update(_exact(*(mm for box in images for mm in _edges(box))).encode("ascii"))
        digest.update(np.array(places, dtype=np.float64).tobytes())
        digest.update(np.concatenate(parts).tobytes() if parts else b"")
        _EXACT[layer] = digest.digest()
    return _EXACT[layer]


def of_layer(layer: Layer) -> bytes:
    """Return the SHA-256 of what a layer draws; taken once for all sheets that share it."""
    if layer not in _KNOWN:
        _KNOWN[layer] = _taken(layer)
    return _KNOWN[layer]


def _taken(layer: Layer) -> bytes:
    clip = _exact(*_edges(layer.clip)) if layer.clip else ""
    head = (layer.name, clip, layer.tag, layer.apart)
    digest = hashlib.sha256(repr(head).encode("utf-8"))
    for words in _words(layer):
        digest.update(words.encode("utf-8"))
    marks = [item for item in layer.items if isinstance(item, Mark)]
    parts = [part for mark in marks for part in mark.shape.parts]
    if parts:
        digest.update(np.array([len(part) for part in parts], dtype="<i4").tobytes())
        digest.update(_units(np.concatenate(parts)))
    return digest.digest()


def _exact(*numbers: float) -> str:
    """Return numbers to the last bit; those of numpy as those of Python."""
    return " ".join(repr(float(number)) for number in numbers)


def _edges(box: Box) -> tuple[float, float, float, float]:
    return box.left, box.bottom, box.width, box.height


def _units(points: NDArray[np.float64]) -> bytes:
    return np.rint(points * _UNITS_PER_MM).astype("<i4").tobytes()


def _words(layer: Layer) -> Iterator[str]:
    """Yield what tells one item from another beside the points of its path."""
    for item in layer.items:
        if isinstance(item, Mark):
            shape = (len(item.shape.parts), item.shape.closed)
            yield f"M{shape}{item.fill}{_stroke(item.stroke)}{item.code}{item.tag}\n"
        elif isinstance(item, Text):
            yield _text(item)
        else:
            yield f"I{_image(item)}\n"


def _text(text: Text) -> str:
    sizes = (text.x, text.y, text.size_pt, text.angle, text.spacing_mm)
    placed = " ".join(f"{size:.2f}" for size in sizes)
    how = (text.face, text.colour, text.align, _stroke(text.halo), text.code, text.tag)
    return f"T{text.text!r}{placed}{how}\n"


def _image(image: Shade | Picture) -> str:
    edges = " ".join(f"{mm:.2f}" for mm in _edges(image.box))
    alt = image.alt if isinstance(image, Picture) else ""
    return f"{image.name}{edges}{alt!r}{image.tag}"


@lru_cache(_MOST_STROKES)
def _stroke(stroke: Stroke | None) -> str:
    if stroke is None:
        return "none"
    return f"{stroke.colour} {_exact(stroke.width_mm, *stroke.dash_mm)}"
