"""The profile of a village as a sheet.

Owns what stands where; the words are ``fsva.words.profiles.profile_words``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fsva.core.box import Box
from fsva.core.screens import steps
from fsva.drawing.paper.fonts import CAP_HEIGHT
from fsva.drawing.paper.scene import MM_PER_PT, Item, Layer, Mark, Sheet, Stroke, Text, box_shape
from fsva.drawing.profiles import class_strips, profile_frame, small_maps
from fsva.drawing.profiles.profile_frame import PAD_MM, Desk
from fsva.drawing.profiles.small_maps import SmallMap
from fsva.words.profiles.profile_words import VillageProfile
from fsva.words.specification import district_name

_BANNER_MM, _RIM_MM = 13.0, 0.12
_PLACE = 0.5  # of the height of the facts


def sheets(desk: Desk, profiles: Sequence[VillageProfile]) -> list[Sheet]:
    """Draw a sheet per village.

    Parameters
    ----------
    profiles : sequence of VillageProfile
        In the order of the sheets.
    """
    codes = [profile.code for profile in profiles]
    maps = small_maps.of_kecamatan(desk, codes, desk.plate.village.box("map"), {})
    room = _place_room(desk.plate.village.box("facts"))
    places = {name: one.place(room) for name, one in maps.items()}
    return [
        _sheet(desk, profile, maps[profile.kecamatan], places[profile.kecamatan])
        for profile in steps.walked(profiles)
    ]


def _place_room(box: Box) -> Box:
    """Return the room of the map of where the kecamatan lies, below the facts."""
    return Box(box.left, box.bottom, box.width, box.height * _PLACE).inset(1.0)


def _sheet(desk: Desk, profile: VillageProfile, shown: SmallMap, place: Layer) -> Sheet:
    texts, boxes = desk.studio.texts, desk.plate.village
    settings = desk.studio.settings
    title = texts("profil.judul_desa", nama=profile.name)
    subtitle = texts(
        "profil.anak_judul",
        kecamatan=profile.kecamatan,
        daerah=district_name(settings, texts),
        tahun=settings.year,
    )
    alt = texts("profil.alt_desa", kecamatan=profile.kecamatan, nama=profile.name)
    daerah = district_name(settings, texts)
    where = texts("daftar_nama.alt_letak", kecamatan=profile.kecamatan, daerah=daerah)
    layers = (
        desk.heading(title.upper(), subtitle, boxes.box("title")),
        *shown.layers,
        shown.outlined(profile.code),
        Layer("facts", tuple(_facts(desk, profile, boxes.box("facts")))),
        place,
        Layer("list", tuple(class_strips.draw(desk, profile.lines, boxes.box("measures")))),
        Layer("words", tuple(_words(desk, profile, boxes.box("words")))),
    )
    bookmark = f"{profile.name} ({profile.kecamatan})"
    said = {"map": alt, "locator": where}
    return desk.sheet(bookmark, layers, said, (shown.ground,), boxes.box("foot"))


def _facts(desk: Desk, profile: VillageProfile, box: Box) -> Iterator[Item]:
    """Show the class as a banner in its colour, and score, rank, people and change below it."""
    kind = desk.plate.type
    banner = Box(box.left, box.top - _BANNER_MM, box.width, _BANNER_MM)
    colour = desk.colour(profile.priority)
    yield Mark(box_shape(banner), colour, Stroke(desk.ink, _RIM_MM))
    size = kind.heading + 1
    base = banner.centre[1] - CAP_HEIGHT * size * MM_PER_PT / 2
    ink = profile_frame.ink_on(desk, colour)
    words = profile.class_name
    yield Text(words, box.left + PAD_MM, base, size, "bold", ink, tag=("notes", "P 0"))
    yield from desk.framed(box)
    below = Box(box.left, box.bottom, box.width, box.height - _BANNER_MM - 1.0)
    yield from profile_frame.lines(desk, [(fact, False) for fact in profile.facts], below, 1)


def _words(desk: Desk, profile: VillageProfile, box: Box) -> Iterator[Item]:
    """Write causes, and what the next class needs."""
    texts = desk.studio.texts
    yield from desk.framed(box)
    parts = [
        (texts("profil.kepala_sebab"), True),
        (profile.causes, False),
        (texts("profil.kepala_perlu"), True),
        *((words, False) for words in profile.needed),
    ]
    yield from profile_frame.lines(desk, parts, box, 10)
