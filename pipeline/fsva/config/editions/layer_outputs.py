"""What ``edition.toml`` says of the layers that an atlas writes for a GIS.

Owns the model: an office's own names of fields.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from fsva.core.toml import Section

# What every format and every GIS takes as a name: no blanks, no signs, no digit first.
FieldName = Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]{0,62}$")]


class LayerOutputs(Section):
    """The layers of villages, kecamatan and kabupaten.

    Attributes
    ----------
    fields : dict of str to str
        The office's own names by the program's, e.g. of ``lahan_kelas``.
    """

    fields: dict[str, FieldName] = Field({}, alias="kolom")
