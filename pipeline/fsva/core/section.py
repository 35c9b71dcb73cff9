"""The base of every model of a TOML file's section, and the colours that stand in them."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

# ``#RRGGBB``.
Colour = Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")]


class Section(BaseModel):
    """Base of every model of a TOML section: unknown keys are errors, values are frozen."""

    # A model is built when it is first used, together with the models inside it.
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, defer_build=True)
