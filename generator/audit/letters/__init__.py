"""Checks of the finished letters."""
