"""A measure: a number of a village that gets a priority class, and what its map says of it.

Owns the models of the sections of a method file: indicators, composite, raw columns, classes.
The whole file is ``fsva.config.methods.method``.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from fsva.config.methods.baseline import Bounds, Closed, CutOffs
from fsva.core import units
from fsva.core.section import Colour
from fsva.core.toml import Bilingual, Section
from fsva.core.units import Unit

# A class is printed as one digit.
MOST_CLASSES = 9
# The last class that counts as vulnerable, unless a method says another.
LAST_VULNERABLE = 3
# Percent of the villages up to each cut-off, from the most vulnerable on; a method may state
# others. From the report's "sebaran empiris" of six classes.
PERCENT = (15, 30, 50, 70, 85)
Better = Literal["tinggi", "rendah"]
Nature = Literal["cacah", "jumlah", "nisbah"]


def _fraction(value: object) -> Fraction:
    """Read a weight such as ``"1/6"`` or ``0.5``."""
    try:
        return Fraction(str(value))
    except (ValueError, ZeroDivisionError):
        raise ValueError('bobot: "1/6", 0.25') from None


def _unit(value: object) -> Unit:
    """Read a unit such as ``"km2/tenaga"``."""
    try:
        return value if isinstance(value, Unit) else units.parse(str(value))
    except ValueError:
        raise ValueError('satuan: "ha", "jiwa/km2", "%", "1"') from None


Weight = Annotated[Fraction, BeforeValidator(_fraction)]
AnyUnit = Annotated[Unit, BeforeValidator(_unit)]
ClassNumber = Annotated[int, Field(ge=1, le=MOST_CLASSES)]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


class RawColumn(Section):
    """A column of raw counts that formulas may use.

    Attributes
    ----------
    unit : Unit
        What its numbers count or measure.
    nature : {"cacah", "jumlah", "nisbah"}
        ``cacah``: a count of persons or things, one row of a register each; ``jumlah``: an amount
        such as hectares or tonnes; ``nisbah``: a ratio, a mean, a category.
    name : Bilingual
        In words.
    """

    unit: AnyUnit = Field(alias="satuan")
    nature: Nature = Field("nisbah", alias="sifat")
    name: Bilingual = Field(alias="nama")

    @property
    def is_countable(self) -> bool:
        """Whether a register can be counted for it."""
        return self.nature == "cacah"

    @property
    def is_additive(self) -> bool:
        """Whether its numbers may be summed at a merge and shared out at a split."""
        return self.nature in ("cacah", "jumlah")


class Fallback(Section):
    """The value to use where a formula gives none because a raw column is zero.

    Attributes
    ----------
    column : str
        Raw column; the value is used only where this column is 0.
    value : Decimal
        In the indicator's unit.
    """

    column: Name = Field(alias="kolom_nol")
    value: Decimal = Field(alias="nilai")


class ZeroMeaning(Section):
    """The meaning of a zero that is not an amount, e.g. no production to divide by.

    Attributes
    ----------
    meaning : Bilingual
        In words, e.g. "no production".
    counts : {"terburuk"}
        The value it stands for: the worst one, score 0 and class 1.
    """

    meaning: Bilingual = Field(alias="arti")
    counts: Literal["terburuk"] = Field("terburuk", alias="dihitung")

    def __str__(self) -> str:
        """Return the value it stands for."""
        return self.counts


class MapClass(Section):
    """A class as a map shows it: one or several priority classes under one name and colour.

    Attributes
    ----------
    number : int
        Printed in the legend, counted from 1.
    members : tuple of int
        The priority classes that it joins.
    name : Bilingual
        As printed.
    colour : str
        ``#RRGGBB``.
    """

    number: ClassNumber = Field(alias="kelas")
    members: tuple[ClassNumber, ...] = Field(alias="gabungan", min_length=1)
    name: Bilingual = Field(alias="nama")
    colour: Colour = Field(alias="warna")


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
        Decimals with which values and cut-offs are compared and printed; more where the
        cut-offs of the baseline have more.
    better : {"tinggi", "rendah"}
        Whether high or low values are food secure.
    closed : {"atas", "bawah"}
        The closed end of an interval: ``atas`` is (a, b], ``bawah`` is [a, b), independent of the
        direction.
    cut_offs : tuple of Decimal or None
        c1, c2 ... from the most vulnerable class on; None for categories.
    """

    id: Name
    map_number: int = Field(alias="peta", ge=1)
    name: Bilingual = Field(alias="nama")
    title: Bilingual = Field(alias="judul")
    unit: Bilingual = Field(alias="satuan")
    digits: int = Field(alias="desimal", ge=0, le=8)
    better: Better = Field(alias="baik")
    closed: Closed = Field("atas", alias="tutup")
    cut_offs: CutOffs | None = Field(None, alias="cut_off")

    @property
    def ascending_cut_offs(self) -> tuple[Decimal, ...]:
        """The cut-offs in ascending order, independent of the direction."""
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
        Values that score 0 and 100 before turning; the baseline's smallest and largest. Only a
        method from ``load_open`` may lack them.
    possible : (Decimal, Decimal)
        Values outside this range are errors unless the edition accepts them by name.
    categories : dict of int to int
        For categorical indicators: category -> priority class.
    category_names : dict of str to Bilingual
        What each category means.
    category_slack : Decimal
        Largest difference between a number and the category it stands for; workbooks write 1.0001
        where the values of a column must not all be equal.
    cause : Bilingual or None
        A bad value as a cause in a sentence; None builds it from the name and the direction.
    formula : Bilingual
        The formula in words.
    calculation : str or None
        The same over raw columns, as ``fsva.config.methods.formula`` reads it.
    calculation_unit : Unit or None
        Unit that the calculation must have.
    fallback : Fallback or None
        The value to use where the calculation gives none.
    zero : ZeroMeaning or None
        The meaning of a zero; None if zero is an ordinary amount.
    map_classes : tuple of MapClass
        Classes of the indicator's own map, if it shows others than the method's.
    """

    aspect: Name = Field(alias="aspek")
    weight: Weight = Field(alias="bobot")
    # Open until a baseline fills it in; load() returns no method with an open value.
    bounds: Bounds = Field(None, alias="skala")  # type: ignore[assignment]
    possible: Bounds = Field(alias="rentang")
    cause: Bilingual | None = Field(None, alias="sebab")
    formula: Bilingual = Field(alias="rumus")
    calculation: str | None = Field(None, alias="hitung")
    calculation_unit: AnyUnit | None = Field(None, alias="satuan_hitung")
    fallback: Fallback | None = Field(None, alias="bila_kosong")
    zero: ZeroMeaning | None = Field(None, alias="nol")
    map_classes: tuple[MapClass, ...] = Field((), alias="kelas_peta")
    categories: dict[int, ClassNumber] | None = Field(None, alias="kategori")
    category_names: dict[str, Bilingual] = Field(default_factory=dict, alias="nama_kategori")
    category_slack: Decimal = Field(Decimal("0.001"), alias="selisih_kategori", ge=0, lt=0.5)

    @model_validator(mode="after")
    def _consistent(self) -> Indicator:
        if self.cut_offs is not None and self.categories is not None:
            raise ValueError("cut_off / kategori")
        if self.bounds is not None and self.bounds[0] >= self.bounds[1]:
            raise ValueError("skala: a < b")
        if self.possible[0] >= self.possible[1]:
            raise ValueError("rentang: a < b")
        if self.weight <= 0:
            raise ValueError("bobot > 0")
        if (self.calculation is None) != (self.calculation_unit is None):
            raise ValueError("hitung + satuan_hitung")
        if self.fallback is not None and self.calculation is None:
            raise ValueError("bila_kosong + hitung")
        if self.zero is not None and self.categories is not None:
            raise ValueError("nol / kategori")
        return self

    def read_category(self, value: float) -> float:
        """Return the category that a number stands for; the number itself if it is near none.

        Parameters
        ----------
        value : float
            As it stands in a table.
        """
        exact = Decimal(str(value))
        near = (one for one in self.categories or () if abs(exact - one) <= self.category_slack)
        return float(next(near, value))

    @model_validator(mode="after")
    def _map_classes_join_all(self) -> Indicator:
        if self.map_classes:
            joined = [member for c in self.map_classes for member in c.members]
            if joined != list(range(1, len(joined) + 1)):
                raise ValueError("kelas_peta.gabungan: 1..n")
            if [c.number for c in self.map_classes] != list(range(1, len(self.map_classes) + 1)):
                raise ValueError("kelas_peta.kelas: 1..n")
        return self


class Composite(Measure):
    """The weighted sum of the indicators' scores, 0-100, high is food secure."""


class PriorityClass(Section):
    """Name and colour of one of the priority classes.

    Attributes
    ----------
    number : int
        Counted from 1, the most vulnerable.
    name : Bilingual
        As the office prints it.
    colour : str
        ``#RRGGBB``.
    """

    number: ClassNumber = Field(alias="kelas")
    name: Bilingual = Field(alias="nama")
    colour: Colour = Field(alias="warna")
