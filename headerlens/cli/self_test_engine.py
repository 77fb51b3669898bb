"""The parts of the self-test that stand on the engine: reports, case file, the libraries beside it, workers."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cache

from headerlens.model.case import Case
from headerlens.model.proof import Broken, Part
from headerlens.model.verdicts import Opinion, SecondOpinion
from headerlens.present.report_views import ReportView
from headerlens.samples import Sample, samples

LANGUAGES = ("en", "ja")
STYLE_BEGINS = "box-sizing"
"""What the rules of resources/style begin with: a report without them is a heap of words."""

SUFFIXES = (("mail.shop.example.co.jp", "example.co.jp"), ("a.b.example.com", "example.com"))


def _sample() -> Sample:
    """The example with several signatures: the most parts of the engine take part."""
    return next(one for one in samples() if one.name == "third-party")


@cache
def _case() -> Case:
    from headerlens.pipeline import analyse

    sample = _sample()
    return analyse(sample.message(), sample.lookup(), sample.checked_at, choices=sample.choices)


def _views() -> list[ReportView]:
    from headerlens.present.report import present_report
    from headerlens.present.words import Words

    return [present_report(_case(), Words(language), sample=True) for language in LANGUAGES]


def _html() -> str:
    from headerlens.report.html import html_report

    pages = [html_report([view]) for view in _views()]
    for language, page in zip(LANGUAGES, pages, strict=True):
        if "</html>" not in page or STYLE_BEGINS not in page:
            raise Broken(f"no whole page in {language}")
    return f"{_size(page.encode() for page in pages)} in {len(pages)} pages"


def _pdf() -> str:
    from headerlens.pdf.write import pdf_report

    files = [pdf_report([view]) for view in _views()]
    for language, octets in zip(LANGUAGES, files, strict=True):
        if not octets.startswith(b"%PDF-") or b"%%EOF" not in octets[-64:]:
            raise Broken(f"no whole file in {language}")
    return f"{_size(files)} in {len(files)} files"


def _json() -> str:
    from headerlens.present.result import present_result
    from headerlens.present.words import Words
    from headerlens.report.json import report, report_text

    text = report_text([report(_case(), present_result(_case(), Words("ja")))])
    if "headerlens.report/1" not in text:
        raise Broken("no schema")
    return _size([text.encode()])


def _case_file() -> str:
    """Saved and opened again it is the same case."""
    from headerlens.casefile import StoredCase, load_case, save_case

    octets = save_case(_case())
    stored = load_case(octets, "case.hlcase")
    if not isinstance(stored, StoredCase) or stored.reopen().judgement != _case().judgement:
        raise Broken("what was opened is not what was saved")
    return _size([octets])


def _second_opinion() -> str:
    """The package dkimpy loads and comes to the same results."""
    import dkim

    from headerlens.dns.recorded import replay
    from headerlens.verify.second_opinion import second_opinion

    opinions = second_opinion(_case().message, _case().dkim, replay(_case().evidence))
    if not opinions or any(one.opinion is not Opinion.AGREES for one in opinions):
        raise Broken(", ".join(f"{one.opinion} {one.detail}" for one in opinions) or "no signature")
    return f"dkimpy agrees on {len(opinions)} signatures ({dkim.__name__})"


def _ed25519() -> str:
    """What libsodium signs, OpenSSL verifies."""
    import cryptography
    import nacl
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from nacl.signing import SigningKey

    key = SigningKey(bytes(range(32)))
    signed = key.sign(b"HeaderLens")
    Ed25519PublicKey.from_public_bytes(bytes(key.verify_key)).verify(signed.signature, signed.message)
    return f"PyNaCl {nacl.__version__}, cryptography {cryptography.__version__}"


def _suffixes() -> str:
    from headerlens.verify.suffixes import registrable_domain

    for name, expected in SUFFIXES:
        if registrable_domain(name) != expected:
            raise Broken(f"{name} is put under {registrable_domain(name)}")
    return "the public suffix list is there"


def _dns() -> str:
    """The room with the socket loads, and asks nobody when it is told so."""
    import dns.version

    from headerlens.dns.live import LiveOptions, live_lookup, offline_lookup
    from headerlens.model.dns import Outcome, Question

    live_lookup(LiveOptions(servers=("192.0.2.53",)))
    answer = offline_lookup()(Question("example.com", "TXT"))
    if answer.outcome is not Outcome.FAILED:
        raise Broken("offline was answered")
    return f"dnspython {dns.version.version}, nothing asked"


def _tls() -> str:
    """DNS over HTTPS: certificates can be checked."""
    import ssl

    from headerlens.dns.doh import parse_doh
    from headerlens.dns.https import trusting

    context = trusting(None)
    if parse_doh("https://dns.example/dns-query") is None or context.verify_mode is not ssl.CERT_REQUIRED:
        raise Broken("certificates would not be checked")
    return f"{ssl.OPENSSL_VERSION}, {len(context.get_ca_certs())} authorities at hand"


def _worker() -> str:
    """A batch starts a second process of this program: frozen ones open a second window where that went wrong."""
    from headerlens.batch.outcome import Checked
    from headerlens.batch.run import Plan, run
    from headerlens.reading import open_message

    sample = _sample()
    plan = Plan(
        open_message, _kept, lambda _: sample.lookup(), lambda: sample.checked_at, sample.choices, jobs=2
    )  # fmt: skip
    found = [one for _, one in run([sample.message()], plan)]
    if len(found) != 1 or not isinstance(found[0], Checked):
        raise Broken(f"no outcome: {found}")
    process, level = found[0].kept
    if process == os.getpid() or level != str(_case().judgement.level):
        raise Broken(f"found {level}{' in this very process' if process == os.getpid() else ''}")
    return f"a process of its own found {level}"


def _kept(case: Case, _opinions: tuple[SecondOpinion, ...]) -> tuple[int, str]:
    """Called in the worker."""
    return os.getpid(), str(case.judgement.level)


def _size(files: Iterable[bytes]) -> str:
    return f"{sum(len(one) for one in files) // 1024} kB"


PARTS = (
    Part("html", _html),
    Part("json", _json),
    Part("case file", _case_file),
    Part("second opinion", _second_opinion),
    Part("ed25519", _ed25519),
    Part("suffixes", _suffixes),
    Part("dns", _dns),
    Part("tls", _tls),
    Part("worker", _worker),
)

AFTER_THE_WINDOW = (Part("pdf", _pdf),)
"""It makes do with less of Qt than the window, and Qt's application can be made only once."""
