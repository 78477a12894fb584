"""How fast the product is, beside what an office would script today (``make bench``)."""
