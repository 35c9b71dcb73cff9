"""The glossary holds every Indonesian word of data, outputs and code, and no other."""

from __future__ import annotations

from tests.project import glossary
from tests.project.rooms import MODULES


def literal_words() -> set[str]:
    return {part for m in MODULES for word in glossary.literals(m) for part in glossary.parts(word)}


def data_words() -> set[str]:
    keys = {key for key, *_ in glossary.aliases()}
    return {part for word in {*keys, *glossary.headers()} for part in glossary.parts(word)}


def test_the_words_of_the_code_stand_in_it() -> None:
    """A word that fails goes into docs/GLOSARIUM.md, or into ``TECHNICAL`` if it is a library's."""
    known = {*glossary.rows(), *glossary.english(), *glossary.TECHNICAL}
    assert sorted(literal_words() - known) == []


def test_keys_of_files_and_columns_of_tables_stand_in_it() -> None:
    assert len(data_words()) > 200
    assert sorted(data_words() - set(glossary.rows())) == []


def test_it_holds_no_word_that_nothing_uses() -> None:
    assert sorted(set(glossary.rows()) - glossary.in_use()) == []


def test_a_term_has_an_identifier_and_a_meaning_and_stands_in_order() -> None:
    rows = glossary.rows()
    assert list(rows) == sorted(rows)
    assert all(identifier and meaning for identifier, meaning in rows.values())


def test_table_of_keys_is_in_step_with_the_models() -> None:
    """Run ``make glosarium`` if this fails."""
    whole = glossary.GLOSSARY.read_text(encoding="utf-8")
    assert glossary.MARKS[0] + glossary.key_table() + glossary.MARKS[1] in whole


def test_an_unknown_word_would_be_noticed() -> None:
    known = {*glossary.rows(), *glossary.english(), *glossary.TECHNICAL}
    assert {"kelapa", "sawit"}.isdisjoint(known)
