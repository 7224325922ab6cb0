"""Reviews, views and vintages as pandas frames, for analysts' own work. Figures stay exact (`Decimal`); missing is None."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dealproof.metrics.catalog import BY_ID
from dealproof.metrics.dataset_index import DatasetIndex, day, number
from dealproof.metrics.model import Line, Number, Result, Review, Value
from dealproof.metrics.views.deals import class_of, provider
from dealproof.metrics.views.defaults import age_months, basis
from dealproof.model.cell import Row

if TYPE_CHECKING:
    import pandas as pd

#: Columns of the frame of results.
RESULT_COLUMNS = (
    "metric", "title_zh", "title_en", "year", "group", "value", "printed", "unit", "share_of", "share_pct", "change", "change_kind",
    "n", "left_out", "deals", "doubts", "origin", "problem",
)  # fmt: skip
#: Columns of the frame of default rates by age.
VINTAGE_COLUMNS = (
    "deal_id", "market", "provider_class", "closing_date", "period_no", "period_end", "age_months", "definition", "basis", "rate_pct", "reprinted",
    "document_id",
)  # fmt: skip


def results_frame(review: Review) -> pd.DataFrame:
    """One row a result; `group` is `market=abn; …`, `deals` and `doubts` are lists joined by spaces."""
    import pandas as pd

    rows = [_result_row(item, review) for item in review.results]
    return pd.DataFrame(rows, columns=list(RESULT_COLUMNS), dtype=object)


def lines_frame(lines: Iterable[Line]) -> pd.DataFrame:
    """One row a line of a view."""
    import pandas as pd

    return pd.DataFrame([dict(line.values) for line in lines], dtype=object)


def vintages_frame(index: DatasetIndex) -> pd.DataFrame:
    """Every cumulative default rate (累计违约率) of the universe with the age of its deal in months.

    Rates of one curve have one `definition` and one `basis`; `reprinted` rows are what later reports say of a period.
    """
    import pandas as pd

    rows = [
        _vintage_row(index, deal, row)
        for deal in index.deals()
        for row in index.rows("performance", deal["deal_id"])
        if row["metric"] == "cumulative_default_pct" and row["value"] and row["period_end"] and deal["closing_date"]
    ]
    frame = pd.DataFrame(rows, columns=list(VINTAGE_COLUMNS), dtype=object)
    return frame.sort_values(["deal_id", "definition", "period_end", "reprinted", "document_id"], ignore_index=True)


def _result_row(result: Result, review: Review) -> dict[str, Value]:
    metric = BY_ID[result.metric]
    numbers = [item for item in (result.value, result.share, result.change) if item is not None]
    return {
        "metric": metric.id, "title_zh": metric.title.zh, "title_en": metric.title.en, "year": result.year,
        "group": "; ".join(f"{column}={value}" for column, value in result.group), "value": result.value.value,
        "printed": result.value.printed, "unit": metric.unit, "share_of": metric.share.of.en if metric.share else None,
        "share_pct": _printed(result.share), "change": _printed(result.change), "change_kind": metric.change, "n": result.n,
        "left_out": len(review.left_out.get(metric.id, ())) if result.year == review.year else None, "deals": " ".join(result.deals),
        "doubts": " ".join(result.doubts), "origin": result.origin,
        "problem": "; ".join(dict.fromkeys(item.problem.en for item in numbers if item.problem)) or None,
    }  # fmt: skip


def _printed(figure: Number | None) -> str | None:
    return figure.printed or None if figure else None


def _vintage_row(index: DatasetIndex, deal: Row, row: Row) -> dict[str, Value]:
    closing, end = day(deal, "closing_date"), day(row, "period_end")
    return {
        "deal_id": deal["deal_id"], "market": deal["market"], "provider_class": class_of(index, provider(index, deal["deal_id"])),
        "closing_date": closing, "period_no": row["period_no"], "period_end": end,
        "age_months": age_months(closing, end) if closing and end else None, "definition": row["definition"], "basis": basis(deal, row),
        "rate_pct": number(row, "value"), "reprinted": row["reprinted"] == "true", "document_id": row["document_id"],
    }  # fmt: skip
