"""What ``edition.toml`` says of the layers that an atlas writes for a GIS.

Owns the model: an office's own names of fields.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

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

    @model_validator(mode="after")
    def _names_differ(self) -> LayerOutputs:
        seen: set[str] = set()
        for name in self.fields.values():
            if name.lower() in seen:
                raise ValueError(f"kolom={name}")
            seen.add(name.lower())
        return self
