"""Checks of the addressees: names, addresses, confirmations, and the lawful versions."""
