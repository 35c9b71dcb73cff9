"""Recognition of an office's table: its method, its form, its kabupaten.

Owns the choice of the method by the columns of the table, and the errors if table, code and layer
do not belong together. It reads no files.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from fsva.begin import new_edition
from fsva.begin.harmonise import WrittenVillage, key
from fsva.begin.new_edition import Form, NewDistrict
from fsva.config.editions import headings
from fsva.config.editions.layer_schemas import is_city
from fsva.config.methods import method
from fsva.config.methods.method import Method
from fsva.core import bounds, codes
from fsva.core.columns import BPS, KEMENDAGRI
from fsva.core.errors import JoinError, Place, TableError, UsageError
from fsva.sources.cells.table_text import TableFile, TextTable
from fsva.sources.tables import edition_tables

_PAPUA = ("91", "92", "93", "94", "95", "96", "97")  # BPS and Kemendagri number them differently
_CITY_DIGIT = "7"  # third digit of the codes of kota, in both systems
_SHARED = 0.1  # least share of a table's names that its layer has
_LEAST = 5  # least number of villages for a judgement by names


@dataclass(frozen=True)
class Recognised:
    """A recognised table.

    Parameters
    ----------
    rules : Method
        The method of its columns.
    missing : tuple of str
        Columns that this form needs and the table lacks.
    """

    rules: Method
    form: Form
    missing: tuple[str, ...]

    @property
    def share(self) -> float:
        """Share of the method's columns that the table has."""
        needed = len(self.rules.indicators if self.form == "indikator" else self.rules.columns)
        return 1 - len(self.missing) / max(needed, 1)


def method_of(
    source: TableFile, folder: Path, code: str, wanted: str | None, baseline: Path | None
) -> Recognised:
    """Return the method and form of a table.

    Parameters
    ----------
    folder : Path
        Folder of the methods.
    code : str
        Kemendagri code of the kabupaten or kota.
    wanted : str or None
        Id of the method, if the office gives it.
    baseline : Path or None
        Cut-offs and bounds for the chosen method.

    Returns
    -------
    Recognised
        The method with the largest share of columns; of equal ones, the usual one of a kabupaten
        or kota.

    Raises
    ------
    UsageError
        The method does not exist.
    """
    usual = new_edition.METHODS[new_edition.kind_of(code)]
    known = {file.stem: file for file in bounds.files_in(folder, "*.toml")}
    if wanted is not None and wanted not in known:
        raise UsageError(
            "metode_tak_ada", [Place(column="--metode", found=wanted)], {"ada": ", ".join(known)}
        )
    other = {new_edition.METHODS[kind] for kind in new_edition.METHODS} - {usual}
    rest = [name for name in known if name not in {usual, *other}]
    tried = [wanted] if wanted else [usual, *rest]
    candidates = [_formed(source, method.load_open(known[name])) for name in tried]
    best = max(candidates, key=lambda candidate: candidate.share)  # the usual one comes first
    rules = method.load_open(known[best.rules.id], baseline)
    return Recognised(rules, best.form, best.missing)


def _formed(source: TableFile, rules: Method) -> Recognised:
    """Return the form of which a table has more columns."""
    forms: list[Recognised] = []
    for form, needed in (
        ("indikator", [i.id for i in rules.indicators]),
        ("mentah", list(rules.columns)),
    ):
        titles = headings.of_method(rules, raw=form == "mentah")
        columns = source.columns(edition_tables.VILLAGE_COLUMNS, titles)
        missing = tuple(name for name in needed if name not in columns)
        forms.append(Recognised(rules, "mentah" if form == "mentah" else "indikator", missing))
    return max(forms if rules.columns else forms[:1], key=lambda candidate: candidate.share)


def check_district(table: TextTable, district: NewDistrict, known: Collection[str]) -> None:
    """Raise an error for a table, or rows, of another kabupaten.

    Parameters
    ----------
    table : TextTable
        Has valid codes.
    district : NewDistrict
        Has the BPS code of most villages of the table.
    known : collection of str
        BPS codes of the villages that the project knows.

    Raises
    ------
    TableError
        Names every row of another kabupaten.
    """
    stated = district.bps_code
    wrong = [row for row in table if not row.cells[BPS].startswith(stated)]
    if not _may_be(stated, district.code) or (known and codes.district_of(known) != stated):
        wrong = list(table.rows)
    wrong += [
        row
        for row in table
        if (code := row.cells.get(KEMENDAGRI))
        and not code.startswith(f"{district.code}.")
        and row not in wrong
    ]
    if wrong:
        places = [table.place(r, BPS, r.cells[edition_tables.VILLAGE_COLUMNS[2]]) for r in wrong]
        raise TableError("tabel_daerah", places, {"kode": district.code, "nama": district.name})


def _may_be(bps: str, code: str) -> bool:
    """Tell whether a BPS code can belong to a kabupaten or kota, by province and kind."""
    same_kind = (bps[2:3] == _CITY_DIGIT) == is_city(code)
    return same_kind and (bps[:2] == code[:2] or code[:2] in _PAPUA)


def check_names(
    file: Path, table: Sequence[WrittenVillage], layer: Sequence[WrittenVillage], of: NewDistrict
) -> None:
    """Raise an error if table and layer share hardly any name.

    Parameters
    ----------
    table, layer : sequence of WrittenVillage
        Villages of the two sides.

    Raises
    ------
    JoinError
        Table and layer are not of one kabupaten.
    """
    names, codes_of = {key(v.name) for v in layer if v.name}, {v.code for v in layer}
    if not names or len(table) < _LEAST or any(v.other_code in codes_of for v in table):
        return
    shared = sum(key(village.name) in names for village in table)
    if shared < _SHARED * len(table):
        raise JoinError(
            "tabel_nama",
            [Place(file)],
            {"sama": str(shared), "jumlah": str(len(table)), "kode": of.code, "nama": of.name},
        )
