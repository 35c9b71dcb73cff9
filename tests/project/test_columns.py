"""Key columns are named in one module; elsewhere the same words mean something else."""

from __future__ import annotations

import ast

import pytest

from fsva.core import columns, levels
from tests.project.rooms import MODULES, tree

NAMES = {columns.BPS, columns.KEMENDAGRI, columns.UNIT, columns.PARENT, columns.DISTRICT}

# Where such a word is not the name of a key column, and what it is there.
OTHER_MEANINGS = {
    "core.columns": "the one place",
    "core.levels": "the one place",
    "core.codes": "kinds of village: kelurahan, desa, desa persiapan",
    "core.messages": "words that a message is filled in with",
    "config.editions.sections": "keys of edition.toml, kinds of district",
    "config.editions.layer_acceptances": "keys of edition.toml",
    "config.editions.headings": "roles of headings",
    "config.styles.draft_style": "kinds of district",
    "config.styles.theme": "keys of a theme",
    "config.styles.layout": "keys of a layout",
    "sources.cells.records": "roles of headings",
    "sources.cells.table_checks": "roles of headings",
    "sources.layers.layer_request": "kinds of district",
    "sources.tables.code_columns": "keys of errors",
    "index.causes": "a count of villages",
    "index.trace": "words that a message is filled in with",
    "index.targeting": "a count of villages",
    "words.book.facts": "names of facts in templates",
    "words.book.template": "marks of templates, words that a message is filled in with",
    "words.lists.village_lists": "kinds of village",
    "words.chapter": "kinds of village, a count of villages",
    "words.trace_words": "words that a message is filled in with",
    "drawing.sheets.map_axes": "names of border lines",
    "drawing.sheets.name_table": "keys of words",
    "drawing.sheets.overview_maps": "fields of a style",
    "files.workbooks.agreement_form": "keys of words",
    "files.workbooks.village_columns": "keys of words",
    "runs.value_run": "keys of errors",
    "begin.new_edition": "kinds of district",
    "begin.schematic.voronoi_layer": "kinds of area",
    "begin.schematic.surrounding_land": "kinds of area",
    "begin.schematic.schematic_files": "words that a message is filled in with",
    "comparison.errata.statements": "words that a message is filled in with",
    "comparison.errata.printed_lists": "words that a message is filled in with",
    "comparison.git.git_diff": "words that a message is filled in with",
    "comparison.values.result": "keys of banding.json",
    "comparison.values.subjects": "keys of banding.json",
    "comparison.view.change_lists": "keys of words",
    "comparison.view.review_page": "fields of the page",
    "comparison.view.page_data": "fields of the page",
    "comparison.view.terminal_lists": "words that a line is filled in with",
    "cli.check.jejak": "the argument of a command",
    "cli.make.andai": "keys of JSON, words that a line is filled in with",
    "words.needed.needed_words": "words that a message is filled in with",
}


def _literals(module: str) -> set[str]:
    return {
        node.value
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in NAMES
    }


@pytest.mark.parametrize("module", sorted(MODULES))
def test_a_key_column_is_named_by_its_constant(module: str) -> None:
    expected = module.removeprefix("fsva.") in OTHER_MEANINGS
    assert bool(_literals(module)) is expected, _literals(module)


def test_the_levels_have_the_codes_of_their_registers() -> None:
    codes = [(level.kemendagri_of("53.04.01.2001"), level.bps_of("5306032001"))
             for level in (levels.UNIT, *levels.PARENTS)]  # fmt: skip
    assert codes == [("53.04.01.2001", "5306032001"), ("53.04.01", "5306032"), ("53.04", "5306")]
