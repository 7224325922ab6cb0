"""Changes to the code that make it wrong in silence, and the tests that should notice (see `mutants.py`).

`name` says what the wrong code believes. `old` must stand exactly once in `file` (below `src/dealproof`).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: what the wrong code believes, where, the text and what it becomes, the tests that should notice."""

    name: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]


def _m(name: str, file: str, old: str, new: str, *tests: str) -> Mutant:
    return Mutant(name, file, old, new, tuple(f"tests/{test}" for test in tests))


#: The seven that once survived: they are tried whenever the tests run.
REPORTED: tuple[Mutant, ...] = (
    _m("per mille is per cent", "values/units.py", 'Unit("pct", Decimal("0.1"), "‰")', 'Unit("pct", Decimal(1), "‰")', "values/test_units.py"),
    _m("a triangle is no minus", "values/numbers.py", 'sign.group().strip() != "+"', 'sign.group().strip() in "-▲负"', "values/test_numbers.py"),
    _m("the last of several value columns is meant", "interpret/kinds/performance.py", "index, cell = chosen[0]", "index, cell = chosen[-1]", "interpret/test_performance.py"),
    _m("the period before is this period", "interpret/periods.py", 'for i, period in enumerate(periods) if period in ("own", "")]', 'for i, period in enumerate(periods)]', "interpret/test_performance.py"),
    _m("balances of the period before are this period's", "interpret/kinds/delinquency.py", "if is_past_or_other(text) or (groups", "if (groups", "interpret/test_delinquency.py"),
    _m("shares stand under their own labels", "interpret/share_columns.py", "if crossed > straight and straight == 0:", "if False:", "interpret/test_delinquency.py"),
    _m("the unit furthest from the figure is trusted most", "interpret/units.py", "for level in _LEVELS:\n        units = [unit for unit in find_units(getattr(sources, level)) if unit.kind == wanted]\n        if len({unit.factor for unit in units}) == 1:", "for level in reversed(_LEVELS):\n        units = [unit for unit in find_units(getattr(sources, level)) if unit.kind == wanted]\n        if len({unit.factor for unit in units}) == 1:", "interpret/test_units.py"),
    _m("a tranche may open with any balance", "reconcile/identities/tranches.py", "if period == 1:", "if period == 0:", "reconcile/test_identities.py"),
)  # fmt: skip

_VALUES: tuple[Mutant, ...] = (
    _m("brackets in accounts are no minus", "values/numbers.py", "account[\"figure\"].strip(), True", "account[\"figure\"].strip(), False", "values/test_numbers.py"),
    _m("the decimals of thousands parted by dots are thousands", "values/numbers.py", "joined.replace(\".\", \"\").replace(\",\", \".\")", "joined.replace(\".\", \"\").replace(\",\", \"\")", "values/test_numbers.py"),
    _m("serial numbers are labels", "interpret/own_parts.py", "    if not serial:\n", "    if True:\n", "interpret/test_serial_columns.py"),
    _m("brackets are negative without a total", "interpret/account_negatives.py", "if _adds_up(parts, cell):", "if True:", "interpret/test_cash_flows.py"),
    _m("a total by arithmetic is a bucket", "interpret/kinds/pool_distributions.py", "if number_of_row in proven:", "if False:", "interpret/test_pool_distributions.py"),
    _m("a dash is nought", "values/numbers.py", "        return nothing\n", '        return Parsed(Decimal(0), text)\n', "values/test_numbers.py"),
    _m("two figures in a cell are one", "values/numbers.py", r'_SPACED = re.compile(r"\d{1,3}(?: \d{3})+(?:\.\d+)?")', r'_SPACED = re.compile(r"\d+(?: +\d+)+(?:\.\d+)?")', "values/test_numbers.py"),
    _m("a hundred million is ten million in words", "values/numbers.py", "_large(head) * 10**8", "_large(head) * 10**7", "values/test_numbers.py"),
    _m("a tenth of a yuan is a hundredth", "values/numbers.py", '(10 if unit == "角" else 100)', '(100 if unit == "角" else 10)', "values/test_numbers.py"),
    _m("a raised mark is a digit", "text.py", "parts = _KEPT.split(plain)", "parts = [plain]", "values/test_numbers.py", "pages/test_awkward_text.py::test_raised_and_circled_figures_are_never_digits_of_the_figure_before_them"),
    _m("a long dash is no minus", "text.py", 'dict.fromkeys("‐‑‒–—―−﹣－\\u00ad", "-")', 'dict.fromkeys("‐‑‒—―﹣－\\u00ad", "-")', "values/test_numbers.py"),
    _m("basis points are per cent", "values/units.py", 'Unit("pct", Decimal("0.01"), "bp")', 'Unit("pct", Decimal(1), "bp")', "values/test_units.py"),
    _m("ten thousand yuan are one yuan", "values/units.py", '    "万元": 10**4,', '    "万元": 1,', "values/test_units.py"),
    _m("a hundred million yuan are ten million", "values/units.py", '    "亿元": 10**8,', '    "亿元": 10**7,', "values/test_units.py"),
    _m("months are years", "values/units.py", 'Unit("term", Decimal(12), "月")', 'Unit("term", Decimal(1), "月")', "values/test_units.py"),
    _m("a year has 360 days", "values/units.py", 'Unit("term", Decimal(365), "天")', 'Unit("term", Decimal(360), "天")', "values/test_units.py"),
    _m("an amount per hundred is an amount", "values/units.py", 'elif "百元面额" in word or "面额" in word:\n            return []', 'elif "百元面额" in word or "面额" in word:\n            continue', "values/test_units.py"),
    _m("the day is the month", "values/dates.py", 'return _day(int(g["y"]), int(g["m"]), int(g["d"]))', 'return _day(int(g["y"]), int(g["d"]), int(g["m"]))', "values/test_dates.py"),
    _m("a period may end before it starts", "values/dates.py", "if dates[0][0] > dates[1][0]:", "if False:", "values/test_dates.py"),
    _m("words behind a date are none", "values/dates.py", '            return Refused(text, "text behind the date")', "            break", "values/test_dates.py"),
    _m("a structured rating is a plain one", "values/ratings.py", '("sf" if match.group(4) else "")', '""', "values/test_names.py"),
    _m("a rating has no plus", "values/ratings.py", "{match.group(2) or ''}", "", "values/test_names.py"),
    _m("class B is senior", "values/tranches.py", 'if letter in ("", "A") else', 'if letter in ("", "A", "B") else', "values/test_names.py"),
    _m("a tranche before the last is the last", "values/tranches.py", 'Tranche(word + match.group(2) + match.group(3), "mezzanine")', 'Tranche(word + match.group(2) + match.group(3), "subordinated")', "values/test_names.py"),
    _m("a subtotal is no total", "values/tranches.py", '"合计", "总计", "小计",', '"合计", "总计",', "values/test_names.py"),
    _m("the upper end is never inside", "values/buckets.py", 'left == "[", right == "]"', 'left == "[", False', "values/test_names.py"),
    _m("beyond 30 days is beyond 90", "values/buckets.py", 'if match.group(1) in ("90", "91"):', 'if match.group(1) in ("30", "60", "90", "91"):', "interpret/test_delinquency.py"),
    _m("a note of the exchange is a bond of the banks", "values/deals.py", 'return "abn"', 'return "credit_abs"', "interpret/test_document.py"),
    _m("the number in the year is the number of the report", "values/deals.py", "total = _TOTAL_NO.search(body)", "total = None", "values/test_names.py"),
)  # fmt: skip

_INTERPRET: tuple[Mutant, ...] = (
    _m("two units that differ are no question", "interpret/units.py", 'if unit.factor != chosen.factor and other_level != "section":', "if False:", "interpret/test_units.py"),
    _m("a header with two units is no question", "interpret/units.py", "conflict = _ambiguity(wanted, sources)", 'conflict = ""', "interpret/test_units.py"),
    _m("a unit of another kind does no harm", "interpret/units.py", "if own is not None and own.kind != wanted and not _compatible(own, wanted):", "if False:", "interpret/test_units.py"),
    _m("money without a unit is surely yuan", "interpret/fact_builder.py", 'elif read.unit_from == "default" and read.value and', "elif False and", "interpret/test_tranches.py"),
    _m("what cannot be read is nothing", "interpret/fact_builder.py", "if isinstance(read, Refused):", "if False:", "interpret/test_performance.py"),
    _m("a column that says its period is no better", "interpret/periods.py", 'return [i for i in single if periods[i] == "own"] or single', "return single", "interpret/test_performance.py"),
    _m("a cumulative figure is the period's", "interpret/periods.py", "if cumulative and any(running):", "if False:", "interpret/test_performance.py"),
    _m("a circular reports payments", "interpret/read.py", " for kind in KINDS if kind.NAME in carried", " for kind in KINDS", "interpret/test_what_a_document_carries.py"),
    _m("columns without a period are no question", "interpret/kinds/performance.py", '        book.ask_column(key, "value", QUANTITY[metric], places, sources)', "        pass", "interpret/test_performance.py"),
    _m("the newest of dated columns is not looked for", "interpret/kinds/performance.py", "if len(dated) > 1:", "if False:", "interpret/test_performance.py"),
    _m("every default is of the document's definition", "interpret/period_columns.py", 'definition = f"{stated.group(1)}+" if stated else', 'definition = "" if stated else', "interpret/test_performance.py"),
    _m("no row of a history is a reprint", "interpret/period_columns.py", "reprinted = number != ctx.profile.period_no", "reprinted = False", "interpret/test_performance.py"),
    _m("every period is a month", "interpret/period_columns.py", "return number - months // length if", "return number - months if", "interpret/test_performance.py"),
    _m("an unknown row of performance is no question", "interpret/kinds/performance.py", 'book.ask_label(f"Label {label.text.strip()!r} of a performance table is not known.", label)', "pass", "interpret/test_performance.py"),
    _m("payments of the period before are this period's", "interpret/kinds/tranche_payments.py", 'period_of(_outer(grid, index)) not in ("previous", "other")', "period_of(_outer(grid, index)) is not None", "interpret/test_tranche_payments.py"),
    _m("in a block the first value is this period's", "interpret/kinds/tranche_payments.py", "headers[at]) for at in own_columns(headers) if", "headers[at]) for at in range(len(headers)) if", "interpret/test_tranche_payments.py"),
    _m("the account's period before is this period", "interpret/kinds/cash_flows.py", 'return "previous" if period == "previous" else ""', 'return "current"', "interpret/test_cash_flows.py"),
    _m("a line printed twice is the first one", "interpret/kinds/cash_flows.py", "if line in seen and _has_amount(row, group):", "if False:", "interpret/test_cash_flows.py"),
    _m("a column with a date speaks of the period's end", "interpret/kinds/pool_stats.py", "return day, bool(end) and day == end", "return end or day, bool(end)", "interpret/test_pool_stats.py"),
    _m("the least stands behind the greatest", "interpret/kinds/pool_stats.py", "for m, v in zip(metrics, values, strict=True)", "for m, v in zip(reversed(metrics), values, strict=True)", "interpret/test_pool_stats.py"),
    _m("a part of the pool is the whole", "interpret/kinds/pool_stats.py", "        return header\n    for text in (header", '        return ""\n    for text in (header', "interpret/test_pool_stats.py"),
    _m("a table of part of the pool is of the whole", "interpret/kinds/pool_stats.py", "            return match.group()\n", '            return ""\n', "interpret/test_pool_stats.py"),
    _m("an unknown figure of the pool is no question", "interpret/kinds/pool_stats.py", 'book.ask_label(f"Label {label.text.strip()!r} of a pool table is not known.", label)', "pass", "interpret/test_pool_stats.py"),
    _m("a share is of the column before it", "interpret/share_columns.py", "    if clear:\n", "    if False:\n", "interpret/test_delinquency.py"),
    _m("shares that fit nothing are no question", "interpret/share_columns.py", "if len(tried) >= 3 and _fit(grid, value, share) == 0:", "if False:", "interpret/test_delinquency.py"),
    _m("two columns of balances are no question", "interpret/share_columns.py", "if any(number(row[own]) != number(row[index]) for row in grid.body):", "if False:", "interpret/test_delinquency.py"),
    _m("an unknown status is no question", "interpret/kinds/delinquency.py", 'book.ask_label(f"Status {label.text.strip()!r} is not known.", label)', "pass", "interpret/test_delinquency.py"),
    _m("what was planned was issued", "interpret/kinds/tranches.py", 'next((i for i in amounts if "实际" in grid.header_text(i)), amounts[0])', "amounts[0]", "interpret/test_tranches.py"),
    _m("tranches that miss their total are no question", "interpret/kinds/tranches.py", "if total is not None and amounts and sum(amounts) != total:", "if False:", "interpret/test_tranches.py"),
    _m("a tranche printed twice is no question", "interpret/kinds/tranches.py", "if tranche.name in seen:", "if False:", "interpret/test_tranches.py"),
    _m("a floating rate is fixed", "interpret/kinds/tranches.py", '("fixed", _FIXED), ("floating", _FLOATING)', '("floating", _FIXED), ("fixed", _FLOATING)', "interpret/test_tranches.py"),
    _m("buckets that miss their total are no question", "interpret/kinds/pool_distributions.py", "if abs(total - sums[index]) > tolerance:", "if False:", "interpret/test_pool_distributions.py"),
    _m("the total row is a bucket", "interpret/kinds/pool_distributions.py", "if is_total_label(text_of(label)) or is_total_label(text_of(row[0])):", "if False:", "interpret/test_pool_distributions.py"),
    _m("the lower bound is the upper", "interpret/kinds/pool_distributions.py", '("lower", read_bucket.value.lower), ("upper", read_bucket.value.upper)', '("upper", read_bucket.value.lower), ("lower", read_bucket.value.upper)', "interpret/test_pool_distributions.py"),
    _m("an event that did not occur occurred", "interpret/kinds/triggers.py", 'book.value(key, "breached", cell, False)', 'book.value(key, "breached", cell, True)', "interpret/test_triggers.py"),
    _m("the threshold is the actual value", "interpret/kinds/triggers.py", '("header_threshold", "threshold"), ("header_actual", "actual")', '("header_threshold", "actual"), ("header_actual", "threshold")', "interpret/test_triggers.py"),
    _m("purchases are surely numbered by date", "interpret/kinds/revolving_purchases.py", "if not numbered and ordered:", "if False:", "interpret/test_revolving_purchases.py"),
    _m("an amount with interest is principal", "interpret/kinds/revolving_purchases.py", '"interest_too": "principal_and_interest"', '"interest_too": "principal"', "interpret/test_revolving_purchases.py"),
    _m("a static pool is this deal's pool", "interpret/read.py", "    if foreign:\n", "    if False:\n", "interpret/test_sections.py"),
    _m("headers of a static pool say nothing", "interpret/sections.py", 'if (verdict := _reason(ctx, text)) and verdict != "own":', "if False:", "interpret/test_sections.py"),
    _m("another deal is this deal", "interpret/sections.py", "    if other:\n", "    if False:\n", "interpret/test_sections.py"),
    _m("readers that differ are no question", "interpret/read.py", "        *_cell_doubts(ctx, facts),\n", "", "interpret/test_traps.py"),
    _m("dollars are yuan", "interpret/read.py", "        *_currency_doubts(ctx, facts),\n", "", "interpret/test_magnitudes.py"),
    _m("what could not be read of a document is not told", "interpret/read.py", "        *extract.problems,\n", "", "interpret/test_traps.py"),
    _m("a limit is a size", "interpret/prose.py", "if not label_line and _OTHER_SIZE.search(", "if False and _OTHER_SIZE.search(", "interpret/test_prose.py"),
    _m("the end of purchases is a static pool", "interpret/prose.py", "if not _LATER.search(before) and not", "if not", "interpret/test_prose.py"),
    _m("a method of rating is a static pool", "interpret/prose.py", " and not _METHOD.match(passage.text[match.end() :])", "", "interpret/test_prose.py"),
    _m("any size at the front is this issue's", "interpret/prose.py", "and (starts_clause or after_mark)", "", "interpret/test_prose.py"),
    _m("the payment before is this payment", "interpret/dates.py", " or _ANOTHER.search(window[: match.start()])", "", "interpret/test_dates.py"),
    _m("a date far behind a label is its own", "interpret/dates.py", " or dates[0][1] > REACH or not _LINK_PATTERN.fullmatch(rest[: dates[0][1]])", "", "interpret/test_dates.py"),
    _m("a bond that names a deal is the deal", "extract/title.py", "if found is not None and kind and not _is_other_paper(found, kind_line, block):", "if found is not None and kind:", "interpret/test_document.py"),
    _m("the date on a cover is the last one", "interpret/document.py", "return lines[-1][0] if kind.is_signed_below else lines[0][0]", "return lines[-1][0]", "interpret/test_document.py"),
)  # fmt: skip

_TABLES: tuple[Mutant, ...] = (
    _m("a repeated header is a row", "tables/join.py", "    repeated = _same_header(above, below)\n", "    repeated = 0\n", "tables/test_join.py"),
    _m("the rest of a cut row is a row", "tables/join.py", "if _is_rest_of_row(above, first_row):", "if False:", "tables/test_join.py"),
    _m("text between two tables parts none", "tables/join.py", "if not _ends_page(above.table, pages[last]) or not _starts_page(below.table, pages[first]):", "if False:", "tables/test_join.py"),
    _m("tables of other columns are one", "tables/join.py", "    if _same_header(above.table, below.table) > 0 or _same_columns(above.columns, below.columns):\n        return True", "    if True:\n        return True", "tables/test_join.py"),
    _m("tables pages apart are one", "tables/join.py", "    if first > last + 1:\n        return False\n", "", "tables/test_join.py"),
    _m("a total joins whatever it adds up to", "tables/total_below.py", "abs(sum(parts, Decimal(0)) - total) > _ROUNDING * len(parts)", "False", "tables/test_join.py"),
    _m("a merged label ends with its page", "tables/join.py", "    moved = _carry_merged(above, moved, above.n_rows)\n", "", "tables/test_join.py"),
    _m("another figure of the other parser is no doubt", "tables/compare.py", 'return _doubt(cell, f"another parser of PDFs reads', 'return cell or _doubt(cell, f"another parser of PDFs reads', "tables/test_compare.py"),
    _m("a page with unknown glyphs is read once", "tables/compare.py", "return any(_UNKNOWN.match(char.text) for char in", "return any(False for char in", "tables/test_awkward_tables.py"),
    _m("a merged cell stands in its first row only", "model/table.py", "for r in range(cell.row, min(cell.row + cell.row_span, self.n_rows)):", "for r in range(cell.row, min(cell.row + 1, self.n_rows)):", "tables/test_framed.py"),
    _m("the unit of the table above is this one's", "tables/captions.py", "if box.bottom <= top + 2), default=0.0)", "if box.bottom <= 0), default=0.0)", "tables/test_captions.py"),
    _m("a unit line far above is this table's", "tables/captions.py", "if edge - line.box.bottom > REACH or not key:", "if not key:", "tables/test_captions.py"),
    _m("raised digits are digits", "pages/raised.py", "RAISED, LOWERED = (0.08, 0.75), (0.25, 0.6)", "RAISED, LOWERED = (0.74, 0.75), (0.25, 0.6)", "pages/test_awkward_text.py"),
    _m("small print on the line is a mark", "pages/raised.py", "raised, lowered = least < over < RAISED[1], LOWERED[0] < -over < LOWERED[1]", "raised, lowered = -1 < over < RAISED[1], False", "pages/test_awkward_text.py"),
    _m("invisible text is what the page shows", "pages/quality.py", "if hidden > INVISIBLE * len(asked):", "if False:", "pages/test_quality.py"),
    _m("text under a picture is what the page shows", "pages/quality.py", "if covered >= COVERED and dense > SPARSE and objects.has_picture_on_top:", "if False:", "pages/test_quality.py"),
    _m("control characters are text", "pages/quality.py", "(_CONTROLS.findall(dense), CONTROL,", "(_CONTROLS.findall(dense), 2,", "pages/test_quality.py"),
    _m("letters drawn elsewhere are text", "pages/quality.py", "if len(placed) >= 3 and astray > ASTRAY * len(placed):", "if False:", "pages/test_quality.py"),
    _m("a picture of a table is decoration", "pages/quality.py", "    if verdict.pictures:\n", "    if False:\n", "pages/test_quality.py"),
    _m("totals at the foot of pages are furniture", "pages/furniture.py", " or _TABLE_TALK.search(words):", ":", "pages/test_furniture.py"),
)  # fmt: skip

_RECONCILE: tuple[Mutant, ...] = (
    _m("a repayment adds to the balance", "reconcile/identities/tranches.py", '(-_ONE, DatasetCell("tranche_payments", row.key, "principal_paid"))', '(_ONE, DatasetCell("tranche_payments", row.key, "principal_paid"))', "reconcile/test_identities.py"),
    _m("tranches need not add up", "reconcile/identities/tranches.py", 'yield Tie(Sum(plus(amounts), ((_ONE, DatasetCell("deals", (deal,), "total_amount")),)), deal)', "continue", "reconcile/test_identities.py"),
    _m("a share is of any whole", "reconcile/identities/tranches.py", 'if "share_pct" in row.figures:', "if False:", "reconcile/test_identities.py"),
    _m("every difference is rounding", "reconcile/identity.py", '"within_rounding" if abs(residual) <= tolerance else "fails"', '"within_rounding"', "reconcile/test_identities.py"),
    _m("no difference is rounding", "reconcile/identity.py", '"within_rounding" if abs(residual) <= tolerance else "fails"', '"fails"', "reconcile/test_identities.py"),
    _m("what is missing holds", "reconcile/identity.py", 'Checked(identity, tie, "not_evaluable")', 'Checked(identity, tie, "holds")', "reconcile/test_identities.py"),
    _m("rounding hides ten units", "reconcile/values.py", "return self.step / 2", "return self.step * 10", "reconcile/test_identities.py"),
    _m("purchases lessen the pool", "reconcile/identities/roll.py", "((_ONE, cell),) for cell in", "((-_ONE, cell),) for cell in", "reconcile/test_identities.py"),
    _m("what was collected stays in the pool", "reconcile/identities/roll.py", "(-_ONE, principal))", "(_ONE, principal))", "reconcile/test_identities.py"),
    _m("all defaults are new ones", "reconcile/identities/periods.py", "plus((new, *([before] if before else []))))", "plus((new,)))", "reconcile/test_identities.py"),
    _m("the pool may open with any balance", "reconcile/identities/periods.py", 'yield Tie(Sum(plus((_value(row),)), plus((before,))), row.key[0], "", period)', "continue", "reconcile/test_identities.py"),
    _m("initial balances may differ", "reconcile/identities/periods.py", 'yield Tie(Sum(plus((_value(row),)), plus((_value(first),))), deal, "", row.parts["period_no"])', "continue", "reconcile/test_identities.py"),
    _m("the initial balance is any pool's", "reconcile/identities/periods.py", 'yield Tie(Sum(plus((cell,)), plus((DatasetCell("pool_stats", pool.key, "value"),))), row.key[0], "", period)', "continue", "reconcile/test_identities.py"),
    _m("statistics at the end need not be the report's", "reconcile/identities/periods.py", 'pool = by_day.get((row.key[0], row.texts.get("period_end", "-")))', "pool = None", "reconcile/test_identities.py"),
    _m("beyond 90 days counts twice", "reconcile/identities/periods.py", '{"total", "90+"} if finer else {"total"}', '{"total"}', "reconcile/test_identities.py"),
    _m("the status table may be of another pool", "reconcile/identities/periods.py", 'if row.parts["bucket"] != "total":', "if True:", "reconcile/test_identities.py"),
    _m("more may be recovered than defaulted", "reconcile/identities/periods.py", "shape = Order(_value(row), _value(other))", "shape = Order(_value(other), _value(other))", "reconcile/test_identities.py"),
    _m("all purchases are this one", "reconcile/identities/periods.py", 'if before else []\n            parts', 'if False else []\n            parts', "reconcile/test_identities.py"),
    _m("a reprint may say anything", "reconcile/identities/periods.py", 'if column in own.figures and column not in ("period_no",):', "if False:", "reconcile/test_identities.py"),
    _m("purchases are no base of a default rate", "reconcile/identities/defaults.py", "wholes[WITH_PURCHASES] = ((_ONE, initial), (_ONE, bought))", "wholes[WITH_PURCHASES] = ((_ONE, initial),)", "reconcile/test_identities.py"),
    _m("lines of an account need not add up", "reconcile/identities/cash.py", "if total is None or len(lines) < 2:", "if True:", "reconcile/test_identities.py"),
    _m("the account's period before is the one after", "reconcile/identities/cash.py", "str(int(period) - 1)", "str(int(period) + 1)", "reconcile/test_identities.py"),
    _m("interest runs a day longer", "reconcile/identities/interest.py", "Decimal((end - start).days)", "Decimal((end - start).days + 1)", "reconcile/test_identities.py"),
    _m("the least may exceed the mean", "reconcile/identities/pool.py", "yield Tie(Order(_cell(row, small), _cell(row, big)), row.key[0])", "continue", "reconcile/test_identities.py"),
    _m("an average need not fit its total", "reconcile/identities/pool.py", 'if row.parts["metric"] == item.name:', "if False:", "reconcile/test_identities.py"),
    _m("buckets may be of another pool", "reconcile/identities/pool.py", "            if total is not None:\n                yield Tie(Sum(plus(_cells(rows, column)), plus((total,))), deal)", "            if total is None:\n                yield Tie(Sum(plus(_cells(rows, column)), plus((total,))), deal)", "reconcile/test_identities.py"),
    _m("a negative balance is in bounds", "reconcile/identities/bounds.py", "not _NONE <= figure.value <= high", "not figure.value <= high", "reconcile/test_identities.py"),
    _m("what holds clears nobody", "reconcile/blame.py", "_BROKEN_WEIGHT = 2", "_BROKEN_WEIGHT = -2", "reconcile/test_identities.py"),
    _m("a known mistake explains no more than any other", "reconcile/blame.py", "yield from sorted(explained, key=lambda mistake: abs(mistake.value - target.middle))[:4]", "yield from ()", "reconcile/test_identities.py"),
)  # fmt: skip

_DATASET: tuple[Mutant, ...] = (
    _m("the circular outranks the result of the issue", "contract/document_kinds.py", "authority=20, at_issue=True, is_announcement=True", "authority=5, at_issue=True, is_announcement=True", "dataset/test_resolution.py"),
    _m("a correction is a document like any other", "dataset/source_rank.py", "authority = 0 if is_correction(document) else profile.kind_record.authority", "authority = profile.kind_record.authority", "dataset/test_resolution.py"),
    _m("the earlier report speaks", "dataset/source_rank.py", "later = -profile.report_date.toordinal()", "later = profile.report_date.toordinal()", "dataset/test_resolution.py"),
    _m("documents that differ are no question", "dataset/resolve.py", "heard = voices if contract.table(cell[0]).resolved else voices[:1]", "heard = voices[:1]", "dataset/test_resolution.py"),
    _m("places of a document that differ are no question", "dataset/resolve.py", "return _Voice(best, tuple(_unlike(best, disclosed)))", "return _Voice(best, ())", "dataset/test_resolution.py"),
    _m("a derived value is as good as a printed one", "dataset/resolve.py", 'key=lambda voice: (voice.best.origin == "derived", voice.best.rank)', "key=lambda voice: voice.best.rank", "dataset/test_resolution.py"),
    _m("a coarse print is as good as a fine one", "dataset/resolve.py", "(-_supporters(item, disclosed), step(item), item.place)", "(-_supporters(item, disclosed), item.place)", "dataset/test_resolution.py"),
    _m("one place is as good as two", "dataset/resolve.py", "(-_supporters(item, disclosed), step(item), item.place)", "(step(item), item.place)", "dataset/test_resolution.py"),
    _m("a whole unit is rounding", "dataset/same_print.py", "max(step(one), step(other)) / 2", "max(step(one), step(other))", "dataset/test_resolution.py"),
    _m("what a person corrected is not shown", "dataset/corrected.py", "        shown[place] = _reading(item, place, before, stated)\n        readings.append(shown[place])", "        readings.append(_reading(item, place, before, stated))", "dataset/test_corrections.py"),
    _m("a correction of another print is no question", "dataset/corrected.py", "        if complaint:\n", "        if False:\n", "dataset/test_corrections.py"),
    _m("what a person took out stays", "dataset/corrected.py", "shown.pop(place, None)", "pass", "dataset/test_corrections.py"),
    _m("a replaced document still speaks", "dataset/documents.py", "gone = set(replaced.values())", "gone: set[str] = set()", "dataset/test_history.py", "metrics/test_gaps.py"),
    _m("a correction replaces the first document of its deal", "dataset/documents.py", "return profile.deal_id, profile.kind, profile.period_no", "return profile.deal_id, profile.kind, None", "dataset/test_documents_and_history.py"),
    _m("what was hardly recognised is sure", "model/evidence.py", "CONFIDENCE_FLOOR = 0.9", "CONFIDENCE_FLOOR = 0.0", "dataset/test_unsure.py"),
    _m("what was surely read may be mended", "dataset/low_confidence.py", " or not is_unsure(item) or not _is_determined", " or not _is_determined", "dataset/test_unsure.py"),
    _m("one identity is enough to mend", "dataset/low_confidence.py", "WITNESSES = 2", "WITNESSES = 1", "dataset/test_unsure.py"),
    _m("an unsure value is no question", "dataset/build.py", "        *unsure_questions(standing, readings, reconciled.confirmed, _known_names(documents)),\n", "", "dataset/test_unsure.py"),
    _m("a reprint that differs is no question", "dataset/restated.py", "for item in later if _differs(first, item))", "for item in later if False)", "dataset/test_documents_and_history.py"),
    _m("a table that must be there may be missing", "dataset/coverage.py", "not_found.append(expected)", "pass", "dataset/test_coverage_and_questions.py"),
    _m("a page that nobody read states nothing", "dataset/coverage.py", "        or bool(document.pages_unread)\n", "", "dataset/test_coverage_and_questions.py"),
    _m("a field that is mentioned is not disclosed", "dataset/coverage.py", "        or any(mention.field == expected.field for mention in document.mentions)\n", "", "dataset/test_coverage_and_questions.py"),
    _m("a figure of an earlier period covers this one", "dataset/coverage.py", 'if period is not None and parts.get("period_no", str(period)) != str(period):', "if False:", "dataset/test_coverage_and_questions.py"),
    _m("a fact outside the contract is dropped", "dataset/readings.py", "        if not known(fact):\n            message", "        if False:\n            message", "dataset/test_coverage_and_questions.py"),
    _m("a word outside the vocabulary is fine", "dataset/readings.py", "        if odd:\n", "        if False:\n", "dataset/test_coverage_and_questions.py"),
    _m("what is published later was known before", "dataset/documents.py", "published is not None and published <= day", "published is not None", "dataset/test_history.py"),
    _m("a figure of an earlier period is the report's own", "dataset/derived_values.py", 'current = key[spec.key.index("period_no")] == own_period', "current = True", "dataset/test_documents_and_history.py"),
    _m("a failed identity is no question", "dataset/checks.py", "problems.append(_question(doubt, chosen, names))", "pass", "dataset/test_resolution.py"),
    _m("missing is nought", "dataset/format_values.py", '    if value is None:\n        return ""', '    if value is None:\n        return "0"', "dataset/test_documents_and_history.py"),
    _m("a rate needs no last nought", "dataset/format_values.py", 'if not keep_zeros and "." in plain:', 'if "." in plain:', "dataset/test_export.py::test_percentages_keep_their_printed_digits"),
    _m("yes is no", "dataset/format_values.py", 'return "true" if value else "false"', 'return "false" if value else "true"', "dataset/test_documents_and_history.py"),
    _m("half is rounded down", "metrics/measures.py", "rounding=ROUND_HALF_UP)", 'rounding="ROUND_HALF_DOWN")', "metrics/test_figures.py"),
)  # fmt: skip

_DOORS: tuple[Mutant, ...] = (
    _m("a file of Chinese Excel is unreadable", "mappings/sheet.py", '("utf-8-sig", "gb18030")', '("utf-8-sig",)', "mappings/test_sheet.py"),
    _m("a formula is a value", "mappings/sheet.py", 'return f"\'{cell}" if _FORMULA.match(cell) and not _NUMBER.match(cell) else cell', "return cell", "mappings/test_sheet.py"),
    _m("a number that lost its digits is a number", "mappings/cells.py", "if (_EXPONENT if everywhere else _SIGNED_EXPONENT).fullmatch(text):", "if False:", "mappings/test_excel_and_people.py"),
    _m("a deal that became a date is a deal", "mappings/cells.py", "if _EATEN.fullmatch(text) or not isinstance(read_day(text), Refused):", "if False:", "mappings/test_excel_and_people.py"),
    _m("a spreadsheet counts its days from 1900", "values/days.py", "_DAY_ZERO = date(1899, 12, 30)", "_DAY_ZERO = date(1900, 1, 1)", "mappings/test_excel_and_people.py"),
    _m("a field that nobody knows is a field", "mappings/fields.py", "if field == IGNORED or (all(part in known for part in parts) and", "if field == IGNORED or (True and", "mappings/test_fields.py"),
    _m("a pattern goes before the whole label", "mappings/labels.py", "return rows.exact.get(key) or self._by_parts(", "return rows.loose(key) or rows.exact.get(key) or self._by_parts(", "mappings/test_labels.py"),
    _m("parts go before the whole label", "mappings/labels.py", "return rows.exact.get(key) or self._by_parts(group, text, rows.loose(key)) or", "return self._by_parts(group, text, rows.loose(key)) or rows.exact.get(key) or", "mappings/test_parts.py"),
    _m("a part too many is allowed", "mappings/vocabulary.py", "return all(parts & one for one in self.needs) and not self.unwanted(parts)", "return all(parts & one for one in self.needs)", "mappings/test_parts.py"),
    _m("of two fields that fit the first is taken", "mappings/parts.py", "if not rows or len({row.field for row in rows}) > 1:", "if not rows:", "mappings/test_parts.py"),
    _m("another half may say another field", "mappings/parts.py", "if not known or len(known) < len(found) or len({read.row.field for read in known}) > 1:", "if not known:", "mappings/test_parts.py"),
    _m("the unit of a label is not looked at", "mappings/parts.py", "return found if found is not None and has_unit_of(found.row, text) else None", "return found", "mappings/test_parts.py"),
    _m("a pattern that ignores a label is not obeyed", "mappings/labels.py", "if loose is not None and loose.field == IGNORED:", "if False:", "mappings/test_parts.py"),
    _m("the last pattern of a file counts", "mappings/labels.py", "next((row for row, pattern in loose if pattern.search(key)), None)", "next((row for row, pattern in reversed(loose) if pattern.search(key)), None)", "mappings/test_labels.py"),
    _m("a label to be ignored is a field", "mappings/labels.py", 'return "" if row is None or row.field == IGNORED else row.field', 'return "" if row is None else row.field', "mappings/test_labels.py"),
    _m("a label may mean two fields", "mappings/labels.py", "if other is not None and other.field != row.field:", "if False:", "mappings/test_labels.py"),
    _m("a part of a label is the label", "mappings/labels.py", 'return re.compile(rf"^(?:{row.label})$")', 'return re.compile(rf"(?:{row.label})")', "mappings/test_labels.py"),
    _m("the deal does not beat the role", "institutions/match.py", "return general, anybody, not row.dated", "return anybody, general, not row.dated", "institutions/test_decisions.py"),
    _m("the list is heard before a person", "institutions/match.py", "not row.dated, not row.by_person, settled_last", "not row.dated, row.by_person, settled_last", "institutions/test_decisions.py"),
    _m("a name that is not somebody's is given to it", "institutions/match.py", "return row if row is not None and row.speaks_for(role, deal, day) else None", "return None", "institutions/test_decisions.py"),
    _m("a brand with its letters exchanged is the brand", "institutions/misprint.py", "return any(i >= len(name.stem) or i in shared for i in (place, place + 1))", "return True", "institutions/test_rules.py"),
    _m("two entities that fit alike are the first", "institutions/rules.py", "return Hit(entities, why) if entities else None", "return Hit(entities[:1], why) if entities else None", "institutions/test_rules.py"),
    _m("a file that failed before has not failed", "runs/outcome.py", 'return self.state in ("failed", "stands")', 'return self.state == "failed"', "batch/test_run.py"),
    _m("a file that changed is the file that was read", "runs/plan.py", "return item.size >= 0 and (item.size, item.modified) == (file.size, file.modified)", "return item.size >= 0", "batch/test_plan.py"),
    _m("a file that failed is not noted", "runs/many.py", "[_problem(outcome, settings, clock) for outcome in fresh if outcome.has_failed],", "[],", "batch/test_run.py"),
    _m("what was read with other labels holds", "runs/plan.py", "fresh = file.document_id in known.outgrown and not known.outgrown[file.document_id]", "fresh = file.document_id in known.outgrown", "batch/test_plan.py"),
)  # fmt: skip

MUTANTS: tuple[Mutant, ...] = (*REPORTED, *_VALUES, *_INTERPRET, *_TABLES, *_RECONCILE, *_DATASET, *_DOORS)
