"""Docstrings name parameters that functions have: a renamed one would keep its old name."""

from __future__ import annotations

import ast
import re

import pytest

from tests.project.rooms import MODULES, tree

ENTRY = re.compile(r"(\*{0,2}\w+(?:, \*{0,2}\w+)*)(?: : .*)?$")


def documented(docstring: str) -> list[str]:
    """Return the names in the section Parameters, without stars."""
    lines = docstring.splitlines()
    if "Parameters" not in lines:
        return []
    start = lines.index("Parameters") + 2
    names: list[str] = []
    for line, below in zip(lines[start:], [*lines[start + 1 :], ""], strict=True):
        if below and set(below) == {"-"}:
            break
        if found := ENTRY.match(line):
            names += [name.strip(" *") for name in found[1].split(",")]
    return names


def parameters(node: ast.FunctionDef | ast.ClassDef) -> set[str]:
    """Return the parameters of a function, or of the constructor of a class."""
    if isinstance(node, ast.FunctionDef):
        given = node.args
        every = (*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg)
        return {one.arg for one in every if one}
    if "NamedTuple" in {base.id for base in node.bases if isinstance(base, ast.Name)}:
        return set()  # the site's builder takes these for attributes
    own = [one for one in node.body if isinstance(one, ast.FunctionDef) and one.name == "__init__"]
    fields = {
        one.target.id
        for one in node.body
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)
    }
    return fields.union(*map(parameters, own))


@pytest.mark.parametrize("module", MODULES)
def test_docstrings_name_parameters_that_there_are(module: str) -> None:
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and (words := ast.get_docstring(node)):
            assert set(documented(words)) <= parameters(node), node.name


def inner(module: str) -> list[ast.FunctionDef]:
    """Return the functions within functions of a module."""
    outer = [node for node in ast.walk(tree(module)) if isinstance(node, ast.FunctionDef)]
    return [
        node
        for function in outer
        for node in ast.walk(function)
        if isinstance(node, ast.FunctionDef) and node is not function
    ]


@pytest.mark.parametrize("module", [name for name in MODULES if ".cli." in name])
def test_what_a_command_calls_is_short_and_says_what_it_does(module: str) -> None:
    for node in inner(module):
        assert ast.get_docstring(node), node.name
        assert len(node.body) <= 8, node.name
