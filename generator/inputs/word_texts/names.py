"""Names of Word's elements, looked up hundreds of thousands of times in a long text."""

from __future__ import annotations

from functools import cache

import docx.oxml.ns


@cache
def qn(name: str) -> str:
    """The full name of an element: "w:p" → "{http://…/main}p"."""
    return docx.oxml.ns.qn(name)
