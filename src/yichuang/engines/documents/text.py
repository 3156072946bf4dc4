"""What may stand in a document."""

import re

# What XML 1.0 cannot hold; other forms take any text, but all of them must print the same.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile(r"\s*[\t\r\n\u2028\u2029]+\s*")


def printable(text: str) -> str:
    """``text`` on one line, without what no document can hold."""
    return _BREAKS.sub(" ", _UNPRINTABLE.sub("", text))
