"""Districts side by side: which can be compared, and their counts per district and province.

Owns the judgement and the sums. Classes are compared only where method and baseline are the same;
the others are named and never added.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isnan

from fsva.sources.outputs.atlas_outputs import AtlasOutput

_PROVINCE = len("53")


@dataclass(frozen=True)
class AreaCount:
    """The villages of a district or province by the class of the composite.

    Parameters
    ----------
    code : str
        Of the district or province.
    n_villages : int
        All of them.
    classes : tuple of int
        Villages of each class, class 1 first.
    vulnerable : int
        Villages of a vulnerable class.
    people, vulnerable_people : float
        In all villages with a class, and in vulnerable ones; NaN where one number is not known.
    """

    code: str
    n_villages: int
    classes: tuple[int, ...]
    vulnerable: int
    people: float
    vulnerable_people: float

    @property
    def classed(self) -> int:
        """Villages with a class."""
        return sum(self.classes)

    @property
    def share(self) -> float:
        """The vulnerable among those with a class, per cent; NaN without one."""
        return 100 * self.vulnerable / self.classed if self.classed else float("nan")


@dataclass(frozen=True, eq=False)
class Compared:
    """The outputs of many districts, and which of them go together.

    Parameters
    ----------
    outputs : tuple of AtlasOutput
        By the code of the district.
    method, baseline : str
        Of most districts.
    """

    outputs: tuple[AtlasOutput, ...]
    method: str
    baseline: str

    def is_comparable(self, output: AtlasOutput) -> bool:
        """Tell whether an atlas has the method and baseline of most."""
        return (output.method.id, output.baseline) == (self.method, self.baseline)

    @property
    def comparable(self) -> tuple[AtlasOutput, ...]:
        """The atlases with the method and baseline of most."""
        return tuple(output for output in self.outputs if self.is_comparable(output))

    @property
    def others(self) -> tuple[AtlasOutput, ...]:
        """The atlases with another method or baseline."""
        return tuple(output for output in self.outputs if not self.is_comparable(output))


def compared(outputs: Sequence[AtlasOutput]) -> Compared:
    """Return which districts can be compared: those with the method and baseline of most.

    Parameters
    ----------
    outputs : sequence of AtlasOutput
        At least one, each of another district.
    """
    ordered = tuple(sorted(outputs, key=lambda output: output.code))
    counted = Counter((output.method.id, output.baseline) for output in ordered)
    (usual, _), *_ = counted.most_common()
    return Compared(ordered, *usual)


def of_district(output: AtlasOutput) -> AreaCount:
    """Count the villages of a district."""
    return _count(output.code, [output])


def of_provinces(outputs: Iterable[AtlasOutput]) -> list[AreaCount]:
    """Count the villages of each province, in the order of their codes.

    Parameters
    ----------
    outputs : iterable of AtlasOutput
        Such as can be compared.
    """
    by_province: dict[str, list[AtlasOutput]] = {}
    for output in outputs:
        by_province.setdefault(output.code[:_PROVINCE], []).append(output)
    return [_count(code, found) for code, found in sorted(by_province.items())]


def _count(code: str, outputs: Sequence[AtlasOutput]) -> AreaCount:
    rules = outputs[0].method
    worst = rules.vulnerable
    villages = [village for output in outputs for village in output.villages]
    classed = [village for village in villages if village.class_]
    vulnerable = [village for village in classed if village.class_ in worst]
    counted = Counter(village.class_ for village in classed)
    return AreaCount(
        code,
        len(villages),
        tuple(counted[priority.number] for priority in rules.classes),
        len(vulnerable),
        _sum([village.people for village in classed]),
        _sum([village.people for village in vulnerable]),
    )


def _sum(numbers: Sequence[float]) -> float:
    """Return a sum; NaN where one of the numbers is not known."""
    return float("nan") if any(map(isnan, numbers)) else sum(numbers)
