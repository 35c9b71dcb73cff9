"""A report written again around its author's text: edits inside and outside, deletions."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from lxml import etree

from fsva.core.errors import Place, SourceError
from fsva.files.book.word import controls, document, rerun
from fsva.files.book.word.document import WordOrder
from fsva.files.book.word.rerun import Rewritten
from fsva.files.book.word.word_package import WordPackage
from fsva.files.book.word.word_xml import Element, element, name, paragraph, run, text
from fsva.words.book.content import BookParagraph, Part
from tests.places import buku_belu

Edit = Callable[[WordPackage], None]
REGION = "fsva:wilayah"


def canonical(root: Element) -> bytes:
    return bytes(etree.tostring(root, method="c14n"))


@cache
def small_order() -> WordOrder:
    """Return the report with bytes that stand for its pictures: only their sameness counts."""
    order = buku_belu.made().word_order
    pictures = {key: (key.encode(), wide, high) for key, (_, wide, high) in order.pictures.items()}
    return replace(order, pictures=pictures)


@cache
def small() -> bytes:
    """Return it as a Word file."""
    return document.new(small_order(), None)


def saved(*edits: Edit) -> bytes:
    """Return the report after its author has worked on it."""
    package = WordPackage(small())
    for edit in edits:
        edit(package)
    return package.packed()


def again(content: bytes, order: WordOrder | None = None) -> Rewritten:
    order = order or small_order()
    return rerun.rewrite(order, rerun.opened(content, Place()))


def control(package: WordPackage, tag: str) -> Any:  # noqa: ANN401 - lxml has no types
    (found,) = (sdt for name_, sdt in controls.found(package.document, "fsva") if name_ == tag)
    return found


def words(package: WordPackage, tag: str) -> str:
    return "".join(t.text or "" for t in control(package, tag).iter(name("w:t")))


def outside(content: bytes) -> bytes:
    """Return the document without what stands in the program's controls, as canonical XML."""
    root = deepcopy(WordPackage(content).document)
    for _, sdt in list(controls.found(root, controls.GENERATED)):
        controls.fill(sdt, [])
    return canonical(root)


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {n: file.read(n) for n in file.namelist()}


def edit_inside(package: WordPackage) -> None:
    first = next(t for t in control(package, REGION).iter(name("w:t")) if t.text)
    first.text = f"Tambahan penyusun. {first.text}"


def edit_outside(package: WordPackage) -> None:
    control(package, REGION).addnext(paragraph("", run("Kalimat penyusun di luar bagian.")))
    heading = next(t for t in package.body.iter(name("w:t")) if t.text == "Latar belakang")
    heading.text = "Latar belakang dan tujuan"


def delete_part(package: WordPackage) -> None:
    gone = control(package, "fsva:pemetaan")
    gone.getparent().remove(gone)


def word_saves(package: WordPackage) -> None:
    """Do what Word does to a document that it saves: revision marks, split runs, checks."""
    for n, one in enumerate(package.body.iter(name("w:p"))):
        one.set(name("w:rsidR"), f"00{n:06X}")
    for t in list(package.body.iter(name("w:t"))):
        words_, whole = t.text or "", t.getparent()
        if len(words_) > 20 and whole.tag == name("w:r") and len(whole.findall(name("w:t"))) == 1:
            other = deepcopy(whole)
            t.text = words_[:9]
            other.find(name("w:t")).text = words_[9:]
            whole.addnext(other)
            whole.addnext(element("w:proofErr", type="spellStart"))
        form = whole.find(name("w:rPr"))
        if form is None:
            whole.insert(0, element("w:rPr", element("w:lang", val="id-ID")))


def word_counts_anew(package: WordPackage) -> None:
    """Do what Word does to fields when they are updated: other numbers of pages."""
    in_page, seen = False, False
    for one in package.body.iter(name("w:r")):
        mark = one.find(name("w:fldChar"))
        code = "".join(t.text or "" for t in one.iter(name("w:instrText")))
        if "PAGEREF" in code:
            in_page = True
        if mark is not None:
            seen = in_page and mark.get(name("w:fldCharType")) == "separate"
            in_page = in_page and mark.get(name("w:fldCharType")) != "end"
        elif seen and (shown := one.find(name("w:t"))) is not None:
            shown.text = "77"


@pytest.mark.slow
def test_a_rerun_without_news_gives_the_same_bytes() -> None:
    content = small()
    done = again(content)
    assert done.content == content
    assert (done.replaced, done.changed, done.removed, done.missing) == ((), (), (), ())


@pytest.mark.slow
def test_what_word_does_when_it_saves_is_no_change_by_the_author() -> None:
    done = again(saved(word_saves, word_counts_anew))
    assert (done.replaced, done.changed) == ((), ())


def test_a_change_inside_is_told_and_replaced() -> None:
    content = saved(word_saves, edit_inside)
    done = again(content)
    assert done.replaced == (REGION,)
    (change,) = done.changed
    assert change.tag == REGION
    assert change.found[-1] == f"Tambahan penyusun. {change.generated[-1]}"
    assert not change.only_form
    assert "Tambahan penyusun" not in words(WordPackage(done.content), REGION)


def test_a_change_of_form_inside_is_told() -> None:
    def bold(package: WordPackage) -> None:
        one = next(
            r for r in control(package, REGION).iter(name("w:r")) if r.find(name("w:t")) is not None
        )
        one.insert(0, element("w:rPr", element("w:b")))

    (change,) = again(saved(bold)).changed
    assert change.only_form


def test_outside_of_the_controls_nothing_changes() -> None:
    content = saved(edit_inside, edit_outside, delete_part)
    done = again(content)
    assert outside(done.content) == outside(content)
    assert (
        "Kalimat penyusun di luar bagian." in canonical(WordPackage(done.content).document).decode()
    )


def test_all_other_parts_keep_their_bytes() -> None:
    content = saved(edit_inside, edit_outside, delete_part)
    before, after = parts(content), parts(again(content).content)
    assert {n for n in before | after if before.get(n) != after.get(n)} <= {
        "word/document.xml", "customXml/item-fsva.xml",
    }  # fmt: skip


def test_a_part_that_was_taken_out_is_not_put_back() -> None:
    done = again(saved(delete_part))
    assert done.removed == ("fsva:pemetaan",)
    tags = [tag for tag, _ in controls.found(WordPackage(done.content).document, "fsva:")]
    assert "fsva:pemetaan" not in tags
    assert again(done.content).removed == ("fsva:pemetaan",)


def test_contents_follow_a_heading_that_the_author_has_renamed() -> None:
    done = again(saved(edit_outside))
    package = WordPackage(done.content)
    listed = [
        "".join(t.text or "" for t in p.iter(name("w:t")))
        for p in package.body.iter(name("w:p"))
        if (style := p.find(f"{name('w:pPr')}/{name('w:pStyle')}")) is not None
        and style.get(name("w:val")) == "toc2"
    ]
    assert any(line.startswith("1.1. Latar belakang dan tujuan") for line in listed)


def changed_order(tag: str, said: str) -> WordOrder:
    """Return the report with other words in one part, as with another year's data."""
    order = small_order()
    pieces = tuple(
        Part(tag, (BookParagraph((said,)),)) if isinstance(p, Part) and p.tag == tag else p
        for p in order.book.pieces
    )
    return replace(order, book=replace(order.book, pieces=pieces))


def test_new_figures_replace_their_part_and_no_other() -> None:
    content = saved(word_saves, edit_outside)
    done = again(content, changed_order("wilayah", "Data baru."))
    assert set(done.replaced) - {"fsva:daftar-isi"} == {REGION}
    assert done.changed == ()
    assert words(WordPackage(done.content), REGION) == "Data baru."
    assert outside(done.content) == outside(content)


def test_a_new_map_takes_the_place_of_the_old_one() -> None:
    order = small_order()
    stem = "peta-1-lahan"
    other = order.pictures["peta-2-sarana"]
    done = again(small(), replace(order, pictures={**order.pictures, stem: other}))
    assert done.replaced == ("fsva:peta-lahan",)
    media = [n for n in parts(done.content) if n.startswith("word/media/")]
    assert not any(stem in n for n in media)  # the old picture is gone, the new one was there


def write_blank(package: WordPackage) -> None:
    blank = control(package, "fsva-isian:latar-belakang")
    hint = blank.find(f"{name('w:sdtPr')}/{name('w:showingPlcHdr')}")
    hint.getparent().remove(hint)
    controls.fill(blank, [paragraph("", run("Belu terletak di Pulau Timor."))])


def test_what_the_author_writes_in_a_blank_stays_and_stands_in_the_pdf() -> None:
    content = saved(write_blank)
    package = WordPackage(content)
    written = rerun.written_by_author(package)
    assert written == {"fsva-isian:latar-belakang": ("Belu terletak di Pulau Timor.",)}
    filled = rerun.filled(buku_belu.made().book.pieces, written)
    assert ("Belu terletak di Pulau Timor.",) in [getattr(p, "written", ()) for p in filled]
    assert outside(again(content).content) == outside(content)


def test_blanks_that_are_open_are_counted() -> None:
    before = rerun.open_blanks(WordPackage(small()))
    after = rerun.open_blanks(WordPackage(saved(write_blank)))
    assert len(before) == 11
    assert set(before) - set(after) == {"fsva-isian:latar-belakang"}


def test_what_a_program_that_leaves_the_mark_of_a_hint_has_written_is_kept() -> None:
    """python-docx and others change the text of a control and not its properties."""

    def write(package: WordPackage) -> None:
        blank = control(package, "fsva-isian:latar-belakang")
        controls.fill(blank, [paragraph("", run("Belu terletak di Pulau Timor."))])

    written = rerun.written_by_author(WordPackage(saved(write)))
    assert written == {"fsva-isian:latar-belakang": ("Belu terletak di Pulau Timor.",)}


def test_the_hint_that_word_shows_in_an_emptied_place_is_not_written() -> None:
    def empty(package: WordPackage) -> None:
        blank = control(package, "fsva-isian:latar-belakang")
        style = element("w:rPr", element("w:rStyle", val="PlaceholderText"))
        hint = run("Click or tap here to enter text.")
        hint.insert(0, style)
        controls.fill(blank, [paragraph("", hint)])

    assert rerun.written_by_author(WordPackage(saved(empty))) == {}


def test_a_document_without_a_record_tells_all_that_it_replaces() -> None:
    def forget(package: WordPackage) -> None:
        for part in [p for p in package.parts if p.startswith("customXml/item-fsva")]:
            del package.parts[part]

    done = again(saved(forget, edit_inside))
    assert [change.tag for change in done.changed] == [REGION]
    assert done.changed[0].generated == ()


def test_a_document_whose_controls_were_dropped_is_left_alone() -> None:
    def drop(package: WordPackage) -> None:
        for _, sdt in list(controls.found(package.document, "fsva")):
            for child in list(controls.content(sdt)):
                sdt.addprevious(child)
            sdt.getparent().remove(sdt)

    content = saved(drop)
    done = again(content)
    assert done.is_bare
    assert done.content == content


def test_a_file_that_is_no_document_is_refused_by_its_place() -> None:
    with pytest.raises(SourceError) as caught:
        rerun.opened(b"PK no zip", Place(row=1))
    assert caught.value.key == "buku_bukan_word"


def test_a_hostile_document_reads_nothing_from_outside() -> None:
    bad = parts(small())
    bad["word/document.xml"] = (
        b'<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        b"<w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>"
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        for part, content in bad.items():
            file.writestr(part, content)
    read = etree.tostring(WordPackage(packed.getvalue()).document)
    assert b"root:" not in read


def test_tags_fit_word() -> None:
    long = controls.tag_of(controls.GENERATED, "x" * 100)
    assert len(long) <= 64
    assert long != controls.tag_of(controls.GENERATED, "x" * 99)


def test_words_keep_no_letter_that_xml_forbids() -> None:
    assert text("a\x0bb\ud800").text == "ab"
