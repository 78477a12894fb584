"""Checks of the texts, in every language, at their own file and line."""
