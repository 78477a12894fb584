"""Tables as offices keep them, workbook or CSV: cells with their addresses, header rows, keys."""
