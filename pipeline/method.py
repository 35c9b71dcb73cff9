"""A method: indicators, directions, cut-offs, weights, bounds, class names and colours.

Owns the model of ``styles/metode/*.toml`` and its validity. It computes nothing; the classes
are computed by ``pipeline.classes`` and the composite by ``pipeline.composite``.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from pipeline import baseline as baselines
from pipeline import settings
from pipeline.baseline import Baseline, Bounds, CutOffs
from pipeline.errors import CutOffError, Place, StyleError
from pipeline.settings import Bilingual, Section

N_CLASSES = 6
Better = Literal["tinggi", "rendah"]
Closed = Literal["atas", "bawah"]


def _fraction(value: object) -> Fraction:
    """Read a weight such as ``"1/6"`` or ``0.5``."""
    try:
        return Fraction(str(value))
    except (ValueError, ZeroDivisionError):
        raise ValueError('bobot: "1/6", 0.25') from None


Weight = Annotated[Fraction, BeforeValidator(_fraction)]
ClassNumber = Annotated[int, Field(ge=1, le=N_CLASSES)]


class Measure(Section):
    """What indicators and composite have in common: a number that gets a priority class.

    Attributes
    ----------
    id : str
        Column name in every table, e.g. ``lahan``.
    map_number : int
        n of Peta n.
    name, title, unit : Bilingual
        Short name, title of the map as in the report, unit of the value.
    digits : int
        Decimals with which values and cut-offs are compared and printed.
    better : {"tinggi", "rendah"}
        Whether a high or a low value means food secure.
    closed : {"atas", "bawah"}
        The end of an interval that belongs to it: ``atas`` is (a, b], ``bawah`` is [a, b).
    cut_offs : tuple of five Decimal or None
        c1..c5 from the most vulnerable class on; None for categories.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    map_number: int = Field(alias="peta", ge=1)
    name: Bilingual = Field(alias="nama")
    title: Bilingual = Field(alias="judul")
    unit: Bilingual = Field(alias="satuan")
    digits: int = Field(alias="desimal", ge=0, le=8)
    better: Better = Field(alias="baik")
    closed: Closed = Field(alias="tutup")
    cut_offs: CutOffs | None = Field(None, alias="cut_off")

    @property
    def ascending_cut_offs(self) -> tuple[Decimal, ...]:
        """The five cut-offs from the smallest on, whatever the direction."""
        return tuple(sorted(self.cut_offs or ()))


class Indicator(Measure):
    """One of the indicators of the method.

    Attributes
    ----------
    aspect : str
        ``ketersediaan``, ``akses`` or ``pemanfaatan``.
    weight : Fraction
        Share in the composite.
    bounds : (Decimal, Decimal)
        Values that score 0 and 100 before turning; the baseline's smallest and largest.
    possible : (Decimal, Decimal)
        Values outside this range are errors unless the edition accepts them by name.
    categories : dict of int to int
        For categorical indicators: category -> priority class.
    category_names : dict of str to Bilingual
        What each category means.
    source : Bilingual
        What is divided by what.
    """

    aspect: str = Field(alias="aspek")
    weight: Weight = Field(alias="bobot")
    bounds: Bounds = Field(alias="skala")
    possible: Bounds = Field(alias="rentang")
    formula: Bilingual = Field(alias="rumus")
    categories: dict[int, ClassNumber] | None = Field(None, alias="kategori")
    category_names: dict[str, Bilingual] = Field(default_factory=dict, alias="nama_kategori")

    @model_validator(mode="after")
    def _either_cut_offs_or_categories(self) -> Indicator:
        if (self.cut_offs is None) == (self.categories is None):
            raise ValueError("cut_off / kategori")
        if self.bounds[0] >= self.bounds[1]:
            raise ValueError("skala: a < b")
        if self.possible[0] >= self.possible[1]:
            raise ValueError("rentang: a < b")
        if self.weight <= 0:
            raise ValueError("bobot > 0")
        return self


class Composite(Measure):
    """The weighted sum of the indicators' scores, 0-100, high is food secure."""


class PriorityClass(Section):
    """Name and colour of one of the six priority classes.

    Attributes
    ----------
    number : int
        1 (most vulnerable) to 6.
    name : Bilingual
        As the office prints it.
    colour : str
        ``#RRGGBB``.
    """

    number: int = Field(alias="kelas", ge=1, le=N_CLASSES)
    name: Bilingual = Field(alias="nama")
    colour: str = Field(alias="warna", pattern=r"^#[0-9A-Fa-f]{6}$")


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
        Class 1 to class 6.
    no_data_colour : str
        Fill of villages without a class.
    baseline : Bilingual or None
        Name of the baseline that the cut-offs and bounds come from; None if they are national.
    """

    id: str
    name: Bilingual = Field(alias="nama")
    indicators: tuple[Indicator, ...] = Field(alias="indikator", min_length=1)
    composite: Composite = Field(alias="komposit")
    classes: tuple[PriorityClass, ...] = Field(alias="kelas")
    no_data_colour: str = Field(alias="warna_tanpa_data", pattern=r"^#[0-9A-Fa-f]{6}$")
    baseline: Bilingual | None = Field(None, alias="dasar")

    @model_validator(mode="after")
    def _consistent(self) -> Method:
        if [c.number for c in self.classes] != list(range(1, N_CLASSES + 1)):
            raise ValueError("kelas 1..6")
        if sum((i.weight for i in self.indicators), Fraction(0)) != 1:
            raise ValueError("Σ bobot = 1")
        names = [m.id for m in self.measures()]
        if len(set(names)) < len(names):
            raise ValueError("indikator.id ≠ indikator.id")
        numbers = [m.map_number for m in self.measures()]
        if numbers != list(range(1, len(numbers) + 1)):
            raise ValueError("peta 1..n")
        return self

    def measures(self) -> Iterator[Measure]:
        """Yield the indicators and then the composite, in the order of the maps."""
        yield from self.indicators
        yield self.composite


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
    data = settings.read(file, StyleError)
    if baseline_file is None:
        method = settings.check(file, data, Method, StyleError)
        _check_all_cut_offs(method, file)
        return method
    baseline = baselines.load(baseline_file)
    _fill_in(data, baseline, baseline_file)
    method = settings.check(file, data, Method, StyleError)
    _check_all_cut_offs(method, file if not baseline.cut_offs else baseline_file)
    return method


def _fill_in(data: dict[str, Any], baseline: Baseline, file: Path) -> None:
    """Put the numbers of a baseline where the method leaves them open."""
    if data.get("id") != baseline.method:
        place = Place(file, None, "metode", found=baseline.method)
        raise StyleError("dasar_metode_lain", [place], {"metode": str(data.get("id"))})
    sections = {str(i.get("id")): i for i in data.get("indikator", [])}
    sections |= {"komposit": data.get("komposit", {})}
    for key, numbers in (("cut_off", baseline.cut_offs), ("skala", baseline.bounds)):
        for name, values in numbers.items():
            if name not in sections:
                known = ", ".join(sections)
                raise StyleError("dasar_indikator", [_place(file, key, name)], {"ada": known})
            if key in sections[name]:
                raise StyleError("dasar_ganda", [_place(file, key, name)])
            sections[name][key] = list(values)
    data["dasar"] = baseline.name.model_dump()
    _check_filled(sections, file)


def _check_filled(sections: dict[str, dict[str, Any]], file: Path) -> None:
    """Name the numbers that neither the method nor its baseline gives."""
    lacking = [
        f"{key}.{name}"
        for name, section in sections.items()
        for key in ("cut_off", "skala")
        if key not in section
        and not (key == "cut_off" and "kategori" in section)
        and not (key == "skala" and name == "komposit")
    ]
    if lacking:
        raise StyleError("dasar_kurang", [Place(file, column=number) for number in lacking])


def _place(file: Path, key: str, name: str) -> Place:
    row = settings.line_of(settings.read_text(file), (key, name))
    return Place(file, row, f"{key}.{name}", found=name)


def _check_all_cut_offs(method: Method, file: Path) -> None:
    text = settings.read_text(file)
    own = {i.id: ("indikator", n, "cut_off") for n, i in enumerate(method.indicators)}
    for measure in method.measures():
        given = settings.line_of(text, ("cut_off", measure.id))
        location = own.get(measure.id, ("komposit", "cut_off"))
        row = given if given > 1 else settings.line_of(text, location)
        _check_cut_offs(measure, file, row)


def _check_cut_offs(measure: Measure, file: Path, row: int) -> None:
    """Cut-offs run up where high is better and down where low is; they may coincide."""
    steps = pairwise(measure.cut_offs or ())
    wrong = [(a, b) for a, b in steps if (a > b if measure.better == "tinggi" else a < b)]
    if wrong:
        found = "; ".join(f"{a} → {b}" for a, b in wrong)
        raise CutOffError(
            f"cut_off_{measure.better}", [Place(file, row, f"{measure.id}.cut_off", found=found)]
        )
