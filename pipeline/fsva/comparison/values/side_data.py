"""The data of one side of a comparison, whatever it was read from.

Owns the values between reading and comparing. It reads nothing itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from fsva.comparison.values.result import Side
from fsva.config.editions.sections import Override
from fsva.config.methods.method import Method
from fsva.villages.succession import Event

if TYPE_CHECKING:
    import geopandas as gpd

    from fsva.drawing.maps.sheet_inputs import Studio
    from fsva.runs.kept.kept_results import Kept
    from fsva.runs.tabulation import Tabulated


@dataclass(frozen=True, eq=False)
class Inputs:
    """The inputs of an edition as they were read, each part apart from the others.

    Parameters
    ----------
    values : DataFrame
        Indexed by BPS code, before any succession: ``kecamatan``, ``desa``, and a Float64 column
        per indicator, or per raw column.
    is_raw : bool
        Whether they are raw counts.
    rules : Method
        Method with its baseline.
    bps_of : mapping of str to str
        Kemendagri to BPS code: the crosswalk.
    names : DataFrame
        The crosswalk's names indexed by BPS code: ``desa``, ``kecamatan``.
    events : tuple of Event
        The succession table in BPS codes.
    overrides : tuple of Override
        Classes set by hand.
    published : DataFrame or None
        What a report has published, indexed by BPS code, as it was read.
    """

    values: pd.DataFrame
    is_raw: bool
    rules: Method
    bps_of: Mapping[str, str]
    names: pd.DataFrame
    events: tuple[Event, ...] = ()
    overrides: tuple[Override, ...] = ()
    published: pd.DataFrame | None = None


@dataclass(frozen=True, eq=False)
class SideData:
    """One side of a comparison.

    Parameters
    ----------
    side : Side
        Its description for people.
    table : DataFrame
        From ``fsva.index.joined_table.tabulate``, or ``kelas.csv`` of an output folder read back.
    rules : Method
        Of an edition, complete; of an output folder without cut-offs and bounds: names only.
    shapes : GeoSeries or None
        Polygons by Kemendagri code, in metres.
    layer_names : Series of str or None
        Names by Kemendagri code as the layer writes them.
    population : Series of Float64 or None
        Persons by Kemendagri code.
    schematic : bool
        Whether borders are schematic, so that areas mean nothing.
    inputs : Inputs or None
        None for an output folder, which does not contain the inputs.
    manifest : mapping
        Of an output folder; empty if there is none.
    materials : callable or None
        Of an edition: gathers what its maps are drawn with.
    tabulated : Tabulated or None
        Of an edition: its villages, method and inputs.
    kept : Kept or None
        Of an edition: what its atlas has kept.
    pictures : mapping of str to bytes
        PNG and PDF files of an output folder.
    """

    side: Side
    table: pd.DataFrame
    rules: Method
    shapes: gpd.GeoSeries | None = None
    layer_names: pd.Series[str] | None = None
    population: pd.Series[float] | None = None
    schematic: bool = False
    inputs: Inputs | None = None
    manifest: Mapping[str, object] = field(default_factory=dict)
    materials: Callable[[], Studio] | None = None
    tabulated: Tabulated | None = None
    kept: Kept | None = None
    pictures: Mapping[str, bytes] = field(default_factory=dict)
