"""The types that travel between packages: evidence, problem, page, table, extract, fact, interpretation."""
