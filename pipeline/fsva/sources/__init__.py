"""Reading what the office brings: tables of indicators, crosswalks and boundary layers.

The only place that opens data files. Everything is read as text first; what comes out are
checked values in tables that carry no path.
"""
