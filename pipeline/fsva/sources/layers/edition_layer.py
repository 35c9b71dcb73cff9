"""The village layer of an edition, read when its rows are first asked for.

Owns the one reading, whose rows a run, its manifest and its checks share.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from fsva.config.editions.database import Layer
from fsva.config.editions.edition import Edition
from fsva.sources.layers import village_layer
from fsva.sources.layers.layer_request import LayerRows, Request


@dataclass(frozen=True)
class EditionLayer:
    """The village layer of an edition.

    Parameters
    ----------
    request : Request
        Which villages of which layer.
    """

    request: Request

    @property
    def name(self) -> Path:
        """The name of the layer in messages."""
        return self.request.file

    @cached_property
    def rows(self) -> LayerRows:
        """The rows of the kabupaten.

        Raises
        ------
        FsvaError
            As ``fsva.sources.layers.village_layer.read_district``.
        """
        return village_layer.read_district(self.request)

    def forget(self) -> None:
        """Drop the rows; whoever asks for them again has them read again."""
        self.__dict__.pop("rows", None)


def of_edition(
    edition: Edition, layer: Layer | None = None, *, is_other: bool = False
) -> EditionLayer:
    """Return which villages of which layer an edition asks for; nothing is read yet.

    Parameters
    ----------
    layer : Path, Database or None
        None: the one that the edition names.
    is_other : bool
        Whether it is another than the edition's, which need not have its fields.
    """
    asked = edition.layer if layer is None else layer
    return EditionLayer(village_layer.request_of(edition.settings, asked, or_known=is_other))
