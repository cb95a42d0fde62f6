"""Parts of names as they are common in Indonesia, by where they come from. Put together by chance they name nobody.

In every pool the commonest come first: early names are drawn far more often than late ones, as in life.
"""

from dataclasses import dataclass


def words(text: str) -> tuple[str, ...]:
    """The words of a text."""
    return tuple(text.split())


@dataclass(frozen=True, slots=True)
class Flavour:
    """How people of one origin are named. Shares are in a hundred.

    ``second`` and ``last``: how many have a second given name, a last name. Who has neither has a single name.
    ``before_men``, ``before_women``: what may stand in front, had by ``before`` of them. ``surnames_women``: where
    women's last names differ from men's.
    """

    male: tuple[str, ...]
    female: tuple[str, ...]
    surnames: tuple[str, ...]
    second: int
    last: int
    before_men: tuple[str, ...] = ()
    before_women: tuple[str, ...] = ()
    before: int = 0
    surnames_women: tuple[str, ...] = ()


_MUSLIM_MEN = ("Muhammad", "Ahmad", "Abdul", "Moh", "Nur")
_MUSLIM_WOMEN = ("Siti", "Nur", "Dewi", "Sri", "Ummu")

FLAVOURS = {
    "jawa": Flavour(
        words(
            "Agus Slamet Joko Bambang Sugeng Budi Eko Dwi Tri Sutrisno Supriyadi Wahyu Hari Heru Teguh Sigit Suyanto"
            " Sumarno Suharto Mulyono Sukardi Paijo Ponimin Tukiman Ngadimin Wagiman Sarjono Suparman Sunardi Wawan"
            " Yanto Purwanto Prasetyo Aditya Bayu Dimas Galih Rizki Ilham Fajar Bagus Danang Gilang Krisna Panji Satrio"
        ),
        words(
            "Sri Siti Dwi Tri Wahyuni Sulastri Sumiati Endang Ning Ratna Retno Rini Yuni Tuti Sumarni Suparti Ngatini"
            " Parti Wagiyem Tukinem Lestari Ayu Dewi Fitri Indah Intan Kartika Laras Mega Novi Nurul Puji Putri Rahayu"
            " Sekar Septi Suci Susi Utami Wulan Yuli Anik Eka Erna"
        ),
        words(
            "Santoso Wibowo Nugroho Setiawan Utomo Prasetyo Hartono Susanto Widodo Purnomo Kurniawan Saputra Hidayat"
            " Wijaya Pratama Cahyono Handoko Raharjo Subagyo Pamungkas Wicaksono Sasongko Yulianto Kusuma"
        ),
        20,
        77,
        surnames_women=words(
            "Lestari Rahayu Wahyuni Handayani Astuti Setyaningsih Puspitasari Widyastuti Ningrum Pertiwi Safitri"
            " Wulandari Susanti Ningsih Purwanti Kusumawati Rahmawati Anggraini Hartati Utami Setyowati"
            " Mulyani Susilowati"
        ),
    ),
    "sunda": Flavour(
        words(
            "Asep Dadang Ujang Dedi Cecep Iwan Ade Deni Yayan Aep Encep Tatang Maman Usep Jajang Endang Agus Rudi"
            " Hendra Dudung Nandang Wawan Yana Yudi Rian Rizal Fauzi Gilang Irfan Taufik Ridwan Galih Opik Engkus"
            " Entis Udin Oman Koswara Sobari"
        ),
        words(
            "Euis Neneng Iis Ai Nia Lilis Tati Imas Yeni Rina Elis Cucu Teti Eneng Entin Dede Nani Yayah Popon Titin"
            " Siti Nurhayati Rohaeti Sumiati Wida Rani Intan Fitri Anisa Nisa Rika Risma Sinta Yulia Ika Lia"
        ),
        words(
            "Suryana Hidayat Sutisna Permana Gunawan Setiawan Nugraha Ramdani Saepudin Supriatna Kurnia Mulyana"
            " Hermawan Sudrajat Kosasih Somantri Wiguna Komarudin Sopandi Suherman Iskandar Rosadi Nurjaman"
        ),
        18,
        62,
        _MUSLIM_MEN,
        _MUSLIM_WOMEN,
        8,
        surnames_women=words(
            "Rahayu Nuraeni Komala Sariningsih Rosmiati Maryati Kartini Nurjanah Sumarni Rohayati Mulyati Lestari"
            " Hasanah Marlina Agustin Nurhasanah Suryani Apriani"
        ),
    ),
    "betawi": Flavour(
        words(
            "Muhammad Ahmad Abdul Rahmat Sapri Naman Mamat Rojali Sanusi Hasan Husen Jamal Saiful Fikri Rizky Fahmi"
            " Aldi Reza Rendi Dani Ilyas Zaenal Mansur Hamdan Ridwan Faisal Iqbal Yusuf Idris Kosim Madun Nasir"
        ),
        words(
            "Siti Nur Rohani Mariam Zubaedah Saidah Aminah Nurhasanah Hasanah Laila Fatimah Aisyah Zahra Salma Nadia"
            " Amelia Putri Rahma Yanti Nina Mumun Romlah Juriah Masitoh Wardah Annisa Syifa Khadijah"
        ),
        words(
            "Hidayatullah Syarifuddin Abdullah Ibrahim Ramadhan Maulana Rahman Hakim Anwar Basri Mansyur"
            " Zulkarnain Firdaus Alamsyah Saputra Fadilah Ma'ruf Mu'min"
        ),
        25,
        68,
        _MUSLIM_MEN,
        _MUSLIM_WOMEN,
        18,
        surnames_women=words(
            "Fauziah Nurjanah Rahmawati Khairunnisa Oktaviani Aulia Nur'aini Ramadhani Lestari Fadilah Maharani Zakiyah"
        ),
    ),
    "madura": Flavour(
        words(
            "Moh Abdul Ahmad Ach Mat Sahur Hosen Holil Rofiq Syaiful Zainal Imam Fathor Hasan Samsul Buhari Mukhlis"
            " Taufiq Sadik Tohir Misnadi Sunarto Marzuki Nawawi"
        ),
        words(
            "Siti Sitti Nur Hosniyah Musyarrofah Rukayyah Suhartini Hatijah Maimunah Sumiyati Kholifah Zainab Rofiqoh"
            " Muslimah Jumaati Halimatus Uswatun Faizah"
        ),
        words(
            "Rahman Hamid Ghafur Rohim Aziz Kholiq Wahid Arifin Muslim Fauzi Hasanah Aisyah Sa'diyah Munawaroh"
            " Khotimah Zahroh Sholehah"
        ),
        12,
        55,
    ),
    "batak": Flavour(
        words(
            "Togar Hotman Parlin Jonson Binsar Saut Poltak Ronal Jhon Marihot Tumpal Lamhot Rudi Hendra Daniel Andreas"
            " Yosua Samuel Roy Ferdinan Bonar Monang Sabam Ramses Gomgom Jefri Martin Nico Rikardo"
        ),
        words(
            "Tiurma Rosmaida Lamria Hotmaida Rotua Nurhaida Duma Melva Romauli Tetty Ester Maria Debora Yohana Grace"
            " Kristina Lestari Juliana Riris Sondang Marlina Elfrida Natalia Putri Sarah"
        ),
        words(
            "Simanjuntak Siregar Nasution Harahap Lubis Hutapea Sinaga Manurung Situmorang Panjaitan Nainggolan"
            " Simbolon Hutagalung Sihombing Silalahi Marpaung Tampubolon Pasaribu Purba Ginting Tarigan Sembiring"
            " Saragih Batubara Rangkuti Daulay Pohan Gultom Siahaan Limbong"
        ),
        30,
        98,
    ),
    "minang": Flavour(
        words(
            "Afrizal Yusrizal Zulkifli Syafrizal Hendri Rinaldi Deni Rahmat Ilham Fadli Ridho Aulia Fauzan Hafiz Ronal"
            " Erizal Masrizal Yulius Nofri Andi Doni Arif Wahyu Irwan Syamsul Firman"
        ),
        words(
            "Yusnidar Nurhayati Erni Yulia Fitri Rahmi Desi Silvia Mutia Annisa Rani Elvi Zulfa Nova Mela Reni Suci"
            " Yelni Asmawati Rosnida Murniati Wirda Aisyah"
        ),
        words(
            "Tanjung Chaniago Koto Piliang Sikumbang Jambak Guci Melayu Efendi Putra Saputra Rahman Hakim Yunus Syarif"
        ),
        22,
        66,
        surnames_women=words(
            "Yanti Putri Sari Oktavia Ramadhani Fitria Wahyuni Tanjung Chaniago Koto Piliang Handayani Lestari"
        ),
    ),
    "melayu": Flavour(
        words(
            "Muhammad Abdul Zulkifli Syahrul Ridwan Hamdan Iskandar Azhar Rusli Effendi Idris Yusuf Amran Bakri Ismail"
            " Khairul Faisal Rahmat Said Usman Rizal Andi"
        ),
        words(
            "Siti Nur Rohana Aminah Halimah Mariana Yusnita Suryani Zuraida Asnah Fauziah Khairani Rosmah Ramlah"
            " Azizah Aida Maya Dina Rika Wan"
        ),
        words(
            "Hasibuan Siregar Ismail Ibrahim Abdullah Rahman Hamzah Yusuf Effendi Iskandar Syahputra Fahlevi Hanafi"
            " Nasution"
        ),
        24,
        64,
        _MUSLIM_MEN,
        _MUSLIM_WOMEN,
        14,
        surnames_women=words(
            "Fitriani Amelia Lestari Zahara Hidayah Hasibuan Siregar Nasution Sari Wulandari Rahmah Anggraini"
        ),
    ),
    "bali": Flavour(
        words("Wayan Made Nyoman Ketut Gede Putu Kadek Komang Agung Ngurah"),
        words("Wayan Made Nyoman Ketut Luh Putu Kadek Komang Ayu"),
        words(
            "Suardana Sudiarta Widiana Artawan Suastika Sukerta Wirawan Darmawan Adnyana Mahendra Wijaya Sumerta"
            " Yasa Parwata Suparta Arnawa Budiasa Putra Sudana Widhiarta Astawa"
        ),
        15,
        97,
        ("I",),
        ("Ni",),
        82,
        surnames_women=words(
            "Dewi Suryani Lestari Wati Widyastuti Purnami Suartini Ariani Cahyani Sukerti Widiantari Puspita"
            " Sariani Rasmini"
        ),
    ),
    "sasak": Flavour(
        words("Lalu Muhammad Ahmad Sahrul Zaenul Saparudin Mahsun Junaidi Amaq Hasan Husni Sirajudin Marzuki Mawardi"),
        words("Baiq Siti Nur Sumiati Hidayatul Rohani Mahnim Inaq Husniatun Zohriah Fatmawati Raehanun"),
        words("Hidayat Rahman Hadi Wathoni Fathurrahman Azhar Mustiadi Hamdani Wardani Apriani Hasanah Aini"),
        12,
        68,
    ),
    "bugis": Flavour(
        words(
            "Andi Muhammad Baso Ambo Syamsuddin Amiruddin Burhanuddin Rusdi Irwan Ilham Akbar Arifuddin Hasanuddin"
            " Daeng Syahrir Kamaruddin Asdar Rahmat Sultan Nurdin Tahir Lukman"
        ),
        words(
            "Andi Besse Sitti Nur Hasnah Rosmini Marwah Nurhayati Indo Syamsiah Hajrah Rahmawati Kasmawati Suriani"
            " Fitriani Nurlaela Irmawati Sartika Hartina"
        ),
        words(
            "Tenri Mappanyukki Baharuddin Jalil Mansyur Latif Saleh Hamzah Rauf Azis Tahir Yunus Wahid Nur Amin Patta"
            " Hasan Rahman Sakka Palili"
        ),
        15,
        55,
    ),
    "minahasa": Flavour(
        words("Jemmy Ronny Stenly Ferry Denny Novry Rolly Frangky Yopi Christian Michael Kevin Vicky Jeffry Hendrik"),
        words("Meiske Deisy Olvi Feibe Stevi Jeane Christin Syane Grace Yulin Novita Selvi Priska Fransiska Anita"),
        words(
            "Mandagi Rumambi Wowor Tumbelaka Lumowa Pangemanan Kaunang Sumampouw Mamahit Lengkong Tambuwun Rondonuwu"
            " Kalalo Waworuntu Pontoh Sondakh"
        ),
        30,
        99,
    ),
    "banjar": Flavour(
        words("Muhammad Ahmad Akhmad Rahmadi Syahrani Hairul Rusdi Fahrurazi Jumadi Noor Abdul Mahyudin Supian Basri"),
        words("Siti Noor Rabiatul Norhasanah Mahrita Mariatul Jamilah Hamidah Rusmini Fauziah Raudah Salasiah Wahidah"),
        words("Noor Anwar Rahman Hidayat Fajri Amin Ilmi Arsyad Saberi Hasanah Jannah Adawiyah Aulia Yanti"),
        20,
        60,
        _MUSLIM_MEN,
        _MUSLIM_WOMEN,
        12,
    ),
    "dayak": Flavour(
        words("Yohanes Petrus Simon Agustinus Markus Stepanus Yulius Kornelius Tono Ubang Lambung Sabran Mantir Rinto"),
        words("Maria Yuliana Lusia Katarina Martha Nyai Rina Veronika Kristina Yosefa Susana Elisabet Norma"),
        words("Tingang Usop Binti Lambut Ngabang Sangen Jelani Luhing Nyangkai Bandar Riwut Sawang"),
        18,
        72,
    ),
    "flores": Flavour(
        words(
            "Yohanes Petrus Fransiskus Antonius Yosef Kornelis Benediktus Paulus Emanuel Markus Blasius Dominikus"
            " Stefanus Laurensius Gabriel Agustinus Marselinus Hendrikus"
        ),
        words(
            "Maria Yuliana Theresia Katarina Margareta Elisabeth Yohana Martha Veronika Agnes Rosalia Fransiska"
            " Kristina Emilia Monika Anastasia Bernadeta Yosefina"
        ),
        words(
            "Dasilva Fernandez Lamak Keraf Wangge Djata Nahak Bere Seran Kolo Tae Klau Manek Lelo Mbete Nggadas"
            " Ndun Benu Nalle Tefa"
        ),
        42,
        96,
    ),
    "maluku": Flavour(
        words("Yopi Marthen Johanis Ronny Abraham Jacob Elia Max Semuel Frengky Rusdi Husein Abdul Onyong Piter"),
        words("Mariana Yohana Martha Welma Selfina Grace Ance Nona Elsina Christina Ona Saartje Fatimah Yolanda"),
        words(
            "Latuconsina Tuasikal Pattiasina Matulessy Sahetapy Leatemia Manuputty Tahitu Pelupessy Wattimena Sopacua"
            " Rumalatu Ohorella Nanlohy Salampessy"
        ),
        25,
        99,
    ),
    "papua": Flavour(
        words("Yohanis Markus Yulianus Melkianus Otniel Simson Elias Demianus Hengki Yosep Agus Nikolas Titus Barnaba"),
        words("Maria Yosina Martha Yuliana Dorce Adolfina Selina Yakomina Orpa Naomi Ester Paulina Ribka"),
        words(
            "Wenda Kogoya Tabuni Yoman Wanimbo Rumbiak Mandacan Wonda Karubaba Ayomi Kambu Rumaropen Wamafma Yikwa"
            " Mambrasar Asmuruf"
        ),
        22,
        99,
    ),
    "tionghoa": Flavour(
        words(
            "Hendra Andi Budi Rudy Steven Kevin Jimmy Willy Edy Hartono Yohanes Felix Ricky Vincent Jonathan Ferdy"
            " Anton Lukas Albert Hermanto Sugianto Aliong Acai"
        ),
        words(
            "Lina Susi Meliana Yenny Fenny Linda Vivian Cynthia Angela Stefani Jessica Melisa Herlina Silvi Lanny"
            " Monica Evelyn Caroline Mei Aling"
        ),
        words(
            "Wijaya Halim Salim Gunawan Tanuwijaya Lim Tan Liem Kusuma Hartanto Santoso Sutanto Chandra Setiawan"
            " Tjahjadi Wibisono Widjaja Susilo Ang Goenawan Oei Kosasih"
        ),
        28,
        90,
    ),
}

MAIL_DOMAINS = ("example.com", "example.net", "example.org", "surel.example", "pos.example")
"""Names that are kept for examples, RFC 2606."""

STREETS = words(
    "Melati Mawar Kenanga Anggrek Cempaka Flamboyan Dahlia Teratai Kamboja Merpati Rajawali Cendrawasih Garuda Kutilang"
    " Mangga Durian Rambutan Jambu Nangka Salak Merdeka Pemuda Pahlawan Pelajar Veteran Kartini Sudirman Diponegoro"
    " Gajah Elang Mahoni Jati Beringin Cemara Damar Meranti"
)
VILLAGES = words(
    "Sukamaju Sukasari Mekarsari Karanganyar Sidomulyo Margajaya Wonosari Sumberjaya Banjarsari Kedungsari Tirtamulya"
    " Rejosari Mulyasari Ciptasari Sukamulya Bangunharja Purwosari Sindangsari Tanjungsari Kertajaya Muktisari"
)
FIRM_WORDS = words(
    "Sejahtera Makmur Jaya Abadi Sentosa Mandiri Utama Perkasa Bersama Lestari Prima Sukses Karya Mulia Indah Maju"
    " Nusantara Gemilang Setia Bakti Cipta Mitra Persada Buana Cahaya Harapan Berkah Anugerah Agung Tunggal"
)
