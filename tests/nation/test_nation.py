"""The same nation on every machine, and a nation that could be one."""

from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl
import pytest

from lindung.nation import truth
from lindung.nation.careers import NEVER
from lindung.nation.nation import Nation
from lindung.nation.plan import BadPlan, Plan
from lindung.nation.rates import STEADY, USUAL
from lindung.nation.regions import least_wages
from lindung.nation.statistics import Statistics

UNTIL = date(2026, 11, 21)
SMALL = Plan(members=1_500, seed=1, months=24, until_on=UNTIL)
# Of the values of each table. Whoever changes the generator on purpose puts the new ones here.
DIGESTS = {
    "firms": "c962ba2142fd5dc78ed8a6392606653b4d38e68a0e4fee5428d4eb694b0ef572",
    "projects": "47eaf320c14c099ebb5f283b339f942b319296bddb68d362b2697b6ef0ac6e9c",
    "stages": "87aa5325b2d4675bf550ee1b222d82c14d8d33bfce3a399744ac44b40fd5a482",
    "people": "03bd34f9e5b4b699113713194f5e3ce5021bbfbd480a27196bd047d2330eeed6",
    "records": "3965ba161eb80af13e541e535b311be77cd65f58089cbc797a6e65aa107f4918",
    "work": "c9f186f21d92b9dbe37802fbd6d08e8f477f93b771c0863f1ceb929c16052941",
    "wages": "e75c0008ac4c230d20770356e04248074a8d7f3c6110088cfa15764c8c28697d",
    "independents": "7e107e93ec2e354639ccd032e4807ff6bff9e4e72adea4b5bcf20ab9aaceb7bc",
    "orders": "726b0145f278701ad9c9ff4d5ee172d4d99afb292afe5337c300deec6fd08470",
    "months": "c3f7562708ea037323ce7fadf01d36d5ffaeb49eb25fb739ad41cd8de7ca88d6",
}


@pytest.fixture(scope="module")
def nation() -> Nation:
    return Nation(Plan(members=20_000, seed=5, months=24, until_on=UNTIL))


@pytest.fixture(scope="module")
def tables(nation: Nation) -> dict[str, pl.DataFrame]:
    """The whole truth in one piece."""
    part = nation.part(0, nation.plan.members)
    return {**truth.tables(nation, part), **truth.whole(nation), "months": truth.months(nation, part)}


def test_the_same_words_give_the_nation_they_always_gave() -> None:
    assert truth.digest(Nation(SMALL), 1_500) == DIGESTS


@pytest.mark.parametrize("people_at_once", [97, 700])
def test_the_size_of_the_parts_changes_nothing(people_at_once: int) -> None:
    assert truth.digest(Nation(SMALL), people_at_once) == DIGESTS


def test_another_seed_gives_other_people_and_firms() -> None:
    other = truth.digest(Nation(replace(SMALL, seed=2)), 1_500)
    assert not {table for table in DIGESTS if DIGESTS[table] == other[table]}


def test_a_nik_belongs_to_one_person_whatever_was_told(tables: dict[str, pl.DataFrame]) -> None:
    assert tables["people"]["nik"].is_unique().all()
    assert tables["records"]["nik"].is_unique().all()
    assert set(tables["people"]["nik"]) <= set(tables["records"]["nik"])
    assert tables["work"].select("number", "kpj").unique()["kpj"].is_unique().all()


def test_a_second_record_is_one_digit_or_another_number_away_from_its_person(tables: dict[str, pl.DataFrame]) -> None:
    second = tables["records"].filter(pl.col("kind") != "own").join(tables["people"], on="number", suffix="_true")
    differing = [
        (kind, sum(one != other for one, other in zip(told, true, strict=True)))
        for kind, told, true in second.select("kind", "nik", "nik_true").iter_rows()
    ]
    assert {many for kind, many in differing if kind == "mistyped_nik"} == {1}
    assert {nik[:4] for nik in second.filter(pl.col("kind") == "second_nik")["nik"]} == {"9997"}
    assert len(differing) > 50


def test_names_are_misspelt_in_the_register_and_right_in_the_truth(tables: dict[str, pl.DataFrame]) -> None:
    own = tables["records"].filter(pl.col("kind") == "own").join(tables["people"], on="number", suffix="_true")
    misspelt = (own["name"] != own["name_true"]).mean()
    assert 0.03 < misspelt < 0.08
    assert own["name"].str.len_chars().min() > 0  # type: ignore[operator] # of texts that are all there


def test_people_live_in_households_with_one_card_and_sometimes_one_phone(tables: dict[str, pl.DataFrame]) -> None:
    homes = tables["people"].group_by("kk").agg(pl.len(), pl.col("address").n_unique(), pl.col("phone").drop_nulls())
    assert homes["address"].max() == 1
    assert {1, 2, 3, 4} <= set(homes["len"])
    several = homes.filter(pl.col("len") > 1)
    shared = several.filter(pl.col("phone").list.len() > pl.col("phone").list.n_unique())
    assert 0.1 < shared.height / several.height < 0.6
    without = tables["people"]["phone"].drop_nulls()
    assert without.n_unique() < len(without)


def test_nobody_works_twice_at_once_but_in_a_second_job(tables: dict[str, pl.DataFrame]) -> None:
    jobs = (
        tables["work"]
        .sort("number", "from_on")
        .with_columns(
            before=pl.col("until_on").shift(1).over("number"), firm_before=pl.col("npp").shift(1).over("number")
        )
    )
    assert (jobs["until_on"] > jobs["from_on"]).all()
    one_after_the_other = jobs.filter(~pl.col("second_job") & ~pl.col("second_job").any().over("number"))
    assert (one_after_the_other["before"] <= one_after_the_other["from_on"]).all()
    assert (one_after_the_other["firm_before"] != one_after_the_other["npp"]).all()
    assert 0 < jobs["second_job"].sum() < jobs.height / 50


def test_some_change_firms_some_cards_and_some_exits_are_never_told(tables: dict[str, pl.DataFrame]) -> None:
    work = tables["work"]
    each = work.group_by("number").agg(pl.len(), pl.col("kpj").n_unique())
    assert each["len"].max() >= 3  # type: ignore[operator] # a column of numbers
    assert each["kpj"].max() >= 2  # type: ignore[operator] # likewise
    gaps = (
        work.filter(~pl.col("second_job"))
        .sort("number", "from_on")
        .select(gap=(pl.col("from_on") - pl.col("until_on").shift(1).over("number")).dt.total_days())["gap"]
        .drop_nulls()
    )
    assert (gaps > 60).sum() > 100
    untold = work.filter(pl.col("until_on").is_not_null() & pl.col("told_until_on").is_null())
    assert 0.02 < untold.height / work["until_on"].count() < 0.06
    assert set(work["cause"].drop_nulls()) == {"resigned", "contract ended", "laid off", "retired"}
    assert (work["cause"].is_null() == work["until_on"].is_null()).all()


def test_wages_begin_at_the_least_grow_in_january_and_are_sometimes_told_too_low(
    nation: Nation, tables: dict[str, pl.DataFrame]
) -> None:
    wages = tables["wages"].join(tables["firms"], on="npp")
    raised = (
        wages.sort("number", "npp", "year")
        .select((pl.col("earned_rupiah") - pl.col("earned_rupiah").shift(1)).over("number", "npp"))["earned_rupiah"]
        .drop_nulls()
    )
    assert (raised > 0).all()
    least = dict(zip(nation.firm_table["region"].unique(maintain_order=True), least_wages(2026, 1)[:, 0], strict=True))
    last = wages.filter(pl.col("year") == 2026).with_columns(
        least=pl.col("region").replace_strict(least, return_dtype=pl.Int64)
    )
    decent = last.filter(pl.col("size").is_in(["large", "medium"]))
    assert (decent["earned_rupiah"] >= decent["least"]).all()
    assert 0.1 < (last["earned_rupiah"] == last["least"]).mean() < 0.4
    assert 0.002 < (last["earned_rupiah"] < last["least"]).mean() < 0.05
    honest, others = (last.filter((pl.col("tells") == "all") == told) for told in (True, False))
    assert (honest["told_rupiah"] == honest["earned_rupiah"]).all()
    assert (others["told_rupiah"] <= others["earned_rupiah"]).all()
    assert (others["told_rupiah"] < others["earned_rupiah"]).mean() > 0.3


def test_holiday_pay_is_in_the_truth_and_in_no_wage(tables: dict[str, pl.DataFrame]) -> None:
    paid = tables["wages"].filter(pl.col("thr_rupiah") > 0)
    assert set(paid["thr_month"]) == {date(2025, 3, 1), date(2026, 3, 1)}
    assert (paid["thr_rupiah"] <= paid["earned_rupiah"]).all()
    months = tables["months"].filter(pl.col("number").is_in(paid["number"].implode()))
    by_month = months.group_by("period").agg(pl.col("wage_rupiah").mean()).sort("period")
    march, april = (
        by_month.filter(pl.col("period") == day)["wage_rupiah"][0] for day in (date(2026, 3, 1), date(2026, 4, 1))
    )
    assert march < april * 1.02


def test_firms_are_of_every_size_and_habit(nation: Nation) -> None:
    firms = nation.firm_table
    assert set(firms["size"]) == {"micro", "small", "medium", "large"}
    assert set(firms["habit"]) == {habit.name for habit in USUAL.habits}
    assert set(firms["jkk_class"]) == {"I", "II", "III", "IV", "V"}
    assert firms["npp"].is_unique().all()
    assert firms["name"].str.contains("^(PT|CV|UD) Contoh ").all()
    largest = firms["workers"].sort(descending=True)
    assert largest.head(len(largest) // 20).sum() > largest.sum() // 2


def test_silent_firms_tell_nothing_and_others_forget_a_month(tables: dict[str, pl.DataFrame]) -> None:
    told = tables["months"].join(tables["firms"], on="npp")
    assert told.filter(pl.col("habit") == "silent").is_empty()
    months = told.group_by("npp").agg(pl.col("period").n_unique(), pl.col("since_on").first())
    assert 0 < (months["period"] < 24).sum() < months.height


def test_who_left_without_a_word_is_told_of_no_more(tables: dict[str, pl.DataFrame]) -> None:
    untold = tables["work"].filter(pl.col("until_on").is_not_null() & pl.col("told_until_on").is_null())
    later = untold.join(tables["months"], on=["number", "npp"]).filter(pl.col("period") >= pl.col("until_on"))
    assert later.is_empty()


def test_own_account_workers_order_from_the_first_unpaid_month_or_anew_once_lapsed(
    tables: dict[str, pl.DataFrame],
) -> None:
    orders = tables["orders"].filter((pl.col("kind") == "own_account") & pl.col("paid_on").is_not_null())
    again = orders.sort("number", "ordered_on").select(
        "from_on",
        running=pl.col("ordered_on").dt.truncate("1mo"),
        unpaid_from=pl.col("until_on").shift(1).over("number"),
    )
    again = again.filter(pl.col("unpaid_from").is_not_null())
    lapsed = pl.col("running") >= pl.col("unpaid_from").dt.offset_by("3mo")
    expected = pl.when(lapsed).then("running").otherwise("unpaid_from")
    assert again.select((pl.col("from_on") == expected).all()).item()
    assert 0 < again.select(lapsed.sum()).item() < again.height / 10
    assert 0 < again.select((pl.col("running") > pl.col("from_on")).sum()).item() < again.height / 5
    assert (tables["orders"]["paid_on"].drop_nulls() < UNTIL).all()
    told = tables["independents"].filter(pl.col("segment") == "BPU")
    assert 0.3 < told["with_jht"].mean() < 0.6  # type: ignore[operator] # a share
    jht = orders.join(told, on="number").group_by("with_jht").agg((pl.col("jht_rupiah") > 0).mean())
    assert dict(jht.iter_rows()) == {True: 1, False: 0}


def test_migrants_pay_a_package_before_they_go_and_some_stay_longer(tables: dict[str, pl.DataFrame]) -> None:
    orders = tables["orders"].filter(pl.col("kind") == "migrant")
    first = orders.filter(~pl.col("prolongs")).join(tables["independents"], on="number", suffix="_contract")
    assert (first["ordered_on"] < first["from_on"]).all()
    assert (first["from_on"] == first["from_on_contract"]).all()
    assert (first["until_on"] == first["until_on_contract"]).all()
    paid = orders.filter(pl.col("paid_on").is_not_null())
    assert paid.filter(~pl.col("prolongs"))["number"].is_unique().all()
    longer = orders.filter("prolongs").join(paid.filter(~pl.col("prolongs")), on="number", suffix="_first")
    assert longer.height == orders["prolongs"].sum() > 0
    assert (longer["from_on"] == longer["until_on_first"]).all()


def test_projects_have_a_firm_that_builds_and_stages_that_are_mostly_paid(tables: dict[str, pl.DataFrame]) -> None:
    workers = tables["independents"].filter(pl.col("segment") == "JAKON")
    projects = workers.join(tables["projects"], left_on="work", right_on="project")
    assert projects.height == workers.height
    assert projects.group_by("work").len()["len"].max() == USUAL.project_workers
    assert set(tables["projects"].join(tables["firms"], on="npp")["sector"]) == {"building"}
    stages = tables["stages"].join(tables["projects"], on="project")
    assert stages.filter(pl.col("stage_no") == 1).select((pl.col("due_on") == pl.col("from_on")).all()).item()
    assert (stages["due_on"] < stages["until_on"]).all()
    due = stages.filter(pl.col("due_on") < date(2026, 9, 1))
    assert 0.8 < due["paid_on"].is_not_null().mean() < 1  # type: ignore[operator] # a share
    assert stages.filter(pl.col("paid_on") < pl.col("due_on")).is_empty()


def test_the_civil_registry_is_given_everybody_and_second_numbers_too(
    nation: Nation, tables: dict[str, pl.DataFrame]
) -> None:
    known = nation.population(0, nation.plan.members)
    assert known.columns == ["nik", "name", "birth_on", "sex", "birth_place", "mother_name", "address"]
    second = tables["records"].filter(pl.col("kind") == "second_nik")["nik"]
    assert set(known["nik"]) == set(tables["people"]["nik"]) | set(second)
    mistyped = tables["records"].filter(pl.col("kind") == "mistyped_nik")["nik"]
    assert not set(known["nik"]) & set(mistyped)


def test_firms_of_wanted_sizes_stand_still() -> None:
    plan = Plan(members=650, seed=1, months=3, until_on=date(2026, 11, 5), rates=STEADY, sizes=(20, 30, 600))
    nation = Nation(plan)
    part = nation.part(0, 650)
    assert nation.firm_table["workers"].to_list() == [20, 30, 600]
    assert set(nation.firm_table["jkk_class"]) == {"III"}
    assert len(part.jobs) == 650
    assert len(part.months) == 3 * 650
    assert (part.jobs.until == NEVER).all()
    assert (nation.reports.paid_at > 0).all()
    assert (nation.reports.late_at_report == 0).all()
    assert part.records["name"].equals(part.people["name"])
    assert np.array_equal(part.wages.told, part.wages.earned)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"members": 0}, "1 to 20,000,000 members"),
        ({"members": 20_000_001}, "1 to 20,000,000 members"),
        ({"months": 0}, "at least one month"),
        ({"months": 70}, "at most 69 months up to 2026-10"),
        ({"sizes": (3, 4)}, "firms of 7 workers for 1,500 people"),
    ],
)
def test_what_cannot_be_is_refused(wrong: dict[str, object], said: str) -> None:
    with pytest.raises(BadPlan, match=said):
        replace(SMALL, **wrong)  # type: ignore[arg-type] # one wrong word at a time


def test_statistics_count_the_same_in_parts_and_in_one_piece(nation: Nation) -> None:
    in_parts, at_once = Statistics(nation), Statistics(nation)
    for part in nation.parts(7_000):
        in_parts.add(part)
    at_once.add(nation.part(0, nation.plan.members))
    assert list(in_parts.lines()) == list(at_once.lines())
    text = "\n".join(at_once.lines())
    assert "nation of 20,000 members, seed 5, 2024-11 to 2026-10" in text
    assert "own-account months  orders" in text
