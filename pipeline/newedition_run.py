"""From an office's files to the files of its new edition.

Owns what is read to recognise them, how the edition names them, and where the table of matching
codes stands. What follows from the values read is ``pipeline.newedition``'s; nothing is written.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from pipeline import codes, edition, method, newedition, pairs, resources, settings
from pipeline.codes import KemendagriCode
from pipeline.errors import StyleError
from pipeline.harmonise import Proposal, Village, key
from pipeline.method import Method
from pipeline.newedition import District, Files, Form
from pipeline.schema import Fields
from pipeline.sources import crosswalks, layers, originals, provenance, tables
from pipeline.sources.sheet import Sheet
from pipeline.texts import Texts

CROSSWALK = "padanan.csv"  # in the edition, where the project has no folder of crosswalks


@dataclass(frozen=True)
class Answers:
    """What the officer was asked, or gave as options.

    Parameters
    ----------
    code, name, year : str, str, int
        The kabupaten, and the year of the edition.
    layer, table : Path
        Boundary layer and table.
    sheet, baseline, compiler, agency : str or None
        Sheet of a workbook, id of a baseline, compiler, agency of all indicators.
    folder : Path or None
        Folder of the edition; None: ``editions/<name>-<year>``.
    """

    code: str
    name: str
    year: int
    layer: Path
    table: Path
    sheet: str | None
    baseline: str | None
    compiler: str | None
    agency: str | None
    folder: Path | None


@dataclass(frozen=True)
class Found:
    """What was recognised in the files.

    Parameters
    ----------
    district : District
        With the BPS code that the table's codes have.
    rules : Method
        Method of a kabupaten or kota.
    form, missing : {"indikator", "mentah"}, tuple of str
        Form of the table, and the columns that it lacks.
    sheet : Sheet
        The table.
    fields : Fields
        Schema and fields of the layer.
    table, layer : tuple of Village
        The villages of both sides.
    """

    district: District
    rules: Method
    form: Form
    missing: tuple[str, ...]
    sheet: Sheet
    fields: Fields
    table: tuple[Village, ...]
    layer: tuple[Village, ...]


def provinces() -> dict[str, str]:
    """Return the names of the provinces by the first part of Kemendagri codes."""
    return settings.read(resources.packaged("styles") / "provinsi.toml", StyleError)


def recognise(answers: Answers, folder: Path, done: Callable[[int], None]) -> Found:
    """Read both files as far as is needed to know them.

    Parameters
    ----------
    answers : Answers
        Names the files.
    folder : Path
        Of the edition; tells the project that it will belong to.
    done : callable
        Is called with 1 after each file.

    Raises
    ------
    FsvaError
        If the table has no villages, the layer none of the kabupaten, or the baseline is not of
        the method.
    """
    kind = newedition.kind_of(answers.code)
    styles = resources.project_folder(folder, "styles")
    baseline = styles / "dasar" / f"{answers.baseline}.toml" if answers.baseline else None
    rules = method.load_open(styles / "metode" / f"{newedition.METHODS[kind]}.toml", baseline)
    titles = tables.titles(rules) | tables.titles(rules, raw=True)
    read, frame = tables.read_villages(answers.table, (), answers.sheet, titles)
    bps = codes.district_of(frame.index) or ""
    done(1)
    request = layers.Request(answers.layer, answers.code, bps)
    rows = layers.read_district(request)
    known = _known_crosswalk(folder, answers.code) if rows.is_bps else crosswalks.none()
    villages, _ = layers.settled(rows, request, known)
    _, fields = layers.recognise(answers.layer)
    done(1)
    province = provinces()[answers.code[:2]]
    form, missing = newedition.form_of(read.columns, rules)
    return Found(
        newedition.District(answers.code, bps, answers.name, province, answers.year),
        rules,
        form,
        missing,
        read,
        fields,
        tuple(_of_table(read)),
        tuple(_of_layer(villages["nama"].fillna("").to_dict())),
    )


def _of_table(table: Sheet) -> Iterator[Village]:
    for row in table:
        kecamatan, other = row.cells["kecamatan"], row.cells.get("kode_kemendagri", "")
        yield Village(row.cells["kode_bps"], row.cells["desa"], key(kecamatan), kecamatan, other)


def _of_layer(names: Mapping[Hashable, str]) -> Iterator[Village]:
    for code, name in names.items():
        yield Village(str(code), name, KemendagriCode.parse(str(code)).subdistrict_code)


def _common_crosswalk(folder: Path, code: str) -> Path | None:
    """Return the kabupaten's file in the project's folder of crosswalks, if there is that folder.

    What belongs to an installed program is not the office's, and stays as it is.
    """
    own = folder.resolve().parent.parent / "boundaries" / "crosswalk"
    return own / f"{code}.csv" if own.is_dir() else None


def _known_crosswalk(folder: Path, code: str) -> pd.DataFrame:
    """Return the pairs that the project has, for layers with codes of BPS; perhaps none."""
    file = _common_crosswalk(folder, code)
    known = file is not None and file.exists()
    return tables.read_crosswalk(file) if file and known else crosswalks.none()


def named(answers: Answers, found: Found, folder: Path) -> Files:
    """Settle how the edition names its files.

    Parameters
    ----------
    answers, found : Answers, Found
        What is known of them.
    folder : Path
        Of the edition, from which the layer is named.
    """
    common = _common_crosswalk(folder, answers.code)
    try:
        layer = Path(os.path.relpath(answers.layer.resolve(), folder.resolve())).as_posix()
    except ValueError:  # another drive of Windows
        layer = answers.layer.resolve().as_posix()
    return Files(
        f"{found.form}{answers.table.suffix.lower()}",
        found.form,
        answers.sheet,
        f"batas:crosswalk/{common.name}" if common else CROSSWALK,
        layer,
        _fields_to_name(found),
        *provenance.producer(answers.layer),
        answers.baseline,
    )


def _fields_to_name(found: Found) -> tuple[str, str] | None:
    """Return the fields of a layer with plain Kemendagri codes, unless they need no naming."""
    fields = found.fields
    usual = (fields.code.lower(), fields.name.lower()) == ("kode", "nama")
    return None if usual or fields.schema.writing == "bps" else (fields.code, fields.name)


def contents(answers: Answers, found: Found, files: Files, texts: Texts) -> dict[str, bytes]:
    """Return the files of the edition's folder: its settings and a copy of the table.

    Parameters
    ----------
    answers, found, files : Answers, Found, Files
        What is known.
    texts : Texts
        Language of the comments.
    """
    makers = newedition.Makers(answers.compiler, answers.agency)
    text = newedition.edition_toml(found.district, files, makers, found.rules, texts)
    return {edition.FILE_NAME: text, files.table: originals.read(answers.table)}


def crosswalk_columns(found: Sequence[Proposal]) -> dict[str, list[str]]:
    """Return a table of matching codes in which pairs that need no decision are confirmed.

    Parameters
    ----------
    found : sequence of Proposal
        From ``newedition.equal_pairs``.
    """
    rows = [{**pairs.as_row(p), crosswalks.STATUS: crosswalks.CONFIRMED} for p in found]
    return pairs.columns(crosswalks.COLUMNS, rows)


def left_over(found: Found, crosswalk: Path) -> tuple[int, int]:
    """Count the villages of table and layer that no row of the crosswalk confirms.

    Parameters
    ----------
    found : Found
        The villages.
    crosswalk : Path
        Table of matching codes.
    """
    rows = [row.cells for row in crosswalks.read_or_begin(crosswalk)
            if crosswalks.status(row) == crosswalks.CONFIRMED]  # fmt: skip
    table, layer = ({row[column] for row in rows} for column in crosswalks.COLUMNS[:2])
    return (
        sum(village.code not in table for village in found.table),
        sum(village.code not in layer for village in found.layer),
    )
