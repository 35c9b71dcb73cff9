"""The grammar of village codes, and what spreadsheets do to them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fsva.core import codes, texts
from fsva.core.codes import BpsCode, KemendagriCode

bps_codes = st.from_regex(r"5306[0-9]{6}", fullmatch=True)
kemendagri_codes = st.from_regex(r"53\.04\.[0-9]{2}\.[123][0-9]{3}", fullmatch=True)


@pytest.mark.parametrize(
    ("text", "kemendagri", "bps"),
    [
        ("53.04.01.2001", True, False),
        ("5306032001", False, True),
        ("53.04.01.201", False, False),
        ("53.4.01.2001", False, False),
        ("53.O4.01.2001", False, False),
        ("91.15.--.----", False, False),
        ("53.04.01.2001 ", False, False),
        ("530603200", False, False),
        ("53060320011", False, False),
        ("5306032001.0", False, False),
        ("5,30603E+09", False, False),
        ("٥٣٠٦٠٣٢٠٠١", False, False),
        ("", False, False),
    ],
)
def test_a_code_is_of_one_kind_or_of_none(text: str, kemendagri: bool, bps: bool) -> None:
    assert (codes.is_kemendagri(text), codes.is_bps(text)) == (kemendagri, bps)
    for known, parse in ((kemendagri, KemendagriCode.parse), (bps, BpsCode.parse)):
        if known:
            assert str(parse(text)) == text
        else:
            with pytest.raises(ValueError):  # noqa: PT011 - the text itself is the message
                parse(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("36.72.01.1001", "kelurahan"),
        ("53.04.01.2001", "desa"),
        ("53.04.01.3001", "persiapan"),
        ("53.04.01.9001", None),
    ],
)
def test_the_village_digit_says_desa_or_kelurahan(text: str, kind: str | None) -> None:
    code = KemendagriCode.parse(text)
    assert code.kind == kind
    assert code.subdistrict_code == text[:8]
    assert code.district_code == text[:5]


@pytest.mark.parametrize(
    ("text", "ailment", "likely"),
    [
        ("5306032001.0", "pecahan", "5306032001"),
        ("5306032001,00", "pecahan", "5306032001"),
        ("5.306.032.001", "ribuan", "5306032001"),
        ("5,306,032,001", "ribuan", "5306032001"),
        ("5 306 032 001", "ribuan", "5306032001"),
        ("5306 032 001", "spasi", "5306032001"),
        ("'5306032001", "spasi", "5306032001"),
        ("5306032001\u00a0", "spasi", "5306032001"),
        ("53O6032OO1", "huruf", "5306032001"),
        ("530603200l", "huruf", "5306032001"),
        ("5,306032001E+09", "ilmiah", "5306032001"),
        ("5.30603201E+09", "ilmiah", "5306032010"),
        ("5,306E+09", "ilmiah", None),
        ("5.30603E+09", "ilmiah", None),
        ("5.306032001E+12", "ilmiah", None),
        ("53-06-032-001", "pemisah", "5306032001"),
        ("530603201", "angka_hilang", None),
        ("53060320011", "angka_berlebih", None),
        ("53.04.13.2009", "sistem_lain", None),
        ("5306------", "pengganti", None),
        ("#N/A", "pengganti", None),
        ("Tasain", "tak_dikenal", None),
        ("  ", "kosong", None),
        ("5O06032001", "huruf", None),  # of another kabupaten: not what was meant
    ],
)
def test_damage_to_a_bps_code_is_named(text: str, ailment: str, likely: str | None) -> None:
    assert codes.likely_bps(text, "5306") == codes.Damage(ailment, likely)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "district", "ailment", "likely"),
    [
        ("5304012001", "53.04", "pemisah", "53.04.01.2001"),
        ("53,04,01,2001", "53.04", "pemisah", "53.04.01.2001"),
        ("53-04-01-2001", "53.04", "pemisah", "53.04.01.2001"),
        ("53.0401.2001", "53.04", "pemisah", "53.04.01.2001"),
        ("53.4.1.2001", "53.04", "nol_hilang", "53.04.01.2001"),
        ("11.1.1.2001", "11.10", "nol_hilang", "11.10.01.2001"),
        ("11.1.1.2001", "11.01", "nol_hilang", "11.01.01.2001"),
        ("11.1.1.2001", "11.08", "nol_hilang", None),
        ("53.O4.01.2OO1", "53.04", "huruf", "53.04.01.2001"),
        ("53.04. 01.2001", "53.04", "spasi", "53.04.01.2001"),
        ("53.04.01.201", "53.04", "angka_hilang", None),
        ("53.04.01.20011", "53.04", "angka_berlebih", None),
        ("5304012001.0", "53.04", "pecahan", "53.04.01.2001"),
        ("5.304012001E+09", "53.04", "ilmiah", "53.04.01.2001"),
        ("5,304E+09", "53.04", "ilmiah", None),
        ("5.304.012.001", "53.04", "ribuan", "53.04.01.2001"),
        ("5306032001", "53.04", "sistem_lain", None),  # a BPS code in the wrong column
        ("91.15.--.----", "91.15", "pengganti", None),
        ("53.04", "53.04", "angka_hilang", None),
        ("", "53.04", "kosong", None),
    ],
)
def test_damage_to_a_kemendagri_code_is_named(
    text: str, district: str, ailment: str, likely: str | None
) -> None:
    found = codes.likely_kemendagri(text, district)
    assert found == codes.Damage(ailment, likely)  # type: ignore[arg-type]


@given(bps_codes, kemendagri_codes)
def test_a_sound_code_has_no_damage(bps: str, kemendagri: str) -> None:
    assert codes.likely_bps(bps, "5306") is None
    assert codes.likely_kemendagri(kemendagri, "53.04") is None


@given(bps_codes)
def test_what_a_spreadsheet_does_to_a_number_is_undone_exactly(code: str) -> None:
    thousands = f"{int(code):,}"
    for text in (f"{code}.0", thousands, thousands.replace(",", "."), f" {code}", f"{code}'"):
        found = codes.likely_bps(text, "5306")
        assert found is not None
        assert found.likely == code


@given(kemendagri_codes)
def test_lost_dots_and_zeros_are_named_exactly(code: str) -> None:
    unpadded = ".".join(str(int(part)) for part in code.split("."))
    for text in (code.replace(".", ""), unpadded, code.replace("0", "O")):
        found = codes.likely_kemendagri(text, "53.04")
        assert found is None or found.likely == code


@given(st.text(max_size=20))
def test_a_likely_code_is_always_a_sound_one_of_the_kabupaten(text: str) -> None:
    bps, kemendagri = codes.likely_bps(text, "5306"), codes.likely_kemendagri(text, "53.04")
    if bps and bps.likely:
        assert codes.is_bps(bps.likely)
        assert bps.likely.startswith("5306")
    if kemendagri and kemendagri.likely:
        assert codes.is_kemendagri(kemendagri.likely)
        assert kemendagri.likely.startswith("53.04.")


def test_the_kabupaten_is_that_of_most_sound_codes() -> None:
    assert codes.district_of(["5306032001", "53O6", "1101010001", "5306032002"]) == "5306"
    assert codes.district_of(["53.04.01.2001", "x"]) == "53.04"
    assert codes.district_of(["x", ""]) is None


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_damage_has_its_words(language: texts.Language) -> None:
    named = set(codes.Ailment.__args__)  # type: ignore[attr-defined]
    assert set(texts.load(language).entries["kode"]["rusak"]) == named


@pytest.mark.parametrize(
    ("text", "known", "ailment", "likely"),
    [
        ("530632001", {"5306032"}, "nol_hilang", "5306032001"),  # kecamatan 32: nine digits
        ("53060321", {"5306032"}, "nol_hilang", "5306032001"),
        ("5306321", {"5306032"}, "nol_hilang", "5306032001"),
        ("536032001", (), "nol_hilang", "5306032001"),  # only one reading in this kabupaten
        ("53632001", {"5306032"}, "nol_hilang", "5306032001"),
        ("530632001", {"5306032", "5306320"}, "angka_hilang", None),  # 320 + 001 or 032 + 001
        ("530632001", (), "angka_hilang", None),
        ("530632001", {"5306040"}, "angka_hilang", None),
        ("530632001", {"5306032001", "5306032002"}, "nol_hilang", "5306032001"),
        ("53O632001", {"5306032"}, "huruf", "5306032001"),
    ],
)
def test_short_codes_of_podes_are_named_with_the_only_village_they_can_be(
    text: str, known: set[str], ailment: str, likely: str | None
) -> None:
    assert codes.likely_bps(text, "5306", known) == codes.Damage(ailment, likely)  # type: ignore[arg-type]


@given(code=bps_codes, widths=st.tuples(*(st.integers(1, n) for n in (2, 3, 3))))
def test_a_code_is_found_again_whichever_zeros_it_lost(
    code: str, widths: tuple[int, int, int]
) -> None:
    parts = code[2:4], code[4:7], code[7:]
    short = code[:2] + "".join(
        part.lstrip("0").zfill(width) for part, width in zip(parts, widths, strict=True)
    )
    found = codes.likely_bps(short, "5306", {code})
    if len(short) == 10:
        assert found is None
    elif len(short) >= 6:
        assert found == codes.Damage("nol_hilang", code)
    assert (found is None) or (found.likely in {code, None})
