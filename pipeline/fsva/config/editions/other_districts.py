"""Names and codes of another district in an edition: what was left when it was copied.

Owns the search for them in ``edition.toml`` and the stop of a run until the office has mended or
confirmed each. The names come from ``config.styles.gazetteer``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import PurePath
from typing import Literal

from fsva.config.editions import unfilled
from fsva.config.editions.edition import Edition
from fsva.config.editions.sections import District, Settings
from fsva.config.editions.supporting_data import SupportingSource
from fsva.config.methods.interventions import Intervention
from fsva.config.styles import draft_style, gazetteer
from fsva.core import toml
from fsva.core.errors import EditionError, Place, stop_at
from fsva.core.remedies import edition_entries

_SCHEMATIC = "batas:skematis/"
_CODE = re.compile(r"(?<![\d.])\d\d\.\d\d(?!\d)")
_WORD = re.compile(r"\w+")
_PAPUA = "9"
_BARE_CODE = re.compile(r"(?<!\d)\d{4}(?!\d)")
Error = Literal["edisi_salinan", "sumber_skematis"]


@dataclass(frozen=True)
class Foreign:
    """One value of ``edition.toml`` that speaks of another district, or of other borders.

    Parameters
    ----------
    key : str
        The way to it, e.g. ``batas.sumber``.
    text : str
        What stands there.
    names : tuple of str
        The names and codes in it.
    error : {"edisi_salinan", "sumber_skematis"}
        Of another district; or no official source beside a layer that is called official.
    """

    key: str
    text: str
    names: tuple[str, ...]
    error: Error = "edisi_salinan"


@cache
def known() -> dict[str, frozenset[str]]:
    """Return the kinds of every district by its name in small letters."""
    kinds: dict[str, set[str]] = {}
    for point in gazetteer.load().districts:
        whole = point.name.casefold()
        calling = next(word for word in _kinds() if whole.startswith(f"{word} "))
        kinds.setdefault(whole.removeprefix(f"{calling} "), set()).add(_kinds()[calling])
    return {name: frozenset(named) for name, named in kinds.items()}


@cache
def _kinds() -> dict[str, str]:
    """Return the kind of district by what is written before its name, the longest first."""
    callings = draft_style.load().callings
    return {word.rstrip("."): kind for kind, words in callings.items() for word in words}


def _found(text: str) -> Iterator[re.Match[str]]:
    """Find names of districts, the longest first, with the word before them.

    Only names whose letters stand in the text are sought: a pattern of all takes longer to compile
    than an edition to read.
    """
    said = " ".join(text.split())
    letters = said.casefold()
    present = [name for name in known() if name in letters]
    if present:
        names = "|".join(re.escape(name) for name in sorted(present, key=len, reverse=True))
        pattern = rf"(?:(?<!\w)({_before()})\.?\s+)?(?<![\w'])({names})(?![\w'])"
        yield from re.finditer(pattern, said, re.IGNORECASE)


@cache
def _before() -> str:
    """Return a pattern of the words that may stand before the name of a district."""
    barred = (word.rstrip(".") for word in draft_style.load().not_districts)
    return "|".join(map(re.escape, (*_kinds(), *barred)))


def prepare() -> None:
    """Read names and codes of all districts, for the editions to come."""
    known()
    _codes()


def names_in(text: str, district: District) -> tuple[str, ...]:
    """Return the other districts that a text names, by name or Kemendagri code.

    Parameters
    ----------
    text : str
        In any case; several names may stand in it.
    district : District
        The district that may be named.
    """
    style = draft_style.load()
    common = {word.casefold() for word in style.common_words}
    barred = {word.rstrip(".").casefold() for word in style.not_districts}
    names: dict[str, None] = {}
    for match in _found(text):
        before = (match[1] or "").rstrip(".").casefold()
        name, kind = match[2].casefold(), _kinds().get(before)
        is_own = name == district.name.casefold() and kind in (None, district.kind)
        unclear = kind is None and (name in common or name in district.province.casefold())
        if not (is_own or unclear or before in barred):
            names[match[0].strip()] = None
    names.update(dict.fromkeys(code for code in _CODE.findall(text) if _is_other(code, district)))
    short = style.short_names
    names.update(
        dict.fromkeys(w for w in _WORD.findall(text) if w in short and short[w] != district.code)
    )
    return tuple(names)


def _is_other(code: str, district: District) -> bool:
    return code != district.code and code in _codes()


@cache
def _codes() -> frozenset[str]:
    return frozenset(point.code for point in gazetteer.load().districts)


def of(settings: Settings) -> tuple[Foreign, ...]:
    """Return what an edition says of another district and nobody has confirmed.

    Parameters
    ----------
    settings : Settings
        Another boundary layer is part of them.
    """
    return tuple(
        foreign
        for foreign in _all(settings)
        if unfilled.confirming(settings.confirmed, foreign.key) is None
    )


def _all(settings: Settings) -> Iterator[Foreign]:
    district, boundary = settings.district, settings.boundary
    for key, text in _said(settings):
        if names := names_in(text, district):
            yield Foreign(key, text, names)
    around = settings.surroundings.layer
    for key, layer in (("batas.berkas", boundary.layer), ("sekitar.berkas", around)):
        file = PurePath(layer or "").name
        if names := (*names_in(re.sub(r"[-_]", " ", file), district), *_bare_codes(file, district)):
            yield Foreign(key, file, names)
    for key, logo in (
        ("logo.daerah", settings.logo.district),
        ("logo.instansi", settings.logo.office),
    ):
        file = PurePath(logo or "").name
        if names := names_in(re.sub(r"[-_.]", " ", file), district):
            yield Foreign(key, file, names)
    yield from _own_place(district)
    yield from _printed(settings)
    yield from _labels(settings)
    if not boundary.schematic:
        yield from _schematic(settings)


def _own_place(district: District) -> Iterator[Foreign]:
    """Yield name and province of the district where they are those of another code."""
    places = gazetteer.load().districts
    own = next((point.name for point in places if point.code == district.code), None)
    called = district.full_name.casefold()
    is_other = own is not None and own.casefold() != called
    if is_other and any(point.name.casefold() == called for point in places):
        yield Foreign("daerah.nama", district.full_name, (district.full_name,))
    provinces = draft_style.load().provinces
    said = re.sub(r"^(provinsi|prov\.?)\s+", "", district.province.strip().casefold())
    codes = {code for code, names in provinces.items() if said in map(str.casefold, names)}
    own_province = district.code[:2]
    if own_province.startswith(_PAPUA) and any(code.startswith(_PAPUA) for code in codes):
        return  # its districts got other codes when it was split
    if codes and own_province in provinces and own_province not in codes:
        yield Foreign("daerah.provinsi", district.province, (district.province,))


def _printed(settings: Settings) -> Iterator[Foreign]:
    """Yield address and line of copyright that name another district with its kind.

    Streets bear names of districts: only "Kabupaten Malaka" is one there.
    """
    for key, text in (("alamat", settings.address), ("hak_cipta", settings.rights)):
        named = [name for name in names_in(text, settings.district) if _is_called(name)]
        if named:
            yield Foreign(key, text, tuple(named))


def _is_called(name: str) -> bool:
    first = name.split()[0].rstrip(".").casefold()
    return bool(_CODE.fullmatch(name)) or any(first == word.split()[0] for word in _kinds())


def _labels(settings: Settings) -> Iterator[Foreign]:
    """Yield labels around the map that hold codes, or call the district its own neighbour."""
    district = settings.district
    for number, place in enumerate(settings.surroundings.names):
        said = f"{place.name.id} / {place.name.en}"
        names = [code for code in _CODE.findall(said) if _is_other(code, district)]
        if place.kind == "tetangga" and (own := _own_name(said, district)):
            names.append(own)
        if names:
            yield Foreign(f"sekitar.nama.{number}", place.name.id, tuple(dict.fromkeys(names)))


def _own_name(text: str, district: District) -> str | None:
    """Return where a text names the district itself; a name of two kinds needs its kind."""
    for match in _found(text):
        kind = _kinds().get((match[1] or "").rstrip(".").casefold())
        is_clear = kind == district.kind if match[1] else len(known()[match[2].casefold()]) == 1
        if match[2].casefold() == district.name.casefold() and is_clear:
            return match[0].strip()
    return None


def _schematic(settings: Settings) -> Iterator[Foreign]:
    """Yield what tells of schematic borders where the edition calls its layer official."""
    boundary = settings.boundary
    said = f"{boundary.producer.id} / {boundary.producer.en}"
    words = [w for w in draft_style.load().schematic_words if w in said.casefold()]
    if words:
        yield Foreign("batas.sumber", boundary.producer.id, tuple(words), "sumber_skematis")
    elif boundary.layer.startswith(_SCHEMATIC):
        yield Foreign("batas.berkas", boundary.layer, (_SCHEMATIC,), "sumber_skematis")


def _bare_codes(file: str, district: District) -> tuple[str, ...]:
    """Return codes of four digits of the own province that are not the district's."""
    mine = {district.code.replace(".", ""), district.bps_code}
    codes = _BARE_CODE.findall(file)
    return tuple(code for code in codes if code[:2] == district.code[:2] and code not in mine)


def _said(settings: Settings) -> Iterator[tuple[str, str]]:
    """Yield every text that names who made or measured something."""
    yield "penyusun", settings.compiler
    producer = settings.boundary.producer
    yield "batas.sumber", producer.id
    if producer.en != producer.id:
        yield "batas.sumber", producer.en
    if base := settings.base.producer:
        yield "dasar_peta.sumber", base.id
    for name, origin in settings.origins.items():
        yield f"sumber.{name}", origin.agency
    for number, planned in enumerate(settings.interventions):
        for name, text in _of_plan(planned):
            yield f"intervensi.{number}.{name}", text
    for number, table in enumerate(settings.supporting):
        for name, text in _of_table(table):
            yield f"pendukung.{number}.{name}", text


def _of_plan(planned: Intervention) -> Iterator[tuple[str, str]]:
    """Yield what an intervention says of agencies and places."""
    words = {
        "instansi": planned.agency,
        "program": planned.programme,
        "strategi": planned.strategy,
        "keberhasilan": planned.success,
    }
    for name, said in words.items():
        if said is not None:
            yield from ((name, text) for text in dict.fromkeys((said.id, said.en)))
    for name, text in (("sumber_dana", planned.funds), ("sumber", planned.source)):
        if text is not None:
            yield name, text


def _of_table(table: SupportingSource) -> Iterator[tuple[str, str]]:
    """Yield what a supporting table says of who published it, and of what it holds."""
    yield "sumber", table.source
    yield from (("judul", text) for text in dict.fromkeys((table.title.id, table.title.en)))
    if table.printed is not None:
        yield "tercetak", table.printed


def check(edition: Edition) -> None:
    """Stop a run whose edition speaks of another district.

    Raises
    ------
    EditionError
        With every value that is neither mended nor confirmed, file and line.
    """
    foreigns = of(edition.settings)
    errors = [
        _error(kind, [foreign for foreign in foreigns if foreign.error == kind], edition)
        for kind in dict.fromkeys(foreign.error for foreign in foreigns)
    ]
    stop_at(errors)


def _error(kind: Error, foreigns: Sequence[Foreign], edition: Edition) -> EditionError:
    text = toml.read_text(edition.file)
    places = [
        Place(
            edition.file,
            toml.line_of(text, unfilled.location(foreign.key)),
            foreign.key,
            found=foreign.text,
        )
        for foreign in foreigns
    ]
    names = ", ".join(dict.fromkeys(name for foreign in foreigns for name in foreign.names))
    entries = [edition_entries.of_key(foreign.key) for foreign in foreigns]
    if kind == "sumber_skematis":
        return EditionError("sumber_skematis", places, {"nama": names}, decisions=entries)
    return EditionError(
        "edisi_salinan",
        places,
        {"nama": names, "daerah": edition.settings.district.full_name},
        decisions=entries,
    )
