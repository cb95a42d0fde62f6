"""Parts of names as they are common in Indonesia. Put together by chance they name nobody."""


def words(text: str) -> tuple[str, ...]:
    """The words of a text."""
    return tuple(text.split())


MALE = words(
    "Agus Ahmad Aditya Andi Anton Ari Arif Asep Bagus Bambang Bayu Bima Budi Cahyo Candra Danang Darma Dedi Dimas "
    "Doni Dwi Edi Eko Fajar Farhan Feri Galih Gilang Guntur Hadi Hafiz Hari Hasan Hendra Heru Ilham Imam Indra Irfan "
    "Irwan Iwan Jaka Joko Kadek Ketut Krisna Kurnia Lukman Made Mahmud Muhammad Mulyadi Nanda Nugroho Nyoman Oki "
    "Panji Prabu Puguh Putu Rahmat Raka Rendi Reza Rian Ridwan Rizki Roni Rudi Sandi Satrio Setya Sigit Slamet "
    "Sugeng Suharto Sulaiman Surya Sutrisno Taufik Teguh Tono Tri Ucok Umar Usman Wahyu Wawan Wayan Wisnu Yanto "
    "Yoga Yohanes Yosua Yudi Yusuf Zainal"
)

FEMALE = words(
    "Aisyah Ajeng Anggun Anisa Ani Astuti Ayu Bunga Citra Dara Desi Dewi Diah Dian Dwi Eka Endang Erna Esti Fatimah "
    "Fitri Gita Hana Hesti Ika Indah Intan Ira Kadek Kartika Kartini Ketut Kurnia Laras Lestari Lia Lilis Lina Luh "
    "Made Maria Marlina Maya Mega Melati Mira Murni Nadia Ningsih Nita Nur Nurul Nyoman Putri Rahayu Rani Ratih "
    "Ratna Reni Retno Rina Rini Risma Rosa Rukmini Sari Sartika Sekar Septi Sinta Siti Sri Suci Sulastri Sumiati "
    "Suryani Susi Tari Tati Titin Tri Tuti Umi Utami Vina Wahyuni Wati Wayan Widya Winda Wulan Yani Yanti Yohana "
    "Yuli Yuni Zahra"
)

LAST = words(
    "Abidin Adiputra Afandi Amelia Anggraini Anwar Ardiansyah Aritonang Aryanto Aziz Basri Batubara Darmawan "
    "Darmayanti Effendi Fauzi Firdaus Firmansyah Fitriani Ginting Gunadi Gunawan Habibie Hakim Halim Handayani "
    "Hapsari Harahap Hardiyanto Hartono Haryadi Hasibuan Hermawan Hidayah Hidayat Hutapea Hutasoit Indrawan "
    "Irawan Iskandar Ismail Jatmiko Kurniasih Kurniawan Kusnadi Kusuma Kusumawati Laksana Lestari Limbong Lubis "
    "Mahendra Manalu Manurung Marbun Maulana Maulida Mulyani Mulyono Nainggolan Nasution Nugraha Nugroho Nuraini "
    "Nurhayati Oktaviani Pamungkas Pangestu Panjaitan Permana Permata Pertiwi Prabowo Pradana Pramono Prasetyo "
    "Pratama Pratiwi Purnama Purnomo Purwanto Puspita Rahardjo Rahman Rahmawati Ramadhan Ramadhani Rangkuti "
    "Riyadi Rohman Rosadi Safitri Saputra Saragih Sasongko Setiawan Setyaningsih Siahaan Sihombing Simanjuntak "
    "Simatupang Sinaga Siregar Situmorang Subagyo Sudarsono Suhendra Sukmawati Sulistyo Sumarni Supriyadi "
    "Suryadi Susanti Susanto Sutanto Syahputra Tambunan Tanjung Utomo Wardana Wibisono Wibowo Widodo Wijaya "
    "Wijayanti Winarno Wirawan Wulandari Yuliana Yulianto Yusuf Zulkarnain"
)

MAIL_DOMAINS = ("example.com", "example.net", "example.org", "surel.example", "pos.example")
"""Names that are kept for examples, RFC 2606."""
