"""Edition × recipient → Letter: every string finished."""

from generator.compose.letter import Revised, compose_letter

__all__ = ["Revised", "compose_letter"]
