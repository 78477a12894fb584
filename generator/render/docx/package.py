"""A Word file's package: parts by name, written so that equal parts give equal bytes."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from lxml import etree

from generator.errors import TemplateError
from generator.files import leads_elsewhere, unpacks_too_far
from generator.render.docx.wordml import parse, serialise

CONTENT_TYPES = "[Content_Types].xml"
CORE_PROPERTIES = "docProps/core.xml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CORE_KIND = f"{_PACKAGE}/relationships/metadata/core-properties"
_RELATIONSHIP = f"{{{_PACKAGE}/relationships}}Relationship"
_OVERRIDE = f"{{{_PACKAGE}/content-types}}Override"
_PACKED = (".png", ".jpg")
"""Pictures are compressed by themselves."""
_LEVEL = 4
"""Two thirds of the time of zlib's own choice (6), for files larger by a fortieth."""
_EPOCH = (1980, 1, 1, 0, 0, 0)

DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
"""What reading a package raises that is broken, or locked by a password."""

Parts = dict[str, bytes]
"""A package: part names without a leading slash ("word/document.xml"), and their bytes."""


def read_package(file: Path) -> Parts:
    """The parts of a kind's Word file.

    Raises:
        OSError: It cannot be read; or one of ``DAMAGE``.
        TemplateError: It is a link to a file elsewhere, or unpacks without end.
    """
    fault = "is a link to a file elsewhere" if leads_elsewhere(file) else ""
    if fault or unpacks_too_far(file):
        raise TemplateError(
            f"{file.parent.name}/{file.name} {fault or 'unpacks to more than a Word file has'}.",
            "Copy it from a kind that works.",
        )
    with zipfile.ZipFile(file) as package:
        return {name: package.read(name) for name in package.namelist() if name[-1] != "/"}


def write_package(parts: Mapping[str, bytes]) -> bytes:
    """The package's bytes: content types first, the rest sorted, every date the same."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name in sorted(parts, key=lambda part: (part != CONTENT_TYPES, part)):
            entry = zipfile.ZipInfo(name, _EPOCH)
            packed = name.endswith(_PACKED)
            entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
            entry.create_system = 0
            package.writestr(entry, parts[name], compresslevel=_LEVEL)
    return buffer.getvalue()


def relationships_name(part: str) -> str:
    """The name of the part that holds a part's relationships."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def relationship_targets(parts: Mapping[str, bytes], part: str) -> dict[str, tuple[str, str]]:
    """A part's relationships: id → (last word of the type, the target's part name)."""
    targets = {}
    for element in _relationships(parts, part):
        if element.get("TargetMode") != "External":
            kind = element.get("Type", "").rsplit("/", 1)[-1]
            path = posixpath.join(posixpath.dirname(part), element.get("Target", ""))
            targets[element.get("Id", "")] = (kind, posixpath.normpath(path).lstrip("/"))
    return targets


def add_part(parts: Parts, name: str, data: bytes, content_type: str) -> None:
    """Adds a part and says of what type it is."""
    parts[name] = data
    types = parse(parts[CONTENT_TYPES])
    etree.SubElement(types, _OVERRIDE, PartName=f"/{name}", ContentType=content_type)
    parts[CONTENT_TYPES] = serialise(types)


def relate(parts: Parts, part: str, identifier: str, kind: str, target: str) -> None:
    """Adds a relationship from a part ("" is the package) to another; ``kind`` as Word says it."""
    root = _relationships(parts, part)
    folder = posixpath.dirname(part)
    etree.SubElement(
        root,
        _RELATIONSHIP,
        Id=identifier,
        Type=_CORE_KIND if target == CORE_PROPERTIES else f"{_KINDS}/{kind}",
        Target=posixpath.relpath(target, folder) if folder else target,
    )
    parts[relationships_name(part)] = serialise(root)


def drop_parts(parts: Parts, names: set[str]) -> None:
    """Removes parts, what is said of their types, and the relationships that point to them."""
    for name in names:
        parts.pop(name, None)
        parts.pop(relationships_name(name), None)
    types = parse(parts[CONTENT_TYPES])
    for override in types.findall(_OVERRIDE):
        if override.get("PartName", "").lstrip("/") in names:
            types.remove(override)
    parts[CONTENT_TYPES] = serialise(types)
    for owner in ("", "word/document.xml"):
        targets = relationship_targets(parts, owner)
        root = _relationships(parts, owner)
        for element in root.findall(_RELATIONSHIP):
            if targets.get(element.get("Id"), ("", ""))[1] in names:
                root.remove(element)
        parts[relationships_name(owner)] = serialise(root)


def _relationships(parts: Mapping[str, bytes], part: str) -> etree._Element:
    data = parts.get(relationships_name(part))
    empty = f'<Relationships xmlns="{_PACKAGE}/relationships"/>'
    return parse(data if data is not None else empty)
