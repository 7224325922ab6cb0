"""What spreadsheets and people do to the analysts' files: it is read as it was meant, or refused with its cell and a remedy."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dealproof.errors import MappingError
from dealproof.mappings import corrections, deals
from dealproof.mappings.check import check_folder
from dealproof.mappings.corrections import Correction
from dealproof.mappings.load import Registry, load_registry
from dealproof.mappings.reference import load_reference

LABELS = Path(__file__).parents[2] / "mappings" / "labels"
TWO = "institution_id,legal_name,kind\nA1,甲银行股份有限公司,commercial_bank\nA2,乙银行股份有限公司,commercial_bank\n"
FIX = "document_id,deal_id,table,key,column,printed_value,right_value,reason,decided_by,decided_on,note"
MATURITY = "deals,远岫2031-1,legal_maturity"
AMOUNT = "tranches,远岫2031-1|优先A,amount"


def folder(tmp_path: Path, **files: str) -> Path:
    shutil.copytree(LABELS, tmp_path / "labels", dirs_exist_ok=True)
    for name, text in {"institutions": TWO, "expectations": "kind,field,need,when,note\n", **files}.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8-sig")
    return tmp_path


def told(place: Path) -> list[str]:
    return [str(finding) for finding in check_folder(place)]


def only(place: Path) -> Correction:
    (item,) = load_registry(place).corrections
    return item


DAYS = (
    "2025-03-01",
    "2025/3/1",
    "2025-3-1",
    "2025.3.1",
    "2025年3月1日",
    "２０２５年３月１日",
    "45717",
    "2025/3/1 00:00:00",
)
NO_DAYS = ("03/01/2025", "1/3/25", "2025/13/1", "2025-02-30", "2025年3月", "3月1日", "99999", "12345", "去年")


@pytest.mark.parametrize("written", DAYS)
def test_a_day_is_read_however_it_is_written(tmp_path: Path, written: str) -> None:
    place = folder(
        tmp_path,
        corrections=f"{FIX}\n,,{MATURITY},{written},{written},,王敏,{written},\n",
        aliases="decision,mention,institution_id,canonical_name,role_scope,deal_scope,valid_from,valid_to,decided_by,"
        f"decided_on\nalias,甲行,A1,,,,{written},{written},王敏,{written}\n",
        provider_classes="institution_id,legal_name,class,valid_from,valid_to,evidence,decided_on\n"
        f"A1,,商业银行,{written},,年报,{written}\n",
        answers=f"question_id,answer,reason,decided_by,decided_on\nabc,confirmed,,王敏,{written}\n",
        market_reference="series,universe,period,group,member,value,unit,source,source_date,note\n"
        f"yield,all,{written},tenor,1,2.1,%,中债,{written},\n",
        institutions=TWO.replace("kind\n", "kind,former_names\n").replace(
            "A1,甲银行股份有限公司,commercial_bank",
            f"A1,甲银行股份有限公司,commercial_bank,甲信用社（至{written.split()[0]}）",
        ),
    )
    assert told(place) == []
    registry = load_registry(place)
    fix, alias, owned = only(place), registry.decisions[0], registry.classes[0]
    assert (fix.right_value, fix.printed_value, fix.decided_on) == ("2025-03-01",) * 3
    assert (alias.valid_from, alias.valid_to, alias.decided_on) == ("2025-03-01",) * 3
    assert owned.valid_from == registry.answers[0].decided_on == "2025-03-01"
    assert registry.institutions[0].former_names[0].valid_to == "2025-03-01"
    (rate,) = load_reference(place).rows
    assert (rate.period, rate.source_date) == ("2025-03-01", "2025-03-01")


@pytest.mark.parametrize("written", NO_DAYS)
def test_what_is_no_day_or_could_be_two_is_refused_with_its_cell(tmp_path: Path, written: str) -> None:
    fixes = f"{FIX}\n,,{MATURITY},,{written},,王敏,2025-01-02,\n,,{AMOUNT},800,900,,王敏,{written},\n"
    lines = told(folder(tmp_path, corrections=fixes))
    assert [line.partition(":  ")[0].split(": ")[0] for line in lines] == [
        "corrections.csv:2 [right_value]",
        "corrections.csv:3 [decided_on]",
    ]
    assert "2025-" in lines[0]
    assert "Write it as 2025-05-26" in lines[1]


def test_a_key_whose_date_the_spreadsheet_rewrote_is_the_same_key(tmp_path: Path) -> None:
    row = ",,pool_stats,远岫2031-1|2031/3/1|loan_count|,value,,1200,,王敏,2031-04-01,"
    assert only(folder(tmp_path, corrections=f"{FIX}\n{row}\n")).key == "远岫2031-1|2031-03-01|loan_count|"


@pytest.mark.parametrize("cell", ["3.25E+06", "6.00e+08", "1E6", "3250000.0049999999"])
@pytest.mark.parametrize("column", ["right_value", "printed_value"])
def test_a_figure_of_which_the_spreadsheet_cut_digits_is_refused(tmp_path: Path, cell: str, column: str) -> None:
    values = {"right_value": "3250000", "printed_value": "3150000", column: cell}
    row = f",,{AMOUNT},{values['printed_value']},{values['right_value']},,王敏,,"
    (line,) = told(folder(tmp_path, corrections=f"{FIX}\n{row}\n"))
    assert line.startswith(f"corrections.csv:2 [{column}]: {cell}")


@pytest.mark.parametrize("cell", ["3,250,000.00", "３２５００００", "3250000", "+3250000"])
def test_a_figure_with_all_its_digits_is_the_figure(tmp_path: Path, cell: str) -> None:
    item = only(folder(tmp_path, corrections=f'{FIX}\n,,{AMOUNT},3150000,"{cell}",,王敏,,\n'))
    spec = corrections.contract.table("tranches").column("amount")
    assert corrections.typed(spec, item.right_value) == 3250000


@pytest.mark.parametrize("cell", ["325万元", "3,25", "3_250_000", "32,50,000", "1.2.3", "NaN"])
def test_a_figure_that_is_none_is_refused(tmp_path: Path, cell: str) -> None:
    (line,) = told(folder(tmp_path, corrections=f'{FIX}\n,,{AMOUNT},3150000,"{cell}",,王敏,,\n'))
    assert line.startswith("corrections.csv:2 [right_value]")


def test_a_figure_cut_at_its_comma_is_refused_not_read_as_its_beginning(tmp_path: Path) -> None:
    for end in ("", "2031-06-01,"):
        (line,) = told(folder(tmp_path, corrections=f"{FIX}\n,,{AMOUNT},3150000,3,250,000,,王敏,{end}\n"))[:1]
        assert "in quotation marks" in line


def test_an_id_that_became_a_number_is_refused(tmp_path: Path) -> None:
    place = folder(
        tmp_path,
        institutions=TWO + "1.23E+17,丙银行股份有限公司,commercial_bank\n",
        answers="question_id,answer,decided_by\n1.23457E+15,confirmed,王敏\n",
    )
    lines = told(place)
    assert [line.partition(": ")[0] for line in lines] == [
        "answers.csv:2 [question_id]",
        "institutions.csv:4 [institution_id]",
    ]
    assert all("Format the column as text" in line for line in lines)


def test_an_id_of_digits_and_one_letter_e_is_an_id(tmp_path: Path) -> None:
    assert told(folder(tmp_path, answers="question_id,answer,decided_by\n12345678901234e5,confirmed,王敏\n")) == []


EATEN = ("Jan-24", "24-Jan", "Mar-2024", "1月24日", "2024年1月", "1月-24", "2024/1/1", "2024-01-01", "45292")


@pytest.mark.parametrize("cell", EATEN)
def test_a_deal_that_the_spreadsheet_took_for_a_date_is_refused(tmp_path: Path, cell: str) -> None:
    place = folder(
        tmp_path,
        deals=f"document_id,file_name,deal_name,deal_id,reason\n,base.pdf,,{cell},\n",
        aliases="decision,mention,institution_id,canonical_name,role_scope,deal_scope,valid_from,valid_to,decided_by\n"
        f"alias,甲行,A1,,,{cell},,,王敏\n",
        corrections=f"{FIX}\n,,deals,{cell},legal_maturity,,2031-05-26,,王敏,,\n",
    )
    lines = told(place)
    places = [line.partition(": ")[0] for line in lines]
    assert places == ["aliases.csv:2 [deal_scope]", "corrections.csv:2 [key]", "deals.csv:2 [deal_id]"]
    assert all("is a date, not the key of a deal" in line for line in lines)


@pytest.mark.parametrize("cell", ["泰和2019-1", "建元2024-2", "Jan债2024-1", "华驭第十二期"])
def test_a_deal_of_a_series_is_a_deal(tmp_path: Path, cell: str) -> None:
    place = folder(tmp_path, deals=f"file_name,deal_id\nbase.pdf,{cell}\n")
    assert [row.deal_id for row in load_registry(place).deals] == [cell]


MISSPELT = {
    "answers": ("question_id,anwser,reason,decided_by\nabc,confirmed,,王敏\n", "answer"),
    "aliases": ("decision,mension,institution_id\nalias,甲行,A1\n", "mention"),
    "deals": ("file_name,dealid_,deal_ids\nx.pdf,,远岫2031-1\n", ""),
    "corrections": (FIX.replace("right_value", "rigth_value") + f"\n,,{AMOUNT},800,900,,王敏,,\n", "right_value"),
    "provider_classes": (
        "institution_id,class,valid_form,valid_to,evidence\nA1,商业银行,2025-01-01,,年报\n",
        "valid_from",
    ),
    "institutions": (TWO.replace("legal_name", "leagl_name"), "legal_name"),
    "expectations": ("kind,field,need,wen,note\n", "when"),
}


@pytest.mark.parametrize("name", [name for name, (_, meant) in MISSPELT.items() if meant])
def test_a_misspelt_column_is_refused_with_the_name_that_was_meant(tmp_path: Path, name: str) -> None:
    text, meant = MISSPELT[name]
    place = folder(tmp_path, **{name: text})
    assert any(line.startswith(f"{name}.csv:1 [") and f"Did you mean {meant}" in line for line in told(place)), told(
        place
    )
    with pytest.raises(MappingError):
        load_registry(place)


@pytest.mark.parametrize("name", ["answers", "aliases", "corrections", "provider_classes", "expectations"])
def test_a_missing_column_is_refused(tmp_path: Path, name: str) -> None:
    text = {
        "answers": "question_id,reason,decided_by\nabc,,王敏\n",
        "aliases": "mention,institution_id\n甲行,A1\n",
        "corrections": f"table,key,column,right_value,reason\n{AMOUNT},900,\n",
        "provider_classes": "institution_id,class,valid_from,valid_to\nA1,商业银行,,\n",
        "expectations": "kind,need,when\n",
    }[name]
    (line,) = told(folder(tmp_path, **{name: text}))
    assert line.startswith(f"{name}.csv:1 [")
    assert "is missing" in line


def test_a_column_that_stands_twice_is_refused(tmp_path: Path) -> None:
    (line,) = told(folder(tmp_path, answers="question_id,answer,答案,decided_by\nabc,confirmed,忽略,王敏\n"))
    assert line.startswith("answers.csv:1 [answer]: the column stands twice")


def test_columns_of_ones_own_and_empty_headers_are_no_mistake(tmp_path: Path) -> None:
    text = "question_id,answer,reason,decided_by,decided_on,note,跟进人,notes,,\nabc,confirmed,,王敏,,,李雷,later,,\n,,,,,,,,,\n , ,　,,,,,,,\n"
    assert told(folder(tmp_path, answers=text)) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_file_is_read_whatever_parts_its_cells_and_however_it_is_encoded(
    tmp_path: Path, delimiter: str, encoding: str
) -> None:
    place = folder(tmp_path)
    rows = (("file_name", "deal_name", "deal_id"), ("", "远岫2031年第一期", "远岫改名2031-1"))
    (place / "deals.csv").write_bytes("\r\n".join(delimiter.join(row) for row in rows).encode(encoding))
    (row,) = load_registry(place).deals
    assert (row.deal_name, row.deal_id) == ("远岫2031年第一期", "远岫改名2031-1")


def test_the_line_that_names_the_delimiter_is_no_header(tmp_path: Path) -> None:
    place = folder(tmp_path, deals="sep=;\nfile_name;deal_id\nx,y.pdf;远岫2031-1\n")
    (row,) = load_registry(place).deals
    assert (row.file_name, row.where) == ("x,y.pdf", "deals.csv:3")


CHINESE: dict[str, str] = {
    "institutions": "机构标识,法定全称,简称,类型,控股方,英文名,曾用名,来源,备注\n"
    "A1,甲银行股份有限公司,甲银行,商业银行,,,,,\nA2,乙银行股份有限公司,,民营银行,,,,,\n",
    "aliases": "决定,名称,机构标识,法定全称,角色,交易,生效日,失效日,理由,来源,决定人,日期,备注\n"
    "曾用名,甲信用社,A1,,评级机构,不限,,2025/3/1,年报,,王敏,2025年4月1日,\n",
    "provider_classes": "机构标识,法定全称,分类,生效日,失效日,依据,来源,决定人,日期,备注\nA1,,商业银行,,,年报,,王敏,,\n",
    "deals": "文件标识,文件名,交易名称,交易标识,理由,决定人,日期,备注\n,x.pdf,,远岫2031-1,,王敏,,\n",
    "answers": "编号,答案,理由,决定人,日期,备注\nabc,忽略,不影响,王敏,2025.3.1,\n",
    "corrections": "文件标识,交易标识,表,键,列,原值,正确值,新增,理由,决定人,日期,备注\n"
    f",,{AMOUNT},800,确认,,,王敏,,\n,,deals,远岫2031-1,revolving,,是,是,,王敏,,\n",
    "expectations": "文件类型,字段,要求,条件,备注\n受托机构报告,performance.value,必须,循环,\n",
    "market_reference": "指标,范围,期间,分组,组别,数值,单位,来源,来源日期,备注\n发行规模,小微贷款,2025,市场,abn,12,亿元,中债,2026/1/5,\n文件齐全,全部,2025,,,是,,王敏,2026/1/5,\n",
}


def test_every_file_can_be_written_in_chinese(tmp_path: Path) -> None:
    place = folder(tmp_path, **CHINESE)
    (place / "labels" / "tranches.csv").write_text("字段,标签,匹配,备注\namount,规模,包含,\n", encoding="utf-8")
    assert told(place) == []
    registry = load_registry(place)
    assert in_program_words(registry) == (
        ["commercial_bank", "private_bank"], ("former_name", "rating_agency", "*", "2025-03-01"), "dismissed", "2025-03-01",
        [("confirmed", False), ("true", True)], ("trustee_report", "must", "revolving"),
    )  # fmt: skip
    assert load_reference(place).complete("all", 2025)
    figure = load_reference(place).rows[0]
    assert (figure.series, figure.universe, figure.group, figure.source_date) == (
        "issuance_amount", "micro_loan", "market", "2026-01-05",
    )  # fmt: skip


def in_program_words(registry: Registry) -> tuple[object, ...]:
    (alias,), (answer,), (wanted,) = registry.decisions, registry.answers, registry.expectations
    return (
        [item.kind for item in registry.institutions],
        (alias.decision, alias.role_scope, alias.deal_scope, alias.valid_to),
        answer.answer,
        answer.decided_on,
        [(item.right_value, item.adds) for item in registry.corrections],
        (wanted.kind, wanted.need, wanted.when),
    )


def test_headers_and_words_are_read_in_any_letter_case(tmp_path: Path) -> None:
    place = folder(tmp_path, answers="Question ID,ANSWER,Reason,Decided By\nabc,Confirmed,,王敏\n")
    (answer,) = load_registry(place).answers
    assert (answer.question_id, answer.answer) == ("abc", "confirmed")


def test_a_failed_formula_is_no_remark(tmp_path: Path) -> None:
    rows = f"{FIX}\n#N/A,,{AMOUNT},800,900,,王敏,,\n# ours,,,,,,,,,,\n,,{MATURITY},,2031-05-26,,王敏,########,\n"
    lines = told(folder(tmp_path, corrections=rows))
    assert [line.partition(": ")[0] for line in lines] == [
        "corrections.csv:2 [document_id]",
        "corrections.csv:4 [decided_on]",
    ]


def test_no_two_columns_of_a_file_have_one_name() -> None:
    from dealproof.mappings import aliases, answers, classes, expectations, institutions, labels, reference
    from dealproof.mappings.layout import spelling

    layouts = [module.LAYOUT for module in (aliases, answers, classes, corrections, deals, expectations, institutions)]
    for layout in (*layouts, labels.LAYOUT, reference.LAYOUT, answers.SHEET):
        headers = [spelling(header) for column in layout.columns for header in (column.name, *column.zh)]
        assert len(headers) == len(set(headers)), layout.file
        assert all(column.zh for column in layout.columns), layout.file
