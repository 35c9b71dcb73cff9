"""The base of every model of a TOML file's section."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Section(BaseModel):
    """Base of every model of a TOML section: unknown keys are errors, values are frozen."""

    # A model is built when it is first used, together with the models inside it.
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, defer_build=True)
