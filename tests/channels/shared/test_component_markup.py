"""Each component, from its template line to the markup that a reader and a screen reader get."""

import re
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from lindung.channels.shared import pieces, samples
from lindung.channels.shared.components import (
    BillCard,
    Choice,
    Column,
    Event,
    Growth,
    GrowthPoint,
    Link,
    MembershipCard,
    MonthMark,
    MonthStrip,
    Status,
    SummaryRow,
    Table,
    Task,
)
from lindung.channels.shared.forms import HouseForm

KPJ = "26040017358"


def show(line: str, **values: Any) -> str:
    with translation.override("id"):
        return Template("{% load lindung %}" + line).render(Context(values)).strip()


def test_a_button_says_what_it_does_and_may_carry_a_choice() -> None:
    shown = show('{% button "Bayar" kind="secondary" name="act" value="pay" %}')
    assert shown == '<button class="button secondary" name="act" value="pay">Bayar</button>'


def test_a_button_link_is_a_link() -> None:
    assert show('{% button_link "Mulai" "/claims/" %}') == '<a class="button primary" href="/claims/">Mulai</a>'


@pytest.mark.parametrize("kind", ["info", "good", "needs-you", "danger", "quiet"])
def test_a_status_is_a_word_and_a_shape_of_its_own(kind: str) -> None:
    shown = show("{% status 'Lunas' kind %}", kind=kind)
    assert ">Lunas</span>" in shown.replace("</svg>", "</svg>>")
    assert 'aria-hidden="true"' in shown
    shapes = {re.search(r' d="([^"]+)"', show("{% icon kind %}", kind=each)).group(1) for each in samples_kinds()}  # type: ignore[union-attr] # every icon has a path
    assert len(shapes) == 5


def samples_kinds() -> list[str]:
    return ["info", "good", "needs-you", "danger", "quiet"]


def test_a_kind_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="is no kind"):
        show("{% status 'Lunas' 'green' %}")


def test_a_dangerous_notice_interrupts_and_others_do_not() -> None:
    assert 'role="alert"' in show('{% notice "danger" "Dibekukan" %}<p>x</p>{% endnotice %}')
    good = show('{% notice "good" "Tersimpan" %}<p>Nomor baru</p>{% endnotice %}')
    assert 'role="alert"' not in good
    assert "<p>Nomor baru</p>" in good


def test_what_people_typed_is_escaped_everywhere() -> None:
    evil = "<script>"
    shown = [
        show('{% notice "good" title %}{{ title }}{% endnotice %}', title=evil),
        show("{% status title 'good' %}{% number title %}{% empty title %}{% endempty %}", title=evil),
        show("{% details title %}{{ title }}{% enddetails %}{% reference title %}{% next_step title %}", title=evil),
        show("{% summary_list rows %}", rows=[SummaryRow(evil, evil, source=evil, change_url=evil)]),
        show("{% data_table table %}", table=Table(evil, [Column(evil), Column(evil)], [[evil, Link(evil, evil)]])),
        show("{% table_region title %}{{ title }}{% endtable_region %}", title=evil),
    ]
    assert not [each for each in shown if evil in each]


def test_the_key_figure_is_a_label_an_amount_and_its_date() -> None:
    shown = show('{% key_figure "Saldo JHT" 48213750 note="per 31 Oktober 2026" %}')
    assert "Saldo JHT" in shown
    assert "Rp48.213.750" in shown
    assert "per 31 Oktober 2026" in shown


def test_a_long_number_is_grouped_by_space_that_is_not_copied() -> None:
    shown = show("{% number kpj %}", kpj=KPJ)
    assert re.findall(r"<span>(\d+)</span>", shown) == ["2604", "0017", "358"]
    assert re.sub(r"<[^>]+>", "", shown) == KPJ


def test_a_summary_list_says_whence_a_fact_comes_and_where_it_is_changed() -> None:
    row = SummaryRow("Upah", 4_500_000, source="Dari PT Contoh", change_url="/wages/", kind="amount")
    shown = show("{% summary_list rows %}", rows=[row])
    assert "<dt>Upah</dt>" in shown
    assert "Rp4.500.000" in shown
    assert "Dari PT Contoh" in shown
    assert re.search(r'<a href="/wages/">Ubah<span class="visually-hidden"> Upah</span>', shown)


def test_a_missing_value_is_spoken() -> None:
    assert "tidak ada" in show("{% summary_list rows %}", rows=[SummaryRow("Nomor HP", None)])


def test_a_table_has_a_caption_headers_and_can_be_scrolled_by_keyboard() -> None:
    table = Table(
        "Iuran Oktober",
        [Column("Program"), Column("Tarif", "percent"), Column("Jumlah", "amount"), Column("Keadaan")],
        [[Link("JHT", "/jht/"), Fraction(57, 1000), 308_826_000, Status("Lunas", "good")]],
        total=["Jumlah", None, 308_826_000, None],
    )
    shown = show("{% data_table table %}", table=table)
    assert 'role="region" tabindex="0" aria-labelledby="table-iuran-oktober"' in shown
    assert '<caption id="table-iuran-oktober">' in shown
    assert shown.count('scope="col"') == 4
    assert '<th scope="row" class="text"><a href="/jht/">JHT</a></th>' in shown
    assert '<td class="percent" data-label="Tarif">5,7%</td>' in shown
    assert shown.count("Rp308.826.000") == 2
    assert "<tfoot>" in shown


def test_a_table_that_fits_a_phone_stays_a_table_there() -> None:
    narrow = [Column("Bulan", "month"), Column("Jumlah", "amount"), Column("Keadaan")]
    row = [date(2026, 10, 1), 90_000, Status("Lunas", "good")]
    assert "data-label" not in show("{% data_table table %}", table=Table("x", narrow, [row]))
    with_a_day = [*narrow[:2], Column("{Batas} & hari", "date")]
    shown = show("{% data_table table %}", table=Table("x", with_a_day, [["Oktober 2026", 90_000, "besok"]]))
    assert 'data-label="{Batas} &amp; hari">besok</td>' in shown
    told = show("{% data_table table %}", table=Table("x", narrow, [[*row[:2], "Belum ada di dua tagihan terakhir."]]))
    assert 'data-label="Keadaan">Belum ada di dua' in told


def test_a_row_that_does_not_fit_its_columns_is_an_error() -> None:
    with pytest.raises(ValueError, match="zip"):
        show("{% data_table table %}", table=Table("x", [Column("a")], [["1", "2"]]))


def test_a_float_cannot_be_shown_as_an_amount() -> None:
    with pytest.raises(TypeError):
        show("{% data_table table %}", table=Table("x", [Column("a"), Column("b", "amount")], [["1", 2.5]]))


def test_a_task_without_an_address_cannot_be_started() -> None:
    shown = show(
        "{% task_list tasks %}",
        tasks=[
            Task("Upah", "/wages/", "2 perlu diperbaiki", "needs-you", hint="Oktober"),
            Task("Bayar", "", "Belum bisa", "quiet"),
        ],
    )
    assert '<a href="/wages/">Upah</a>' in shown
    assert "<span>Bayar</span>" in shown
    assert "2 perlu diperbaiki" in shown
    assert "Oktober" in shown


def test_a_timeline_is_in_local_time() -> None:
    event = Event(datetime(2026, 10, 12, 2, 5, tzinfo=UTC), "Klaim disetujui", "Kantor Cabang", "loket")
    shown = show("{% timeline events %}", events=[event])
    assert "12 Oktober 2026, 09.05" in shown
    assert "Kantor Cabang · loket" in shown


def test_progress_is_told_in_words_too() -> None:
    shown = show('{% progress 3200 10000 "baris diperiksa" stop_url="?live=0" %}')
    assert '<progress max="10000" value="3200"' in shown
    assert "<strong>3.200</strong> dari 10.000 baris diperiksa" in shown
    assert '<a href="?live=0">Hentikan</a>' in shown


def test_a_page_that_reloads_says_how_often() -> None:
    assert show("{% refresh_every 5 %}") == '<meta http-equiv="refresh" content="5">'


def test_a_next_step_says_what_who_until_when_and_whom_to_ask() -> None:
    shown = show('{% next_step "Kami periksa" who="Cabang" until_on=day ask="175" %}', day=date(2026, 10, 19))
    assert re.findall(r"<dd>([^<]+)</dd>", shown) == ["Kami periksa", "Cabang", "19 Oktober 2026", "175"]


def test_a_confirmation_leads_with_the_reference_number() -> None:
    shown = show('{% confirmation "Klaim terkirim" "KL-26-000042" %}<p>Tunggu kabar.</p>{% endconfirmation %}')
    assert shown.index("<h1>") < shown.index("KL-26-000042") < shown.index("Tunggu kabar.")


def test_an_empty_list_teaches() -> None:
    assert "Muncul setelah" in show('{% empty "Belum ada" %}<p>Muncul setelah upah dilaporkan.</p>{% endempty %}')


def test_details_open_without_a_script() -> None:
    assert show('{% details "Mengapa?" %}<p>Karena.</p>{% enddetails %}').startswith("<details><summary>Mengapa?")


def strip() -> MonthStrip:
    months = [MonthMark(date(2026, month, 1), "paid") for month in range(1, 10)]
    return MonthStrip("Iuran 2026", [*months, MonthMark(date(2026, 10, 1), "missing", "PT Contoh")])


def test_a_month_strip_is_a_picture_in_words_and_a_table() -> None:
    shown = show("{% month_strip strip %}", strip=strip())
    assert 'role="img" aria-labelledby="strip-iuran-2026 strip-iuran-2026-words"' in shown
    assert '<desc id="strip-iuran-2026-words">9 lunas, 1 belum dibayar</desc>' in shown
    assert shown.count('<th scope="row"') == 10
    assert shown.index("Oktober 2026</th>") < shown.index("Januari 2026</th>")
    assert "PT Contoh" in shown


def test_each_state_of_a_month_has_a_sign_of_its_own() -> None:
    signs = set()
    for state in ("paid", "late", "missing", "due", "none"):
        cell = pieces.month_cell(0, 0, state)
        signs.add(cell.split("/>", 1)[1])
    assert len(signs) == 5


def test_a_growth_chart_has_the_same_sums_in_a_table() -> None:
    growth = Growth("Saldo tumbuh", [GrowthPoint("2025", 5_000_000, 150_000), GrowthPoint("2026", 11_000_000, 640_500)])
    shown = show("{% growth_chart growth %}", growth=growth)
    assert "Sampai 2026: iuran Rp11.000.000, hasil pengembangan Rp640.500." in shown
    assert '<td class="amount">Rp11.640.500</td>' in shown
    assert shown.count('<rect class="contributed"') == 2


def test_a_growth_chart_without_points_still_stands() -> None:
    assert "<figure" in show("{% growth_chart growth %}", growth=Growth("Saldo", []))


def test_a_membership_card_shows_the_number_and_the_code_on_its_back() -> None:
    card = MembershipCard(
        "Siti Contoh", KPJ, ("JHT", "JP"), "Aktif", "good", date(2024, 3, 1), date(2026, 11, 30), "data:,x"
    )
    shown = show("{% membership_card card %}", card=card)
    assert "JHT · JP" in shown
    assert "Peserta sejak Maret 2024 · kartu berlaku sampai 30 November 2026" in shown
    assert '<img src="data:,x" alt="Kode QR kartu ini"' in shown
    assert shown.index("Aktif") < shown.index("2604")


def test_a_bill_card_says_how_much_until_when_and_where_to_pay() -> None:
    bill = BillCard(
        "Iuran Oktober",
        184_650_000,
        date(2026, 11, 15),
        "Menunggu",
        "needs-you",
        "8808123400001726",
        "Bank Contoh",
        "/b/1/",
    )
    shown = show("{% bill_card bill %}", bill=bill)
    assert "Rp184.650.000" in shown
    assert "15 November 2026" in shown
    assert "<span>8808</span>" in shown
    assert 'href="/b/1/"' in shown


def test_breadcrumbs_and_navigation_mark_where_one_is() -> None:
    links = [Link("Iuran", "/c/"), Link("Oktober", "/c/10/", current=True)]
    assert '<span aria-current="page">Oktober</span>' in show("{% breadcrumbs links %}", links=links)
    assert '<a href="/c/10/" aria-current="page">Oktober</a>' in show("{% navigation links %}", links=links)
    assert 'href="/c/"' in show("{% back '/c/' %}")


def test_of_a_long_menu_three_stay_and_the_name_of_where_one_is() -> None:
    names = ["Bulan ini", "Pekerja", "Tagihan", "Proyek", "Aduan", "Pengguna"]
    links = [Link(name, f"/{name}/") for name in names]
    folded = show("{% navigation links %}", links=links)
    assert folded.index("Tagihan") < folded.index("<summary>Lainnya</summary>") < folded.index("Proyek")
    assert "<details" not in show("{% navigation links %}", links=links[:5])
    links[4] = Link("Aduan", "/Aduan/", current=True)
    here = show("{% navigation links %}", links=links)
    assert '<summary class="here"><span class="visually-hidden">Lainnya: </span><span>Aduan</span></summary>' in here
    assert here.count("aria-current") == 1


def test_pages_keep_the_search_that_led_there() -> None:
    page = Paginator(range(240), 20).page(6)
    shown = show("{% pages page %}", page=page, request=RequestFactory().get("/people/?name=siti&page=6"))
    assert 'href="?name=siti&amp;page=7"' in shown
    assert 'rel="prev"' in shown
    assert 'aria-current="page"' in shown
    assert "…" in shown


def test_a_single_page_needs_no_list_of_pages() -> None:
    assert show("{% pages page %}", page=Paginator(range(3), 20).page(1)) == ""


def test_ways_to_narrow_a_list_say_how_many_each_leaves_and_which_one_is_taken() -> None:
    ways = [Choice("Aktif", "?state=active", 1_204, current=True), Choice("Semua", "?")]
    shown = show('{% choices "Keadaan" ways %}', ways=ways)
    assert '<nav class="choices" aria-label="Keadaan">' in shown
    assert re.search(r'href="\?state=active" aria-current="true">Aktif <span class="figure">1.204</span>', shown)
    assert '<a href="?">Semua</a>' in shown


def test_what_is_searched_for_travels_in_the_body_and_never_in_an_address() -> None:
    class Search(HouseForm):
        searched = forms.CharField(label="Cari nama")

    shown = show('{% search_box form "/cari/" all_url="/semua/" %}', form=Search(), csrf_token="abc")
    assert '<form class="search" method="post" action="/cari/" role="search" novalidate>' in shown
    assert 'value="abc"' in shown
    assert 'href="/semua/"' in shown


def test_every_component_of_the_list_stands_in_the_gallery() -> None:
    assert len(samples.LINES) == 28
    for line in samples.LINES.values():
        if "{%" in line:
            Template("{% load lindung %}" + re.sub(r"=\.\.\.", "=x", line))
