"""What an office accepts about the places and shapes of its village layer.

Owns the model of ``[[batas.diterima]]``. ``fsva.villages.placement``, ``names_apart`` and ``holes``
find the oddities.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from pydantic import Field, model_validator

from fsva.core.levels import UNIT
from fsva.core.toml import Bilingual, Section

Oddness = Literal["nama", "letak", "bentuk", "celah", "perubahan"]


class LayerAcceptance(Section):
    """An oddity of the layer that the office accepts, with its reason.

    Attributes
    ----------
    kind : {"nama", "letak", "bentuk", "celah", "perubahan"}
        Names under other codes, places, shapes, holes, changes by repair.
    code, village : str or None
        Kemendagri code and name of the village; without them the whole layer.
    reason : Bilingual
        Printed in the run's report.
    """

    kind: Oddness = Field(alias="jenis")
    code: str | None = Field(None, alias="kode_kemendagri", pattern=f"^{UNIT.kemendagri_form}$")
    village: str | None = Field(None, alias="desa", min_length=1)
    reason: Bilingual = Field(alias="alasan")

    @model_validator(mode="after")
    def _named_with_code(self) -> LayerAcceptance:
        if (self.code is None) != (self.village is None):
            raise ValueError("kode_kemendagri + desa")
        return self


def of(
    accepted: Iterable[LayerAcceptance], kind: Oddness, codes: Iterable[str]
) -> LayerAcceptance | None:
    """Return the acceptance of an oddity; None if there is none.

    Parameters
    ----------
    accepted : iterable of LayerAcceptance
        Of the edition.
    kind : Oddness
        Kind of oddity.
    codes : iterable of str
        Kemendagri codes of the villages concerned; an acceptance for one of them is enough.
    """
    of_layer = set(codes)
    return next(
        (a for a in accepted if a.kind == kind and (a.code is None or a.code in of_layer)), None
    )
