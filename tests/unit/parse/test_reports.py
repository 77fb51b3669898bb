import pytest

from headerlens.parse.mime import walk
from headerlens.parse.reports import Report, report_of


def kind(head: bytes, *parts: bytes) -> Report | None:
    return report_of(walk(b"Content-Type: " + head + b"; boundary=b\r\n\r\n" + b"".join(b"--b\r\n" + p for p in parts)))


STATUS = b"Content-Type: message/delivery-status\r\n\r\nAction: failed\r\n"


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (kind(b"multipart/report; report-type=delivery-status", b"\r\nx"), Report.BOUNCE),
        (kind(b'multipart/report; report-type="Delivery-Status"'), Report.BOUNCE),
        (kind(b"multipart/mixed", b"\r\nx\r\n", STATUS), Report.BOUNCE),
        (kind(b"multipart/report", b"Content-Type: message/global-delivery-status\r\n\r\n"), Report.BOUNCE),
        (kind(b"multipart/report; report-type=feedback-report"), Report.FEEDBACK),
        (kind(b"multipart/mixed", b"Content-Type: message/feedback-report\r\n\r\n"), Report.FEEDBACK),
        (kind(b"multipart/report; report-type=disposition-notification"), Report.RECEIPT),
        (kind(b"multipart/report; report-type=tlsrpt"), Report.TLS),
        (kind(b"multipart/report; report-type=unheard-of", b"\r\nx"), None),
        (kind(b"multipart/mixed", b"\r\nx"), None),
        (kind(b"text/plain"), None),
        (report_of(walk(b"")), None),
    ],
)
def test_a_report_is_known_by_its_type_or_its_parts(found: Report | None, expected: Report | None) -> None:
    assert found is expected


@pytest.mark.parametrize(
    "name",
    [
        "google.com!example.co.jp!1763596800!1763683199.zip",
        "mail.example!example.com!1763596800!1763683199!id-7.xml.gz",
        "receiver.example!example.com!1763596800!1763683199.xml",
    ],
)
def test_a_dmarc_report_is_known_by_the_name_of_its_attachment(name: str) -> None:
    part = f'Content-Type: application/gzip\r\nContent-Disposition: attachment; filename="{name}"\r\n\r\n'.encode()
    assert kind(b"multipart/mixed", b"\r\nx\r\n", part) is Report.DMARC
    assert report_of(walk(part)) is Report.DMARC


@pytest.mark.parametrize("name", ["report.zip", "a!b!c!d.zip", "Wow!!!1!2.xml", "a!b!1!2.exe"])
def test_another_attachment_is_no_dmarc_report(name: str) -> None:
    assert report_of(walk(f"Content-Type: application/zip; name={name}\r\n\r\n".encode())) is None
