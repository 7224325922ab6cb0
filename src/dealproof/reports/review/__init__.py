"""How a market review (市场回顾) is shown: figures, a page, a workbook and tables, all from one `Review`."""
