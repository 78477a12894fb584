"""The order of work for an edition, a line a stage.

edition folder → Edition → Scorecards → Findings → Letters → DOCX, PDF → archive and register
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from generator.archive import file_stem, write_draft
from generator.content import Letter
from generator.errors import FindingsError, TemplateError
from generator.model import Recipient
from generator.paths import Paths
from generator.run.ahead import LettersAhead
from generator.run.despatch import Despatch
from generator.run.examine import Examined, examine_edition, with_findings
from generator.run.make import compose_letters, latest_revisions, make_letters
from generator.run.prepare import Prepared
from generator.run.results import Count, LetterResult, Progress, failed
from generator.workers import MadeLetter, check_templates

__all__ = [
    "Examined",
    "LetterResult",
    "Prepared",
    "check_edition",
    "draft_edition",
    "issue_edition",
]


def check_edition(paths: Paths, folder: Path, names: Sequence[str] = ()) -> Examined:
    """Everything that can be found before a letter is made; writes nothing.

    Raises:
        InputError: The edition cannot be understood as a whole.
        UsageError: A name is no recipient of this edition.
        TemplateError: A text or template is broken.
    """
    examined = examine_edition(paths, folder, names)
    try:
        _check_templates(examined)
    except TemplateError as error:
        raise with_findings(error, examined) from error
    for failure in examined.failures:
        if failure.error:
            raise with_findings(failure.error, examined)
    return examined


def _check_templates(prepared: Prepared) -> None:
    fonts = prepared.paths.fonts if prepared.edition.embed_fonts else None
    check_templates(prepared.paths.kind(prepared.edition.kind), fonts)


def draft_edition(
    paths: Paths,
    folder: Path,
    names: Sequence[str],
    *,
    formats: Sequence[str],
    jobs: int,
    progress: Progress,
    scheduler: str = "",
) -> tuple[Examined, list[LetterResult]]:
    """Drafts under ``output/drafts/``, without numbers and despite errors in figures.

    Raises:
        FindingsError: Not one of the chosen letters has what it must print.
    """
    with LettersAhead(jobs, scheduler, draft=True) as pool:
        prepared = examine_edition(paths, folder, names, draft=True, scored=pool.begin)
        _refuse_unfit(prepared)
        pool.open(prepared)
        count = Count(len(prepared.fit) + len(prepared.failures), progress)
        for failure in prepared.failures:
            count.up(failure)
        letters = compose_letters(prepared, prepared.fit, {}, {}, count.up)
        for letter, made in make_letters(pool, letters, _no_fingerprint):
            count.up(_keep_draft(prepared, letter, made, formats))
    return prepared, in_file_order(prepared.chosen, count.results)


def _refuse_unfit(prepared: Examined) -> None:
    if not prepared.fit and not prepared.failures:
        raise FindingsError(
            "No letter can be drafted: data that letters must print are missing",
            "Correct the errors listed.",
            prepared.findings,
        )


def _no_fingerprint(_draft: Letter) -> str:
    """What a draft bears: it is recorded nowhere."""
    return ""


def _keep_draft(
    prepared: Prepared, letter: Letter, made: MadeLetter | Exception, formats: Sequence[str]
) -> LetterResult:
    if isinstance(made, Exception):
        return failed(letter.who, "", made)
    stem = file_stem(prepared.recipient(letter.who), prepared.edition.kind)
    data = {f"{stem}.{ending}": getattr(made, ending) for ending in formats}
    written = write_draft(prepared.paths.output, prepared.edition, data)
    files = {path.suffix[1:]: {"path": str(path)} for path in written}
    return LetterResult(letter.who, "", "drafted", files)


def issue_edition(
    paths: Paths,
    folder: Path,
    names: Sequence[str],
    *,
    jobs: int,
    progress: Progress,
    scheduler: str = "",
) -> tuple[Examined, list[LetterResult]]:
    """Checks, numbers, renders and archives the letters to everyone, or to those named.

    Raises:
        UsageError: The cluster at ``scheduler`` cannot be used; nothing was issued.
        FindingsError: Errors stand, not waived; nothing was issued.
        TemplateError: A template is broken; nothing was issued.
        ArchiveError: The register or the archive refuses the whole run.
    """
    with LettersAhead(jobs, scheduler) as pool:
        prepared = examine_edition(paths, folder, names, scored=pool.begin)
        prepared.refuse_errors()
        pool.open(prepared, partial(_check_templates, prepared))
        despatch = Despatch.begin(prepared)
        count = Count(len(prepared.chosen), progress)
        revised = latest_revisions(despatch.entries)
        letters = compose_letters(prepared, prepared.chosen, despatch.numbers, revised, count.up)
        due = despatch.due(letters, count.up)
        for letter, made in make_letters(pool, due, despatch.fingerprint):
            count.up(despatch.keep(letter, made))
        results = despatch.close(count.results)
    return prepared, in_file_order(prepared.chosen, results)


def in_file_order(
    recipients: Sequence[Recipient], results: Sequence[LetterResult]
) -> list[LetterResult]:
    """The results in the order of the recipients, however the work went."""
    order = {recipient.id: position for position, recipient in enumerate(recipients)}
    return sorted(results, key=lambda result: order[result.who])
