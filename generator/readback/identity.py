"""What a page is drawn from, as one hash: of pages with the same hash all that shows is the same.

It is reckoned from the file that is read, by another library than the one that made it: the page's
operators, and all that these can name (fonts with their files, pictures, states), down to the
last byte. Numbers that a file gives to its objects do not count.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from hashlib import sha256

import pikepdf

_DRAWN_FROM = ("/Contents", "/Resources", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Group")
"""Of a page; its annotations and its place in the tags are not drawn from what is kept."""
_TOKEN = re.compile(rb"\((?:\\.|[^\\()])*\)|<[0-9A-Fa-f]*>|\b(\d+) (\d+) R\b", re.DOTALL)
"""A string, which may hold anything; or a reference."""


def page_identities(data: bytes) -> list[bytes | None]:
    """A hash for each page; None for one that goes round in a circle, and is known by nothing.

    Where the file is not sound, nothing in it is known: [].
    """
    try:
        with pikepdf.open(io.BytesIO(data)) as file:
            objects = _Objects(file)
            found = [objects.identity_of(page.obj) for page in file.pages]
            return [] if file.get_warnings() else found
    except (pikepdf.PdfError, RuntimeError, ValueError):
        return []


class _CircleError(Exception):
    """An object names itself, by way of others."""


class _Objects:
    """The objects of a file, each hashed once."""

    def __init__(self, file: pikepdf.Pdf) -> None:
        self._file = file
        self._hashes: dict[tuple[int, int], bytes | None] = {}

    def identity_of(self, page: pikepdf.Object) -> bytes | None:
        try:
            return sha256(b"".join(self._parts(page))).digest()
        except _CircleError:
            return None

    def _parts(self, page: pikepdf.Object) -> Iterator[bytes]:
        for name in _DRAWN_FROM:
            value = _inherited(page, name)
            yield name.encode()
            if value is not None:
                yield self._hash(value)

    def _hash(self, value: pikepdf.Object) -> bytes:
        place = value.objgen if value.is_indirect else (0, 0)
        if place not in self._hashes or not place[0]:
            self._hashes[place] = None
            self._hashes[place] = self._reckon(value)
        known = self._hashes[place]
        if known is None:
            raise _CircleError
        return known

    def _reckon(self, value: pikepdf.Object) -> bytes:
        is_stream = isinstance(value, pikepdf.Stream)
        written = value.stream_dict.unparse() if is_stream else value.unparse(resolved=True)
        text = _TOKEN.sub(self._replaced, written)
        return sha256(text + b"\0" + (value.read_raw_bytes() if is_stream else b"")).digest()

    def _replaced(self, token: re.Match[bytes]) -> bytes:
        if token[1] is None:
            return token[0]
        return self._hash(self._file.get_object(int(token[1]), int(token[2])))


def _inherited(page: pikepdf.Object, name: str) -> pikepdf.Object | None:
    """A page's own value, or that of the folder of pages it stands in."""
    holder: pikepdf.Object | None = page
    while holder is not None:
        if name in holder:
            return holder[name]
        holder = holder.get("/Parent")
    return None
