# ruff: noqa: E501  one row of a picture is one line here
"""Complete views, equal to the design pictures 03, 04/07, 05, 09 and 12, in English and Japanese."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from headerlens.model.findings import Where
from headerlens.present.views import (
    ChipView,
    FindingView,
    Glyph,
    LadderRow,
    LadderView,
    Line,
    MessageLine,
    Place,
    ProgressView,
    RecordChange,
    RefusalView,
    ResultView,
    Rich,
    RowKind,
    Span,
    TileState,
    TileView,
    Tone,
    VerdictView,
    plain,
)

PASS = ChipView("pass", Tone.PASS, Glyph.PASS)
GREY_PASS = ChipView("pass", Tone.UNKNOWN, Glyph.PASS)
FAIL = ChipView("fail", Tone.FAIL, Glyph.FAIL)
GREY_FAIL = ChipView("fail", Tone.UNKNOWN, Glyph.FAIL)
NONE = ChipView("none", Tone.UNKNOWN, Glyph.UNKNOWN, dashed=True)
OFFLINE = ChipView("offline", Tone.UNKNOWN, Glyph.UNKNOWN, dashed=True)
PARTIAL = ChipView("partial", Tone.INFO, Glyph.HALF)
UNCLEAR_JA = ChipView("判定不可", Tone.UNKNOWN, Glyph.UNKNOWN, dashed=True)
NO_KEY_JA = ChipView("鍵なし", Tone.WARN, Glyph.WARN)

LEGEND_EN = (
    "A solid line: the check passes and belongs to the shown sender. It counts.",
    "A dashed line with a stop bar: it doesn't reach From and doesn't count.",
    "“=”: this part of the name equals the one in From.",
    "“≠”: this part differs, so the name belongs to somebody else.",
    "A grey pass is a pass for somebody else's domain.",
)


def rich(text: str) -> Rich:
    """Spans of `text`, where *stars* mark what is strong."""
    return tuple(Span(part, strong=bool(i % 2)) for i, part in enumerate(text.split("*")) if part)


def labels(
    name: str, from_name: str, zone: int, *, is_from: bool = False, strict: bool = False
) -> tuple[TileView, ...]:
    """The tiles of `name` compared with `from_name`, as the presenter makes them."""
    own, other = name.split(".")[::-1] if name else [], from_name.split(".")[::-1]
    tiles = []
    equal = True
    for column in range(max(len(own), len(other) if strict and not is_from else 0)):
        label = own[column] if column < len(own) else ""
        equal = equal and column < len(other) and label == other[column]
        if is_from:
            state = TileState.DECIDING if column < zone else TileState.OTHER
        elif not label:
            state = TileState.MISSING
        elif equal:
            state = TileState.EQUAL
        elif column >= zone and not strict:
            state = TileState.IGNORED
        else:
            state = TileState.DIFFERENT
        tiles.append(TileView(label, column, state))
    return tuple(reversed(tiles))


@dataclass
class Sheet:
    """What the rows of one sample share."""

    from_name: str
    zone: int
    receiver: str = "mx.google.com"
    japanese: bool = False
    strict: bool = False

    def row(
        self,
        kind: RowKind,
        title: str,
        subtitle: str,
        name: str,
        sentence: str,
        chips: tuple[ChipView, ChipView],
        *,
        line: Line = Line.NONE,
        node: tuple[Glyph, Tone] = (Glyph.NONE, Tone.UNKNOWN),
        between: str = "same",
        policy: str = "",
        fence: int | None = None,
        **more: object,
    ) -> LadderRow:
        """One row; `node` is the glyph and its tone."""
        is_from = kind is RowKind.FROM
        said = plain(rich(sentence))
        row = LadderRow(
            kind=kind,
            title=title,
            subtitle=subtitle,
            name=name,
            tiles=labels(name, self.from_name, self.zone, is_from=is_from, strict=self.strict),
            fence=self.zone if fence is None else fence,
            recorded=chips[0],
            now=chips[1],
            between=between,
            line=line,
            node=node[0],
            node_tone=node[1],
            sentence=rich(sentence),
            accessible=f"{title}, {name}. Recorded by {self.receiver}: {chips[0].word}. Now: {chips[1].word}. {said}",
            tooltip=name,
            policy=policy,
        )
        return replace(row, **more)  # type: ignore[arg-type]  # keyword arguments of the record

    def from_row(
        self, sentence: str, policy: str, chips: tuple[ChipView, ChipView], between: str = "same"
    ) -> LadderRow:
        """The reference row."""
        subtitle = "表示の差出人" if self.japanese else "what you see"
        return self.row(RowKind.FROM, "From", subtitle, self.from_name, sentence, chips, policy=policy, between=between)

    def view(self, *rows: LadderRow, folded: tuple[LadderRow, ...] = (), caption: str = "") -> LadderView:
        """The ladder of these rows."""
        name = self.from_name
        ja = self.japanese
        return LadderView(
            title=(Span(name, strong=True), Span(" を裏付けるもの")) if ja else rich(f"Who vouches for *{name}?*"),
            vouched_heading="裏付け" if ja else "Vouched for by",
            recorded_heading="受信時の記録" if ja else "Recorded by",
            receiver=self.receiver,
            now_heading="今回の検証" if ja else "Checked now",
            checked="11/21 17:20" if ja else "21 Nov, 17:20",
            caption=caption or ("組織" if ja else "organisation"),
            caption_tooltip="example.co.jp is the organisation: the topmost DMARC record found on the way up.",
            zone=self.zone,
            rows=rows,
            folded_rows=folded,
            accessible=f"{name} を裏付けるもの" if ja else f"Who vouches for {name}?",
            legend=LEGEND_EN,
        )


COUNTS = (Glyph.PASS, Tone.PASS)
OTHER = (Glyph.OTHER, Tone.UNKNOWN)
BREAKS = (Glyph.OTHER, Tone.FAIL)

FOOT_EN = "This is about who sent the message. It says nothing about whether the content is honest or safe."
FOOT_JA = "これは「だれが送ったか」の判定です。内容の正しさや安全性は判定していません。"
FOOT_FAIL = "A failed check isn’t proof of fraud: a sender’s own set-up mistake can look the same."


def verdict(
    level: str, glyph: Glyph, tone: Tone, headline: str, sentence: str, action: str, foot: str = ""
) -> VerdictView:
    """A verdict whose headline marks its domain by *stars*."""
    return VerdictView(level, glyph, tone, "S0", rich(headline), sentence, action, foot)


def _message(address: str, display: str, subject: str, date: str, name: str, *, japanese: bool = False) -> MessageLine:
    words = "完全なメール" if japanese else "complete message"
    return MessageLine(address, display, subject, date, date, name, "complete", words, Tone.UNKNOWN)


def _finding(severity: str, title: str, code: str, why: str = "", *steps: str, **more: object) -> FindingView:
    glyph = {"problem": Glyph.FAIL, "warning": Glyph.WARN, "note": Glyph.INFO, "good": Glyph.PASS}[severity]
    tone = {"problem": Tone.FAIL, "warning": Tone.WARN, "note": Tone.INFO, "good": Tone.PASS}[severity]
    view = FindingView(code.lower(), code, severity, glyph, tone, title, why, steps)
    return replace(view, **more)  # type: ignore[arg-type]  # keyword arguments of the record


def all_pass() -> ResultView:
    """Picture 03."""
    sheet = Sheet("shop.example.co.jp", 3)
    ladder = sheet.view(
        sheet.row(
            RowKind.SPF,
            "SPF",
            "192.0.2.25",
            "mail.example.co.jp",
            "The server may send for this domain. *Same organisation* → counts.",
            (PASS, PASS),
            line=Line.SOLID,
            node=COUNTS,
        ),
        sheet.from_row("Both lines connect. DMARC needs only one.", "DMARC · p=reject · relaxed", (PASS, PASS)),
        sheet.row(
            RowKind.DKIM,
            "DKIM",
            "key s=k2026",
            "example.co.jp",
            "Signature intact. *Same organisation* → counts.",
            (PASS, PASS),
            line=Line.SOLID,
            node=COUNTS,
            signature=0,
        ),
    )
    return ResultView(
        _message("billing@shop.example.co.jp", "“Midori Supply”", "Invoice 2026-1182", "20 Nov 2026, 09:12", "invoice.eml"),
        verdict(
            "pass", Glyph.PASS, Tone.PASS, "Authenticated as *example.co.jp*",
            "The address shown as the sender, shop.example.co.jp, is backed by a valid signature and by the sending "
            "server. Both checks agree with what Gmail recorded on delivery.",
            "Nothing to do about the sender. Read the content with the usual care.", FOOT_EN,
        ),
        ladder,
        "What we found",
        "3 notes",
        (
            _finding("good", "The signature of example.co.jp matches the headers and the body.", "HL-201", "It verifies."),
            _finding("good", "192.0.2.25 is on the list of servers that may send for mail.example.co.jp.", "HL-101", "It does."),
            _finding("note", "example.co.jp asks receivers to reject mail that nothing vouches for (p=reject).", "HL-301", "So."),
        ),
    )  # fmt: skip


def spoofed() -> ResultView:
    """Pictures 04 and 07."""
    sheet = Sheet("bank.example.co.jp", 3)
    ladder = sheet.view(
        sheet.row(
            RowKind.SPF,
            "SPF",
            "198.51.100.77",
            "bounce.mailer-7.example.net",
            "Passes, but only for a *different organisation* → doesn’t count.",
            (GREY_PASS, GREY_PASS),
            line=Line.DASHED,
            node=BREAKS,
        ),
        sheet.from_row("No line connects. DMARC needs at least one.", "DMARC · p=reject · relaxed", (FAIL, FAIL)),
        sheet.row(
            RowKind.DKIM,
            "DKIM",
            "key s=m7",
            "mailer-7.example.net",
            "Valid signature of a *different organisation* → doesn’t count.",
            (GREY_PASS, GREY_PASS),
            line=Line.DASHED,
            node=BREAKS,
            signature=0,
        ),
    )
    return ResultView(
        _message(
            "support@bank.example.co.jp", "“Example Bank”", "Your account will be suspended", "21 Nov 2026, 07:48",
            "suspicious.eml",
        ),
        verdict(
            "fail", Glyph.FAIL, Tone.FAIL, "Not authenticated as *bank.example.co.jp*",
            "Nothing shows that this message came from bank.example.co.jp. The owner of example.co.jp asks receivers to "
            "reject such mail. The checks that pass belong to a different domain, mailer-7.example.net.",
            "Don’t reply, and don’t open its links or attachments. To ask Example Bank, use a phone number or address "
            "you already had.", FOOT_FAIL,
        ),
        ladder,
        "What we found",
        "1 problem · 1 warning · 2 notes",
        (
            _finding(
                "problem", "No passing check belongs to bank.example.co.jp.", "HL-302",
                "SPF and DKIM both pass, but for mailer-7.example.net. Anyone can get those two passes for a domain of "
                "their own.",
                "Treat the sender as unproven. If you are the administrator of example.co.jp and this mail is yours, have "
                "the sending service sign with d=bank.example.co.jp.",
                places=(
                    Place("From, line 15", Where(field_index=4)),
                    Place("DKIM-Signature, line 11", Where(field_index=3)),
                    Place("DNS: _dmarc.example.co.jp", Where(question="TXT _dmarc.example.co.jp")),
                ),
                consequences=(_finding("note", "Receivers are asked to reject it.", "HL-305", "p=reject"),),
            ),
            _finding("warning", "Replies would go to a different organisation.", "HL-501", "Reply-To names another."),
            _finding("note", "The signature is valid for another domain.", "HL-204", "So it is."),
            _finding("note", "SPF passes for another domain.", "HL-103", "So it does."),
        ),
    )  # fmt: skip


def record_change() -> FindingView:
    """Picture 13, bottom left."""
    return _finding(
        "problem", "SPF for example.com needs 13 look-ups; the limit is 10.", "HL-112",
        "Receivers stop at 10 and report permerror, so SPF can’t vouch for any mail from example.com. Three includes use 9 "
        "of the 13.",
        "DNS administrator of example.com: remove services that no longer send for you. The costliest are "
        "include:old-crm.example (4 look-ups) and include:survey.example (5).",
        changes=(
            RecordChange(
                "If both are unused, the TXT record of example.com becomes",
                (
                    (
                        ("same", "v=spf1 include:_spf.mail.example "),
                        ("remove", "include:old-crm.example include:survey.example ~all"),
                        ("add", "-all"),
                    ),
                ),
                "v=spf1 include:_spf.mail.example -all",
            ),
        ),
        evidence=("v=spf1 include:_spf.mail.example include:old-crm.example include:survey.example -all",),
        places=(Place("SPF steps", Where()), Place("DNS: example.com TXT", Where(question="TXT example.com"))),
    )  # fmt: skip


def third_party() -> ResultView:
    """Picture 05."""
    sheet = Sheet("inn.example.co.jp", 3, japanese=True)
    ladder = sheet.view(
        sheet.row(
            RowKind.SPF,
            "SPF",
            "198.51.100.24",
            "bounce.yoyaku.example.net",
            "サービス側（*別の組織*）として合格 → 無効",
            (GREY_PASS, GREY_PASS),
            line=Line.DASHED,
            node=OTHER,
        ),
        sheet.from_row("1本つながっています。DMARC はこれで足ります。", "DMARC · p=none · relaxed", (PASS, PASS)),
        sheet.row(
            RowKind.DKIM,
            "DKIM 1",
            "鍵 s=489ban",
            "inn.example.co.jp",
            "作成者署名。*完全に一致* → 有効",
            (PASS, PASS),
            line=Line.SOLID,
            node=COUNTS,
            signature=0,
        ),
        sheet.row(
            RowKind.DKIM,
            "DKIM 2",
            "鍵 s=mx1",
            "yoyaku.example.net",
            "第三者署名。*別の組織* → 無効",
            (GREY_PASS, GREY_PASS),
            line=Line.DASHED,
            node=OTHER,
            signature=1,
        ),
    )
    return ResultView(
        _message(
            "reserve@inn.example.co.jp", "「旅館やまなみ」", "ご予約確定のお知らせ", "2026年11月20日 14:26", "booking.eml",
            japanese=True,
        ),
        verdict(
            "pass", Glyph.PASS, Tone.PASS, "*inn.example.co.jp からのメールとして認証されました（代行送信）*",
            "予約サービス yoyaku.example.net が代行して送信しました。送信サーバーの検査はサービス側のものですが、"
            "差出人自身の署名（作成者署名）が正しいため、inn.example.co.jp からのメールと確認できます。",
            "差出人についての対応は不要です。本文の内容はふだんどおり注意して読んでください。", FOOT_JA,
        ),
        ladder,
        "検証でわかったこと",
        "メモ3",
        (
            _finding("good", "作成者署名（inn.example.co.jp）は正しく、From と一致しています。", "HL-201", "理由です。"),
            _finding("note", "SPF は配信サービスのものです。代行送信では普通で、修正は不要です。", "HL-102", "理由です。"),
        ),
    )  # fmt: skip


def mailing_list() -> ResultView:
    """Picture 09, 1."""
    sheet = Sheet("dev.example.org", 2)
    ladder = sheet.view(
        sheet.row(
            RowKind.SPF,
            "SPF",
            "192.0.2.140",
            "lists.example.net",
            "Passes for the list, a *different organisation*.",
            (GREY_PASS, GREY_PASS),
            line=Line.DASHED,
            node=OTHER,
        ),
        sheet.from_row("No line connects; p=none asks for no action.", "DMARC · p=none · relaxed", (FAIL, FAIL)),
        sheet.row(
            RowKind.DKIM,
            "DKIM 1",
            "key s=dev",
            "dev.example.org",
            "Right name, but the *body was changed* after signing.",
            (FAIL, FAIL),
            line=Line.DASHED,
            node=(Glyph.FAIL, Tone.FAIL),
            signature=0,
        ),
        sheet.row(
            RowKind.DKIM,
            "DKIM 2",
            "key s=l1",
            "lists.example.net",
            "The list’s own signature, a *different organisation*.",
            (GREY_PASS, GREY_PASS),
            line=Line.DASHED,
            node=OTHER,
            signature=1,
        ),
    )
    card = verdict(
        "warn", Glyph.WARN, Tone.WARN, "Changed by a mailing list; *dev.example.org* can’t be confirmed",
        "A mailing list, lists.example.net, added text after the author signed, which broke the signature. The list vouches "
        "for itself, not for the author.",
        "Usual for mailing lists. If the request is unusual, ask the author directly.",
    )  # fmt: skip
    return replace(all_pass(), verdict=card, ladder=ladder)


def offline() -> ResultView:
    """Picture 09, 2."""
    sheet = Sheet("shop.example.co.jp", 3)
    waiting = (Glyph.UNKNOWN, Tone.UNKNOWN)
    ladder = sheet.view(
        sheet.row(
            RowKind.SPF,
            "SPF",
            "192.0.2.25",
            "mail.example.co.jp",
            "Recorded only. *Same organisation*.",
            (PASS, OFFLINE),
            line=Line.DOTTED,
            node=waiting,
            between="",
        ),
        sheet.from_row(
            "Recorded as connected; not confirmed today.", "DMARC · p=reject · relaxed", (PASS, OFFLINE), between=""
        ),
        sheet.row(
            RowKind.DKIM,
            "DKIM",
            "key s=k2026",
            "example.co.jp",
            "Recorded only. *Same organisation*.",
            (PASS, OFFLINE),
            line=Line.DOTTED,
            node=waiting,
            between="",
            signature=0,
        ),
    )
    card = verdict(
        "unknown", Glyph.UNKNOWN, Tone.UNKNOWN, "Not re-checked: no answer from DNS",
        "HeaderLens couldn’t reach a DNS server, so it can only show what mx.google.com recorded on delivery: authenticated "
        "as example.co.jp.",
        "Connect to the network and press Re-check (F5).",
    )  # fmt: skip
    return replace(all_pass(), verdict=card, ladder=ladder)


def headers_only() -> ResultView:
    """Picture 09, 3."""
    sheet = Sheet("lab.example.ac.jp", 3)
    ladder = sheet.view(
        sheet.row(
            RowKind.SPF,
            "SPF",
            "203.0.113.9",
            "lab.example.ac.jp",
            "Right name, but the *forwarding server* isn’t on its list → doesn’t count.",
            (GREY_FAIL, GREY_FAIL),
            line=Line.DASHED,
            node=(Glyph.FAIL, Tone.UNKNOWN),
        ),
        sheet.from_row(
            "Connects, as far as the headers show.", "DMARC · p=quarantine · relaxed", (PASS, PARTIAL), between=""
        ),
        sheet.row(
            RowKind.DKIM,
            "DKIM",
            "key s=univ1",
            "example.ac.jp",
            "Headers intact, body not included. *Same organisation*.",
            (PASS, PARTIAL),
            line=Line.DOTTED,
            node=(Glyph.HALF, Tone.INFO),
            between="",
            signature=0,
        ),
    )
    card = verdict(
        "partial", Glyph.HALF, Tone.INFO, "Headers signed by *example.ac.jp*; body not checked",
        "The signature on the sender, subject and date is genuine. The message text was not included, so a change to it "
        "would go unnoticed.",
        "To check the text as well, drop the saved .eml file here.",
    )  # fmt: skip
    return replace(all_pass(), verdict=card, ladder=ladder)


def pasted() -> ResultView:
    """Picture 09, 4."""
    sheet = Sheet("inn.example.co.jp", 3, japanese=True)
    ladder = sheet.view(
        sheet.row(
            RowKind.SPF,
            "SPF",
            "198.51.100.24",
            "bounce.yoyaku.example.net",
            "サービス側（*別の組織*）として合格 → 無効",
            (GREY_PASS, GREY_PASS),
            line=Line.DASHED,
            node=OTHER,
        ),
        sheet.from_row("保留：元の文が必要です。", "DMARC · p=none · relaxed", (PASS, UNCLEAR_JA), between=""),
        sheet.row(
            RowKind.DKIM,
            "DKIM",
            "鍵 s=489ban",
            "inn.example.co.jp",
            "*名前は一致*、ヘッダーは正しい。本文は貼り付けで変化した可能性",
            (PASS, UNCLEAR_JA),
            line=Line.DOTTED,
            node=(Glyph.UNKNOWN, Tone.UNKNOWN),
            between="",
            signature=0,
        ),
    )
    card = verdict(
        "unknown", Glyph.UNKNOWN, Tone.UNKNOWN, "この貼り付けでは判定できません",
        "本文が inn.example.co.jp の署名と合いませんが、ブラウザーからのコピーで変わった可能性があります。Gmail は受信時に"
        "「署名は正しい」と記録しています。",
        "Gmail の「元のメッセージ」画面からダウンロードした .eml ファイルを、ここにドロップしてください。",
    )  # fmt: skip
    return replace(third_party(), verdict=card, ladder=ladder)


def disagreement() -> ResultView:
    """Picture 09, 5."""
    sheet = Sheet("shop.example.co.jp", 3, japanese=True)
    ladder = sheet.view(
        sheet.row(
            RowKind.SPF,
            "SPF",
            "192.0.2.25",
            "old-esp.example.net",
            "SPF レコードなし。*別の組織*",
            (NONE, NONE),
            line=Line.DASHED,
        ),
        sheet.from_row("受信時はつながり、現在はなし。", "DMARC · p=reject · relaxed", (PASS, FAIL), between="differs"),
        sheet.row(
            RowKind.DKIM,
            "DKIM",
            "鍵 s=k2025",
            "example.co.jp",
            "*組織は一致*。受信後に鍵が削除されました",
            (PASS, NO_KEY_JA),
            line=Line.DASHED,
            node=(Glyph.WARN, Tone.WARN),
            between="differs",
            signature=0,
        ),
    )
    card = verdict(
        "warn", Glyph.WARN, Tone.WARN, "受信時は認証済み。今日は再現できません",
        "2025年3月3日、mx.google.com は example.co.jp の署名を「正しい」と記録しました。その鍵 k2025 は現在 DNS にありません。"
        "古い鍵の削除は通常の運用で、偽造とは限りません。",
        "mx.google.com を信頼できる場合は、記録された結果を参考にしてください。",
    )  # fmt: skip
    return replace(third_party(), verdict=card, ladder=ladder)


def nothing_published() -> ResultView:
    """Picture 09, 6."""
    sheet = Sheet("club.example.net", 3, japanese=True)
    ladder = sheet.view(
        sheet.row(
            RowKind.SPF,
            "SPF",
            "203.0.113.80",
            "club.example.net",
            "名前は同じですが、*送信サーバーの登録なし*",
            (NONE, NONE),
            line=Line.DASHED,
        ),
        sheet.from_row("つながるものが公開されていません。", "DMARC · ポリシーなし · relaxed", (NONE, NONE)),
        sheet.row(
            RowKind.DKIM,
            "DKIM",
            "鍵なし",
            "",
            "*署名がありません*",
            (NONE, NONE),
            line=Line.DASHED,
            placeholder="なし",
            fence=0,
        ),
    )
    card = verdict(
        "unknown", Glyph.UNKNOWN, Tone.UNKNOWN, "*club.example.net かどうか確認する手段がありません*",
        "このドメインは電子署名・送信サーバーの登録・ポリシーのいずれも公開していません。本物でも偽物でも同じ結果になります。",
        "重要な内容なら、別の方法で差出人に確認してください。",
    )  # fmt: skip
    return replace(third_party(), verdict=card, ladder=ladder)


def strict() -> LadderView:
    """Picture 12, strict mode."""
    sheet = Sheet("inn.example.co.jp", 4, strict=True)
    return sheet.view(
        sheet.row(
            RowKind.SPF, "SPF", "192.0.2.25", "mail.example.co.jp", "*Same organisation, different name* → doesn’t count.",
            (GREY_PASS, GREY_PASS), line=Line.DASHED, node=BREAKS,
        ),
        sheet.from_row("No line connects in strict mode.", "DMARC · p=reject · strict", (FAIL, FAIL)),
        sheet.row(
            RowKind.DKIM, "DKIM", "key s=k1", "example.co.jp", "“inn” is *missing* → doesn’t count.", (GREY_PASS, GREY_PASS),
            line=Line.DASHED, node=BREAKS, signature=0,
        ),
        caption="must be identical",
    )  # fmt: skip


def helo() -> LadderView:
    """Picture 12, empty return path."""
    sheet = Sheet("shop.example.co.jp", 3)
    return sheet.view(
        sheet.row(
            RowKind.SPF, "SPF · HELO", "192.0.2.25", "mx1.example.co.jp",
            "Bounce without return address: the *server’s own name* is checked.", (PASS, PASS), line=Line.SOLID, node=COUNTS,
        ),
        *all_pass().ladder.rows[1:],
    )  # fmt: skip


def folded() -> LadderView:
    """Picture 12, narrow pane with folded signatures."""
    sheet = Sheet("inn.example.co.jp", 3, japanese=True)
    base = third_party().ladder
    hidden = tuple(
        sheet.row(
            RowKind.DKIM, f"DKIM {n}", f"鍵 s=mx{n}", f"s{n}.example.net", "第三者署名。*別の組織* → 無効", (GREY_PASS, GREY_PASS),
            line=Line.DASHED, node=OTHER, signature=n - 1,
        )
        for n in range(2, 6)
    )  # fmt: skip
    fold = sheet.row(
        RowKind.DKIM, "DKIM 2–5", "署名4件", "….example.net", "ほかに*別の組織*の署名が4件。", (GREY_PASS, GREY_PASS),
        line=Line.DASHED, node=OTHER, folded=4,
    )  # fmt: skip
    return replace(base, rows=(*base.rows[:3], fold), folded_rows=hidden, recorded_heading="記録", now_heading="今回")


def long_names() -> LadderView:
    """Five labels with 30-character ones, an IPv6 address, punycode."""
    sheet = Sheet("newsletter-and-announcements-01.mail.shop.abcdefghijklmnopqrstuvwxyz1234.co.jp", 3)
    return sheet.view(
        sheet.row(
            RowKind.SPF, "SPF", "2001:db8:85a3:1111:2222:8a2e:370:7334",
            "bounce.with.many.labels.xn--bcher-kva8445foa.example.net",
            "Passes, but only for a *different organisation* → doesn’t count.", (GREY_PASS, GREY_PASS),
            line=Line.DASHED, node=OTHER,
        ),
        sheet.from_row("One line connects. That is enough for DMARC.", "DMARC · p=reject · relaxed", (PASS, PASS)),
        sheet.row(
            RowKind.DKIM, "DKIM", "key s=k2026", "abcdefghijklmnopqrstuvwxyz1234.co.jp",
            "Signature intact. *Same organisation* → counts.", (PASS, PASS), line=Line.SOLID, node=COUNTS, signature=0,
        ),
    )  # fmt: skip


def progress() -> ProgressView:
    """Picture 02."""
    return ProgressView(
        "確認中… 8件中5件の応答あり", 8, 5,
        (
            (Glyph.PASS, "メール", "読み取り完了（署名2・結果ヘッダー1・経由3）"),
            (Glyph.RUN, "SPF", "include 3/最大10：_spf2.yoyaku.example.net"),
            (Glyph.PASS, "DKIM 1", "鍵 489ban を取得、署名を確認"),
            (Glyph.WAIT, "DKIM 2", "mx1._domainkey.yoyaku.example.net"),
            (Glyph.PASS, "DMARC", "_dmarc.inn… になし、_dmarc.example.co.jp は p=none"),
        ),
    )  # fmt: skip


def refusal() -> RefusalView:
    """S24."""
    return RefusalView(
        "S24",
        "This isn’t an email source",
        "No header lines were found.",
        "Copy the whole source, from the first line.",
    )


RESULTS = {
    "all_pass": all_pass,
    "spoofed": spoofed,
    "third_party": third_party,
    "mailing_list": mailing_list,
    "offline": offline,
    "headers_only": headers_only,
    "pasted": pasted,
    "disagreement": disagreement,
    "nothing_published": nothing_published,
}


def _ladder_of(make: Callable[[], ResultView]) -> LadderView:
    return make().ladder


LADDERS: dict[str, Callable[[], LadderView]] = {
    **{name: partial(_ladder_of, make) for name, make in RESULTS.items()},
    "strict": strict,
    "helo": helo,
    "folded": folded,
    "long_names": long_names,
}
