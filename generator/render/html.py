"""Letter → HTML: the kind's ``page.html`` places the letter's parts on the page.

What the office may want to move or restyle is in ``page.html`` and ``page.css``; every word comes
from the letter.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from generator.content import (
    FIELDS_ABOVE,
    FIELDS_BELOW,
    Annexure,
    Heading,
    Letter,
    Running,
    Version,
    plain,
)
from generator.errors import TemplateError
from generator.files import own_text
from generator.locales import LANGUAGES
from generator.model import Language
from generator.render.html_blocks import blocks, inline, page_numbers
from generator.sandbox import FAILURES, Sandbox, join, line_of, told

PAGE = "page.html"
LOGO_URL = "../../edition/logo"
"""The logo's address in ``page.html``: the engine is shown the file that the edition supplies."""


class PageTemplate:
    """A kind's ``page.html``, parsed once.

    Args:
        kind_folder: Holds ``page.html``.

    Raises:
        TemplateError: The file is missing, or is not valid Jinja2.
    """

    def __init__(self, kind_folder: Path) -> None:
        self._name = f"{kind_folder.name}/{PAGE}"
        sandbox = Sandbox({"tag": language_tag, "join": join}, autoescape=True, trim=True)
        try:
            self._template = sandbox.read(own_text(kind_folder / PAGE), PAGE)
        except (OSError, *FAILURES) as error:
            raise self._refusal(error) from error

    def own_pages(self, letter: Letter, version: Version) -> str:
        """The HTML of a version's letter and of the annexures that belong to it alone (part 0).

        Raises:
            TemplateError: ``page.html`` names something that is not there.
        """
        fields = {
            name: [inline(line) for line in version.fields.get(name, ())]
            for name in (*FIELDS_ABOVE, *FIELDS_BELOW)
        }
        subject = " ".join(plain(line) for line in version.fields.get("subject", ()))
        return self._render(
            _around(letter, version, version.running),
            part=0,
            title=letter.title,
            letter=letter,
            letterhead=version.letterhead,
            logo={"url": LOGO_URL, "name": _organisation(version) or letter.title},
            fields=fields,
            bookmark=subject or letter.title,
            body=blocks(version.body),
            annexures=[_annexure(annexure) for annexure in version.own_annexures],
        )

    def shared_annexure(self, letter: Letter, version: Version, annexure: Annexure) -> str:
        """The HTML of shared annexure n (part n): equal for all letters that share it.

        Raises:
            TemplateError: ``page.html`` names something that is not there.
        """
        page = _annexure(annexure)
        return self._render(
            _around(letter, version, annexure.running or version.running),
            part=annexure.number,
            title=page["bookmark"],
            annexures=[page],
        )

    def _render(self, around: Mapping[str, object], **values: object) -> str:
        try:
            return self._template.render({**around, **values})
        except FAILURES as error:
            raise self._refusal(error) from error

    def _refusal(self, error: Exception) -> TemplateError:
        line = line_of(error, PAGE)
        place = f"{self._name}, line {line}" if line else self._name
        return TemplateError(
            f"{place}: {told(error)}", f"Correct {PAGE}, or copy it from a kind that works."
        )


def language_tag(language: Language) -> str:
    """A language's BCP 47 tag, for ``lang`` attributes ("hi" → "hi-IN")."""
    return LANGUAGES[language].tag


def _around(letter: Letter, version: Version, running: Running) -> Mapping[str, object]:
    """What stands around the text of every page, and the page's language."""
    return {
        "lang": language_tag(version.language),
        "mark": letter.mark,
        "foot": {"left": running.left, "page": page_numbers(running.page)},
    }


def _annexure(annexure: Annexure) -> Mapping[str, str]:
    """An annexure's content, and its bookmark: its name and its title."""
    titles: dict[int, str] = {}
    for block in annexure.blocks:
        if isinstance(block, Heading):
            titles.setdefault(block.level, plain(block.text))
    bookmark = " – ".join(titles[level] for level in (1, 2) if level in titles)
    return {"bookmark": bookmark, "content": blocks(annexure.blocks)}


def _organisation(version: Version) -> str:
    """The organisation's name in the version's language, which names its logo."""
    lines = version.letterhead.right
    return next((line.text for line in lines if line.language == version.language), "")
