"""Edition × recipient → Letter: every string finished."""

from generator.compose.letter import compose_letter

__all__ = ["compose_letter"]
