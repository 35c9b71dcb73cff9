"""The grammar of village codes."""

from __future__ import annotations

import pytest

from pipeline import codes


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
