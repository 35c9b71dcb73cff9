"""The interventions of an edition: the office's own over those of the shipped table.

Owns where both stand. ``fsva.config.methods.interventions`` decides which of them applies.
"""

from __future__ import annotations

from fsva.config.editions.edition import Edition
from fsva.config.editions.sections import EXTREME_POVERTY
from fsva.config.methods import interventions
from fsva.config.methods.interventions import Interventions, Planned
from fsva.config.methods.method import Method
from fsva.core import resources

Plan = dict[str, tuple[Planned, ...]]


def shipped(edition: Edition) -> Interventions:
    """Read the intervention table of the edition's project, else the packaged one.

    Raises
    ------
    StyleError
        If its content is refused.
    """
    return interventions.load(resources.style_of(edition.folder, interventions.FILE_NAME))


def of_edition(edition: Edition, method: Method) -> Plan:
    """Return the interventions of an edition by cause: its indicators, and poverty if it is known.

    Raises
    ------
    StyleError
        If the intervention table cannot be used.
    """
    poverty = [EXTREME_POVERTY] if edition.settings.data.has_poverty else []
    causes = [*(indicator.id for indicator in method.indicators), *poverty]
    return interventions.plan(edition.settings.interventions, shipped(edition).rows, causes)
