"""``patra templates check``: everything that is wrong with a kind, at once, without an edition."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from generator.audit import Check, Dossier, run_checks
from generator.audit.texts import (
    abbreviations,
    annexures,
    characters,
    date_style,
    garbled,
    joined,
    lists,
    mixed,
    parallel,
    prose,
    script,
    sentences,
    states_named,
    terms,
    translations,
)
from generator.errors import InputError, UsageError
from generator.findings import Finding, Severity
from generator.inputs.characters import read_characters
from generator.inputs.glossary import read_glossary
from generator.inputs.languages import check_languages
from generator.inputs.nearest import nearest_name
from generator.inputs.text_files import read_text_file
from generator.inputs.texts import read_kind_text
from generator.inputs.translations import read_translations
from generator.kinds.glyphs import check_glyphs
from generator.kinds.page import check_page
from generator.kinds.placed import Promised
from generator.kinds.sample import sample_edition
from generator.kinds.sources import error
from generator.kinds.styles import check_addresses, check_style
from generator.kinds.texts import ReadText, check_text
from generator.kinds.trial import try_files, try_texts
from generator.kinds.word import check_word
from generator.locales import LANGUAGES, language_name
from generator.model import Edition, Language, Place, Text
from generator.paths import Paths

TEXT_CHECKS: tuple[Check, ...] = (
    translations.check_translations_current,
    parallel.check_blocks_parallel,
    parallel.check_bold_parallel,
    parallel.check_figures_parallel,
    parallel.check_placeholders_parallel,
    states_named.check_states_parallel,
    script.check_digits_international,
    script.check_colon_not_visarga,
    script.check_danda_not_bar,
    garbled.check_hindi_in_unicode,
    joined.check_letters_joined,
    mixed.check_language_unmixed,
    script.check_category_letters_latin,
    prose.check_brackets_balanced,
    prose.check_quotes_balanced,
    sentences.check_sentences_closed,
    date_style.check_dates_in_one_style,
    annexures.check_annexures_cited,
    lists.check_items_consecutive,
    abbreviations.check_abbreviations_spelt_out,
    terms.check_terms_consistent,
    characters.check_characters_in_fonts,
)
"""The audit's checks that need nothing but the texts."""
PAGE, STYLE = "page.html", "page.css"
_COPY = "Copy it from a kind that works."


@dataclass(frozen=True, slots=True)
class CheckedKind:
    """What was found in a kind."""

    kind: str
    findings: Sequence[Finding]


def kinds(paths: Paths) -> list[str]:
    """The names of all kinds: the folders of ``letter_templates/``."""
    folders = (path for path in paths.templates.iterdir() if path.is_dir())
    return sorted(folder.name for folder in folders if not folder.name.startswith("."))


def find_kind(paths: Paths, name: str) -> Path:
    """The folder of a kind.

    Raises:
        UsageError: There is none of that name; with the nearest.
    """
    known = kinds(paths)
    if name not in known:
        near = nearest_name(name, known)
        told = f"the nearest is {near}" if near else f"there are {', '.join(known)}"
        raise UsageError(f"There is no kind “{name}”", f"Name a kind: {told}.")
    return paths.kind(name)


def check_kind(paths: Paths, name: str) -> CheckedKind:
    """Everything that is wrong with a kind.

    Raises:
        UsageError: There is no such kind.
        InputError: The glossary cannot be read.
    """
    folder, characters = find_kind(paths, name), read_characters(paths.fonts)
    texts, findings = _texts(paths, folder)
    read = {code: check_text(text) for code, text in texts.items()}
    findings += [finding for one in read.values() for finding in one.findings]
    edition = _edition(paths, name, texts, read, findings)
    found_in_texts = list(_audited(paths, edition, characters, findings))
    promised = _promised(list(read.values()))
    look = [
        *_page(paths, folder, promised, characters),
        *_style(paths, folder, characters),
        *_word(paths, folder, promised, characters),
    ]
    findings += [*found_in_texts, *look]
    findings += _trial(paths, folder, edition, findings)
    return CheckedKind(name, tuple(dict.fromkeys(findings)))


def _trial(
    paths: Paths, folder: Path, edition: Edition, findings: Sequence[Finding]
) -> list[Finding]:
    """What only shows in a letter, where nothing is known to stand in a letter's way."""
    errors = {f.where.file for f in findings if f.severity is Severity.ERROR and f.where}
    if not edition.texts or errors & {text.file for text in edition.texts.values()}:
        return []
    letters, found = try_texts(edition)
    if found or errors:
        return found
    return list(try_files(letters, folder, paths))


def _texts(paths: Paths, folder: Path) -> tuple[dict[Language, Text], list[Finding]]:
    """The kind's texts by language, and what cannot be read of them."""
    texts: dict[Language, Text] = {}
    findings: list[Finding] = []
    for path in sorted(folder.glob("text.*")):
        code, file = path.name.split(".")[1], paths.relative(path)
        if path.suffix not in (".md", ".docx") or code not in LANGUAGES or code in texts:
            known = ", ".join(f"text.{known}.md" for known in LANGUAGES)
            message = f"{path.name} is no text of a known language, or a second one of its own"
            remedy = f"Name it as one of {known}, or move it out of the folder."
            findings.append(error("kind-complete", Place(file), message, remedy))
            continue
        try:
            check_languages(paths, (code,))
            texts[code] = read_kind_text(path, file, findings)
        except InputError as refused:
            findings += refused.findings or [_unread(refused, file)]
    for code in ("hi", "en"):
        if not any(path.name.startswith(f"text.{code}.") for path in folder.glob("text.*")):
            file = f"{paths.relative(folder)}/text.{code}.md"
            message = (
                f"There is no text in {language_name(code)}; a kind has it in Hindi and English"
            )
            findings.append(error("kind-complete", Place(file), message, f"Write {file}."))
    ordered = {code: texts[code] for code in LANGUAGES if code in texts}
    return ordered, findings


def _unread(refused: InputError, file: str) -> Finding:
    return error("kind-complete", Place(file), refused.message, refused.remedy)


def _edition(
    paths: Paths,
    name: str,
    texts: Mapping[Language, Text],
    read: Mapping[Language, ReadText],
    findings: list[Finding],
) -> Edition:
    printed = {name for one in read.values() for name in one.printed}
    recorded, gone = read_translations(paths, paths.root / "no edition", name)
    findings += gone
    glossary, _of_glossary = read_glossary(paths, paths.root)
    return sample_edition(name, texts, printed, glossary, recorded)


def _audited(
    paths: Paths, edition: Edition, characters: frozenset[int], findings: Sequence[Finding]
) -> Iterator[Finding]:
    """What the audit's checks of texts find in the kind's own files.

    Where a tag is broken, nothing more is said of its line.
    """
    own = f"{paths.relative(paths.kind(edition.kind))}/"
    readable = {code: text for code, text in edition.texts.items() if text.source.startswith("---")}
    edition = replace(edition, texts=readable, versions=tuple(readable))
    if not readable:
        return
    dossier = Dossier(edition, {}, characters=characters, found=findings)
    broken = [f"line {f.where.line} of {f.where.file}" for f in findings if f.where]
    for finding in run_checks(TEXT_CHECKS, dossier):
        where = finding.where
        if not where or not where.file.startswith(own):
            continue
        said = f"{finding.message} line {where.line} of {where.file}"
        again = any(re.search(rf"{re.escape(place)}\b", said) for place in broken)
        if not again or finding.check == "translations-current":
            yield finding


def _promised(read: Sequence[ReadText]) -> Promised:
    """What the texts of all languages give together."""
    given = [one.promised for one in read if one.promised != Promised()]
    return Promised(
        frozenset(field for one in given for field in one.fields),
        any(one.own_annexures for one in given),
        any(one.shared_annexures for one in given),
        any(one.letterhead for one in given),
    )


def _page(
    paths: Paths, folder: Path, promised: Promised, characters: frozenset[int]
) -> Iterator[Finding]:
    file = f"{paths.relative(folder)}/{PAGE}"
    try:
        source = read_text_file(folder / PAGE, file)
    except InputError as refused:
        yield error("kind-complete", Place(file), refused.message, _COPY)
        return
    yield from check_page(source, file, promised, folder, paths.fonts)
    yield from check_glyphs(source, file, characters, page=True)


def _style(paths: Paths, folder: Path, characters: frozenset[int]) -> Iterator[Finding]:
    file = f"{paths.relative(folder)}/{STYLE}"
    if not (folder / STYLE).is_file():
        yield error("kind-complete", Place(file), f"{file} is missing", _COPY)
    for path in sorted(folder.glob("*.css")):
        file = paths.relative(path)
        try:
            source = read_text_file(path, file)
        except InputError as refused:
            yield error("kind-complete", Place(file), refused.message, _COPY)
            continue
        yield from check_style(source, file, folder, paths.fonts)
        yield from check_addresses(source, file, folder, paths.fonts)
        yield from check_glyphs(source, file, characters)


def _word(
    paths: Paths, folder: Path, promised: Promised, characters: frozenset[int]
) -> Iterator[Finding]:
    file = f"{paths.relative(folder)}/letter.docx"
    yield from check_word(folder, file, promised, characters)
