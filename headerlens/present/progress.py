"""The running card: how many look-ups are answered, and one line per check (interface.md 4.5, picture 02)."""

from __future__ import annotations

from headerlens.model.progress import Progress, SoFar, Step
from headerlens.model.verdicts import DkimCheck, DmarcCheck, Result
from headerlens.present.harmless import harmless
from headerlens.present.running import present_running
from headerlens.present.views import Glyph, ProgressView
from headerlens.present.words import Words
from headerlens.verify.dkim import chosen_signatures
from headerlens.verify.spf import spf_domain

_MAX_DETAIL = 120
MOST_SIGNATURES = 4
"""More signatures than these share one line: the card must leave the ladder in sight."""

Row = tuple[Glyph, str, str]
Times = tuple[float | None, float | None]


def present_progress(progress: Progress, words: Words) -> ProgressView:
    """Headline, a line for each check (done, running, waiting), and the ladder as far as it is known."""
    counts: dict[str, str | int] = {"asked": progress.asked, "answered": progress.answered}
    headline = words.phrase("progress.headline" if progress.asked else "progress.headline-start", counts)
    found = progress.so_far
    lines = _plain_lines(progress, words) if found is None else _lines(progress, found, words)
    return ProgressView(
        headline,
        progress.asked,
        progress.answered,
        tuple(row for _key, row in lines),
        ladder=present_running(progress, words),
        began=progress.began or None,
        times=_times(progress, lines),
        waiting=words.phrase("progress.waiting"),
    )


def _times(progress: Progress, lines: tuple[tuple[str, Row], ...]) -> tuple[Times, ...]:
    """When each line began and ended: one begins when the one before it ends."""
    ends = dict(progress.ends)
    last = max((moment for _key, moment in progress.ends), default=progress.began or None)
    times: list[Times] = []
    before: float | None = progress.began or None
    for key, (glyph, _name, _what) in lines:
        if glyph is Glyph.RUN:
            times.append((last, None))
        elif glyph is Glyph.WAIT or key not in ends:
            times.append((None, None))
        else:
            times.append((before, ends[key]))
        before = ends.get(key, before)
    return tuple(times)


def _plain_lines(progress: Progress, words: Words) -> tuple[tuple[str, Row], ...]:
    """Before the message is read: the steps that every check has."""
    steps = (Step.READ, Step.SPF, Step.DKIM, Step.DMARC)
    return tuple((step.value, _line(step, progress, words, words.phrase(f"progress.{step}"))) for step in steps)


def _lines(progress: Progress, found: SoFar, words: Words) -> tuple[tuple[str, Row], ...]:
    """One line for each check that this message needs, with the name of its end in `Progress.ends`."""
    spf, author = spf_domain(found.sender) or "", next((one.domain for one in found.message.author if one.domain), "")
    spf_result = "" if found.spf is None else _outcome(words, found.spf.result, found.spf.domain)
    policy = f"_dmarc.{author}" if author else ""
    spf_line = _line(Step.SPF, progress, words, words.phrase("progress.spf"), ahead=spf, done=spf_result)
    found_policy = "" if found.dmarc is None else _policy(found.dmarc, words)
    dmarc_line = _line(Step.DMARC, progress, words, words.phrase("progress.dmarc"), ahead=policy, done=found_policy)
    sealed = _line(Step.ARC, progress, words, words.phrase("progress.arc"))
    return (
        (Step.READ.value, (Glyph.PASS, words.phrase("progress.read"), _read(found, words))),
        (Step.SPF.value, spf_line),
        *_signature_lines(progress, found, words),
        *([(Step.ARC.value, sealed)] if found.message.arc else []),
        (Step.DMARC.value, dmarc_line),
    )


def _line(step: Step, progress: Progress, words: Words, name: str, *, ahead: str = "", done: str = "") -> Row:
    """A step's line; `ahead` is the name it will ask for first, `done` what came out."""
    order = list(Step)
    if order.index(step) < order.index(progress.step):
        return Glyph.PASS, name, done or words.phrase(f"progress.{step}.done")
    if step is progress.step:
        detail = harmless(progress.detail or ahead, _MAX_DETAIL)
        return Glyph.RUN, name, detail or words.phrase(f"progress.{step}.running")
    return Glyph.WAIT, name, harmless(ahead, _MAX_DETAIL) or words.phrase("progress.waiting")


def _signature_lines(progress: Progress, found: SoFar, words: Words) -> tuple[tuple[str, Row], ...]:
    """One line per signature that is checked; one for all where there are none or many."""
    chosen = sorted(chosen_signatures(found.message))
    if not 1 < len(chosen) <= MOST_SIGNATURES:
        done = _signed(found.dkim[0], words) if len(chosen) == 1 and found.dkim else ""
        none = "" if found.message.signatures else words.phrase("progress.dkim.none")
        ahead = _key_name(found, chosen[0]) if chosen else ""
        line = _line(Step.DKIM, progress, words, words.phrase("kind.dkim"), ahead=ahead or none, done=done or none)
        return ((Step.DKIM.value, line),)
    return tuple((f"dkim:{index}", _signature_line(index, progress, found, words)) for index in chosen)


def _signature_line(index: int, progress: Progress, found: SoFar, words: Words) -> Row:
    name = words.phrase("kind.dkim-n", {"n": index + 1})
    ended = next((check for check in found.dkim if check.index == index), None)
    if ended is not None:
        return Glyph.PASS, name, _signed(ended, words)
    if progress.step is Step.DKIM and index == len(found.dkim):
        return Glyph.RUN, name, harmless(progress.detail or _key_name(found, index), _MAX_DETAIL)
    return Glyph.WAIT, name, harmless(_key_name(found, index), _MAX_DETAIL)


def _key_name(found: SoFar, index: int) -> str:
    signature = found.message.signatures[index]
    return f"{signature.selector}._domainkey.{signature.domain}" if signature.selector and signature.domain else ""


def _read(found: SoFar, words: Words) -> str:
    message = found.message
    counts: dict[str, str | int] = {
        "signatures": len(message.signatures),
        "results": len(message.recorded),
        "hops": len(message.hops),
    }
    return words.phrase("progress.read.found", counts)


def _signed(check: DkimCheck, words: Words) -> str:
    return words.phrase("progress.dkim.result", {"k": check.signature.selector or "?", "result": check.result.value})


def _outcome(words: Words, result: Result, domain: str) -> str:
    return words.phrase("progress.spf.result", {"d": domain, "result": result.value}, {"d": "domain"}) if domain else ""


def _policy(dmarc: DmarcCheck, words: Words) -> str:
    if dmarc.policy is None or dmarc.policy_domain is None:
        return ""
    return words.phrase("progress.dmarc.result", {"d": dmarc.policy_domain, "p": dmarc.policy}, {"d": "domain"})
