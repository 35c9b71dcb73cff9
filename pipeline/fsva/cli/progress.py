"""The bar with the remaining time of a long step.

Owns when it appears: on a terminal only, on the standard error.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from fsva.core import printed

Advance = Callable[[int], None]


@contextmanager
def bar(label: str, length: int) -> Iterator[Advance]:
    """Show a bar while something is done; yield what moves it on.

    Parameters
    ----------
    label : str
        What is done.
    length : int
        Steps of the whole.
    """
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    with click.progressbar(length=length, label=printed.one_line(label), file=sys.stderr) as shown:
        yield shown.update
