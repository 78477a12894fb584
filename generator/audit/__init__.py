"""The audit: one check is one function that states a rule and yields what breaks it.

Checks recompute; they change nothing. Each takes the dossier of an edition. This is the
check-point that the head of an office has to devise (Official Languages Rules 1976, r. 12).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from generator.audit import dates
from generator.audit.dossier import Check, Dossier, LetterCheck
from generator.audit.figures import changes, counts, coverage, method, previous, ranks
from generator.audit.letters import leaks, numbers, own_figures, versions
from generator.audit.people import (
    addressees,
    bare_names,
    confirmations,
    emails,
    mobile_numbers,
    names,
    official_language,
    salutations,
)
from generator.audit.texts import (
    abbreviations,
    annexures,
    characters,
    date_style,
    elsewhere,
    garbled,
    joined,
    lists,
    mixed,
    parallel,
    prose,
    renewed,
    script,
    sentences,
    states_named,
    terms,
    translations,
)
from generator.content import Letter
from generator.findings import ESSENTIAL, FINISHED, Finding, Severity
from generator.model import Waiver

__all__ = [
    "CHECKS",
    "LETTER_CHECKS",
    "NUMBER_CHECKS",
    "Check",
    "Dossier",
    "apply_waivers",
    "read_letters",
    "run_checks",
]

CHECKS: tuple[Check, ...] = (
    coverage.check_states_complete,
    coverage.check_recipients_complete,
    coverage.check_left_out_named,
    coverage.check_figures_complete,
    coverage.check_ranking_named,
    coverage.check_ranking_complete,
    method.check_weights_sum_to_100,
    method.check_share_not_of_itself,
    method.check_bands_continuous,
    counts.check_counts_whole,
    counts.check_part_within_whole,
    counts.check_totals_agree,
    counts.check_strength_given,
    counts.check_category_follows_strength,
    counts.check_shares_recomputed,
    ranks.check_composite_recomputable,
    ranks.check_composite_recomputed,
    ranks.check_rank_recomputed,
    ranks.check_ranks_follow_scores,
    previous.check_previous_earlier,
    previous.check_figures_renewed,
    previous.check_facts_not_fallen,
    changes.check_figures_not_fallen,
    changes.check_change_within_limit,
    renewed.check_compendium_renewed,
    official_language.check_versions_lawful,
    official_language.check_texts_vetted,
    names.check_names_not_lost,
    names.check_names_in_their_script,
    bare_names.check_names_bare,
    addressees.check_honorific_matches_gender,
    salutations.check_salutation_matches_gender,
    addressees.check_service_present,
    addressees.check_designation_matches_state,
    emails.check_email_well_formed,
    emails.check_emails_unique,
    confirmations.check_recipients_confirmed,
    confirmations.check_confirmations_recent,
    mobile_numbers.check_mobile_numbers_absent,
    dates.check_dates_in_order,
    dates.check_figures_recent,
    dates.check_date_is_working_day,
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
    prose.check_markup_absent,
    prose.check_brackets_balanced,
    prose.check_quotes_balanced,
    sentences.check_sentences_closed,
    date_style.check_dates_in_one_style,
    prose.check_grouping_indian,
    annexures.check_annexures_cited,
    lists.check_items_consecutive,
    abbreviations.check_abbreviations_spelt_out,
    terms.check_terms_consistent,
    elsewhere.check_other_states_unnamed,
    characters.check_characters_in_fonts,
)
"""What can be checked before a letter is composed."""

NUMBER_CHECKS: tuple[Check, ...] = (numbers.check_numbers_unique,)
"""What can be checked once it is known which numbers the letters will bear."""

LETTER_CHECKS: tuple[LetterCheck, ...] = (
    own_figures.FiguresInLetter,
    leaks.OthersAbsentFromLetter,
    versions.FiguresSameInVersions,
)
"""What is checked on the finished letters."""


def run_checks(checks: Sequence[Check], case: Dossier) -> list[Finding]:
    """What the checks find, in their order."""
    return [finding for check in checks for finding in check(case)]


def read_letters(case: Dossier, letters: Iterable[Letter]) -> list[Finding]:
    """What the checks of finished letters find; each letter is read once, and not kept."""
    readers = [check(case) for check in LETTER_CHECKS]
    for letter in letters:
        for reader in readers:
            reader.read(letter)
    return [finding for reader in readers for finding in reader.findings()]


def apply_waivers(
    waivers: Sequence[Waiver], findings: Sequence[Finding], unread: Collection[str] = ()
) -> list[Finding]:
    """The findings, waived ones marked.

    A waiver that matches nothing, or that cannot be granted, is a finding itself; not so one of
    what is found in finished letters, where the letter that it is for is among the ``unread``.
    """
    marked = [_waive(finding, waivers) for finding in findings]
    asked = [waiver for waiver in waivers if not _awaits(waiver, unread)]
    return marked + [_useless(waiver) for waiver in asked if not _matches_any(waiver, marked)]


def _awaits(waiver: Waiver, unread: Collection[str]) -> bool:
    """Whether a letter that was not read may hold what the waiver is for."""
    meant = waiver.who in unread if waiver.who else bool(unread)
    return meant and waiver.check in FINISHED - ESSENTIAL


def _waive(finding: Finding, waivers: Sequence[Waiver]) -> Finding:
    if finding.check in ESSENTIAL or not any(_covers(waiver, finding) for waiver in waivers):
        return finding
    return replace(finding, waived=True)


def _covers(waiver: Waiver, finding: Finding) -> bool:
    """Whether a waiver names a finding: the same check, the same recipient and file or any."""
    file = finding.where.file if finding.where else None
    same = waiver.check == finding.check and waiver.who in (None, finding.who)
    return same and waiver.file in (None, file)


def _matches_any(waiver: Waiver, findings: Sequence[Finding]) -> bool:
    return any(finding.waived and _covers(waiver, finding) for finding in findings)


def _useless(waiver: Waiver) -> Finding:
    essential = waiver.check in ESSENTIAL
    return Finding(
        Severity.WARNING,
        "waiver-matches",
        f'The waiver of "{waiver.check}" for {waiver.who or "every recipient"}'
        f"{f' in {waiver.file}' if waiver.file else ''} "
        + ("cannot be granted" if essential else "matches no finding"),
        "Supply the missing data."
        if essential
        else "Remove the waiver, or correct its check, who or file.",
        who=waiver.who,
        where=waiver.place,
    )
