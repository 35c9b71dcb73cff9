"""The profile of a kecamatan as sheets: map, counts, causes, and the table of its villages.

Owns what stands where; the words are ``fsva.words.profiles.kecamatan_words``. A table that is
longer than the first sheet has room for is continued on further ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fsva.core.box import Box
from fsva.core.columns import UNIT
from fsva.core.screens import steps
from fsva.drawing.names import number_tags
from fsva.drawing.paper.fonts import CAP_HEIGHT
from fsva.drawing.paper.scene import (
    MM_PER_PT,
    Align,
    Item,
    Layer,
    Mark,
    Sheet,
    Stroke,
    Text,
    box_shape,
    line_shape,
)
from fsva.drawing.profiles import profile_frame, small_maps
from fsva.drawing.profiles.profile_frame import PAD_MM, Desk
from fsva.drawing.profiles.small_maps import SmallMap
from fsva.words.profiles.kecamatan_words import KecamatanProfile, VillageRow
from fsva.words.profiles.profile_words import Earlier
from fsva.words.specification import district_name

_HEAD_MM, _STEP_MM = 11.5, 4.3
_CHIP_MM = (5.0, 2.9)
_RIM_MM = 0.12
# Columns of the villages: rank, name, score, class, class before, what is needed.
_COLUMNS = ("peringkat", UNIT, "skor", "kelas", "lalu", "perlu")
_EDGES = (0.0, 0.105, 0.34, 0.41, 0.475, 0.55)
# Share of its column for the name of a village.
_NAMES = 0.82
_PLATE_MM, _RANK_MM = 4.0, 12.5


@dataclass(frozen=True)
class _Columns:
    """What the tables of a kecamatan share: numbers on its map, and the earlier year or ""."""

    numbers: dict[str, str]
    year: str


def sheets(
    desk: Desk,
    profiles: Sequence[KecamatanProfile],
    numbers: dict[str, str],
    earlier: Earlier | None,
) -> list[list[Sheet]]:
    """Draw the sheets of each kecamatan.

    Parameters
    ----------
    numbers : dict of str to str
        Kemendagri code to number within its kecamatan.
    earlier : Earlier or None
        Its year heads the column of earlier classes.
    """
    box = desk.plate.kecamatan.box("map")
    codes = [row.code for profile in profiles for row in profile.villages]
    maps = small_maps.of_kecamatan(desk, codes, box, numbers)
    drawn = []
    for profile in steps.walked(profiles):
        shown = maps[profile.name]
        placed = shown.detail.names.number_places
        own = {code: number for code, number in numbers.items() if code in placed}
        form = _Columns(own, earlier.year if earlier else "")
        first = _first(desk, profile, shown, form)
        drawn.append([first, *_more(desk, profile, form)])
    return drawn


def _rows(box: Box) -> int:
    """Return how many villages a table has room for."""
    return int((box.height - _HEAD_MM - 1.0) / _STEP_MM)


def _heading(desk: Desk, profile: KecamatanProfile) -> tuple[str, Layer]:
    texts, settings = desk.studio.texts, desk.studio.settings
    title = texts("profil.judul_kecamatan", nama=profile.name)
    where = district_name(settings, texts)
    subtitle = texts("profil.anak_judul_kecamatan", daerah=where, tahun=settings.year)
    return title, desk.heading(title.upper(), subtitle, desk.plate.kecamatan.box("title"))


def _first(desk: Desk, profile: KecamatanProfile, shown: SmallMap, form: _Columns) -> Sheet:
    texts, boxes = desk.studio.texts, desk.plate.kecamatan
    title, heading = _heading(desk, profile)
    room = boxes.box("villages")
    alt = texts(
        "profil.alt_kecamatan",
        kecamatan=profile.name,
        jumlah=len(profile.villages),
        penyebut=texts.decimal(shown.detail.panel.denominator, 0),
    )
    words = boxes.box("words")
    said = [*desk.framed(words), *profile_frame.lines(desk, _causes(desk, profile), words, 20)]
    layers = (
        heading,
        *shown.layers,
        Layer("facts", tuple(_facts(desk, profile, boxes.box("facts")))),
        Layer("words", tuple(said)),
        Layer("list", tuple(_table(desk, profile.villages[: _rows(room)], room, form))),
    )
    return desk.sheet(title, layers, {"map": alt}, (shown.ground,), boxes.box("foot"))


def _causes(desk: Desk, profile: KecamatanProfile) -> list[tuple[str, bool]]:
    return [(desk.studio.texts("profil.kepala_sebab"), True), (profile.causes, False)]


def _more(desk: Desk, profile: KecamatanProfile, form: _Columns) -> Iterator[Sheet]:
    """Draw the sheets on which the table goes on."""
    boxes = desk.plate.kecamatan
    done, room = _rows(boxes.box("villages")), boxes.box("more")
    title, heading = _heading(desk, profile)
    named = desk.studio.texts("profil.lanjutan", judul=title)
    for start in range(done, len(profile.villages), _rows(room)):
        part = profile.villages[start : start + _rows(room)]
        table = Layer("list", tuple(_table(desk, part, room, form)))
        yield desk.sheet(named, (heading, table), {}, (), boxes.box("foot"))


def _facts(desk: Desk, profile: KecamatanProfile, box: Box) -> Iterator[Item]:
    """Write the facts, then the counts of villages per class and measure."""
    yield from desk.framed(box)
    high = 0.42 * box.height
    upper = Box(box.left, box.top - high, box.width, high)
    yield from profile_frame.lines(desk, [(fact, False) for fact in profile.facts], upper, 1)
    yield from _counts(desk, profile, Box(box.left, box.bottom, box.width, box.height - high))


def _counts(desk: Desk, profile: KecamatanProfile, box: Box) -> Iterator[Item]:
    """Write how many villages each class has, by measure."""
    texts, kind = desk.studio.texts, desk.plate.type
    classes, left, right = len(desk.studio.method.classes), box.left + PAD_MM, box.right - PAD_MM
    name_mm = 0.48 * (right - left)
    wide = (right - left - name_mm) / classes
    title = texts("profil.kepala_jumlah")
    yield Text(
        title, left, box.top - 3.5, kind.heading, "bold", desk.ink, tag=("legend", "Caption")
    )
    step = (box.height - 9.0) / (len(profile.counts) + 1)
    for k in range(classes):
        chip = Box(left + name_mm + k * wide + 0.4, box.top - 9.5, wide - 0.8, 3.6)
        yield Mark(box_shape(chip), desk.colour(k + 1), Stroke(desk.ink, _RIM_MM))
        ink = profile_frame.ink_on(desk, desk.colour(k + 1))
        tag = ("legend", "TR 0", f"TH {k + 1}")
        at = (*chip.centre, kind.small)
        yield _centred(str(k + 1), at, "bold", ink, tag)
    for n, (name, counts) in enumerate(profile.counts, start=1):
        y = box.top - 9.0 - n * step + 0.8
        tag = ("legend", f"TR {n}", "TH 0")
        yield from _in_room(desk, name, (left, y), (name_mm - 1.0, step), tag)
        for k, count in enumerate(counts):
            x, cell = left + name_mm + (k + 0.5) * wide, ("legend", f"TR {n}", f"TD {k + 1}")
            words = str(count) if count else "-"
            yield Text(words, x, y, kind.small, colour=desk.ink, align="centre", tag=cell)


def _in_room(
    desk: Desk,
    words: str,
    at: tuple[float, float],
    room: tuple[float, float],
    tag: tuple[str, ...],
) -> Iterator[Text]:
    """Write words on a base line, or around it in several lines, without cutting any off."""
    face, (x, y) = desk.studio.faces["regular"], at
    lines, size = profile_frame.in_room(words, face, desk.plate.type.small, room)
    step = profile_frame.step_mm(size)
    top = y + step * (len(lines) - 1) / 2
    for n, line in enumerate(lines):
        yield Text(line, x, top - n * step, size, colour=desk.ink, tag=tag)


def _centred(
    words: str, at: tuple[float, float, float], face: str, ink: str, tag: tuple[str, ...]
) -> Text:
    x, y, size = at
    base = y - CAP_HEIGHT * size * MM_PER_PT / 2
    return Text(words, x, base, size, face, ink, "centre", tag=tag)  # type: ignore[arg-type]


def _table(desk: Desk, rows: Sequence[VillageRow], box: Box, form: _Columns) -> Iterator[Item]:
    """Write the villages, the most vulnerable first."""
    texts, kind = desk.studio.texts, desk.plate.type
    yield from desk.framed(box)
    left, wide = box.left + PAD_MM, box.width - 2 * PAD_MM
    edges = [left + share * wide for share in _EDGES]
    title = texts("profil.kepala_desa")
    yield Text(title, left, box.top - 4.6, kind.heading, "bold", desk.ink, tag=("list", "Caption"))
    shown = [(n, name) for n, name in enumerate(_COLUMNS) if form.year or name != "lalu"]
    for k, (n, name) in enumerate(shown):
        words = texts(f"profil.kolom_{name}", tahun=form.year)
        tag, align = ("list", "TR 0", f"TH {k}"), _align(name)
        x = _anchor(edges, n, name)
        yield Text(words, x, box.top - 9.2, kind.small, "italic", desk.ink, align, tag=tag)
    for m, row in enumerate(rows, start=1):
        base = box.top - _HEAD_MM - m * _STEP_MM + 1.4
        rule = line_shape((left, base - 1.2), (left + wide, base - 1.2))
        yield Mark(rule, stroke=Stroke(desk.studio.layout.colours.graticule, 0.08))
        for k, (n, name) in enumerate(shown):
            tag = ("list", f"TR {m}", f"{'TH' if name == UNIT else 'TD'} {k}")
            yield from _cell(desk, row, name, (_anchor(edges, n, name), base, left + wide), tag)
            if name == UNIT and row.code in form.numbers:
                yield from _plate(desk, form.numbers[row.code], edges[n], base)


def _plate(desk: Desk, number: str, x: float, base: float) -> list[Item]:
    """Draw the number that stands for a village on the map, left of its name."""
    layout, size = desk.studio.layout, desk.plate.type.small
    left = x - _PLATE_MM - 0.8
    return number_tags.in_list(number, left, base, _PLATE_MM, size - 1, layout, ())


def _cell(
    desk: Desk,
    row: VillageRow,
    name: str,
    at: tuple[float, float, float],
    tag: tuple[str, ...],
) -> Iterator[Item]:
    """Write one cell; a class has its colour before it."""
    size, (x, base, right) = desk.plate.type.small, at
    words = {
        "peringkat": row.rank,
        UNIT: row.name,
        "skor": row.score,
        "kelas": str(row.priority or "-"),
        "lalu": row.before,
        "perlu": row.needed,
    }[name]
    if name == "kelas":
        middle, (wide, high) = base + CAP_HEIGHT * size * MM_PER_PT / 2, _CHIP_MM
        chip = Box(x - wide - 2.2, middle - high / 2, wide, high)
        yield Mark(box_shape(chip), desk.colour(row.priority), Stroke(desk.ink, _RIM_MM))
    if name in ("perlu", UNIT):
        room = right - x if name == "perlu" else (_EDGES[2] - _EDGES[1]) * _NAMES * (right - x)
        yield from _in_room(desk, words, (x, base), (room, _STEP_MM), tag)
        return
    yield Text(words, x, base, size, colour=desk.ink, align=_align(name), tag=tag)


def _align(name: str) -> Align:
    return "left" if name in (UNIT, "perlu") else "right"


def _anchor(edges: Sequence[float], n: int, name: str) -> float:
    """Return where the words of a column stand: its left edge, or near its right one."""
    if name == "peringkat":
        return edges[0] + _RANK_MM
    return edges[n] if _align(name) == "left" else edges[n + 1] - 2.5
