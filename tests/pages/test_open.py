"""What is handed in is not always a PDF; what is wrong is said in one sentence that names the file."""

from __future__ import annotations

import hashlib
import os
import zlib
from pathlib import Path

import pytest

from dealproof.errors import UnreadableFileError
from dealproof.pages.fast import read_pages
from dealproof.pages.open import identify
from tests.doubles.pdfs import Sheet, pdf_bytes, write_pdf

REPORT = Sheet().text(60, 100, "受托机构报告")


def _text(path: Path) -> str:
    identify(path)
    return "\n".join(page.text for page in read_pages(path))


def _complaint(path: Path) -> str:
    with pytest.raises(UnreadableFileError) as caught:
        _text(path)
    assert caught.value.message.startswith(f"{path.name}: ")
    assert caught.value.remedy
    return caught.value.message


def _encrypted(path: Path, user_password: str) -> Path:
    fpdf = pytest.importorskip("fpdf")
    writer = fpdf.FPDF()
    writer.set_encryption(owner_password="owner", user_password=user_password)
    writer.add_page()
    writer.set_font("Helvetica", size=12)
    writer.cell(text="Trustee Report")
    writer.output(str(path))
    return path


def test_a_file_is_known_by_the_sha_256_of_its_bytes(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "报告.pdf", REPORT)
    source = identify(path)
    assert source.document_id == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (source.file_name, source.size) == ("报告.pdf", path.stat().st_size)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert "does not exist" in _complaint(tmp_path / "gone.pdf")


def test_a_folder_with_the_name_of_a_pdf_is_no_pdf(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").mkdir()
    assert "folder" in _complaint(tmp_path / "x.pdf")


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    assert "pipe" in _complaint(tmp_path / "pipe.pdf")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_says_so(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "secret.pdf", REPORT)
    path.chmod(0)
    assert "cannot be opened" in _complaint(path)


def test_an_empty_file_is_called_empty(tmp_path: Path) -> None:
    (tmp_path / "empty.pdf").touch()
    assert "empty" in _complaint(tmp_path / "empty.pdf")


@pytest.mark.parametrize("content", [b"<html>not found</html>", b"PK\x03\x04 a word document", b"\x00" * 5000])
def test_what_is_not_a_pdf_is_said_to_be_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "page.pdf"
    path.write_bytes(content)
    assert "not a PDF" in _complaint(path)


@pytest.mark.parametrize("junk", [b"\xef\xbb\xbf", b"HTTP/1.1 200 OK\r\n\r\n", b"\n" * 1000])
def test_junk_before_a_pdf_does_not_matter(tmp_path: Path, junk: bytes) -> None:
    path = tmp_path / "mail.pdf"
    path.write_bytes(pdf_bytes([REPORT], junk=junk))
    assert _text(path) == "受托机构报告"


def test_junk_after_a_pdf_does_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "web.pdf"
    path.write_bytes(pdf_bytes([REPORT]) + b"<!-- served by -->" * 200)
    assert _text(path) == "受托机构报告"


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_download_that_broke_off_is_not_read_in_part(tmp_path: Path, share: float) -> None:
    whole = pdf_bytes([REPORT] * 20)
    path = tmp_path / "part.pdf"
    path.write_bytes(whole[: int(len(whole) * share)])
    assert "cut off" in _complaint(path)


def test_an_update_that_broke_off_is_not_taken_for_the_document_before_it(tmp_path: Path) -> None:
    path = tmp_path / "update.pdf"
    path.write_bytes(pdf_bytes([REPORT]) + b"9 0 obj\n<</Type/Page")
    assert "cut off" in _complaint(path)


@pytest.mark.parametrize("wrong", [b"startxref\n7\n", b"startxref\n999999\n"])
def test_a_damaged_cross_reference_is_repaired_and_read(tmp_path: Path, wrong: bytes) -> None:
    whole = pdf_bytes([REPORT])
    path = tmp_path / "xref.pdf"
    path.write_bytes(whole[: whole.rfind(b"startxref")] + wrong + b"%%EOF\n")
    assert _text(path) == "受托机构报告"


def test_a_file_whose_inside_is_noise_is_called_damaged(tmp_path: Path) -> None:
    path = tmp_path / "noise.pdf"
    path.write_bytes(b"%PDF-1.7\n" + b"noise " * 500 + b"startxref\n0\n%%EOF")
    assert "damaged" in _complaint(path)


def test_a_pdf_without_pages_says_so_whatever_was_wrong_with_the_file_before(tmp_path: Path) -> None:
    assert "password" in _complaint(_encrypted(tmp_path / "locked.pdf", "secret"))
    path = tmp_path / "none.pdf"
    path.write_bytes(pdf_bytes([]))
    assert "no pages" in _complaint(path)


def test_a_page_tree_that_holds_itself_does_not_hang(tmp_path: Path) -> None:
    path = tmp_path / "circle.pdf"
    path.write_bytes(pdf_bytes([REPORT], kids="2 0 R"))
    with pytest.raises(UnreadableFileError, match="none of its pages can be opened"):
        read_pages(path)


def test_a_password_that_is_needed_to_read_stops_the_file(tmp_path: Path) -> None:
    assert "password" in _complaint(_encrypted(tmp_path / "locked.pdf", "secret"))


def test_a_password_that_only_guards_changes_is_no_obstacle(tmp_path: Path) -> None:
    assert _text(_encrypted(tmp_path / "guarded.pdf", "")) == "Trustee Report"


def test_more_pages_than_any_deal_document_has_are_refused(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "long.pdf", *[REPORT] * 4)
    assert len(read_pages(path, max_pages=4)) == 4
    with pytest.raises(UnreadableFileError, match="4 pages, more than the 3"):
        read_pages(path, max_pages=3)


@pytest.mark.parametrize("layers", [1, 2])
def test_a_small_file_that_unpacks_to_a_huge_page_is_refused_before_it_does(tmp_path: Path, layers: int) -> None:
    packed = b"q Q " * (20 << 20)
    for _ in range(layers):
        packed = zlib.compress(packed)
    bomb = b"9 0 obj\n<</Length %d/Filter[%s]>>\nstream\n%s\nendstream\nendobj\n" % (
        len(packed), b"/FlateDecode" * layers, packed,
    )  # fmt: skip
    path = tmp_path / "bomb.pdf"
    path.write_bytes(b"%PDF-1.7\n" + bomb + pdf_bytes([REPORT]))
    assert "unpacks to more than 64 MB" in _complaint(path)
