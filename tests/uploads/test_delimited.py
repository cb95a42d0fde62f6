"""csv in every shape that programs give it."""

import pytest

from lindung.uploads.limits import Refused
from tests.uploads import files
from tests.uploads.sending import read

CELLS = [["KPJ", "NAMA", "UPAH"], ["12345678901", "Siti Nurhalizé", "4500000"], ["12345678902", "Budi", "5000000"]]
ROWS = [(2, *CELLS[1]), (3, *CELLS[2])]


def rows(content: bytes) -> list[tuple[object, ...]]:
    sheet = read(content)
    return sheet.cells.select("row_no", *sheet.headings).rows()


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_every_separator_and_encoding_gives_the_same_rows(separator: str, encoding: str) -> None:
    assert rows(files.csv_file(CELLS, separator=separator, encoding=encoding)) == ROWS


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_gives_the_same_rows(end: str) -> None:
    assert rows(files.csv_file(CELLS, end=end)) == ROWS


def test_blank_lines_and_titles_do_not_move_the_numbers_of_rows() -> None:
    text = "PT Contoh\r\n\r\nKPJ,NAMA,UPAH\r\n\r\n12345678901,Siti,1\r\n,,\r\n  ,,\r\n12345678902,Budi,2\r\n\r\n"
    assert rows(text.encode()) == [(5, "12345678901", "Siti", "1"), (8, "12345678902", "Budi", "2")]


def test_two_columns_with_blank_lines_keep_their_numbers_too() -> None:
    assert rows(b"KPJ,UPAH\n\n12345678901,1\n\n\n12345678902,2\n") == [(3, "12345678901", "1"), (6, "12345678902", "2")]


def test_the_line_that_names_the_separator_is_obeyed() -> None:
    assert rows(b"sep=;\r\nKPJ;UPAH\r\n12345678901;4,5\r\n") == [(3, "12345678901", "4,5")]


def test_quotes_hold_separators_and_line_ends() -> None:
    assert rows(b'KPJ,NAMA,UPAH\n"12345678901","Siti, ""Ibu""\nContoh","4,500,000"\n12345678902,Budi,1\n') == [
        (2, "12345678901", 'Siti, "Ibu"\nContoh', "4,500,000"),
        (3, "12345678902", "Budi", "1"),
    ]


def test_a_quote_left_open_spoils_its_own_line_alone() -> None:
    sheet = read(b'KPJ,NAMA,UPAH\n12345678901,"Siti,1\n12345678902,Budi,2\n12345678903,"Ani",3\n')
    assert sheet.cells["row_no"].to_list() == [3, 4]
    assert sheet.spoilt == [("quotes", "", 2)]


def test_more_broken_quotes_than_anybody_mends_refuse_the_file() -> None:
    with pytest.raises(Refused) as refused:
        read(b"KPJ,NAMA,UPAH\n" + b'12345678901,"Siti,1\n' * 1001)
    assert (refused.value.code, refused.value.params) == ("quotes", {"row": 2})


def test_a_wage_that_spills_into_the_next_cell_is_told() -> None:
    sheet = read(b"KPJ,UPAH\n12345678901,4,500,000\n12345678902,4500000,\n")
    assert sheet.spoilt == [("overlong_line", "", 2)]


def test_a_million_blank_lines_are_passed_over() -> None:
    content = b"KPJ,UPAH\n" + b"12345678901,1\n" + b",\n" * 500_000 + b"\n" * 500_000 + b"12345678902,2\n"
    assert rows(content) == [(2, "12345678901", "1"), (1_000_003, "12345678902", "2")]


def test_a_hundred_thousand_rows_are_taken_and_one_more_is_not() -> None:
    most = b"KPJ,UPAH\n" + b"12345678901,1\n" * 100_000
    assert read(most).cells.height == 100_000
    with pytest.raises(Refused) as refused:
        read(most + b"12345678902,2\n")
    assert refused.value.code == "too_many_rows"


@pytest.mark.parametrize("content", [b"KPJ,UPAH\n", b"KPJ,UPAH\n\n , \n"])
def test_headings_alone_are_no_report(content: bytes) -> None:
    with pytest.raises(Refused) as refused:
        read(content)
    assert refused.value.code == "no_rows"


def test_binary_after_an_honest_beginning_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        read(b"KPJ,UPAH\n" + b"1,1\n" * 2000 + b"\0\0\0")
    assert refused.value.code == "wrong_type"
