"""The names a text may use, for one recipient in one language (``letter_templates/README.md``).

Every value is a finished string, a truth value, or a list of mappings of such; figures come
formatted, so that a text cannot print a number in the wrong way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import TypeAlias

from generator.compose.texts import Markdown
from generator.content import Heading
from generator.errors import TemplateError
from generator.inputs.states import display_names
from generator.kept import keep_last
from generator.locales import (
    DATE_STYLES,
    format_date,
    format_fact,
    format_figure,
    format_limit,
    label,
    service_name,
    with_honorific,
)
from generator.markdown import ROMAN, read_markdown
from generator.model import (
    EVERYONE,
    Band,
    Bilingual,
    Cohort,
    Distribution,
    Edition,
    Figure,
    Language,
    LetterheadSettings,
    Recipient,
    Scorecard,
    Section,
    Unit,
)
from generator.scoring import cohort_table

Names: TypeAlias = Mapping[str, object]


def build_names(
    edition: Edition,
    cards: Mapping[str, Scorecard],
    recipient: Recipient,
    number: str,
    language: Language,
    date_style: str = DATE_STYLES[0],
) -> dict[str, object]:
    """All the names for one version of one letter; ``number`` "" stands for a draft."""
    display = display_names(edition.recipients, language, edition.states)
    return {
        "number": number or label("(draft: no number)", language),
        "date": format_date(edition.date, language, date_style),
        "as_on": format_date(edition.as_on, language, date_style) if edition.as_on else "",
        "place": _in(edition.place, language),
        "organisation": edition.letterhead.organisation[language],
        "letterhead": _letterhead(edition.letterhead, language),
        "recipient": _recipient(recipient, language),
        "state": _state(recipient, display.get(recipient.id, ""), language),
        "signatory": _signatory(edition, language),
        "facts": {k: format_fact(fact, language) for k, fact in edition.facts.items()},
        "compendium": list(_compendium(edition.compendium, language)),
        **_contact(edition, language),
        **_distribution(edition.distribution, language),
        **_method(edition, language),
        **_scores(cards, recipient, display, language),
    }


def _in(text: Bilingual | None, language: Language) -> str:
    return (text or {}).get(language, "")


def _recipient(recipient: Recipient, language: Language) -> Names:
    government = _in(recipient.addressee, language)
    if not government and recipient.state:
        government = recipient.state.government[language]
    return {
        "name": with_honorific(recipient.honorific, _in(recipient.name, language), language),
        "service": service_name(recipient.service, language),
        "designation": _in(recipient.designation, language),
        "government": government,
        "address": _in(recipient.address, language),
        "email": recipient.email,
    }


def _state(recipient: Recipient, display: str, language: Language) -> Names:
    """The State; a recipient that is none stands under its display name, as no UT.

    A document to all on a list has no State: its names are empty.
    """
    state = recipient.state
    display = "" if recipient.id == EVERYONE else display
    return {
        "name": state.name[language] if state else display,
        "short_name": state.short_name[language] if state else display,
        "is_ut": bool(state and state.is_ut),
        "has_legislature": state is None or state.has_legislature,
    }


def _signatory(edition: Edition, language: Language) -> Names:
    signatory = edition.signatory
    return {
        "name": signatory.name[language],
        "service": service_name(signatory.service, language),
        "designation": signatory.designation[language],
        "phone": signatory.phone,
        "email": signatory.email,
    }


def _contact(edition: Edition, language: Language) -> Names:
    contact = edition.contact
    if contact is None:
        return {}
    return {
        "contact": {
            "name": with_honorific(contact.honorific, contact.name[language], language),
            "email": contact.email,
            "phone": contact.phone,
        }
    }


def _letterhead(settings: LetterheadSettings, language: Language) -> Names:
    """The letterhead's lines, for kinds that print them as their first lines."""
    return {
        "lines": "\n".join(settings.lines.get(language, ())),
        "address": _in(settings.address, language),
    }


def _distribution(distribution: Distribution | None, language: Language) -> Names:
    if distribution is None:
        return {}
    lists = {"to": distribution.to, "copy_to": distribution.copy_to}
    rows = {name: list(_labelled(lines.get(language, ()))) for name, lines in lists.items()}
    return {"distribution": rows}


def _labelled(lines: Sequence[str]) -> Iterator[Names]:
    """The lines of a list as (i), (ii) …; a single one has no label."""
    for numeral, line in zip(ROMAN, lines, strict=False):
        yield {"label": f"({numeral})" if len(lines) > 1 else "", "name": line}


@keep_last
def _method(edition: Edition, language: Language) -> Names:
    """What is the same in every letter of an edition."""
    weights = [indicator.weight for indicator in edition.indicators]
    return {
        "indicators": [
            {
                "number": str(position),
                "name": indicator.name[language],
                "objective": indicator.objective[language],
                "definition": indicator.definition[language],
                "weight": format_figure(Figure(indicator.weight, Unit.WEIGHT), language),
            }
            for position, indicator in enumerate(edition.indicators, 1)
        ],
        "total_weight": format_limit(sum(weights, Decimal(0)), language),
        "bands": list(_bands(edition.bands, language)),
        "categories": list(_categories(edition.cohorts, language)),
    }


def _bands(bands: tuple[Band, ...], language: Language) -> Iterator[Names]:
    """The performance key: continuous, unless the office prints its own lower limits."""
    previous = None
    for band in bands:
        high = format_limit(band.upto, language)
        if previous is None or band.starts is not None:
            pattern, low = "{low} – {high}", format_limit(band.starts or band.upto * 0, language)
        else:
            pattern, low = "above {low} – {high}", format_limit(previous.upto, language)
        yield {
            "name": band.name[language],
            "range": label(pattern, language).format(low=low, high=high),
        }
        previous = band


def _categories(cohorts: tuple[Cohort, ...], language: Language) -> Iterator[Names]:
    low = None
    for cohort in cohorts:
        if cohort.upto is None:
            pattern = "Above {low}"
        elif low is None:
            pattern = "Up to {upto}"
        else:
            pattern = "{low} – {high}"
        first = _count(low + (cohort.upto is not None), language) if low is not None else ""
        last = _count(cohort.upto, language) if cohort.upto is not None else ""
        strength = label(pattern, language).format(low=first, high=last, upto=last)
        yield {"id": cohort.id, "strength": strength}
        low = cohort.upto


def _count(number: int, language: Language) -> str:
    return format_limit(Decimal(number), language)


def _scores(
    cards: Mapping[str, Scorecard],
    recipient: Recipient,
    display: Mapping[str, str],
    language: Language,
) -> Names:
    """The recipient's own figures and its category's ranking; nothing where it has none."""
    card = cards.get(recipient.id)
    if card is None or card.composite is None or card.rank is None:
        return {}
    return {
        "category": card.cohort or "",
        "composite": format_figure(card.composite, language),
        "rank": format_figure(card.rank, language),
        "shares": [
            {
                "name": share.indicator.name[language],
                "value": format_figure(share.numerator, language),
                "share": format_figure(share.share, language),
                "level": share.level.name[language],
            }
            for share in card.shares
        ],
        "ranking": list(_ranking(cards, card, display, language)),
    }


def _ranking(
    cards: Mapping[str, Scorecard],
    own: Scorecard,
    display: Mapping[str, str],
    language: Language,
) -> Iterator[Names]:
    for card in cohort_table(cards, own.cohort):
        if card.composite and card.rank:
            yield {
                "name": display.get(card.who, card.who),
                "category": card.cohort or "",
                "composite": format_figure(card.composite, language),
                "rank": format_figure(card.rank, language),
                "own": card.who == own.who,
            }


@lru_cache(maxsize=256)
def _check_section(body: str, file: str) -> None:
    """Refuses what a section may not hold, at its own file and line (the first is its heading)."""
    blocks = read_markdown("\n" + body, file=file)
    if any(isinstance(block, Heading) for block in blocks):
        raise TemplateError(
            f"{file}: a second heading in the section",
            "A section has one heading, its first line; make the others bold, or a new section.",
        )


def _compendium(sections: tuple[Section, ...], language: Language) -> Iterator[Names]:
    for position, section in enumerate(sections, 1):
        text = section.texts[language]
        heading, _, body = text.source.partition("\n")
        _check_section(body, text.file)
        yield {
            "number": str(position),
            "heading": Markdown(heading.lstrip("# ").rstrip()),
            "body": Markdown(body.strip()),
        }
