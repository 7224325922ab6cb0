"""What must be opened, decided without opening anything."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dealproof.interpret.version import program_key
from dealproof.runs.inputs import Input
from dealproof.runs.plan import Knowledge, Plan, make_plan
from dealproof.settings.limits import LimitRules, Limits
from dealproof.store.files import FileProblem, KnownFile

ITEM = Input("/in/a.pdf", "/in/a.pdf", "a.pdf", 10, 5)
FILE = KnownFile("/in/a.pdf", "a.pdf", 10, 5, "0" * 64)
PROBLEM = FileProblem(
    "/in/a.pdf", "a.pdf", "0" * 64, 10, 5, "timeout", "a.pdf: too slow.", "Print it.", True, Limits().text, program_key(), "now"
)  # fmt: skip
READ = Knowledge({FILE.location: FILE}, {}, {FILE.document_id: False})
FAILED = Knowledge({}, {PROBLEM.location: PROBLEM}, {})


def states(plan: Plan) -> list[str]:
    return ["open"] * len(plan.waiting) + [outcome.state for outcome in plan.settled]


@pytest.mark.parametrize(
    ("item", "known", "state"),
    [
        (ITEM, READ, "known"),
        (replace(ITEM, size=11), READ, "open"),
        (replace(ITEM, modified=6), READ, "open"),
        (replace(ITEM, location="/in/b.pdf"), READ, "open"),
        (ITEM, replace(READ, outgrown={}), "open"),
        (ITEM, replace(READ, outgrown={FILE.document_id: True}), "open"),
        (ITEM, replace(READ, outgrown={FILE.document_id: None}), "known"),
        (ITEM, FAILED, "stands"),
        (replace(ITEM, modified=6), FAILED, "open"),
        (ITEM, Knowledge({}, {PROBLEM.location: replace(PROBLEM, lasting=False)}, {}), "open"),
        (ITEM, Knowledge({}, {PROBLEM.location: replace(PROBLEM, program="older")}, {}), "open"),
    ],
    ids=[
        "unchanged", "other size", "other time", "other place", "read by another version of the extractor",
        "labels want more pages", "labels changed and nobody knows yet", "failed", "failed, then changed",
        "failed for want of access", "failed with another program",
    ],
)  # fmt: skip
def test_a_file_is_opened_only_where_something_changed(item: Input, known: Knowledge, state: str) -> None:
    assert states(make_plan([item], known, LimitRules())) == [state]


def test_a_file_that_was_too_slow_is_tried_again_when_it_may_take_longer() -> None:
    longer = LimitRules(Limits(), (("a*.pdf", Limits(seconds=3600)),))
    assert states(make_plan([ITEM], FAILED, longer)) == ["open"]


def test_a_file_whose_size_nobody_tells_is_never_taken_for_known() -> None:
    unknown = replace(ITEM, size=-1, modified=-1)
    known = Knowledge({FILE.location: replace(FILE, size=-1, modified=-1)}, {}, {FILE.document_id: False})
    assert states(make_plan([unknown], known, LimitRules())) == ["open"]


def test_everything_is_opened_again_on_demand() -> None:
    assert states(make_plan([ITEM], READ, LimitRules(), again=True)) == ["open"]
    assert states(make_plan([ITEM], FAILED, LimitRules(), again=True)) == ["open"]


def test_failed_files_alone_are_opened_on_demand() -> None:
    new = replace(ITEM, place="/in/new.pdf", location="/in/new.pdf")
    both = Knowledge({"/in/b.pdf": replace(FILE, location="/in/b.pdf")}, FAILED.problems, READ.outgrown)
    plan = make_plan([ITEM, new, replace(ITEM, location="/in/b.pdf")], both, LimitRules(), failed_only=True)
    assert plan.waiting == (ITEM,)
    assert [outcome.item.location for outcome in plan.settled] == ["/in/b.pdf"]


def test_known_files_that_are_no_longer_in_the_folder_are_gone_and_others_are_left_alone() -> None:
    elsewhere = replace(FILE, location="/other/c.pdf")
    known = replace(READ, files={FILE.location: FILE, elsewhere.location: elsewhere}, problems={"/in/x.pdf": PROBLEM})
    assert make_plan([ITEM], known, LimitRules(), ["/in/"]).gone == ("/in/x.pdf",)
    assert make_plan([ITEM], known, LimitRules()).gone == ()
