"""What analysts decided comes before every rule, and the narrower row before the wider one."""

from __future__ import annotations

import pytest

from dealproof.institutions.match import Matcher, Verdict
from dealproof.mappings.aliases import SHIPPED_BY, Decision
from dealproof.mappings.institutions import Institution

A, B = Institution("A", "甲山银行股份有限公司"), Institution("B", "乙水银行股份有限公司")
NAME = "山水行"


def asked(*rows: Decision, name: str = NAME, role: str = "", deal: str = "", day: str = "") -> Verdict:
    return Matcher([A, B], rows).match(name, role, deal, day)


def leads(*rows: Decision, name: str = NAME, role: str = "", deal: str = "", day: str = "") -> str:
    matcher = Matcher([A, B], rows)
    entity = matcher.institution(matcher.match(name, role, deal, day))
    return entity.institution_id if entity else ""


def says(entity: str = "A", decision: str = "alias", **more: str) -> Decision:
    return Decision(decision, NAME, entity, decided_by=more.pop("decided_by", "王敏"), **more)  # type: ignore[arg-type]


def test_a_person_is_heard_before_the_list_that_came_with_the_program() -> None:
    rows = says("A", decided_by=SHIPPED_BY), says("B")
    assert leads(*rows) == "B"
    assert asked(*rows).match == "reviewed"
    assert asked(rows[0]).match == "alias"


def test_the_deal_beats_the_role_and_the_role_beats_all() -> None:
    rows = says("A"), says("B", role_scope="servicer"), says("A", deal_scope="远岫2031-1")
    assert leads(*rows) == "A"
    assert leads(*rows, role="servicer") == "B"
    assert leads(*rows, role="servicer", deal="远岫2031-1") == "A"


def test_a_row_with_dates_beats_one_without_while_it_holds() -> None:
    rows = says("A"), says("B", valid_from="2025-01-01", valid_to="2025-12-31")
    assert leads(*rows, day="2025-06-30") == "B"
    assert leads(*rows, day="2026-01-01") == "A"
    assert leads(*rows) == "A"


def test_a_merger_holds_from_its_day_on() -> None:
    row = Decision("merged_into", A.legal_name, "B", valid_from="2025-09-12")
    assert leads(row, name=A.legal_name, day="2025-09-11") == "A"
    assert leads(row, name=A.legal_name, day="2025-09-12") == "B"
    assert leads(row, name=A.legal_name) == "A"


def test_a_name_that_is_not_somebodys_is_never_given_to_it() -> None:
    row = Decision("not_same", "甲山银行", "A")
    assert leads(name="甲山银行") == "A"
    assert leads(row, name="甲山银行") == ""
    (found,) = Matcher([A, B], [row]).candidates(["甲山银行"])
    assert [candidate.institution_id for candidate in found] == ["B"]


@pytest.mark.parametrize("decision", ["ignore", "never", "unsure"])
def test_an_answered_name_stays_nobodys_and_is_not_asked_about(decision: str) -> None:
    assert asked(says("", decision)).outcome == "settled"


def test_a_decision_about_a_full_name_holds_without_its_legal_form() -> None:
    row = Decision("former_name", "丙原银行股份有限公司", "A", valid_to="2024-01-01")
    assert leads(row, name="丙原银行") == "A"
    assert leads(row, name="丙原银行", day="2025-01-01") == "A"


def test_an_office_of_a_decided_name_is_its_institutions() -> None:
    verdict = asked(says("A"), name="山水行北京分行")
    assert (verdict.outcome, verdict.branch) == ("matched", "北京分行")


def test_the_verdict_names_the_row_behind_it() -> None:
    assert asked(says("A", where="aliases.csv:7")).where == "aliases.csv:7"
