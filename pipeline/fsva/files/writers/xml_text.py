"""Text from data inside XML.

Owns the escaping for files that the program writes without a library: SVG, metadata, styles.
"""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

# What XML 1.0 cannot hold, not even escaped (section 2.2).
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def kept(words: str) -> str:
    r"""Return a text without the control characters that XML forbids.

    Examples
    --------
    >>> kept("Desa\x00 Satu")
    'Desa Satu'
    """
    return _FORBIDDEN.sub("", words)


def text(words: str) -> str:
    r"""Return a text as the content of an element.

    Examples
    --------
    >>> text("<b> & \x0b")
    '&lt;b&gt; &amp; '
    """
    return escape(kept(words))


def attribute(words: str) -> str:
    r"""Return a text as the value of an attribute, with its quotation marks.

    Examples
    --------
    >>> attribute('"Satu" & Dua')
    '\'"Satu" &amp; Dua\''
    """
    return quoteattr(kept(words))
