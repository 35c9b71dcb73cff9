"""Words from data inside XML: as text, whatever stands in them.

Owns the escaping for the files that are written by hand: SVG, metadata, styles.
"""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

# What XML 1.0 cannot hold, not even escaped (section 2.2).
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def kept(words: str) -> str:
    r"""Return words without the control characters that no file of text may hold.

    Examples
    --------
    >>> kept("Desa\x00 Satu")
    'Desa Satu'
    """
    return _FORBIDDEN.sub("", words)


def text(words: str) -> str:
    r"""Return words as the text of an element.

    Examples
    --------
    >>> text("<b> & \x0b")
    '&lt;b&gt; &amp; '
    """
    return escape(kept(words))


def attribute(words: str) -> str:
    r"""Return words as the value of an attribute, its quotation marks included.

    Examples
    --------
    >>> attribute('"Satu" & Dua')
    '\'"Satu" &amp; Dua\''
    """
    return quoteattr(kept(words))
