"""Sub-indices of the aspects: the composite's arithmetic over a part of the indicators."""

from __future__ import annotations

import io
import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import pandas as pd
import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from fsva import cli
from fsva.config.editions import edition
from fsva.config.methods import method
from fsva.config.methods.method import Indicator
from fsva.core import texts
from fsva.index.aspects import Aspect
from fsva.words.specification import MapSpecification
from tests.index.test_joined_table import belu
from tests.places import belu as belu_atlas
from tests.places import small
from tests.places.frames import aspects, composite, specification

METHOD = small.shipped_method()
CATALOGUES = {language: texts.load(language) for language in texts.LANGUAGES}
ASPECTS = aspects.of_method(METHOD, aspects.names(METHOD, CATALOGUES))


def exact_score(value: Decimal, indicator: Indicator) -> Fraction:
    """Standardise without binary fractions."""
    low, high = (Fraction(bound) for bound in indicator.bounds)
    share = min(max((Fraction(value) - low) / (high - low), Fraction(0)), Fraction(1))
    return 100 * (share if indicator.better == "tinggi" else 1 - share)


def limits(indicator: Indicator) -> tuple[Decimal, ...]:
    """Return c1..c5, for the access categories as the reference computes them: 4, 3, 2, 1, 1."""
    return indicator.cut_offs or tuple(Decimal(c) for c in (4, 3, 2, 1, 1))


def hundredths(value: Fraction) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal("0.01"), ROUND_HALF_UP)


def test_the_six_indicators_make_three_aspects_on_maps_8_to_10() -> None:
    found = [(a.aspect, a.map_number, [i.id for i in a.indicators]) for a in ASPECTS]
    assert found == [
        ("ketersediaan", 8, ["lahan", "sarana"]),
        ("akses", 9, ["tidak_sejahtera", "akses"]),
        ("pemanfaatan", 10, ["air_bersih", "nakes"]),
    ]
    columns = {a.id for a in ASPECTS}
    assert columns.isdisjoint(m.id for m in METHOD.measures())


@pytest.mark.parametrize("aspect", ASPECTS, ids=lambda a: a.aspect)
def test_cut_offs_are_equation_2_over_the_aspect(aspect: Aspect) -> None:
    assert sum(i.weight for i in aspect.indicators) == 1
    expected = [
        hundredths(sum((i.weight * exact_score(limits(i)[k], i) for i in aspect.indicators),
                       Fraction(0)))
        for k in range(5)
    ]  # fmt: skip
    assert list(aspect.cut_offs or ()) == expected


def test_unequal_weights_keep_their_proportion_within_the_aspect() -> None:
    weights = ["1/4", "1/12", "1/6", "1/6", "1/6", "1/6"]
    indicators = tuple(
        i.model_copy(update={"weight": Fraction(w)})
        for i, w in zip(METHOD.indicators, weights, strict=True)
    )
    method = METHOD.model_copy(update={"indicators": indicators})
    first = aspects.of_method(method, aspects.names(method, CATALOGUES))[0]
    assert [i.weight for i in first.indicators] == [Fraction(3, 4), Fraction(1, 4)]


@given(st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 10_000)), min_size=1, max_size=8))
def test_the_score_is_the_exact_weighted_mean(pairs: list[tuple[int, int]]) -> None:
    table = villages({"lahan": [a / 1e4 for a, _ in pairs], "sarana": [b / 1e4 for _, b in pairs]})
    aspect = ASPECTS[0]
    found = aspects.tabulate(table, METHOD, [aspect])
    for n, pair in enumerate(pairs):
        values = [Decimal(units).scaleb(-4) for units in pair]
        exact = sum(
            (i.weight * exact_score(v, i) for i, v in zip(aspect.indicators, values, strict=True)),
            Fraction(0),
        )
        score = Decimal(str(found[aspect.id].iloc[n]))
        assert abs(Fraction(score) - exact) <= Fraction(5001, 1_000_000)
        cuts = aspect.cut_offs or ()
        assert found[f"{aspect.id}_kelas"].iloc[n] == 1 + sum(score > cut for cut in cuts)


def villages(values: dict[str, list[float]]) -> pd.DataFrame:
    n = len(next(iter(values.values())))
    columns = {k: pd.array(v, dtype="Float64") for k, v in values.items()}
    return pd.DataFrame(columns, index=[f"99.01.01.20{i:02d}" for i in range(n)])


@pytest.mark.parametrize(("category", "expected"), [(4, 1), (3, 2), (2, 3), (1, 4)])
def test_a_village_on_the_same_cut_off_of_both_indicators_is_in_that_class(
    category: int, expected: int
) -> None:
    """Closure: where both values lie on c_j the aspect's class is j, as that of each of them."""
    poor = next(i for i in METHOD.indicators if i.id == "tidak_sejahtera")
    cut = (poor.cut_offs or ())[expected - 1]
    table = villages({"tidak_sejahtera": [float(cut)], "akses": [float(category)]})
    found = aspects.tabulate(table, METHOD, [ASPECTS[1]])
    assert found["aspek_akses_kelas"].iloc[0] == expected


@pytest.mark.parametrize("lost", ["lahan", "sarana"])
def test_without_one_indicator_an_aspect_has_no_data(lost: str) -> None:
    table = villages({"lahan": [0.2, 0.2], "sarana": [0.03, 0.03]})
    table.iloc[0, table.columns.get_loc(lost)] = pd.NA
    found = aspects.tabulate(table, METHOD, [ASPECTS[0]])
    assert found["aspek_ketersediaan_dasar"].tolist() == ["kosong", "nilai"]
    assert pd.isna(found["aspek_ketersediaan"].iloc[0])
    assert pd.isna(found["aspek_ketersediaan_kelas"].iloc[0])
    assert found["aspek_ketersediaan_kelas"].notna().iloc[1]


def test_the_mean_of_belus_three_aspects_is_its_composite() -> None:
    found = aspects.tabulate(belu(), METHOD, ASPECTS)
    mean = found[[a.id for a in ASPECTS]].mean(axis=1, skipna=False).dropna()
    computed = composite.index(belu(), METHOD).dropna()
    assert len(mean) == len(computed) == 52
    assert ((mean - computed).abs() <= 0.01 + 1e-9).all()


def test_an_aspect_that_no_catalogue_knows_keeps_its_word() -> None:
    indicators = tuple(i.model_copy(update={"aspect": "daya_beli"}) for i in METHOD.indicators)
    method = METHOD.model_copy(update={"indicators": indicators})
    (only,) = aspects.of_method(method, aspects.names(method, CATALOGUES))
    assert (only.id, only.name["id"], only.name["en"]) == (
        "aspek_daya_beli", "Daya beli", "Daya beli",
    )  # fmt: skip
    assert only.cut_offs == aspects.derivation.composite_cut_offs(method)


def maps_of_belu(language: texts.Language = "id") -> tuple[MapSpecification, ...]:
    scored = belu().join(aspects.tabulate(belu(), METHOD, ASPECTS))
    settings_ = edition.load(small.BELU).settings
    return specification.build_aspects(scored, METHOD, ASPECTS, settings_, texts.load(language))


def test_the_maps_follow_the_composites_and_are_named_after_the_aspects() -> None:
    found = [(one.number, one.file_stem, one.title) for one in maps_of_belu()]
    assert found == [
        (8, "peta-8-ketersediaan", "PETA 8. ASPEK KETERSEDIAAN PANGAN"),
        (9, "peta-9-akses", "PETA 9. ASPEK AKSES PANGAN"),
        (10, "peta-10-pemanfaatan", "PETA 10. ASPEK PEMANFAATAN PANGAN"),
    ]
    assert maps_of_belu("en")[0].title == "MAP 8. FOOD AVAILABILITY"


def test_villages_with_a_missing_value_are_without_data_on_the_map_and_in_its_legend() -> None:
    access = maps_of_belu()[1]
    lost = {str(code) for code in belu().index[belu()["tidak_sejahtera"].isna()]}
    assert {code for code, priority in access.priorities.items() if priority == 0} == lost
    assert [(row.priority, row.count) for row in access.legend] == [
        (0, 25), (1, 0), (2, 0), (3, 2), (4, 9), (5, 22), (6, 23),
    ]  # fmt: skip
    assert access.notes == ("25 desa tidak memiliki data.",)


def test_a_map_of_an_aspect_names_the_sources_of_its_own_indicators_only() -> None:
    named = [re.findall(r"\(Peta\s([\d,\s]+)\)", one.sources[0]) for one in maps_of_belu()]
    assert named == [["1", "2"], ["3", "4"], ["5", "6"]]


# The stamp counts the sheets. Legends stay where they are: the maps of aspects, of which one may
# have a row for villages without data, have a setting of their own.
OTHERWISE = ("stamp",)


def but_stamp(picture: bytes) -> bytes:
    """Return the pixels of a map without the boxes that may look otherwise."""
    layout = belu_atlas.made().studio.layout
    with Image.open(io.BytesIO(picture)) as image:
        for name in OTHERWISE:
            box, pixels = layout.boxes.box(name), layout.dpi / 25.4
            edges = (box.left, layout.height - box.top, box.right, layout.height - box.bottom)
            left, top, right, bottom = (round(edge * pixels) for edge in edges)
            image.paste(0, (left, top, right, bottom))
        return image.convert("RGB").tobytes()


def legend_words(page: bytes) -> list[str]:
    """Return the lines of a map's legend."""
    box, points = belu_atlas.made().box("legend"), 72 / 25.4
    edges = (edge * points for edge in (box.left, box.bottom, box.right, box.top))
    with pypdfium2.PdfDocument(page) as document:
        return document[0].get_textpage().get_text_bounded(*edges).splitlines()


@pytest.mark.slow
def test_the_command_adds_three_maps_and_leaves_the_seven_as_they_are(tmp_path: Path) -> None:
    plain = belu_atlas.made().files
    with_aspects = tmp_path / "atlas"
    words = ["atlas", str(small.BELU), "--aspek", "--keluaran", str(with_aspects)]
    assert cli.main(words) == 0
    files = {file.name: file.read_bytes() for file in with_aspects.iterdir()}
    stems = [one.file_stem for one in maps_of_belu()]
    more = {f"{stem}.{end}" for stem in stems for end in ("pdf", "png", "pgw", "png.aux.xml")}
    more.add("aspek.csv")
    assert set(files) - set(plain) == more
    pictures = [f"{stem}.png" for stem in belu_atlas.STEMS]
    same = [name for name in plain if name.endswith((".png", ".csv")) and name not in pictures]
    assert [name for name in same if files[name] != plain[name]] == []
    assert len(same) == 7 + 1 + 2
    masked = but_stamp
    assert [name for name in pictures if masked(files[name]) != masked(plain[name])] == []
    for stem in belu_atlas.STEMS:
        said = legend_words(files[f"{stem}.pdf"])
        assert said == legend_words(plain[f"{stem}.pdf"])
        assert sum("Prioritas" in line for line in said) == 6
    with pikepdf.open(with_aspects / "atlas.pdf") as book:
        assert len(book.pages) == 12 + 3  # of the seven maps, and three aspects


@pytest.mark.slow
def test_the_seven_maps_alone_take_the_place_of_ten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "atlas"
    assert cli.main(["atlas", str(small.BELU), "--aspek", "--keluaran", str(folder)]) == 0
    assert cli.main(["atlas", str(small.BELU), "--keluaran", str(folder)]) == 0
    assert "Tidak ada yang berubah" not in capsys.readouterr().out
    assert {file.name for file in folder.iterdir()} == set(belu_atlas.made().files)


def test_the_aspects_of_the_2025_method_make_up_its_printed_composite_cut_offs() -> None:
    """Source: juknis 2026; its composite cut-offs are equation 2 over all eleven indicators."""
    eleven = method.load(small.ROOT / "styles" / "metode" / "fsva-2025-11.toml")
    parts = aspects.of_method(eleven, aspects.names(eleven, CATALOGUES))
    assert [(p.aspect, p.map_number) for p in parts] == [
        ("ketersediaan", 13), ("akses", 14), ("pemanfaatan", 15),
    ]  # fmt: skip
    weights = {
        part.aspect: sum(i.weight for i in eleven.indicators if i.aspect == part.aspect)
        for part in parts
    }
    for k, printed in enumerate(("46.37", "53.95", "61.83", "69.71", "77.29")):
        mixed = sum(Fraction((p.cut_offs or ())[k]) * weights[p.aspect] for p in parts)
        assert abs(mixed - Fraction(printed)) <= Fraction(1, 100)
