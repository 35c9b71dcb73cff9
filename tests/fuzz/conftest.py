"""The closing table of `make fuzz`: what became of the inputs of each reader."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

KINDS = ("read", "refused", "fault")


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:  # noqa: ANN401
    """Print how many inputs each reader read and refused, and how many did harm."""
    found: dict[str, Counter[str]] = {}
    for report in (r for state in ("passed", "failed") for r in terminalreporter.stats.get(state, ())):
        for key, value in getattr(report, "user_properties", ()):
            if key == "fuzz" and report.when == "call":
                name, *counts = value
                found.setdefault(name, Counter()).update(dict(zip(KINDS, counts, strict=True)))
    if not found or config.getoption("hypothesis_profile", None) != "fuzz":
        return
    terminalreporter.section("inputs per reader")
    for name, counts in found.items():
        told = ", ".join(f"{counts[kind]} {kind}" for kind in KINDS)
        terminalreporter.write_line(f"{name}: {sum(counts.values())} inputs, {told}")
