"""The same findings to a file: slides, page, workbook, table, JSON; and whether a file still holds."""
