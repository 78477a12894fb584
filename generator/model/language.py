"""A text in every language it exists in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

Language: TypeAlias = str
"""A language's code ("hi", "en"); what each code stands for is in ``locales.py``."""

Bilingual: TypeAlias = Mapping[Language, str]
"""One text in every language it exists in."""
