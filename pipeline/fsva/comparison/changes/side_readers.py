"""The sides of a comparison, read from an edition or from an output folder.

Owns what each kind of side contributes, and what it lacks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd

from fsva.comparison.changes.shared_results import Shared
from fsva.comparison.values.result import Side
from fsva.comparison.values.side_data import Inputs, SideData
from fsva.config.editions import edition as editions
from fsva.config.editions import unfilled
from fsva.config.editions.edition import Edition
from fsva.config.methods import method
from fsva.config.methods.method import Method
from fsva.core import bounds, printed, resources
from fsva.core.columns import KEMENDAGRI, ROW
from fsva.core.errors import CompareError, Place
from fsva.core.levels import DISTRICT
from fsva.core.publishing import manifest
from fsva.core.texts import Texts
from fsva.runs import run_order, sheet_materials, tabulation
from fsva.runs.kept import kept_frames
from fsva.runs.tabulation import Tabulated
from fsva.sources.tables import crosswalks, output_folders
from fsva.words.legends import legend_words

if TYPE_CHECKING:
    from fsva.drawing.maps.sheet_inputs import Studio

LABELS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_IDENTIFIER = re.compile(r"[a-z0-9-]+")
_ALL_UNTOLD = ("cut-off", "batas", "masukan")
_MANIFEST_DIGITS = 12


def of_edition(folder: Path, label: str, texts: Texts, shared: Shared | None = None) -> SideData:
    """Tabulate an edition.

    Parameters
    ----------
    label : str
        ``A``, ``B`` ...
    texts : Texts
        The language, for what the order says.
    shared : Shared or None
        What the sides share; None: they share nothing and keep nothing.

    Raises
    ------
    FsvaError
        If an input cannot be used.
    """
    shared = shared or Shared()
    order = shared.placed(run_order.place(editions.load(folder), None, texts))
    mender = shared.mender(order)
    made = tabulation.begin(order.edition, order.village_layer, mender=mender).finished()
    kept_frames.recall(mender.kept, made.joined.villages)
    order = order.saying(legend_words.fitting(texts, made.table.codes))
    materials = sheet_materials.asked(order, made)
    side = of_tabulated(order.edition, made, label, order.fingerprints, materials)
    return replace(side, kept=mender.kept)


def of_tabulated(
    edition: Edition,
    tabulated: Tabulated,
    label: str,
    fingerprints: dict[str, str],
    materials: Callable[[], Studio],
) -> SideData:
    """Take an edition that has been tabulated already.

    Parameters
    ----------
    label : str
        ``A``, ``B`` ...
    fingerprints : dict of str to str
        The hash of every input by its name.
    materials : callable
        Gathers what the maps of the edition are drawn with.
    """
    villages = tabulated.joined.villages
    index = pd.Index(villages.codes, name=KEMENDAGRI)
    nothing = pd.Series(pd.NA, index=index, dtype="Float64")
    people = villages.only("penduduk").frame["penduduk"] if "penduduk" in villages else nothing
    in_layer = pd.Series(tabulated.joined.ledger["nama_layer"].tolist(), index, dtype="str")
    return SideData(
        _side(edition, tabulated, label, people),
        tabulated.table.frame,
        tabulated.rules,
        gpd.GeoSeries(list(villages.geometry), index=index, crs=villages.crs),
        in_layer,
        None if people.isna().all() else people,
        edition.settings.boundary.schematic,
        _inputs(edition, tabulated),
        _facts(fingerprints, tabulated.rules),
        materials,
        tabulated,
    )


def told_apart(held: Sequence[SideData]) -> list[SideData]:
    """Add revision, folder or label to the names of sides that share a name."""
    sides = [side.side for side in held]
    if len({side.name for side in sides}) == len(sides):
        return list(held)
    sources = len({side.source for side in sides}) == len(sides)
    marks = [
        side.revision[:7] if side.revision else side.source if sources else side.label
        for side in sides
    ]
    return [
        replace(side, side=replace(side.side, name=f"{side.side.name} ({mark})"))
        for side, mark in zip(held, marks, strict=True)
    ]


def _side(edition: Edition, tabulated: Tabulated, label: str, people: pd.Series[float]) -> Side:
    settings = edition.settings
    return Side(
        label,
        f"{settings.district.full_name} {settings.year}",
        settings.district.full_name,
        settings.district.code,
        settings.year,
        settings.method,
        settings.baseline,
        "edisi",
        resources.resolved(edition.folder).name,
        len(tabulated.table),
        None if people.isna().any() else float(people.sum()),
        proposed=tabulated.rules.proposed,
        open=tuple(gap.key for gap in unfilled.of(settings)),
    )


def _inputs(edition: Edition, tabulated: Tabulated) -> Inputs:
    """Return the tables of an edition, each as it stood when it was read."""
    inputs, settings = tabulated.inputs, edition.settings
    crosswalk, rows = inputs.crosswalk, inputs.values.rows.without(ROW)
    elsewhere = [name for name in tabulated.joined.supplied.columns if name not in rows]
    published = inputs.published
    return Inputs(
        inputs.values.values.only(*rows.columns, *elsewhere).frame,
        settings.data.raw is not None,
        tabulated.rules,
        {str(code): bps for bps, code in crosswalk.by_code(KEMENDAGRI).items()},
        crosswalks.village_names(crosswalk).frame,
        tabulated.joined.inherited.events,
        settings.overrides,
        None if published is None else published.frame,
    )


def _facts(fingerprints: dict[str, str], rules: Method) -> dict[str, Any]:
    """Return what the manifest of this edition would say of its inputs."""
    baseline = rules.baseline
    return {"masukan": fingerprints, "tahun_dasar": baseline.id if baseline else None}


def of_output(folder: Path, label: str) -> SideData:
    """Read an output folder back.

    Parameters
    ----------
    folder : Path
        With ``kelas.csv``, and perhaps ``manifest.json`` and the maps.
    label : str
        ``A``, ``B`` ...

    Raises
    ------
    FsvaError
        If its table cannot be used.
    CompareError
        If the method is one that this program does not have.
    """
    file = folder / output_folders.CLASSES
    record = _as_written(manifest.read(folder))
    rules = _method_of(folder, record)
    table, baseline = output_folders.read_classes(file, rules)
    district = DISTRICT.kemendagri_of(str(table.index[0]))
    side = Side(
        label,
        _title(record, folder),
        str(record.get("daerah", district)),
        district,
        _year(record, folder),
        rules.id,
        str(record.get("dasar") or baseline or "") or None,
        "keluaran",
        "/".join(resources.resolved(folder).parts[-2:]),
        len(table),
        manifest=_fingerprint(folder),
        lacks=_ALL_UNTOLD if record else (*_ALL_UNTOLD, "manifest"),
        proposed=tuple(record.get("usulan", ())),
        open=tuple(record.get("draf", ())),
    )
    record["tahun_dasar"] = baseline
    return SideData(
        side, table.frame, rules, manifest=record, pictures=output_folders.read_pages(folder)
    )


def _as_written(record: dict[str, Any]) -> dict[str, Any]:
    """Return a manifest with its texts on one line, and with lists only where a run writes them."""
    sound = {k: printed.flat(v) if isinstance(v, str) else v for k, v in record.items()}
    for key in {"usulan", "draf"} & record.keys():
        named = record[key]
        sound[key] = [printed.flat(str(one)) for one in named] if isinstance(named, list) else []
    return sound


def _title(record: dict[str, Any], folder: Path) -> str:
    named = [str(record[key]) for key in ("daerah", "tahun") if key in record]
    return " ".join(named) or "/".join(resources.resolved(folder).parts[-2:])


def _year(record: dict[str, Any], folder: Path) -> int | None:
    year = str(record.get("tahun", resources.resolved(folder).name))[:4]
    return int(year) if re.fullmatch(r"20\d\d", year) else None


def _fingerprint(folder: Path) -> str | None:
    hashes = manifest.describe_inputs([folder / manifest.FILE_NAME], folder)
    return hashes[manifest.FILE_NAME][:_MANIFEST_DIGITS] if hashes else None


def _method_of(folder: Path, record: dict[str, Any]) -> Method:
    """Return the method that made the outputs: as the manifest says, else by the columns."""
    styles = resources.project_folder(folder.parent, "styles") / "metode"
    named = str(record.get("metode", ""))
    if _IDENTIFIER.fullmatch(named) and (styles / f"{named}.toml").is_file():
        return method.load_open(styles / f"{named}.toml")
    columns = output_folders.measures_of(folder / output_folders.CLASSES)
    for file in bounds.files_in(styles, "*.toml") if not named else ():
        rules = method.load_open(file)
        if tuple(m.id for m in rules.measures()) == columns:
            return rules
    known = ", ".join(f.stem for f in sorted(styles.glob("*.toml")))
    place = Place(folder, found=named or ", ".join(columns))
    raise CompareError("banding_metode_tak_dikenal", [place], {"ada": known})
