"""Pictures as PNG files (ISO/IEC 15948), compressed with libdeflate.

Owns the chunks of the file. Pillow would compress with the zlib of the system.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from fsva.files.packing import deflate_streams

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
# Colour types by the number of channels, and the type with a palette.
_TYPES = {1: 0, 2: 4, 3: 2, 4: 6}
_OF_PALETTE = 3
_DEPTH = 8
_PER_METRE = 1 / 0.0254
# Rendering intent of the sRGB chunk: relative colorimetric.
_RELATIVE_COLORIMETRIC = b"\x01"


@dataclass(frozen=True)
class PictureFacts:
    """The metadata of a picture.

    Parameters
    ----------
    dpi : int
        Pixels per inch of paper; 0 = not stated.
    is_srgb : bool
        Whether its colours are sRGB.
    words : mapping of str to str
        Texts by keyword (11.3.3.2).
    """

    dpi: int = 0
    is_srgb: bool = False
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class PalettePicture:
    """A picture whose pixels are indices of a palette, as a PNG holds them.

    Parameters
    ----------
    lines : array of uint8, shape (n_rows, 1 + n_columns)
        Before the pixels of each line the number of its filter: none. Indices have no smooth
        gradients, so that others would make the file larger.
    """

    lines: NDArray[np.uint8]

    @classmethod
    def blank(cls, rows: int, columns: int) -> PalettePicture:
        """Return a picture in the first colour."""
        return cls(np.zeros((rows, columns + 1), dtype=np.uint8))

    @property
    def pixels(self) -> NDArray[np.uint8]:
        """The index of the colour of each pixel, shape (n_rows, n_columns); to be written to."""
        return self.lines[:, 1:]

    def file(self, colours: Sequence[int], said: PictureFacts) -> bytes:
        """Return the picture as PNG.

        Parameters
        ----------
        colours : sequence of int
            Red, green and blue of the first colour, then of the second, and so on.
        """
        rows, columns = self.pixels.shape
        palette = _chunk(b"PLTE", bytes(colours))
        return _file((columns, rows), _OF_PALETTE, said, (palette, self.lines))


def of_channels(pixels: NDArray[np.uint8]) -> bytes:
    """Return a picture in grey, grey with opacity, RGB, or RGB with opacity.

    Parameters
    ----------
    pixels : array of uint8, shape (n_rows, n_columns, 1 to 4)
        Intensities, 0..255.
    """
    rows, columns, channels = pixels.shape
    return _file((columns, rows), _TYPES[channels], PictureFacts(), (b"", _filtered(pixels)))


def _filtered(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Filter each line of a picture: none, or minus the pixel to the left or above (9.2).

    The filter with the smallest sum is taken, as 12.7 recommends.
    """
    rows = pixels.shape[0]
    before, above = np.zeros_like(pixels), np.zeros_like(pixels)
    before[:, 1:], above[1:] = pixels[:, :-1], pixels[:-1]
    tried = np.stack([(pixels - other).reshape(rows, -1) for other in (0, before, above)])
    chosen = np.abs(tried.view(np.int8).astype(np.int32)).sum(axis=2).argmin(axis=0)
    return np.column_stack([chosen.astype(np.uint8), tried[chosen, np.arange(rows)]])


def _file(
    size: tuple[int, int], kind: int, said: PictureFacts, drawn: tuple[bytes, NDArray[np.uint8]]
) -> bytes:
    palette, lines = drawn
    head = struct.pack(">IIBBBBB", *size, _DEPTH, kind, 0, 0, 0)
    return b"".join(
        [
            _SIGNATURE,
            _chunk(b"IHDR", head),
            _chunk(b"sRGB", _RELATIVE_COLORIMETRIC) if said.is_srgb else b"",
            *(_words(keyword, text) for keyword, text in said.words.items()),
            palette,
            _chunk(b"pHYs", _resolution(said.dpi)) if said.dpi else b"",
            _chunk(b"IDAT", deflate_streams.packed(lines)),
            _chunk(b"IEND", b""),
        ]
    )


def _chunk(name: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(content, zlib.crc32(name))
    return b"".join([struct.pack(">I", len(content)), name, content, struct.pack(">I", checksum)])


def _words(keyword: str, text: str) -> bytes:
    """Return an iTXt chunk: UTF-8, not compressed, without language and translated keyword."""
    return _chunk(b"iTXt", keyword.encode("latin-1") + bytes(5) + text.encode("utf-8"))


def _resolution(dpi: int) -> bytes:
    per_metre = int(dpi * _PER_METRE + 0.5)
    return struct.pack(">IIB", per_metre, per_metre, 1)
