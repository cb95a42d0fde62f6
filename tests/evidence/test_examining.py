"""What is kept of a paper, and what is sent back: by its bytes alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lindung.evidence.examining import examined
from lindung.evidence.limits import MOST_BYTES, Refused
from tests.evidence import files

ACTION = b"<</S /JavaScript /JS (app.alert\\(1\\))>>"


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_photo_keeps_its_picture_and_which_way_up_and_nothing_else(order: str) -> None:
    sent = files.jpeg(held=files.exif(6, order), behind=files.HIDDEN)
    kind, kept = examined(sent)
    assert kind == "jpeg"
    assert files.PLACE in sent
    assert files.PLACE not in kept
    assert kept.endswith(b"\xff\xd9")
    assert kept.count(files.SCAN) == 2
    assert b"\x01\x12\0\x03\0\0\0\x01\0\x06" in kept, "held upright by its orientation"
    assert examined(kept) == ("jpeg", kept)


@pytest.mark.parametrize("held", [b"", files.exif(1), b"Exif\0\0II\x2a\0\xff\xff\xff\xff", b"http://ns.adobe.com/xap"])
def test_a_photo_that_was_held_upright_keeps_no_word_of_the_phone(held: bytes) -> None:
    assert b"Exif" not in examined(files.jpeg(held=held))[1]


def test_a_png_loses_its_texts_and_what_hangs_behind() -> None:
    kind, kept = examined(files.png(behind=files.HIDDEN))
    assert kind == "png"
    assert kept.endswith(b"IEND\xae\x42\x60\x82")
    assert files.PLACE not in kept
    assert examined(kept) == ("png", kept)


def test_a_pdf_is_kept_as_it_is() -> None:
    sent = files.pdf(files.packed(b"7 0 <</Type /Page>>"), b"6 0 obj <</Length 3>> stream\nabc\nendstream endobj")
    assert examined(sent) == ("pdf", sent)


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        pytest.param(b"", "empty", id="empty"),
        pytest.param(files.png() + b"\0" * MOST_BYTES, "too_big", id="B-149 too big"),
        pytest.param(b"\0\0\0\x18ftypheic", "other_format", id="B-143 HEIC"),
        pytest.param(b"RIFF\0\0\0\0WEBPVP8 ", "other_format", id="B-143 WebP"),
        pytest.param(b"PK\x03\x04 docx", "other_format", id="B-099 docx"),
        pytest.param(b"<svg onload=alert(1)>", "other_format", id="B-148 SVG"),
        pytest.param(b"GIF89a/*<script>", "other_format", id="B-148 GIF"),
        pytest.param(b"\n%PDF-1.7 %%EOF", "other_format", id="B-148 a PDF behind something"),
        pytest.param(b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!", "unsafe", id="B-150"),
        pytest.param(files.png(width=30_000, height=30_000), "too_many_pixels", id="B-147 900 million, PNG"),
        pytest.param(files.jpeg(width=60_000, height=60_000), "too_many_pixels", id="B-147 JPEG"),
        pytest.param(files.png(width=0), "broken", id="B-147 no width"),
        pytest.param(files.jpeg(height=0), "broken", id="B-147 no height"),
        pytest.param(files.png()[:-20] + b"\0" * 20, "broken", id="B-147 CRC"),
        pytest.param(files.png()[:-12], "cut_off", id="B-147 cut PNG"),
        pytest.param(files.jpeg()[:-3], "cut_off", id="B-147 cut JPEG"),
        pytest.param(b"\xff\xd8\xff\xd9", "broken", id="a JPEG without a picture"),
        pytest.param(b"\xff\xd8" + files.frame() + files.segment(0x01, b""), "broken", id="a mark of nothing"),
        pytest.param(b"\xff\xd8" + files.segment(0xFE, b"") * 9_000, "broken", id="a JPEG of nothing but segments"),
        pytest.param(files.png()[:33] + files.chunk(b"tEXt", b"") * 9_000, "broken", id="a PNG of nothing but chunks"),
        pytest.param(files.pdf(b"#41" * 200_000), "unsafe", id="B-149 nothing but escapes"),
        pytest.param(b"\xff\xd8\xff\xe0\0\0", "broken", id="a segment without length"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + files.chunk(b"IEND", b""), "broken", id="a PNG that begins with its end"),
        pytest.param(files.pdf()[:-8], "cut_off", id="cut PDF"),
        pytest.param(files.pdf(b"<</Encrypt 9 0 R>>"), "password", id="B-149 password"),
        pytest.param(files.pdf(ACTION), "unsafe", id="B-149 JavaScript"),
        pytest.param(files.pdf(ACTION.replace(b"/Java", b"/J#61va")), "unsafe", id="B-149 written around"),
        pytest.param(files.pdf(files.packed(ACTION)), "unsafe", id="B-149 packed"),
        pytest.param(files.pdf(files.packed(ACTION).replace(b"ObjStm", b"Obj#53tm")), "unsafe", id="B-149 both"),
        pytest.param(files.pdf(files.packed(b" " * 9_000_000)), "unsafe", id="B-149 bomb"),
        pytest.param(files.pdf(b"/ObjStm stream\nnothing packed endstream"), "broken", id="B-149 not packed"),
        pytest.param(files.pdf(b"/ObjStm stream\n"), "broken", id="B-149 without an end"),
        pytest.param(files.pdf(b"/EmbeddedFiles 4 0 R"), "unsafe", id="B-149 attachment"),
        pytest.param(files.pdf(b"<</S /Launch /F (cmd.exe)>>"), "unsafe", id="B-149 program"),
    ],
)
def test_what_cannot_be_kept_says_why(sent: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        examined(sent)
    assert refused.value.code == code


WHOLE = [files.jpeg(held=files.exif(3)), files.png(), files.pdf(files.packed(b"7 0 <<>>"))]


@given(st.sampled_from(WHOLE), st.data())
def test_any_damage_is_kept_or_refused_and_never_an_error(whole: bytes, data: st.DataObject) -> None:
    places = data.draw(st.lists(st.tuples(st.integers(0, len(whole) - 1), st.integers(0, 255)), max_size=6))
    damaged = bytearray(whole)
    for place, value in places:
        damaged[place] = value
    sent = bytes(damaged[: data.draw(st.integers(0, len(whole)))])
    try:
        kind, kept = examined(sent)
    except Refused:
        return
    assert len(kept) <= len(sent) + 64
    assert examined(kept) == (kind, kept)
