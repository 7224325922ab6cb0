"""The market review as page, workbook, tables and pictures."""
