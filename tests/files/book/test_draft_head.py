"""The mark of a draft at the head of every page of a Word file: ours, a template's, an author's."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from fsva.core.errors import Place
from fsva.files.book.word import document, rerun
from fsva.files.book.word.document import WordOrder
from tests.files.book.test_rerun import small_order

MARK = "DRAF - belum lengkap: tanggal edisi; penyusun"


def order(mark: str) -> WordOrder:
    whole = small_order()
    return replace(whole, book=replace(whole.book, draft=mark))


def words(element: Any) -> str:  # noqa: ANN401 - python-docx has no types
    return "".join(t.text or "" for t in element.iter(qn("w:t")))


def heads(content: bytes) -> list[str]:
    """Return what stands at the head of every kind of page of every section."""
    found = []
    for section in docx.Document(io.BytesIO(content)).sections:
        found.append(words(section.header._element))
        if section.different_first_page_header_footer:
            found.append(words(section.first_page_header._element))
    return found


def template(first: str = "", *, own_first: bool = False, even: bool = False) -> bytes:
    """Return the template of an office with its own head of pages."""
    made = docx.Document()
    section = made.sections[0]
    if first:
        section.header.paragraphs[0].text = first
    if own_first:
        section.different_first_page_header_footer = True
        section.first_page_header.paragraphs[0].text = "Sampul"
    if even:
        made.settings.odd_and_even_pages_header_footer = True
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def again(content: bytes, mark: str) -> bytes:
    return rerun.rewrite(order(mark), rerun.opened(content, Place())).content


@pytest.mark.slow
def test_every_page_of_our_own_document_has_it() -> None:
    found = heads(document.new(order(MARK), None))
    assert len(found) > 3
    assert set(found) == {MARK}


@pytest.mark.parametrize(
    ("first", "own_first", "even"),
    [("", False, False), ("Dinas Contoh", False, False), ("Dinas Contoh", True, False),
     ("Dinas Contoh", False, True)],
)  # fmt: skip
def test_it_stands_above_the_head_of_a_template(first: str, own_first: bool, even: bool) -> None:
    made = document.new(order(MARK), template(first, own_first=own_first, even=even))
    found = heads(made)
    assert all(head.startswith(MARK) for head in found)
    assert first in {head.removeprefix(MARK) for head in found}
    if even:
        section = docx.Document(io.BytesIO(made)).sections[0]
        assert words(section.even_page_header._element) == MARK


@pytest.mark.slow
@pytest.mark.parametrize("first", ["", "Dinas Contoh"])
def test_it_goes_when_all_is_filled_in_and_nothing_else_does(first: str) -> None:
    made = document.new(order(MARK), template(first) if first else None)
    filled = again(made, "")
    assert not any("DRAF" in head for head in heads(filled))
    assert {head for head in heads(filled) if head} == ({first} if first else set())
    assert again(filled, "") == filled
    assert set(heads(again(filled, MARK))) == set(heads(made))


def test_a_rerun_tells_what_is_still_missing() -> None:
    made = again(document.new(order(MARK), None), "DRAF - belum lengkap: penyusun")
    assert set(heads(made)) == {"DRAF - belum lengkap: penyusun"}


def test_a_complete_report_gets_no_head() -> None:
    assert set(heads(document.new(order(""), None))) == {""}
