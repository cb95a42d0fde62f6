"""The calculator: every number on the page is the law's, impossible facts are told beside their field."""

import pytest

from lindung.channels.shared.formats import rupiah
from lindung.law import answer
from tests.channels.public.law_pages import asked, read

PU, BPU, JAKON, PMI = "/iuran/", "/iuran/pekerja-mandiri/", "/iuran/jasa-konstruksi/", "/iuran/pekerja-migran/"


def test_a_wage_earners_month_shows_total_payers_due_date_and_every_line() -> None:
    shown = asked(PU)
    law = answer("PU", "2026-02", {"wage": 12_000_000, "jkk_class": "II"})
    assert shown.status == 200
    assert f"Iuran Februari 2026 {rupiah(1_101_222)}" in shown.result
    for key in ("total", "total_employer", "total_worker"):
        assert rupiah(int(str(law.result[key]))) in shown.result
    for line in law.lines:
        assert line.sentence in shown.result
        assert line.article in shown.result
    assert "16 Maret 2026" in shown.result
    assert all(note in shown.result for note in law.notes)


def test_the_ceiling_of_february_2026_is_still_that_of_2025() -> None:
    assert "Rp10.547.400" in asked(PU).result
    assert "Rp11.086.300" in asked(PU, month_0="3").result


def test_who_does_not_know_the_risk_class_sees_every_class() -> None:
    shown = asked(PU, jkk_class="")
    for risk in ("I", "II", "III", "IV", "V"):
        law = answer("PU", "2026-02", {"wage": 12_000_000, "jkk_class": risk}).result
        assert f"{rupiah(int(str(law['jkk'])))} {rupiah(int(str(law['total'])))}" in shown.result
    assert "Iuran Februari 2026 tanpa JKK" in shown.result


def test_months_late_cost_a_fine_with_its_own_line() -> None:
    shown = asked(PU, months_late="3")
    fine = answer("PENALTY", "2026-02", {"contribution_owed": 1_101_222, "months_late": 3})
    assert f"Denda {rupiah(int(str(fine.result['fine'])))}" in shown.result
    assert fine.lines[0].sentence in shown.result


def test_the_fine_that_nobody_found_is_said_to_be_unknown() -> None:
    shown = asked(PU, month_0="3", month_1="2025", months_late="3", relief="PP 7/2025")
    assert shown.status == 200
    assert "tidak ditemukan" in shown.result
    assert "Rincian denda" not in shown.result


def test_a_fine_needs_the_class_first() -> None:
    assert "Pilih kelas risiko" in asked(PU, jkk_class="", months_late="2").error_of("jkk_class")


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"foreigner": "on"}, "Tidak ada iuran JP: pekerja asing"),
        ({"foreigner": "on", "months_worked_in_indonesia": "3"}, "Belum wajib"),
        ({"birth_month_0": "1", "birth_month_1": "1960"}, "usia pensiun telah tercapai"),
        ({"enterprise_size": "micro"}, "JKM, pemberi kerja"),
        ({"jkp_member": "on"}, "JKP, pemerintah"),
        ({"wage": "200.000", "pay_basis": "daily", "days_worked": "20"}, "Rp5.000.000"),
        ({"pay_basis": "piece_rate", "wages_of_months": "4.000.000; 5.000.000; 6.000.000"}, "Rp5.000.000"),
        ({"month_0": "9", "month_1": "2020", "relief": "PP 49/2020"}, "keringanan"),
        ({"month_0": "9", "month_1": "2020", "relief": "deferral"}, "JP yang ditunda"),
        ({"month_0": "3", "month_1": "2025", "relief": "PP 7/2025"}, "keringanan: 50% dari 0,54%"),
        ({"relief": "PP 7/2025"}, "PP 7/2025 tidak berlaku pada Februari 2026"),
        ({"programmes": ["JHT", "JKM"]}, "JKM, pemberi kerja"),
        ({"month_0": "4", "month_1": "2027"}, "belum diumumkan"),
    ],
)
def test_other_facts_change_the_answer_and_say_so(facts: dict[str, object], said: str) -> None:
    shown = asked(PU, **facts)
    assert shown.status == 200, shown.text
    assert said in shown.result


def test_a_micro_enterprise_owes_jkk_and_jkm_alone() -> None:
    result = asked(PU, enterprise_size="micro").result
    assert "JHT, pemberi kerja" not in result
    assert "JP, pekerja" not in result


@pytest.mark.parametrize(
    ("address", "facts", "field", "said"),
    [
        (PU, {"wage": "banyak"}, "wage", "Upah harus jumlah rupiah bulat"),
        (PU, {"wage": ""}, "wage", "Isi upah."),
        (PU, {"wage": "2.000.000.000.000"}, "wage", "sampai Rp1.000.000.000.000"),
        (PU, {"month_0": "6", "month_1": "2015"}, "month", "Juli 2015"),
        (PU, {"month_0": "13"}, "month", "tidak ada di kalender"),
        (PU, {"jkk_class": "VI"}, "jkk_class", "pilihan itu tidak ada"),
        (PU, {"days_worked": "20"}, "days_worked", "hanya dihitung bila"),
        (PU, {"pay_basis": "daily", "days_worked": "40"}, "days_worked", "31"),
        (PU, {"pay_basis": "piece_rate"}, "wages_of_months", "Isi upah borongan"),
        (PU, {"wages_of_months": "1;2"}, "wages_of_months", "borongan"),
        (PU, {"birth_month_0": "1", "birth_month_1": "2200"}, "birth_month", "1906-02 sampai 2026-02"),
        (PU, {"months_late": "9999"}, "months_late", "1200"),
        (PU, {"months_late": "-1"}, "months_late", "bilangan bulat"),
        (PU, {"jkk_class": "", "programmes": "JKK"}, "jkk_class", "I, II, III, IV"),
        (BPU, {"income": "x"}, "income", "jumlah rupiah"),
        (BPU, {"age": "70"}, "age", "di bawah 65 tahun"),
        (BPU, {"months": "4"}, "months", "pilihan itu tidak ada"),
        (JAKON, {"basis": "gross"}, "vat_percent", "Isi tarif PPN"),
        (JAKON, {"vat_percent": "11"}, "vat_percent", "Kosongkan"),
        (JAKON, {"basis": "gross", "vat_percent": "250"}, "vat_percent", "0 sampai 100"),
        (JAKON, {"month_0": "1", "month_1": "2020", "stages": "50/25/25"}, "month", "1 April 2021"),
        (PMI, {"contract_months": "0"}, "contract_months", "dari 1 sampai 120"),
        (PMI, {"contract_months": "3"}, "contract_months", "6"),
        (PMI, {"paid_on_2": "2016"}, "paid_on", "1 Agustus 2017"),
        (PMI, {"paid_on_0": "31", "paid_on_1": "2"}, "paid_on", "tidak ada di kalender"),
    ],
)
def test_an_impossible_fact_is_told_beside_its_field_with_what_is_possible(
    address: str, facts: dict[str, object], field: str, said: str
) -> None:
    shown = asked(address, **facts)
    assert shown.status == 422
    assert said in shown.error_of(field), shown.text
    assert not shown.result
    assert "Galat:" in shown.markup.partition("</title>")[0]
    for name, typed in facts.items():
        if isinstance(typed, str) and typed and name.startswith(("wage", "income", "days", "age", "birth_month_1")):
            assert f'value="{typed}"' in shown.markup


def test_folded_facts_stand_open_once_one_of_them_was_given() -> None:
    assert "<details open>" not in asked(PU).markup.partition('id="result"')[0]
    assert "<details open>" in asked(PU, foreigner="on").markup.partition('id="result"')[0]


def test_an_own_account_worker_sees_one_month_and_all_months() -> None:
    shown = asked(BPU)
    law = answer("BPU", "2026-02", {"income": 3_000_000, "months": 3}).result
    assert rupiah(int(str(law["total"]))) in shown.result
    assert f"Untuk 3 bulan sekaligus {rupiah(int(str(law['total_3_months'])))}" in shown.result


def test_three_unpaid_months_end_the_cover_and_nothing_is_fined() -> None:
    assert "Masih aktif" in asked(BPU, unpaid_months="2").result
    lapsed = asked(BPU, unpaid_months="3").result
    assert "Tidak aktif setelah 3 bulan" in lapsed
    assert "tidak dikenai denda" in lapsed


def test_relief_by_sector_and_what_is_paid_without_it() -> None:
    transport = asked(BPU, sector="transport", months="1", programmes="JKK,JKM").result
    other = asked(BPU, sector="other", months="1", programmes="JKK,JKM").result
    assert "PP 50/2025" in transport
    assert rupiah(14_750 + 3_400) in transport
    assert rupiah(29_500 + 6_800) in other


def test_what_a_budget_pays_has_no_relief() -> None:
    facts = {"sector": "transport", "months": "1", "programmes": "JKK,JKM"}
    assert rupiah(29_500 + 6_800) in asked(BPU, **facts, budget_paid="on").result


@pytest.mark.parametrize("address", [BPU, JAKON])
def test_the_relief_of_the_pandemic_is_given_to_whoever_had_it(address: str) -> None:
    month = {"month_0": "9", "month_1": "2020"}
    assert "keringanan: 1% dari" in asked(BPU, **month, pandemic="on").result
    assert "1%" in asked(address, **month, pandemic="on").result
    assert asked(address, **month).result != asked(address, **month, pandemic="on").result


def test_a_project_pays_by_slices_of_its_value_net_of_vat_in_stages() -> None:
    shown = asked(JAKON, basis="gross", amount="2.220.000.000", vat_percent="11", stages="50/25/25")
    law = answer("JAKON", "2026-02", {"contract_net_of_vat": 2_000_000_000, "stages": "50/25/25"}).result
    assert "Rp2.000.000.000" in shown.result
    for key in ("total", "stage_1", "stage_2", "stage_3"):
        assert rupiah(int(str(law[key]))) in shown.result
    assert "satu kali untuk seluruh proyek" in shown.result


def test_a_project_whose_wages_are_known_pays_by_the_month() -> None:
    shown = asked(JAKON, basis="wages", amount="10.000.000")
    law = answer("JAKON", "2026-02", {"monthly_wage": 10_000_000}).result
    assert f"Iuran Februari 2026 {rupiah(int(str(law['total'])))}" in shown.result


def test_a_migrant_worker_pays_once_and_may_save() -> None:
    shown = asked(PMI, jht="100000")
    assert "Rp370.000" in shown.result
    assert "JHT selama 24 bulan Rp2.400.000" in shown.result
    assert "Rp332.500" in asked(PMI, route="individual").result
    assert "Rp370.000" not in asked(PMI, route="individual").result


def test_an_extension_is_paid_month_by_month() -> None:
    law = answer("PMI", "2026-03", {"contract_months": 24, "extra_months": 2, "route": "placement agency"}).result
    shown = asked(PMI, extra_months="2")
    assert f"Perpanjangan, peserta {rupiah(int(str(law['extra'])))}" in shown.result
    assert f"Iuran kontrak ini {rupiah(int(str(law['total'])))}" in shown.result


def test_an_odd_length_says_that_23_months_cost_more_than_24() -> None:
    assert "23 bulan lebih mahal daripada 24" in asked(PMI, contract_months="23").result


def test_an_address_without_a_month_means_this_month_and_says_so() -> None:
    shown = read(PU, {"wage": "5000000"})
    assert shown.status == 200
    assert "month_1=" in shown.shared


def test_an_open_form_holds_this_month_and_asks_nothing_else() -> None:
    shown = read(PU)
    assert shown.status == 200
    assert not shown.result
    assert "error" not in shown.markup.partition("<main")[2]


@pytest.mark.parametrize("address", ["/iuran/pu/", "/iuran/tidak-ada/", "/aturan/tidak-ada/", "/aturan/jp/tidak-ada/"])
def test_what_is_not_there_is_not_found(address: str) -> None:
    assert read(address).status == 404
