"""What report a mail is, by its structure (RFC 6522): about a delivery, a complaint, DMARC's or TLS's statistics."""

from __future__ import annotations

import re
from enum import StrEnum

from headerlens.parse.mime import Part, each


class Report(StrEnum):
    """The kinds of reports that mail systems send."""

    BOUNCE = "bounce"
    """RFC 3464: what became of a delivery."""

    FEEDBACK = "feedback"
    """RFC 5965: a complaint, or a failed authentication (RFC 6591)."""

    RECEIPT = "receipt"
    """RFC 8098: what a recipient's program did with a mail."""

    DMARC = "dmarc"
    """RFC 9990: an aggregate report, attached."""

    TLS = "tls"
    """RFC 8460."""


_BY_TYPE = {
    "delivery-status": Report.BOUNCE,
    "feedback-report": Report.FEEDBACK,
    "disposition-notification": Report.RECEIPT,
    "tlsrpt": Report.TLS,
}
# RFC 9990 4.2.1.1: receiver "!" domain "!" begin "!" end, perhaps an id, and how it is packed
_DMARC_NAME = re.compile(
    r"[^!\s]{1,253}![^!\s]{1,253}!\d{1,12}!\d{1,12}(?:![^!.\s]{1,64})?\.(?:xml(?:\.gz)?|zip)", re.IGNORECASE
)


def role_of(part: Part) -> Report | None:
    """The report that a multipart is: by what it declares, else by its parts."""
    declared = dict(part.params).get("report-type", "").lower() if part.content_type == "multipart/report" else ""
    by_parts = (_BY_TYPE.get(one.content_type.partition("/")[2].removeprefix("global-")) for one in part.parts)
    return _BY_TYPE.get(declared) or next(filter(None, by_parts), None)


def report_of(root: Part) -> Report | None:
    """The report that a walked mail is, None for any other mail. Anybody can give his mail this structure."""
    found = role_of(root) if root.is_multipart else None
    if found is not None:
        return found
    own = (part for part in each(root) if not part.is_multipart)
    return Report.DMARC if any(_DMARC_NAME.fullmatch(part.filename.strip()) for part in own) else None
