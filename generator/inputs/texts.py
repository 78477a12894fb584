"""The words: a kind's text in each language, and the sections of the compendium."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from generator.files import leads_elsewhere
from generator.findings import Finding, Severity
from generator.inputs.refusals import unreadable
from generator.inputs.text_files import fault_finding, read_text_file
from generator.inputs.word_texts import read_word_text
from generator.locales import LANGUAGES, language_name
from generator.model import Language, Place, Section, Text
from generator.paths import Paths
from generator.text_limits import MOST_IN_FILE, excess

_SECTION = re.compile(r"(\d{2}-[a-z0-9]+(?:-[a-z0-9]+)*)\.([a-z]{2,3})\.(md|docx)")
_IGNORED = re.compile(r"\.|~\$|Thumbs\.db$|desktop\.ini$|README\.md$")
"""Files that programs leave behind, and notes for people."""


def read_texts(
    paths: Paths, folder: Path, kind: str, versions: Sequence[Language]
) -> tuple[dict[Language, Text], list[Finding]]:
    """The text of each version: the edition's own where it has one, else its kind's.

    Args:
        paths: Where the kinds lie.
        folder: The edition's folder.
        kind: The edition's kind.
        versions: The edition's languages.

    Returns:
        The texts there are, and an error for each that is missing or cannot be printed.

    Raises:
        InputError: A file cannot be opened or is not UTF-8.
    """
    texts: dict[Language, Text] = {}
    findings = []
    for code in versions:
        own, usual = (_written(home, f"text.{code}") for home in (folder, paths.kind(kind)))
        if both := next((files for files in (own, usual) if len(files) > 1), None):
            findings.append(_twice([paths.shown(path, folder) for path in both]))
        elif files := own or usual:
            file = paths.shown(files[0], folder)
            texts[code] = _read(files[0], file, findings, whole=True)
        else:
            file = paths.relative(paths.kind(kind) / f"text.{code}.md")
            name = language_name(code)
            message = f"there is no text in {name}, which is among the versions of the edition"
            remedy = f"Write {file}, or take {code} out of versions in edition.toml."
            findings.append(_error("text-in-every-version", message, remedy, file))
    return texts, findings


def read_compendium(
    paths: Paths, folder: Path, versions: Sequence[Language]
) -> tuple[tuple[Section, ...], list[Finding]]:
    """The sections in ``compendium/``, in the order of their names.

    Args:
        paths: For the files' names in messages.
        folder: The edition's folder.
        versions: The languages in which each section must stand.

    Returns:
        The sections with what texts they have, and errors of names, headings and missing texts.

    Raises:
        InputError: A file cannot be opened or is not UTF-8.
    """
    place = folder / "compendium"
    if not place.is_dir():
        return (), []
    found: dict[str, dict[Language, Text]] = {}
    findings: list[Finding] = []
    files: dict[tuple[str, Language], str] = {}
    for path in sorted(p for p in place.iterdir() if not _IGNORED.match(p.name)):
        name = _SECTION.fullmatch(path.name)
        file = paths.shown(path, folder)
        if name is None or name[2] not in LANGUAGES or not path.is_file():
            findings.append(_misnamed(file))
        elif other := files.get((name[1], name[2])):
            findings.append(_twice([other, file]))
        else:
            files[name[1], name[2]] = file
            text = _read(path, file, findings, whole=False)
            found.setdefault(name[1], {})[name[2]] = text
            findings += _heading_findings(text)
    findings += _missing(found, versions, paths.shown(place, folder))
    return tuple(Section(name, texts) for name, texts in sorted(found.items())), findings


def read_kind_text(path: Path, file: str, findings: list[Finding]) -> Text:
    """One text of a kind, for checking the kind by itself.

    Args:
        path: The file.
        file: Its name in findings.
        findings: Takes what of the text cannot be printed.

    Raises:
        InputError: The file cannot be opened, or is no text.
    """
    return _read(path, file, findings, whole=True)


def _read(path: Path, file: str, findings: list[Finding], *, whole: bool) -> Text:
    if leads_elsewhere(path):
        message = f"{file} is a link to a file elsewhere"
        raise unreadable(Place(file), message, "Put the text itself in its place.")
    if path.suffix == ".docx":
        text, lost = read_word_text(path, file, whole=whole)
        findings += lost
    else:
        text = Text(file, read_text_file(path, file))
    if too_much := excess(text.source, MOST_IN_FILE):
        message = f"{file} cannot be a text: it has {too_much}"
        raise unreadable(Place(file), message, "Put the text itself in its place.")
    if fault := fault_finding(text):
        findings.append(fault)
    return text


def _written(folder: Path, name: str) -> list[Path]:
    """The files in which a text is written: one, or none; several are an error."""
    return [path for end in (".md", ".docx") if (path := folder / f"{name}{end}").exists()]


def _twice(files: Sequence[str]) -> Finding:
    message = f"the text is written twice: in {' and in '.join(files)}"
    return _error("text-readable", message, "Keep the one that counts, delete the other.", files[0])


def _heading_findings(text: Text) -> Iterable[Finding]:
    first = text.source.split("\n", 1)[0]
    if not re.match(r"# +\S", first):
        message = f"the first line is “{first[:60]}”, and not the section's heading"
        remedy = "Begin the file with the heading, without a number: # Madhya Pradesh"
        if text.paragraphs:
            remedy = "Begin the file with the heading, without a number, in Word's style Heading 1."
        where = text.place(1)
        yield Finding(Severity.ERROR, "compendium-headed", message, remedy, where=where)


def _missing(
    found: Mapping[str, Mapping[Language, Text]],
    versions: Sequence[Language],
    folder: str,
) -> Iterable[Finding]:
    for section, texts in sorted(found.items()):
        for code in versions:
            if code not in texts:
                file = f"{folder}/{section}.{code}.md"
                name = language_name(code)
                message = f"the section {section} of the compendium has no text in {name}"
                yield _error("text-in-every-version", message, f"Write {file}.", file)


def _misnamed(file: str) -> Finding:
    message = "the file's name is not that of a section, such as 01-madhya-pradesh.en.md"
    languages = ", ".join(LANGUAGES)
    remedy = (
        f"Rename it: two digits, a name in a–z with hyphens, one of {languages}, md or docx. "
        "Or move it out of compendium/."
    )
    return _error("compendium-named", message, remedy, file)


def _error(check: str, message: str, remedy: str, file: str, line: int | None = None) -> Finding:
    return Finding(Severity.ERROR, check, message, remedy, where=Place(file, line=line))
