"""A method: indicators, formulas, directions, cut-offs, weights, bounds, class names, colours.

Owns the model of ``styles/metode/*.toml`` and its validity. It computes nothing; the indicators
are computed by ``fsva.index.indicators``, the classes by ``fsva.index.classes`` and the composite
by ``fsva.index.composite``.
"""

from __future__ import annotations

import keyword
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

from pydantic import Field, model_validator

from fsva.config.methods import baseline as baselines
from fsva.config.methods import formula as formulas
from fsva.config.methods.baseline import Baseline, Closed, CutOffs
from fsva.config.methods.formula import Formula, FormulaError
from fsva.config.methods.measures import (
    LAST_VULNERABLE,
    PERCENT,
    Better,
    Composite,
    Indicator,
    MapClass,
    Measure,
    Name,
    PriorityClass,
    RawColumn,
)
from fsva.core import toml
from fsva.core.columns import BPS, KEMENDAGRI, PARENT, ROW, UNIT
from fsva.core.errors import CutOffError, Place, StyleError
from fsva.core.section import Colour
from fsva.core.toml import Bilingual, Section

__all__ = [
    "Better",
    "Closed",
    "Composite",
    "Indicator",
    "MapClass",
    "Measure",
    "Method",
    "PriorityClass",
    "RawColumn",
    "load",
    "load_open",
    "open_numbers",
]

# Columns of every table; no raw column may have one of these names.
RESERVED = frozenset({BPS, KEMENDAGRI, PARENT, UNIT, ROW, "geometry", "nama", "peringkat"})


class Method(Section):
    """The whole of a method file.

    Attributes
    ----------
    id : str
        The name that an edition gives under ``metode``; equal to the file's name.
    name : Bilingual
        In words.
    indicators : tuple of Indicator
        In the order of the maps.
    composite : Composite
        The last map.
    classes : tuple of PriorityClass
        From class 1, the most vulnerable, on; as many as the office has.
    last_vulnerable : int
        The last class that counts as vulnerable.
    percent : tuple of int
        Percent of the villages up to each cut-off that a baseline derives from a year.
    columns : dict of str to RawColumn
        Raw columns that the formulas may use.
    no_data_colour : str
        Fill of villages without a class.
    baseline : Bilingual or None
        Name of the baseline that the cut-offs and bounds come from; None if they are national.
    proposed : tuple of str
        Measures whose cut-offs are a proposal that no office has decided yet.
    """

    id: str
    name: Bilingual = Field(alias="nama")
    indicators: tuple[Indicator, ...] = Field(alias="indikator", min_length=1)
    composite: Composite = Field(alias="komposit")
    classes: tuple[PriorityClass, ...] = Field(alias="kelas", min_length=2)
    last_vulnerable: int = Field(LAST_VULNERABLE, alias="rentan_sampai", ge=1)
    percent: tuple[int, ...] = Field(PERCENT, alias="persen_desa")
    no_data_colour: Colour = Field(alias="warna_tanpa_data")
    columns: dict[Name, RawColumn] = Field(default_factory=dict, alias="kolom")
    baseline: Bilingual | None = Field(None, alias="dasar")
    proposed: tuple[str, ...] = Field((), alias="usulan")

    @model_validator(mode="after")
    def _consistent(self) -> Method:
        if [c.number for c in self.classes] != list(range(1, self.n_classes + 1)):
            raise ValueError("kelas 1..n")
        if self.last_vulnerable >= self.n_classes:
            raise ValueError(f"rentan_sampai < {self.n_classes}")
        if sum((i.weight for i in self.indicators), Fraction(0)) != 1:
            raise ValueError("Σ bobot = 1")
        names = [m.id for m in self.measures()]
        if len(set(names)) < len(names):
            raise ValueError("indikator.id ≠ indikator.id")
        numbers = [m.map_number for m in self.measures()]
        if numbers != list(range(1, len(numbers) + 1)):
            raise ValueError("peta 1..n")
        return self

    @model_validator(mode="after")
    def _columns_have_names_of_their_own(self) -> Method:
        computed = {f"{m.id}{end}" for m in self.measures() for end in ("", "_kelas", "_dasar")}
        taken = [c for c in self.columns if c in computed | RESERVED or keyword.iskeyword(c)]
        if taken:
            raise ValueError(f"kolom.{taken[0]} ≠ indikator.id")
        unknown = [
            f.column
            for i in self.indicators
            if (f := i.fallback) is not None and f.column not in self.columns
        ]
        if unknown:
            raise ValueError(f"bila_kosong.kolom_nol: {formulas.likely(unknown[0], self.columns)}")
        return self

    @model_validator(mode="after")
    def _indicators_know_the_classes(self) -> Method:
        for indicator in self.indicators:
            joined = [member for c in indicator.map_classes for member in c.members]
            if joined and len(joined) != self.n_classes:
                raise ValueError(f"{indicator.id}: kelas_peta.gabungan: 1..{self.n_classes}")
            if indicator.categories and max(indicator.categories.values()) > self.n_classes:
                raise ValueError(f"{indicator.id}: kategori: 1..{self.n_classes}")
            is_open = indicator.cut_offs is None and not indicator.categories
            if is_open and len(self.percent) != self.n_classes - 1:
                shares = ", ".join(f"p{n}" for n in range(1, self.n_classes))
                raise ValueError(f"persen_desa = [{shares}]")
        return self

    @property
    def n_classes(self) -> int:
        """How many priority classes there are."""
        return len(self.classes)

    @property
    def vulnerable(self) -> range:
        """The classes that count as vulnerable."""
        return range(1, self.last_vulnerable + 1)

    @property
    def first_secure(self) -> int:
        """The first class that does not count as vulnerable."""
        return self.last_vulnerable + 1

    @property
    def sides(self) -> dict[str, str]:
        """The vulnerable and the other classes as texts print them: ``1-3`` and ``4-6``."""
        return named_sides(self.last_vulnerable, self.n_classes)

    def measures(self) -> Iterator[Measure]:
        """Yield the indicators and then the composite, in the order of the maps."""
        yield from self.indicators
        yield self.composite

    def used_columns(self, indicator: Indicator) -> tuple[str, ...]:
        """Return the raw columns of an indicator's formula and of its fallback; none without one.

        Raises
        ------
        FormulaError
            As ``formula``.
        """
        if indicator.calculation is None:
            return ()
        beside = (indicator.fallback.column,) if indicator.fallback else ()
        return tuple(dict.fromkeys((*self.formula(indicator).columns, *beside)))

    def formula(self, indicator: Indicator) -> Formula:
        """Return the formula of an indicator.

        Raises
        ------
        FormulaError
            Unknown column, wrong unit, not arithmetic. A method that was loaded has none.
        ValueError
            If the indicator has no calculation.
        """
        if indicator.calculation is None or indicator.calculation_unit is None:
            raise ValueError(f"{indicator.id}.hitung")
        columns = {name: column.unit for name, column in self.columns.items()}
        return formulas.parse(indicator.calculation, columns, indicator.calculation_unit)

    def classes_of(self, measure: Measure) -> tuple[MapClass, ...]:
        """Return the classes that the map of a measure shows: its own, or the method's."""
        if isinstance(measure, Indicator) and measure.map_classes:
            return measure.map_classes
        return tuple(
            MapClass(kelas=c.number, gabungan=(c.number,), nama=c.name, warna=c.colour)
            for c in self.classes
        )


def named_sides(last_vulnerable: int, n_classes: int) -> dict[str, str]:
    """Return the vulnerable and the other classes as texts print them.

    Examples
    --------
    >>> named_sides(3, 6), named_sides(1, 3)
    ({'rentan': '1-3', 'tahan': '4-6'}, {'rentan': '1', 'tahan': '2-3'})
    """
    ends = {"rentan": (1, last_vulnerable), "tahan": (last_vulnerable + 1, n_classes)}
    return {side: f"{a}-{b}" if b > a else str(a) for side, (a, b) in ends.items()}


def load(file: Path, baseline_file: Path | None = None) -> Method:
    """Read and check a method file, with the numbers of a baseline.

    Parameters
    ----------
    file : Path
        ``styles/metode/<id>.toml``; a method with national cut-offs holds them itself.
    baseline_file : Path or None
        ``styles/dasar/<id>.toml``: the cut-offs and scale bounds that the method leaves open.

    Raises
    ------
    StyleError
        Unknown key, missing key, impossible value; with the line. A baseline of another method,
        of an unknown indicator, or of a number that the method fixes.
    CutOffError
        If the cut-offs of an indicator do not run in its direction.
    """
    method = load_open(file, baseline_file)
    lacking = open_numbers(method)
    if lacking:
        places = [Place(baseline_file or file, column=number) for number in lacking]
        raise StyleError("dasar_kurang", places)
    return method


def load_open(file: Path, baseline_file: Path | None = None) -> Method:
    """Read and check a method file that may leave numbers to a baseline.

    Parameters
    ----------
    file, baseline_file : Path
        As for ``load``.

    Returns
    -------
    Method
        Complete but for the numbers that ``open_numbers`` names.

    Raises
    ------
    StyleError, CutOffError
        As ``load``, but for numbers that are not there.
    """
    data = toml.read(file, StyleError)
    baseline = baselines.load(baseline_file) if baseline_file else None
    if baseline and baseline_file:
        _fill_in(data, baseline, baseline_file)
    method = toml.check(file, data, Method, StyleError)
    _check_formulas(method, file)
    _check_all_cut_offs(
        method, baseline_file if baseline_file and baseline and baseline.cut_offs else file
    )
    return method


def open_numbers(method: Method) -> tuple[str, ...]:
    """Name the cut-offs and bounds that a method leaves to a baseline.

    Parameters
    ----------
    method : Method
        From ``load_open``.

    Returns
    -------
    tuple of str
        Such as ``cut_off.lahan`` and ``skala.lahan``.
    """
    cut_offs = [
        f"cut_off.{m.id}"
        for m in method.measures()
        if m.cut_offs is None and not (isinstance(m, Indicator) and m.categories)
    ]
    return (*cut_offs, *(f"skala.{i.id}" for i in method.indicators if i.bounds is None))


def _fill_in(data: dict[str, Any], baseline: Baseline, file: Path) -> None:
    """Put the numbers of a baseline where the method leaves them open."""
    if data.get("id") != baseline.method:
        place = Place(file, None, "metode", found=baseline.method)
        raise StyleError("dasar_metode_lain", [place], {"metode": str(data.get("id"))})
    indicators, composite = data.get("indikator", []), data.get("komposit", {})
    every = [*indicators, composite] if isinstance(indicators, list) else [None]
    if not all(isinstance(section, dict) for section in every):
        return  # the check of the whole says what is wrong
    sections = {str(i.get("id")): i for i in indicators} | {"komposit": composite}
    for key, numbers in (("cut_off", baseline.cut_offs), ("skala", baseline.bounds)):
        for name, values in numbers.items():
            section = _known_section(sections, file, key, name)
            if key in section:
                raise StyleError("dasar_ganda", [_place(file, key, name)])
            section[key] = list(values)
    for name, closed in baseline.closed.items():
        _known_section(sections, file, "tutup", name)["tutup"] = closed
    for name in baseline.cut_offs.keys() - {"komposit"}:
        _widen(sections[name], baseline.cut_offs[name])
    data["dasar"] = baseline.name.model_dump()
    data["usulan"] = baseline.proposed


def _known_section(
    sections: dict[str, dict[str, Any]], file: Path, key: str, name: str
) -> dict[str, Any]:
    """Return the section of a measure that a baseline names."""
    if name not in sections:
        known = ", ".join(sections)
        raise StyleError("dasar_indikator", [_place(file, key, name)], {"ada": known})
    return sections[name]


def _widen(section: dict[str, Any], cut_offs: CutOffs) -> None:
    """Give an indicator the digits of its baseline, where the cut-offs have more than it."""
    digits = section.get("desimal")
    if isinstance(digits, int):
        section["desimal"] = max(digits, *map(baselines.digits_of, cut_offs))


def _place(file: Path, key: str, name: str) -> Place:
    row = toml.line_of(toml.read_text(file), (key, name))
    return Place(file, row, f"{key}.{name}", found=name)


def _check_formulas(method: Method, file: Path) -> None:
    """Point to the letter of the file at which a formula goes wrong."""
    for n, indicator in enumerate(method.indicators):
        if indicator.calculation is None:
            continue
        try:
            method.formula(indicator)
        except FormulaError as problem:
            text = toml.read_text(file)
            row = toml.line_of(text, ("indikator", n, "hitung"))
            start = text.splitlines()[row - 1].find(indicator.calculation)
            place = Place(file, row, f"{indicator.id}.hitung", found=problem.found)
            letter = str(max(start, 0) + problem.position + 1)
            raise StyleError(
                f"rumus_{problem.kind}", [place], {"huruf": letter, "harap": problem.expected}
            ) from problem


def _check_all_cut_offs(method: Method, file: Path) -> None:
    text = toml.read_text(file)
    keys = {i.id: ("indikator", n, "cut_off") for n, i in enumerate(method.indicators)}
    for measure in method.measures():
        given = toml.line_of(text, ("cut_off", measure.id))
        location = keys.get(measure.id, ("komposit", "cut_off"))
        row = given if given > 1 else toml.line_of(text, location)
        _check_number(measure, method, file, row)
        _check_cut_offs(measure, file, row)


def _check_number(measure: Measure, method: Method, file: Path, row: int) -> None:
    """Between n classes lie n - 1 cut-offs."""
    wanted = method.n_classes - 1
    if measure.cut_offs is not None and len(measure.cut_offs) != wanted:
        written = "; ".join(map(str, measure.cut_offs))
        place = Place(file, row, f"{measure.id}.cut_off", found=written)
        raise CutOffError(
            "cut_off_banyak", [place], {"jumlah": str(wanted), "kelas": str(method.n_classes)}
        )


def _check_cut_offs(measure: Measure, file: Path, row: int) -> None:
    """Cut-offs run up where high is better and down where low is; they may coincide."""
    finer = [c for c in measure.cut_offs or () if c != round(c, measure.digits)]
    if finer:
        written = "; ".join(str(c) for c in finer)
        place = Place(file, row, f"{measure.id}.cut_off", found=written)
        raise CutOffError("cut_off_desimal", [place], {"desimal": str(measure.digits)})
    steps = pairwise(measure.cut_offs or ())
    wrong = [(a, b) for a, b in steps if (a > b if measure.better == "tinggi" else a < b)]
    if wrong:
        written = "; ".join(f"{a} → {b}" for a, b in wrong)
        raise CutOffError(
            f"cut_off_{measure.better}", [Place(file, row, f"{measure.id}.cut_off", found=written)]
        )
