"""The fields of the layers for a GIS: their names, what they mean, in both languages.

Owns which fields the layers of villages, kecamatan and kabupaten have, in their order, and how they
are called where a name may have no more than ten characters. The values are those of
``fsva.files.layers.feature_tables``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from fsva.config.methods.method import Indicator, Measure, Method
from fsva.core import texts as catalogues
from fsva.core.columns import BPS, DISTRICT, KEMENDAGRI, PARENT, UNIT
from fsva.core.texts import LANGUAGES, Language
from fsva.index.joined_table import BASIS, CLASS, RANK
from fsva.villages.sourced_columns import ORIGIN

Kind = Literal["text", "whole", "number"]
Facts = Mapping[str, Mapping[Language, str]]
SCORE, SURE = "_skor", "_keyakinan"
PEOPLE, AREA, VILLAGES = "penduduk", "luas_ha", "jumlah_desa"
# Characters of a name in a Shapefile.
SHORTEST = 10
_SURE_DIGITS, _SCORE_DIGITS, _AREA_DIGITS = 2, 2, 2


@dataclass(frozen=True)
class LayerField:
    """A field of the layers for a GIS: its names, kind and meaning.

    Parameters
    ----------
    name : str
        In GeoPackage, GeoJSON and GeoParquet; the same as in ``kelas.csv``.
    short : str
        At most ten characters, for Shapefiles.
    kind : {"text", "whole", "number"}
        What it holds.
    titles, meanings : mapping of language to str
        The name that people see, and a sentence.
    digits : int
        Decimals of numbers.
    """

    name: str
    short: str
    kind: Kind
    titles: Mapping[Language, str]
    meanings: Mapping[Language, str]
    digits: int = 0

    def alias(self, language: Language) -> str:
        """Return the title in a language, then in the other one where it differs."""
        return _both(self.titles, language)

    def description(self, language: Language) -> str:
        """Return the meaning in a language, then in the other one."""
        return _both(self.meanings, language)


def _both(said: Mapping[Language, str], language: Language) -> str:
    (other,) = (one for one in LANGUAGES if one != language)
    return " / ".join(dict.fromkeys([said[language], said[other]]))


def _field(
    key: str,
    name: str,
    short: str,
    kind: Kind,
    facts: Facts | None = None,
    digits: int = 0,
) -> LayerField:
    said: dict[str, dict[Language, str]] = {"nama": {}, "arti": {}}
    facts = facts or {}
    for language in LANGUAGES:
        words = catalogues.load(language)
        filled = {fact: by_language[language] for fact, by_language in facts.items()}
        for part, found in said.items():
            found[language] = words(f"bidang.{part}.{key}", **filled)
    return LayerField(name, short, kind, said["nama"], said["arti"], digits)


def of_villages(method: Method, origins: frozenset[str]) -> tuple[LayerField, ...]:
    """Return the fields of the layer of villages.

    Parameters
    ----------
    origins : frozenset of str
        Indicators of which some values do not come from the table.
    """
    return (
        _field(KEMENDAGRI, KEMENDAGRI, "kode_kdn", "text"),
        _field(BPS, BPS, BPS, "text"),
        _field(PARENT, PARENT, PARENT, "text"),
        _field(UNIT, UNIT, UNIT, "text"),
        *(field for m in method.measures() for field in _of_measure(m, m.id in origins)),
        _field(RANK, RANK, RANK, "whole"),
        *_sizes(),
    )


def _of_measure(measure: Measure, has_origin: bool) -> Iterator[LayerField]:
    """Yield value, class, basis, score and sureness of an indicator or the composite."""
    name, short = measure.id, f"p{measure.map_number}"
    said: Facts = {
        "ukuran": {language: measure.name[language] for language in LANGUAGES},
        "satuan": {language: measure.unit[language] for language in LANGUAGES},
    }
    is_indicator = isinstance(measure, Indicator)
    first = "nilai" if is_indicator else "skor_komposit"
    yield _field(first, name, f"{short}_nilai", "number", said, measure.digits)
    if has_origin:
        yield _field("asal", f"{name}{ORIGIN}", f"{short}_asal", "text", said)
    yield _field("kelas", f"{name}{CLASS}", f"{short}_kelas", "whole", said)
    yield _field("dasar", f"{name}{BASIS}", f"{short}_dasar", "text", said)
    if is_indicator:
        yield _field("skor", f"{name}{SCORE}", f"{short}_skor", "number", said, _SCORE_DIGITS)
    yield _field("keyakinan", f"{name}{SURE}", f"{short}_yakin", "number", said, _SURE_DIGITS)


def _sizes() -> tuple[LayerField, LayerField]:
    return (
        _field(PEOPLE, PEOPLE, PEOPLE, "whole"),
        _field(AREA, AREA, AREA, "number", digits=_AREA_DIGITS),
    )


def of_kecamatan(method: Method) -> tuple[LayerField, ...]:
    """Return the fields of the layer of kecamatan."""
    return _of_places(method, (_field(PARENT, PARENT, PARENT, "text"),))


def of_kabupaten(method: Method) -> tuple[LayerField, ...]:
    """Return the fields of the layer of the kabupaten."""
    return _of_places(method, (_field(DISTRICT, DISTRICT, DISTRICT, "text"),))


def count_name(measure: Measure, label: str) -> str:
    """Return the field that counts the villages of a class, ``0`` for those without one."""
    return f"{measure.id}_jumlah_{label}"


def people_name(measure: Measure, label: str) -> str:
    """Return the field that counts the people of the villages of a class."""
    return f"{measure.id}_jiwa_{label}"


def _of_places(method: Method, names: tuple[LayerField, ...]) -> tuple[LayerField, ...]:
    return (
        _field(KEMENDAGRI, KEMENDAGRI, "kode_kdn", "text"),
        _field(BPS, BPS, BPS, "text"),
        *names,
        _field(VILLAGES, VILLAGES, "jml_desa", "whole"),
        *_sizes(),
        *(field for m in method.measures() for field in _counts(m, method)),
        *_of_composite(method),
    )


def _counts(measure: Measure, method: Method) -> Iterator[LayerField]:
    named: dict[str, Mapping[Language, str]] = {
        "ukuran": {language: measure.name[language] for language in LANGUAGES}
    }
    short = f"p{measure.map_number}"
    for one in method.classes:
        label = str(one.number)
        facts: Facts = named | {"kelas": dict.fromkeys(LANGUAGES, label)}
        yield _field("jumlah", count_name(measure, label), f"{short}_k{label}", "whole", facts)
    yield _field("tanpa", count_name(measure, "0"), f"{short}_k0", "whole", named)


def _of_composite(method: Method) -> Iterator[LayerField]:
    whole = method.composite
    named: dict[str, Mapping[Language, str]] = {
        "ukuran": {language: whole.name[language] for language in LANGUAGES}
    }
    yield _field("rentan", f"{whole.id}_rentan", "rentan", "whole", named)
    yield _field("rentan_persen", f"{whole.id}_rentan_persen", "rentan_prs", "number", named, 2)
    for one in method.classes:
        label = str(one.number)
        facts: Facts = named | {"kelas": dict.fromkeys(LANGUAGES, label)}
        yield _field("jiwa", people_name(whole, label), f"jiwa_k{label}", "whole", facts)


def of_borders() -> tuple[LayerField, ...]:
    """Return the fields of the layer of borders."""
    return (_field("jenis", "jenis", "jenis", "text"),)


def of_surroundings(names: Sequence[str]) -> tuple[LayerField, ...]:
    """Return the fields of a layer of what lies around the district.

    Parameters
    ----------
    names : sequence of str
        ``iso``, ``jenis`` or ``nama``.
    """
    return tuple(_field(name, name, name, "text") for name in names)


Naming = Callable[[LayerField], str]


def usual(field: LayerField) -> str:
    """Return the name of a field where names may be long."""
    return field.name


def short(field: LayerField) -> str:
    """Return the name of a field where names have at most ten characters."""
    return field.short
