"""What the gallery shows: invented people and sums, and for each component the line that makes it."""

from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

from django.core.paginator import Paginator

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
    MonthState,
    MonthStrip,
    Status,
    SummaryRow,
    Table,
    Task,
)
from lindung.channels.shared.explained_samples import EXPLAINED_LINES, explained_samples

LINES = {
    "key_figure": '{% key_figure label rupiah note="..." %}',
    "membership_card": "{% membership_card card %}",
    "month_strip": "{% month_strip strip %}",
    "growth_chart": "{% growth_chart growth %}",
    "bill_card": "{% bill_card bill %}",
    "button": '{% button text kind="secondary" %}  {% button_link text url %}',
    "house_form": "{% house_form form %}{% button text %}{% endhouse_form %}",
    "notice": '{% notice "good" title %}<p>...</p>{% endnotice %}',
    "status": '{% status word "good" %}',
    "next_step": "{% next_step what who=... until_on=... ask=... %}",
    "confirmation": "{% confirmation title number %}<p>...</p>{% endconfirmation %}",
    "reference": "{% reference number %}",
    "empty": "{% empty title %}<p>...</p>{% endempty %}",
    "details": "{% details summary %}<p>...</p>{% enddetails %}",
    "progress": "{% progress done total label %}",
    "summary_list": "{% summary_list rows %}",
    "data_table": "{% data_table table %}",
    **EXPLAINED_LINES,
    "table_region": "{% table_region caption %}<thead>...</tbody>{% endtable_region %}",
    "task_list": "{% task_list tasks %}",
    "timeline": "{% timeline events %}",
    "number": "{% number kpj %}  {% amount rupiah %}  {{ ratio|percent }}  {{ day|long_date }}",
    "choices": "{% choices label choices %}  {% search_box form action %}",
    "moving": "{% back url %}  {% breadcrumbs trail %}  {% pages page %}",
    "panes": '<div class="case-bar">...</div> <div class="panes"><section class="pane">...</section></div>',
}
KPJ = "26040017358"
# Looks like a code, says nothing.
SAMPLE_QR = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'%3E"
    "%3Cpath d='M0 0h3v3H0zM6 0h3v3H6zM0 6h3v3H0zM4 1h1v1H4zM5 2h1v2H5zM4 4h1v1H4z"
    "M1 4h1v1H1zM7 4h1v2H7zM4 6h2v1H4zM6 7h1v2H6zM8 7h1v1H8z'/%3E%3C/svg%3E"
)

TEXTS: dict[str, Any] = {
    "balance_label": "Saldo JHT",
    "balance_note": "per 31 Oktober 2026",
    "send": "Kirim klaim",
    "save": "Simpan dulu",
    "remove": "Batalkan klaim",
    "start": "Mulai",
    "later": "Nanti saja",
    "narrow": "Menurut keadaan",
    "step": "Kami periksa rekening Anda",
    "branch": "Kantor Cabang Contoh",
    "until_on": date(2026, 10, 19),
    "ask": "175, sebutkan nomor acuan",
    "reference": "KL-26-000042",
    "nothing": "Belum ada tagihan",
    "nothing_hint": "Tagihan pertama muncul di sini setelah upah bulan ini dilaporkan.",
    "why": "Dari mana angka ini?",
    "because": "Jumlah iuran yang sudah dibayar, ditambah hasil pengembangannya.",
    "checked": "baris diperiksa",
    "hand_caption": "Saldo per bulan",
    "hand_month": "Bulan",
    "hand_sum": "Saldo",
    "pane_left": "Riwayat",
    "pane_middle": "Keputusan",
    "pane_right": "Dokumen",
    "with_errors": "Dengan galat",
    "sent": "Klaim terkirim",
}
NOTICES = (
    ("info", "Iuran Oktober belum jatuh tempo", "Perusahaan membayar paling lambat 15 November 2026."),
    ("good", "Nomor HP sudah diganti", "Mulai sekarang kami mengirim kode ke nomor baru."),
    ("needs-you", "Satu hal perlu diperbaiki", "Nama di bank berbeda dengan nama di KTP."),
    ("danger", "Akun dibekukan", "Tidak ada uang yang bisa keluar sampai Anda datang ke kantor cabang."),
    ("quiet", "Data per 31 Oktober 2026", "Angka bulan ini belum lengkap."),
)


def samples() -> dict[str, Any]:
    return {
        **explained_samples(),
        "navigation": [
            Link("Ringkasan", "#", current=True),
            Link("Saldo JHT", "#"),
            Link("Iuran", "#"),
            Link("Klaim", "#"),
        ],
        "samples": TEXTS,
        "choices": [
            Choice("Aktif", "#choices", 1_204, current=True),
            Choice("Menunggu", "#choices", 2),
            Choice("Semua", "#choices"),
        ],
        "notices": NOTICES,
        "balance_rupiah": 48_213_750,
        "kpj": KPJ,
        "nik": "9901014203900001",
        "rate": Fraction(57, 1000),
        "day": date(1990, 3, 2),
        "card": MembershipCard(
            name="Siti Contoh Lestari",
            kpj=KPJ,
            programmes=("JKK", "JKM", "JHT", "JP"),
            status="Aktif",
            kind="good",
            since_on=date(2024, 3, 1),
            until_on=date(2026, 11, 30),
            qr_image=SAMPLE_QR,
        ),
        "strip": _strip(),
        "growth": _growth(),
        "bills": _bills(),
        "statuses": [
            Status("Lunas", "good"),
            Status("Sedang diperiksa", "info"),
            Status("Perlu Anda", "needs-you"),
            Status("Belum dibayar", "danger"),
            Status("Belum mulai", "quiet"),
        ],
        "rows": _facts(),
        "table": _table(),
        "tasks": _tasks(),
        "events": _events(),
        "page": Paginator(range(240), 20).page(6),
        "trail": [Link("Karyawan", "#"), Link("Oktober 2026", "#"), Link("Periksa upah", "#", current=True)],
    }


def _strip() -> MonthStrip:
    unusual: dict[int, tuple[MonthState, str]] = {
        5: ("late", "Dibayar 23 hari lewat batas"),
        11: ("none", ""),
        12: ("none", ""),
        20: ("late", "Dibayar 4 hari lewat batas"),
        28: ("missing", "PT Contoh Sejahtera"),
        29: ("due", "Batas bayar 15 September 2026"),
    }
    months = []
    for place in range(30):
        year, month = divmod(2 + place, 12)
        state, note = unusual.get(place, ("paid", ""))
        months.append(MonthMark(date(2024 + year, month + 1, 1), state, note))
    return MonthStrip("Iuran sejak Maret 2024", months)


def _growth() -> Growth:
    sums = (
        (5_130_000, 152_000),
        (11_286_000, 640_500),
        (18_057_600, 1_593_400),
        (25_506_000, 3_120_900),
        (33_699_000, 5_302_100),
        (40_800_000, 7_413_750),
    )
    return Growth(
        "Saldo JHT tumbuh",
        [GrowthPoint(str(2021 + place), contributed, earned) for place, (contributed, earned) in enumerate(sums)],
    )


def _bills() -> list[BillCard]:
    return [
        BillCard(
            title="Iuran Oktober 2026",
            amount_rupiah=184_650_000,
            due_on=date(2026, 11, 15),
            status="Menunggu bayar",
            kind="needs-you",
            virtual_account="8808123400001726",
            bank="Bank Contoh",
            url="#",
        ),
        BillCard("Iuran September 2026", 183_120_000, date(2026, 10, 15), "Lunas", "good", url="#"),
    ]


def _facts() -> list[SummaryRow]:
    return [
        SummaryRow("Nama", "Siti Contoh Lestari", source="Dari data kependudukan"),
        SummaryRow("NIK", "9901014203900001", kind="number"),
        SummaryRow("Tanggal lahir", date(1990, 3, 2), change_url="#"),
        SummaryRow("Upah dilaporkan", 4_500_000, source="Dari PT Contoh Sejahtera", change_url="#", kind="amount"),
        SummaryRow("Nomor HP lama", None),
    ]


def _table() -> Table:
    return Table(
        caption="Iuran Oktober 2026 per program",
        columns=[
            Column("Program"),
            Column("Dasar"),
            Column("Peserta", "count"),
            Column("Tarif", "percent"),
            Column("Jumlah", "amount"),
            Column("Keadaan"),
        ],
        rows=[
            [Link("JHT", "#"), "Upah", 1_204, Fraction(57, 1000), 308_826_000, Status("Lunas", "good")],
            [
                Link("JP", "#"),
                "Upah sampai batas",
                1_180,
                Fraction(3, 100),
                150_450_000,
                Status("Kurang bayar", "needs-you"),
            ],
            [Link("JKK", "#"), "Upah", 1_204, Fraction(24, 10_000), 13_003_200, Status("Lunas", "good")],
        ],
        total=["Jumlah", None, None, None, 472_279_200, None],
    )


def _tasks() -> list[Task]:
    return [
        Task("Perubahan karyawan", "#", "Selesai", "good", hint="3 masuk, 1 keluar"),
        Task("Upah Oktober 2026", "#", "2 perlu diperbaiki", "needs-you"),
        Task("Periksa semua", "", "Belum bisa", "quiet", hint="Setelah upah benar"),
        Task("Bayar", "", "Belum bisa", "quiet"),
    ]


def _events() -> list[Event]:
    return [
        Event(datetime(2026, 10, 12, 2, 5, tzinfo=UTC), "Klaim disetujui", "Kantor Cabang Contoh", "loket"),
        Event(datetime(2026, 10, 11, 7, 40, tzinfo=UTC), "Foto KTP diterima", "Anda", "web"),
        Event(datetime(2026, 10, 11, 7, 31, tzinfo=UTC), "Klaim dikirim", "Anda", "web"),
    ]
