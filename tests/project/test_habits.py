"""What contributors rely on: the hooks are `make lint`, the changelog has its groups."""

from __future__ import annotations

import re

from tests.places.small import ROOT

GROUPS = ("Added", "Changed", "Fixed", "Cartography")


def test_hooks_before_a_commit_are_make_lint() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    recipe = re.search(r"^lint:.*\n((?:\t.*\n)+)", makefile, re.M)
    assert recipe is not None
    commands = [
        line.strip().removeprefix("@").replace("$(BIN)", ".venv/bin")
        for line in recipe[1].splitlines()
    ]
    hooks = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    assert re.findall(r"entry: (.+)", hooks) == commands


def test_changelog_has_versions_with_the_four_groups_in_order() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.split(r"^## ", text, flags=re.M)[1:]
    assert versions[0].startswith("Unreleased\n")
    for version in versions:
        title, *rest = version.split("\n### ")
        groups = [part.partition("\n")[0] for part in rest]
        assert groups == [name for name in GROUPS if name in groups], title
        lines = [line for part in rest for line in part.splitlines()[1:] if line]
        assert all(line.startswith(("- ", "  ")) for line in lines), title
