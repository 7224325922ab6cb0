"""A whole market of micro-loan ABS (小微贷款ABS) as documents from which the figures of a published review follow."""
