"""FSVA atlas: from village boundaries and indicator tables to the maps of an office.

The way of the data, and who may import whom, is told in ``docs/DESIGN.md``.
"""

__version__ = "0.1.0"
