<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja_JP">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About HeaderLens</source>
        <translation>HeaderLens について</translation>
    </message>
    <message>
        <source>Licences…</source>
        <translation>ライセンス…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Re-verifies who sent a mail and explains every failure.</source>
        <translation>メールの送信者を検証し直し、不合格の理由をすべて説明します。</translation>
    </message>
    <message>
        <source>The message stays on this computer. Only domain names and the sending address found in it are looked up in DNS.</source>
        <translation>メールの内容がこのパソコンから外に出ることはありません。DNS で調べるのは、記載されたドメイン名と送信元アドレスだけです。</translation>
    </message>
    <message>
        <source>A sender&apos;s SPF record can ask for the return address to be part of a look-up, and the sender&apos;s DNS server can notice that somebody checks. Offline mode avoids both.</source>
        <translation>送信側の SPF レコードによっては、返送先アドレスが問い合わせに含まれることがあります。また、検証していることが送信側の DNS サーバーに伝わる可能性があります。オフラインにすると、どちらも起こりません。</translation>
    </message>
    <message>
        <source>Free software under the Apache License 2.0. Built with Qt and PySide6 (LGPL).</source>
        <translation>Apache License 2.0 のフリーソフトウェアです。Qt と PySide6（LGPL）を使用しています。</translation>
    </message>
    <message>
        <source>Version {version}, run from its source</source>
        <translation>バージョン {version}（ソースコードから実行）</translation>
    </message>
    <message>
        <source>Version {version}, built on {day} from {commit}</source>
        <translation>バージョン {version}（{day} 作成、コミット {commit}）</translation>
    </message>
    <message>
        <source>New versions: {home} (HeaderLens does not look there by itself)</source>
        <translation>新しいバージョン：{home}（HeaderLens が自動で確認することはありません）</translation>
    </message>
    <message>
        <source>New versions come from where this one came from. HeaderLens does not look for them by itself.</source>
        <translation>新しいバージョンは、これを入手した場所から入手できます。HeaderLens が自動で確認することはありません。</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>&amp;Open…</source>
        <translation>開く(&amp;O)…</translation>
    </message>
    <message>
        <source>Open &amp;folder…</source>
        <translation>フォルダーを開く(&amp;F)…</translation>
    </message>
    <message>
        <source>&amp;Paste source…</source>
        <translation>ソースを貼り付け(&amp;P)…</translation>
    </message>
    <message>
        <source>&amp;Check the clipboard</source>
        <translation>クリップボードを検証(&amp;C)</translation>
    </message>
    <message>
        <source>Start &amp;page</source>
        <translation>最初の画面(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Save report…</source>
        <translation>報告書を保存(&amp;S)…</translation>
    </message>
    <message>
        <source>Save the ori&amp;ginal…</source>
        <translation>元のデータを保存(&amp;G)…</translation>
    </message>
    <message>
        <source>Save the message as c&amp;hecked…</source>
        <translation>検証したメールを保存(&amp;H)…</translation>
    </message>
    <message>
        <source>Sav&amp;e case…</source>
        <translation>ケースを保存(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Print…</source>
        <translation>印刷(&amp;P)…</translation>
    </message>
    <message>
        <source>&amp;Letter to an administrator…</source>
        <translation>管理者への連絡文(&amp;L)…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>終了(&amp;Q)</translation>
    </message>
    <message>
        <source>Copy &amp;answer</source>
        <translation>判定をコピー(&amp;A)</translation>
    </message>
    <message>
        <source>Copy summary for a &amp;ticket</source>
        <translation>チケット用の要約をコピー(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Mask recipients</source>
        <translation>受信者を伏せる(&amp;M)</translation>
    </message>
    <message>
        <source>Copy &amp;diagram</source>
        <translation>図をコピー(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Find in headers…</source>
        <translation>ヘッダー内を検索(&amp;F)…</translation>
    </message>
    <message>
        <source>Find &amp;next</source>
        <translation>次を検索(&amp;N)</translation>
    </message>
    <message>
        <source>Find &amp;previous</source>
        <translation>前を検索(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Answer</source>
        <translation>判定(&amp;A)</translation>
    </message>
    <message>
        <source>Evidence: &amp;Headers</source>
        <translation>根拠：ヘッダー(&amp;H)</translation>
    </message>
    <message>
        <source>Evidence: &amp;Signatures</source>
        <translation>根拠：署名(&amp;S)</translation>
    </message>
    <message>
        <source>Evidence: S&amp;PF</source>
        <translation>根拠：SPF(&amp;P)</translation>
    </message>
    <message>
        <source>Evidence: Pa&amp;th</source>
        <translation>根拠：経路(&amp;T)</translation>
    </message>
    <message>
        <source>Evidence: &amp;DNS</source>
        <translation>根拠：DNS(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Session list</source>
        <translation>検証したメールの一覧(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Evidence pane</source>
        <translation>根拠の欄(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Next finding</source>
        <translation>次の指摘(&amp;N)</translation>
    </message>
    <message>
        <source>P&amp;revious finding</source>
        <translation>前の指摘(&amp;R)</translation>
    </message>
    <message>
        <source>Next p&amp;ane</source>
        <translation>次の区画(&amp;A)</translation>
    </message>
    <message>
        <source>Pre&amp;vious pane</source>
        <translation>前の区画(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>戻る(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Forward</source>
        <translation>進む(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Menu bar</source>
        <translation>メニューバー(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Larger</source>
        <translation>大きく(&amp;L)</translation>
    </message>
    <message>
        <source>S&amp;maller</source>
        <translation>小さく(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Normal size</source>
        <translation>標準(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Re-check</source>
        <translation>再検証(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>中止(&amp;S)</translation>
    </message>
    <message>
        <source>Check a &amp;domain…</source>
        <translation>ドメインを検査(&amp;D)…</translation>
    </message>
    <message>
        <source>&amp;Judge SPF by…</source>
        <translation>SPF の判定条件を選ぶ(&amp;J)…</translation>
    </message>
    <message>
        <source>&amp;List the DNS questions…</source>
        <translation>DNS への問い合わせを一覧(&amp;L)…</translation>
    </message>
    <message>
        <source>Offline: &amp;never look anything up</source>
        <translation>オフライン：問い合わせをしない(&amp;N)</translation>
    </message>
    <message>
        <source>Se&amp;ttings…</source>
        <translation>設定(&amp;T)…</translation>
    </message>
    <message>
        <source>How to &amp;read this</source>
        <translation>図の見方(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Where do I find the source?</source>
        <translation>ソースの取り出し方(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;First steps</source>
        <translation>はじめの一歩(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;About HeaderLens</source>
        <translation>HeaderLens について(&amp;A)</translation>
    </message>
    <message>
        <source>Show the menu</source>
        <translation>メニューを表示</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>ファイル(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>編集(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>表示(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Check</source>
        <translation>検証(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>ヘルプ(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>言語(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>テーマ(&amp;T)</translation>
    </message>
    <message>
        <source>Te&amp;xt size</source>
        <translation>文字の大きさ(&amp;X)</translation>
    </message>
    <message>
        <source>Language of the system</source>
        <translation>システムの言語</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>システムに合わせる</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>ライト</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>ダーク</translation>
    </message>
</context>
<context>
    <name>AlignmentLadder</name>
    <message>
        <source>Copy name</source>
        <extracomment>Context menu of a row of the alignment ladder: copies the domain name</extracomment>
        <translation>名前をコピー</translation>
    </message>
    <message>
        <source>Copy row as text</source>
        <extracomment>Context menu of a row of the alignment ladder: copies its whole sentence</extracomment>
        <translation>行をテキストでコピー</translation>
    </message>
    <message>
        <source>Copy diagram</source>
        <extracomment>Context menu of a row of the alignment ladder: copies the ladder as a picture</extracomment>
        <translation>図をコピー</translation>
    </message>
    <message>
        <source>Judge SPF by…</source>
        <extracomment>Context menu of the SPF row of the alignment ladder: opens the dialog to choose hop, address and names</extracomment>
        <translation>SPF の判定条件を選ぶ…</translation>
    </message>
    <message>
        <source>How to read this</source>
        <extracomment>Button on the alignment ladder; opens a short legend of its lines and marks</extracomment>
        <translation>図の見方</translation>
    </message>
    <message>
        <source>Show fewer</source>
        <extracomment>Link at the last signature: fold the signatures of other organisations into one row again</extracomment>
        <translation>まとめて表示</translation>
    </message>
    <message>
        <source>Show</source>
        <extracomment>Link in the row that stands for several folded signatures: list them</extracomment>
        <translation>表示</translation>
    </message>
</context>
<context>
    <name>Asides</name>
    <message>
        <source>SPF is judged by values you chose: {values}</source>
        <translation>SPF はあなたが選んだ値で判定しています：{values}</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>元に戻す</translation>
    </message>
    <message>
        <source>Recorded by {receiver}. Is that your mail provider?</source>
        <translation>記録したのは {receiver} です。ご利用の受信サーバーですか？</translation>
    </message>
    <message>
        <source>Yes, trust it</source>
        <translation>はい、信頼する</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>今はしない</translation>
    </message>
</context>
<context>
    <name>Batch</name>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n個のファイル</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BatchDetail</name>
    <message>
        <source>Open full result</source>
        <translation>結果の全体を開く</translation>
    </message>
    <message>
        <source>Chosen message</source>
        <translation>選択中のメール</translation>
    </message>
</context>
<context>
    <name>BatchPage</name>
    <message>
        <source>Result</source>
        <translation>判定</translation>
    </message>
    <message>
        <source>Shown sender</source>
        <translation>表示の差出人</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>件名</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>受信日時</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>メールの一覧</translation>
    </message>
    <message>
        <source>Enter opens a message, Esc comes back to the table.</source>
        <translation>Enter でメールを開き、Esc で一覧に戻ります。</translation>
    </message>
    <message>
        <source>Show only</source>
        <translation>絞り込み</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>開く</translation>
    </message>
    <message>
        <source>Open the chosen message</source>
        <translation>選択中のメールを開く</translation>
    </message>
    <message>
        <source>Export table…</source>
        <translation>一覧を書き出す…</translation>
    </message>
    <message>
        <source>As CSV, for a spreadsheet…</source>
        <translation>CSV（表計算ソフト用）…</translation>
    </message>
    <message>
        <source>As JSON, for programs…</source>
        <translation>JSON（プログラム用）…</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n件のメール</numerusform>
        </translation>
    </message>
    <message>
        <source>Looking for messages…</source>
        <translation>メールを探しています…</translation>
    </message>
    <message>
        <source>Checking… {done} of {total}</source>
        <translation>確認中… {total}件中{done}件</translation>
    </message>
    <message>
        <source>Judging anew by the trusted receivers… {done} of {total}</source>
        <translation>信頼する受信サーバーで判定し直し中… {total}件中{done}件</translation>
    </message>
    <message numerus="yes">
        <source>%n still judged by the receivers trusted before</source>
        <translation>
            <numerusform>%n件は以前の「信頼する受信サーバー」で判定したままです</numerusform>
        </translation>
    </message>
    <message>
        <source>Stopped: {done} of {total} checked</source>
        <translation>中止しました：{total}件中{done}件を確認済み</translation>
    </message>
    <message>
        <source>Ended by a mistake of the program: {done} of {total} checked</source>
        <translation>プログラムの誤りで終了しました：{total}件中{done}件を確認済み</translation>
    </message>
    <message>
        <source>There is no saved email in it.</source>
        <translation>保存したメールが見つかりません。</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) share one cause: {cause}</source>
        <translation>
            <numerusform>%n件に共通の原因：{cause}</numerusform>
        </translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>すべて表示</translation>
    </message>
    <message>
        <source>Show them</source>
        <translation>該当を表示</translation>
    </message>
</context>
<context>
    <name>BatchWords</name>
    <message>
        <source>Waiting</source>
        <translation>待機中</translation>
    </message>
    <message>
        <source>Program mistake</source>
        <translation>プログラムの誤り</translation>
    </message>
    <message>
        <source>Not read</source>
        <translation>読み取り不可</translation>
    </message>
    <message>
        <source>Changed on the way</source>
        <translation>途中で内容が変化</translation>
    </message>
    <message>
        <source>Can&apos;t be repeated</source>
        <translation>再現できません</translation>
    </message>
    <message>
        <source>DMARC recorded: {recorded}, now: {now}</source>
        <translation>DMARC の記録：{recorded}、今回：{now}</translation>
    </message>
    <message>
        <source>All</source>
        <translation>すべて</translation>
    </message>
</context>
<context>
    <name>Batching</name>
    <message>
        <source>Choose a message to see its result here.</source>
        <translation>メールを選ぶと、ここに結果を表示します。</translation>
    </message>
    <message>
        <source>This message has not been checked yet.</source>
        <translation>このメールはまだ確認していません。</translation>
    </message>
    <message>
        <source>A mistake of the program: {kind}</source>
        <translation>プログラムの誤り：{kind}</translation>
    </message>
    <message>
        <source>CSV (*.csv)</source>
        <translation>CSV (*.csv)</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message>
        <source>Export table</source>
        <translation>一覧を書き出す</translation>
    </message>
    <message>
        <source>The table could not be saved: {reason}</source>
        <translation>一覧を保存できませんでした：{reason}</translation>
    </message>
    <message>
        <source>Table saved as {name}</source>
        <translation>一覧を {name} に保存しました</translation>
    </message>
</context>
<context>
    <name>DnsPane</name>
    <message>
        <source>Copied</source>
        <translation>コピーしました</translation>
    </message>
    <message>
        <source>DNS</source>
        <translation>DNS</translation>
    </message>
    <message>
        <source>Questions to DNS</source>
        <translation>DNS への問い合わせ</translation>
    </message>
    <message>
        <source>Whole answer</source>
        <translation>応答の全体</translation>
    </message>
    <message>
        <source>Copy as dig</source>
        <translation>dig 形式でコピー</translation>
    </message>
    <message>
        <source>Copy question and answer</source>
        <translation>問い合わせと応答をコピー</translation>
    </message>
    <message>
        <source>Copy this one as dig</source>
        <translation>この1件を dig 形式でコピー</translation>
    </message>
    <message>
        <source>Copies every question with its answer in the form of dig</source>
        <translation>すべての問い合わせと応答を dig の形式でコピーします</translation>
    </message>
</context>
<context>
    <name>DomainChecking</name>
    <message>
        <source>Report on the domain copied</source>
        <translation>ドメインのレポートをコピーしました</translation>
    </message>
    <message>
        <source>This is no domain name. Write it as it stands behind the @ of an address.</source>
        <translation>ドメイン名ではありません。メールアドレスの @ より後ろの部分を入力してください。</translation>
    </message>
    <message>
        <source>A selector has only letters, digits, hyphens and dots, such as s1.</source>
        <translation>セレクターに使えるのは英数字、ハイフン、ドットだけです（例：s1）。</translation>
    </message>
    <message>
        <source>This service isn&apos;t in the list. Choose one, or leave the field empty.</source>
        <translation>一覧にないサービスです。一覧から選ぶか、空欄にしてください。</translation>
    </message>
</context>
<context>
    <name>DomainForm</name>
    <message>
        <source>No particular service</source>
        <translation>サービスを指定しない</translation>
    </message>
    <message>
        <source>&amp;Domain</source>
        <translation>ドメイン(&amp;D)</translation>
    </message>
    <message>
        <source>Se&amp;lectors, if you know them</source>
        <translation>セレクター（わかる場合）(&amp;L)</translation>
    </message>
    <message>
        <source>Se&amp;rvice that sends for it</source>
        <translation>送信サービス(&amp;R)</translation>
    </message>
    <message>
        <source>such as example.com</source>
        <translation>例：example.com</translation>
    </message>
    <message>
        <source>s= in the signatures of its mail, such as s1</source>
        <translation>メールの署名の s=（例：s1）</translation>
    </message>
    <message>
        <source>Domain to check</source>
        <translation>検査するドメイン</translation>
    </message>
    <message>
        <source>DKIM selectors, with blanks between them</source>
        <translation>DKIM セレクター（空白で区切る）</translation>
    </message>
    <message>
        <source>Sending service; type to search</source>
        <translation>送信サービス（入力して検索）</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>中止</translation>
    </message>
    <message>
        <source>Check domain</source>
        <translation>ドメインを検査</translation>
    </message>
</context>
<context>
    <name>DomainPage</name>
    <message>
        <source>Asking DNS</source>
        <translation>DNS に問い合わせています</translation>
    </message>
    <message>
        <source>{answered} of {asked} questions answered</source>
        <translation>問い合わせ{asked}件中{answered}件に応答</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>戻る</translation>
    </message>
    <message>
        <source>Copy the report</source>
        <translation>レポートをコピー</translation>
    </message>
    <message>
        <source>Check a domain</source>
        <translation>ドメインの検査</translation>
    </message>
    <message>
        <source>Are SPF, DKIM, DMARC and the mail servers of a domain set up as they should be? Only DNS is asked; no mail is needed.</source>
        <translation>ドメインの SPF、DKIM、DMARC、受信サーバーの設定を確認します。DNS に問い合わせるだけで、メールは要りません。</translation>
    </message>
</context>
<context>
    <name>DropZone</name>
    <message>
        <source>Only saved emails or text</source>
        <translation>保存したメールかテキストだけです</translation>
    </message>
    <message>
        <source>Let go to check</source>
        <translation>離すと検証します</translation>
    </message>
</context>
<context>
    <name>EvidencePage</name>
    <message>
        <source>Headers</source>
        <translation>ヘッダー</translation>
    </message>
    <message>
        <source>DNS</source>
        <translation>DNS</translation>
    </message>
    <message>
        <source>Signatures</source>
        <translation>署名</translation>
    </message>
    <message>
        <source>SPF</source>
        <translation>SPF</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>経路</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>根拠</translation>
    </message>
</context>
<context>
    <name>Expander</name>
    <message>
        <source>expanded</source>
        <extracomment>State of a row that opens, for screen readers</extracomment>
        <translation>展開済み</translation>
    </message>
    <message>
        <source>collapsed</source>
        <extracomment>State of a row that opens, for screen readers</extracomment>
        <translation>折りたたみ済み</translation>
    </message>
</context>
<context>
    <name>FailurePage</name>
    <message>
        <source>HeaderLens made a mistake</source>
        <translation>HeaderLens の誤りです</translation>
    </message>
    <message>
        <source>This says nothing about the mail. The report below names places in the program only, nothing of your message: please copy it and send it to the makers.</source>
        <translation>メールについては何も判定していません。下の報告に含まれるのはプログラム内の場所だけで、メールの内容は含まれません。コピーして開発元にお送りください。</translation>
    </message>
    <message>
        <source>Report of the mistake</source>
        <translation>誤りの報告</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>報告をコピー</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>Find in headers and body</source>
        <translation>ヘッダーと本文を検索</translation>
    </message>
    <message>
        <source>Match case</source>
        <translation>大文字と小文字を区別</translation>
    </message>
    <message>
        <source>Previous match</source>
        <translation>前の一致</translation>
    </message>
    <message>
        <source>Next match</source>
        <translation>次の一致</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>見つかりません</translation>
    </message>
    <message>
        <source>{place} of {count}</source>
        <extracomment>Count of places found: the one shown, and all. &quot;+&quot; where there are more than were counted</extracomment>
        <translation>{count}件中{place}件目</translation>
    </message>
    <message>
        <source>{count} found</source>
        <translation>{count}件</translation>
    </message>
</context>
<context>
    <name>FindingButton</name>
    <message>
        <source>its headers are highlighted</source>
        <extracomment>State of a finding beside the header source, for screen readers</extracomment>
        <translation>該当するヘッダーを強調表示中</translation>
    </message>
</context>
<context>
    <name>FindingCard</name>
    <message>
        <source>Problem</source>
        <extracomment>Severity of a finding, for screen readers</extracomment>
        <translation>問題</translation>
    </message>
    <message>
        <source>Warning</source>
        <extracomment>Severity of a finding, for screen readers</extracomment>
        <translation>注意</translation>
    </message>
    <message>
        <source>In order</source>
        <extracomment>Severity of a finding that says all is well, for screen readers</extracomment>
        <translation>問題なし</translation>
    </message>
    <message>
        <source>Note</source>
        <extracomment>Severity of a finding, for screen readers</extracomment>
        <translation>メモ</translation>
    </message>
    <message>
        <source>Why</source>
        <extracomment>Label before the reason of a finding</extracomment>
        <translation>理由</translation>
    </message>
    <message>
        <source>What to do</source>
        <extracomment>Label before what the reader or an administrator should do about a finding</extracomment>
        <translation>対応</translation>
    </message>
    <message>
        <source>Evidence</source>
        <extracomment>Label before the values a finding rests on</extracomment>
        <translation>根拠</translation>
    </message>
</context>
<context>
    <name>FindingColumn</name>
    <message>
        <source>Findings</source>
        <extracomment>Heading of the list of findings beside the header source</extracomment>
        <translation>指摘</translation>
    </message>
    <message numerus="yes">
        <source>%n found</source>
        <extracomment>How many findings there are</extracomment>
        <translation>
            <numerusform>%n件</numerusform>
        </translation>
    </message>
    <message>
        <source>Why</source>
        <translation>理由</translation>
    </message>
</context>
<context>
    <name>FindingStrip</name>
    <message numerus="yes">
        <source>%n header(s) belong to this finding</source>
        <extracomment>Over the header source, while a finding is selected</extracomment>
        <translation>
            <numerusform>この指摘に関わるヘッダー：%nつ</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n place(s) belong to this finding</source>
        <extracomment>Over the source, while a finding is selected that also points into the body</extracomment>
        <translation>
            <numerusform>この指摘に関わる箇所：%nか所</numerusform>
        </translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>前へ</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>次へ</translation>
    </message>
</context>
<context>
    <name>FindingsList</name>
    <message numerus="yes">
        <source>%n point(s) in order</source>
        <extracomment>One line that stands for several findings that say all is well; opens them</extracomment>
        <translation>
            <numerusform>問題なし：%n件</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FirstStepsDialog</name>
    <message>
        <source>Save this page for others…</source>
        <translation>このページを配布用に保存…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Web page (*.html)</source>
        <translation>Web ページ (*.html)</translation>
    </message>
    <message>
        <source>The page could not be saved: {reason}</source>
        <translation>ページを保存できませんでした：{reason}</translation>
    </message>
    <message>
        <source>Page saved; it also says how to install HeaderLens.</source>
        <translation>ページを保存しました。インストールの手順も載っています。</translation>
    </message>
</context>
<context>
    <name>Following</name>
    <message>
        <source>Checking…</source>
        <translation>確認中…</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>中止しました</translation>
    </message>
</context>
<context>
    <name>HeadersPane</name>
    <message>
        <source>body</source>
        <extracomment>Where a finding points: not at a header but into the body</extracomment>
        <translation>本文</translation>
    </message>
    <message numerus="yes">
        <source>%n place(s)</source>
        <extracomment>Where a finding points: at headers and into the body</extracomment>
        <translation>
            <numerusform>%nか所</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n header(s)</source>
        <extracomment>Where a finding points</extracomment>
        <translation>
            <numerusform>ヘッダー%nつ</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Helping</name>
    <message>
        <source>Steps for {program}</source>
        <translation>手順：{program}</translation>
    </message>
    <message>
        <source>Where do I find the source?</source>
        <translation>ソースの取り出し方</translation>
    </message>
</context>
<context>
    <name>Insides</name>
    <message>
        <source>attached mail</source>
        <translation>添付のメール</translation>
    </message>
    <message>
        <source>attached mail {number}</source>
        <translation>添付のメール {number}</translation>
    </message>
</context>
<context>
    <name>InsidesStrip</name>
    <message>
        <source>Check the mail around it</source>
        <translation>外側のメールを検証</translation>
    </message>
    <message>
        <source>Check an attached mail</source>
        <translation>添付のメールを選んで検証</translation>
    </message>
    <message>
        <source>Check the attached mail</source>
        <translation>添付のメールを検証</translation>
    </message>
    <message>
        <source>This mail came inside another one. You see the answer for the attached mail.</source>
        <translation>このメールは別のメールに添付されていました。表示しているのは、添付のメールの判定です。</translation>
    </message>
    <message>
        <source>This mail came inside another one: “{subject}”. You see the answer for the attached mail.</source>
        <translation>このメールは別のメール「{subject}」に添付されていました。表示しているのは、添付のメールの判定です。</translation>
    </message>
    <message numerus="yes">
        <source>This mail carries %n other mails. You see the answer for the mail itself.</source>
        <translation>
            <numerusform>このメールには別のメールが%n通添付されています。表示しているのは、このメール自体の判定です。</numerusform>
        </translation>
    </message>
    <message>
        <source>This mail carries the headers of another one: “{subject}”. You see the answer for the mail itself.</source>
        <translation>このメールには別のメール「{subject}」のヘッダーが添付されています。表示しているのは、このメール自体の判定です。</translation>
    </message>
    <message>
        <source>no subject</source>
        <translation>件名なし</translation>
    </message>
    <message>
        <source>This mail carries another mail: “{subject}”. You see the answer for the mail itself.</source>
        <translation>このメールには別のメール「{subject}」が添付されています。表示しているのは、このメール自体の判定です。</translation>
    </message>
    <message>
        <source>{mail} (headers only)</source>
        <translation>{mail}（ヘッダーのみ）</translation>
    </message>
</context>
<context>
    <name>JudgeByDialog</name>
    <message>
        <source>Judge SPF by…</source>
        <translation>SPF の判定条件を選ぶ…</translation>
    </message>
    <message>
        <source>Address of the client</source>
        <translation>送信元の IP アドレス</translation>
    </message>
    <message>
        <source>MAIL FROM</source>
        <translation>MAIL FROM</translation>
    </message>
    <message>
        <source>HELO</source>
        <translation>HELO</translation>
    </message>
    <message>
        <source>“{entry}” is no IP address.</source>
        <translation>「{entry}」は IP アドレスではありません。</translation>
    </message>
    <message>
        <source>“{entry}” has blanks in it.</source>
        <translation>「{entry}」に空白が含まれています。</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>不明</translation>
    </message>
    <message>
        <source>empty: a bounce has no sender</source>
        <translation>空欄：配信エラーの通知には送信者がありません</translation>
    </message>
    <message>
        <source>From</source>
        <translation>送信側</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>アドレス</translation>
    </message>
    <message>
        <source>By</source>
        <translation>受信側</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>時刻</translation>
    </message>
    <message>
        <source>Border</source>
        <translation>境界</translation>
    </message>
    <message>
        <source>Servers on the way, the newest first</source>
        <translation>経由したサーバー（新しい順）</translation>
    </message>
    <message>
        <source>proposed</source>
        <translation>候補</translation>
    </message>
    <message>
        <source>SPF asks whether an address may send for a domain. Choose the server where your provider took the message over, or type what you know from its log.</source>
        <translation>SPF は、あるアドレスがドメインの送信元として許可されているかを調べます。ご利用の受信サーバーがメールを受け取った地点を選ぶか、ログでわかっている値を入力してください。</translation>
    </message>
    <message>
        <source>&amp;Client address</source>
        <translation>送信元アドレス(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;MAIL FROM</source>
        <translation>MAIL FROM(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;HELO</source>
        <translation>HELO(&amp;H)</translation>
    </message>
    <message>
        <source>Use what the headers say</source>
        <translation>ヘッダーの値を使う</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
</context>
<context>
    <name>Judging</name>
    <message>
        <source>The mail on the clipboard</source>
        <translation>クリップボードのメール</translation>
    </message>
    <message>
        <source>There is no mail on the page or on the clipboard.</source>
        <translation>画面にもクリップボードにもメールがありません。</translation>
    </message>
</context>
<context>
    <name>LetterDialog</name>
    <message>
        <source>Letter to an administrator</source>
        <translation>管理者への連絡文</translation>
    </message>
    <message>
        <source>To the sender</source>
        <translation>差出人側へ</translation>
    </message>
    <message>
        <source>To your own administrator</source>
        <translation>自社の管理者へ</translation>
    </message>
    <message>
        <source>Subject of the letter</source>
        <translation>連絡文の件名</translation>
    </message>
    <message>
        <source>Text of the letter</source>
        <translation>連絡文の本文</translation>
    </message>
    <message>
        <source>Nothing was found that they could mend: there is nothing to write.</source>
        <translation>この相手に修正を依頼できる問題は見つかりませんでした。連絡することはありません。</translation>
    </message>
    <message>
        <source>Recipients are masked. Read it before you send it; HeaderLens sends nothing.</source>
        <translation>受信者は伏せてあります。送る前に内容をご確認ください。HeaderLens が送信することはありません。</translation>
    </message>
    <message>
        <source>Letter copied</source>
        <translation>連絡文をコピーしました</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>コピー</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
</context>
<context>
    <name>LicencesDialog</name>
    <message>
        <source>Licences</source>
        <translation>ライセンス</translation>
    </message>
    <message>
        <source>Software with its own licence</source>
        <translation>独自のライセンスを持つソフトウェア</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>In short</source>
        <translation>概要</translation>
    </message>
    <message>
        <source>Licence: {licence}</source>
        <translation>ライセンス：{licence}</translation>
    </message>
    <message>
        <source>Source: {source}</source>
        <translation>ソースコード：{source}</translation>
    </message>
</context>
<context>
    <name>PasteDialog</name>
    <message>
        <source>Paste source</source>
        <translation>ソースを貼り付け</translation>
    </message>
    <message>
        <source>Source of the message</source>
        <translation>メールのソース</translation>
    </message>
    <message>
        <source>Paste the whole source here, from its first line.</source>
        <translation>ソースを1行目からすべて貼り付けてください。</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>消去</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>検証</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Pasted text</source>
        <translation>貼り付けたテキスト</translation>
    </message>
    <message>
        <source>Shown shortened; all of it is checked.</source>
        <translation>表示は一部だけですが、全体を検証します。</translation>
    </message>
    <message>
        <source>No header lines yet</source>
        <translation>ヘッダー行がまだありません</translation>
    </message>
    <message>
        <source>No From line yet</source>
        <translation>From の行がまだありません</translation>
    </message>
    <message numerus="yes">
        <source>Looks complete: %n header(s), body included</source>
        <translation>
            <numerusform>完全なメールのようです：ヘッダー%n件、本文あり</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Headers only: %n header(s)</source>
        <translation>
            <numerusform>ヘッダーのみ：%n件</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PathPane</name>
    <message>
        <source>Path</source>
        <translation>経路</translation>
    </message>
</context>
<context>
    <name>PreferencesDialog</name>
    <message>
        <source>Settings</source>
        <translation>設定</translation>
    </message>
    <message>
        <source>Trusted receivers</source>
        <translation>信頼する受信サーバー</translation>
    </message>
    <message>
        <source>Reduce &amp;motion: change things at once</source>
        <translation>動きを減らす：すぐに切り替える(&amp;M)</translation>
    </message>
    <message>
        <source>“{entry}” is no address of a DNS server.</source>
        <translation>「{entry}」は DNS サーバーのアドレスではありません。</translation>
    </message>
    <message>
        <source>DNS servers</source>
        <translation>DNS サーバー</translation>
    </message>
    <message>
        <source> s</source>
        <translation> 秒</translation>
    </message>
    <message>
        <source>Time limit of one look-up in seconds</source>
        <translation>1回の問い合わせの制限時間（秒）</translation>
    </message>
    <message>
        <source>Offline: never look anything up</source>
        <translation>オフライン：問い合わせをしない</translation>
    </message>
    <message>
        <source>Look at the clipboard when the window is activated</source>
        <translation>ウィンドウを選んだときにクリップボードを調べる</translation>
    </message>
    <message>
        <source>This is no https:// address of a DNS resolver.</source>
        <translation>https:// で始まる DNS リゾルバーのアドレスではありません。</translation>
    </message>
    <message>
        <source>“{entry}” is no name of a receiver.</source>
        <translation>「{entry}」は受信サーバーの名前ではありません。</translation>
    </message>
    <message>
        <source>The DNS &amp;servers of the system</source>
        <translation>システムの DNS サーバー(&amp;S)</translation>
    </message>
    <message>
        <source>These &amp;DNS servers (addresses or names, one a line)</source>
        <translation>次の DNS サーバー（アドレスまたは名前を1行に1つ）(&amp;D)</translation>
    </message>
    <message>
        <source>A resolver over &amp;HTTPS (its address)</source>
        <translation>HTTPS のリゾルバー（アドレスを入力）(&amp;H)</translation>
    </message>
    <message>
        <source>Address of a resolver over HTTPS</source>
        <translation>HTTPS リゾルバーのアドレス</translation>
    </message>
    <message>
        <source>&amp;Trusted receivers (one name a line, as in Authentication-Results)</source>
        <translation>信頼する受信サーバー（1行に1つ、Authentication-Results にある名前）(&amp;T)</translation>
    </message>
    <message>
        <source>Time &amp;limit of one look-up</source>
        <translation>1回の問い合わせの制限時間(&amp;L)</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
</context>
<context>
    <name>Program</name>
    <message>
        <source>The settings could not be read; the defaults are used.</source>
        <translation>設定を読み取れないため、初期設定を使います。</translation>
    </message>
    <message>
        <source>Some settings were not usable and were reset: {names}</source>
        <translation>使えない設定を初期値に戻しました：{names}</translation>
    </message>
    <message>
        <source>The settings could not be saved; they hold until you quit.</source>
        <translation>設定を保存できません。終了するまでは有効です。</translation>
    </message>
</context>
<context>
    <name>ProgressCard</name>
    <message>
        <source>{seconds} s…</source>
        <extracomment>How long a check has been running</extracomment>
        <translation>{seconds} 秒…</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <extracomment>How long a check took</extracomment>
        <translation>{seconds} 秒</translation>
    </message>
</context>
<context>
    <name>QuestionsDialog</name>
    <message>
        <source>Questions to DNS</source>
        <translation>DNS への問い合わせ</translation>
    </message>
    <message>
        <source>This is no mail: nothing would be asked.</source>
        <translation>メールではないため、何も問い合わせません。</translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) would be asked first.</source>
        <translation>
            <numerusform>最初に %n 件を問い合わせます。</numerusform>
        </translation>
    </message>
    <message>
        <source>For a sample nobody is asked: its answers were recorded with it.</source>
        <translation>サンプルでは問い合わせません。記録済みの応答を使います。</translation>
    </message>
    <message>
        <source>Offline is on: none of them is asked until you switch it off and check again.</source>
        <translation>オフラインがオンです。オフにして再検証するまで、どれも問い合わせません。</translation>
    </message>
    <message>
        <source>The answers may lead to more, such as what an SPF record includes. The DNS tab lists all.</source>
        <translation>応答によって、SPF レコードの include などの問い合わせが増えることがあります。すべて「DNS」タブに表示されます。</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>コピー</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
</context>
<context>
    <name>RecordChangeBlock</name>
    <message>
        <source>Copy</source>
        <extracomment>Copies the corrected DNS record of a finding</extracomment>
        <translation>コピー</translation>
    </message>
</context>
<context>
    <name>RefusalPage</name>
    <message>
        <source>How to get it from {program}</source>
        <translation>ソースの取り出し方：{program}</translation>
    </message>
    <message>
        <source>Where do I find the source?</source>
        <translation>ソースの取り出し方</translation>
    </message>
</context>
<context>
    <name>ResultPage</name>
    <message>
        <source>Answer</source>
        <translation>判定</translation>
    </message>
    <message>
        <source>Check this domain&apos;s set-up</source>
        <extracomment>Leads from a mail to the records of its sender&apos;s domain</extracomment>
        <translation>このドメインの設定を検査</translation>
    </message>
    <message>
        <source>Re-check</source>
        <translation>再検証</translation>
    </message>
    <message>
        <source>Save the original…</source>
        <translation>元のデータを保存…</translation>
    </message>
</context>
<context>
    <name>SessionList</name>
    <message>
        <source>Checked in this session</source>
        <translation>今回検証したメール</translation>
    </message>
    <message>
        <source>Kept until you quit; never saved.</source>
        <translation>終了するまで表示し、保存はしません。</translation>
    </message>
</context>
<context>
    <name>Shown</name>
    <message>
        <source>Authenticated</source>
        <translation>認証済み</translation>
    </message>
    <message>
        <source>Headers only</source>
        <translation>ヘッダーのみ</translation>
    </message>
    <message>
        <source>Not confirmed</source>
        <translation>確認できません</translation>
    </message>
    <message>
        <source>Not authenticated</source>
        <translation>認証できません</translation>
    </message>
    <message>
        <source>Can&apos;t tell</source>
        <translation>判定できません</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>待機中</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>確認中…</translation>
    </message>
    <message>
        <source>Not an email</source>
        <translation>メールではありません</translation>
    </message>
    <message>
        <source>Program mistake</source>
        <translation>プログラムの誤り</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>中止しました</translation>
    </message>
    <message>
        <source>That is the address of a page, not the mail. HeaderLens fetches nothing: save the message as a file first, then drop the file.</source>
        <translation>これはページのアドレスで、メールではありません。HeaderLens は何も取得しません。先にメールをファイルに保存し、そのファイルをドロップしてください。</translation>
    </message>
    <message>
        <source>That is a web address. HeaderLens fetches nothing: save the mail as a file first.</source>
        <translation>ウェブのアドレスです。HeaderLens はファイルを取りに行きません。メールをファイルに保存してからドロップしてください。</translation>
    </message>
    <message>
        <source>The mail program kept the mail back. Save the message first, then drop the file.</source>
        <translation>メールソフトからメールの内容が渡されませんでした。先にメールを保存し、そのファイルをドロップしてください。</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n件のメール</numerusform>
        </translation>
    </message>
    <message>
        <source>There is no saved email or text in it.</source>
        <translation>保存したメールもテキストも含まれていません。</translation>
    </message>
</context>
<context>
    <name>SignaturesPane</name>
    <message>
        <source>Signatures</source>
        <translation>署名</translation>
    </message>
</context>
<context>
    <name>SourceHelpDialog</name>
    <message>
        <source>Mail programs</source>
        <translation>メールソフトとサービス</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
</context>
<context>
    <name>SourceLegend</name>
    <message>
        <source>covered by DKIM signature {number} ({domain})</source>
        <extracomment>Explains a bar beside header lines</extracomment>
        <translation>DKIM 署名 {number}（{domain}）の対象</translation>
    </message>
    <message>
        <source>marked by a finding; select to jump to it</source>
        <extracomment>Explains the glyphs beside header lines</extracomment>
        <translation>指摘のあるヘッダー。選ぶと指摘に移ります</translation>
    </message>
</context>
<context>
    <name>SourcePane</name>
    <message>
        <source>Header lines as received</source>
        <translation>受信したままのヘッダー</translation>
    </message>
    <message>
        <source>Enter on a marked line selects its finding</source>
        <extracomment>Spoken description of the source: the keyboard&apos;s way from a header to its finding</extracomment>
        <translation>印のある行で Enter を押すと、その指摘を選びます</translation>
    </message>
</context>
<context>
    <name>SourceTools</name>
    <message>
        <source>No text follows the header.</source>
        <translation>ヘッダーの後に本文はありません。</translation>
    </message>
    <message numerus="yes">
        <source>Show more of the body (%n line(s) left)</source>
        <translation>
            <numerusform>本文の続きを表示（残り%n行）</numerusform>
        </translation>
    </message>
    <message>
        <source>Hide the body</source>
        <translation>本文を隠す</translation>
    </message>
    <message numerus="yes">
        <source>Show the body (%n line(s))</source>
        <translation>
            <numerusform>本文を表示（%n行）</numerusform>
        </translation>
    </message>
    <message>
        <source>Decode</source>
        <extracomment>Toggle: shows encoded words of headers (RFC 2047) decoded, below each header</extracomment>
        <translation>デコード</translation>
    </message>
    <message>
        <source>Shows encoded words of headers decoded, below each header</source>
        <translation>符号化されたヘッダーの文字を、各ヘッダーの下に読める形で表示します</translation>
    </message>
    <message>
        <source>Wrap</source>
        <extracomment>Toggle: breaks long lines of the source at the edge of the view</extracomment>
        <translation>折り返し</translation>
    </message>
    <message>
        <source>Breaks long lines at the edge</source>
        <translation>長い行を端で折り返します</translation>
    </message>
</context>
<context>
    <name>SourceWording</name>
    <message>
        <source>decoded: {text}</source>
        <extracomment>Line under a header whose encoded words are decoded</extracomment>
        <translation>デコード：{text}</translation>
    </message>
    <message>
        <source>signed original: {text}</source>
        <extracomment>Line under a place that was changed after signing: what was signed</extracomment>
        <translation>署名時の内容：{text}</translation>
    </message>
    <message>
        <source>Trust border: everything below came with the message</source>
        <extracomment>Band in the header source; the picture of a fence stands beside it</extracomment>
        <translation>信頼境界：ここから下は送信側から届いた内容</translation>
    </message>
    <message>
        <source>not trusted</source>
        <extracomment>Behind a recorded result that anyone could have written</extracomment>
        <translation>信頼の対象外</translation>
    </message>
    <message>
        <source>added after signing</source>
        <extracomment>Behind a line with a proved change</extracomment>
        <translation>署名後に追加</translation>
    </message>
    <message>
        <source>changed after signing</source>
        <translation>署名後に変更</translation>
    </message>
    <message>
        <source>removed after signing</source>
        <translation>署名後に削除</translation>
    </message>
    <message numerus="yes">
        <source>… %n more character(s)</source>
        <extracomment>At the end of a line that is cut</extracomment>
        <translation>
            <numerusform>… 残り%n文字</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>… %n more line(s) not shown here</source>
        <extracomment>In place of lines that are left out</extracomment>
        <translation>
            <numerusform>… ほか%n行（表示していません）</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SpfPane</name>
    <message>
        <source>SPF</source>
        <translation>SPF</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>Drop a saved email here, or paste its full source.</source>
        <translation>保存したメールをここにドロップするか、ソース全体を貼り付けてください。</translation>
    </message>
    <message>
        <source>Open a saved email…</source>
        <translation>保存したメールを開く…</translation>
    </message>
    <message>
        <source>Paste source</source>
        <translation>ソースを貼り付け</translation>
    </message>
    <message>
        <source>.eml · .emlx · .mbox · .msg · .zip · .gz · .txt · folders</source>
        <translation>.eml・.emlx・.mbox・.msg・.zip・.gz・.txt・フォルダー</translation>
    </message>
    <message>
        <source>Check it</source>
        <translation>検証する</translation>
    </message>
    <message>
        <source>Try a sample</source>
        <translation>サンプルで試す</translation>
    </message>
    <message>
        <source>Where do I find the source?</source>
        <translation>ソースの取り出し方</translation>
    </message>
    <message>
        <source>Check a domain…</source>
        <translation>ドメインを検査…</translation>
    </message>
    <message>
        <source>The message stays on this computer. Only domain names and the sending address found in it are looked up in DNS.</source>
        <translation>メールの内容がこのパソコンから外に出ることはありません。DNS で調べるのは、記載されたドメイン名と送信元アドレスだけです。</translation>
    </message>
    <message>
        <source>Is this mail really from who it says?</source>
        <translation>このメールは本当にその差出人からですか？</translation>
    </message>
    <message>
        <source>The clipboard holds a message from {domain}.</source>
        <translation>クリップボードに {domain} からのメールがあります。</translation>
    </message>
</context>
<context>
    <name>TakeAway</name>
    <message>
        <source>Answer copied</source>
        <translation>判定をコピーしました</translation>
    </message>
    <message>
        <source>Diagram copied</source>
        <translation>図をコピーしました</translation>
    </message>
    <message>
        <source>Summary copied</source>
        <translation>要約をコピーしました</translation>
    </message>
    <message>
        <source>Save report</source>
        <translation>報告書を保存</translation>
    </message>
    <message>
        <source>Web page (*.html)</source>
        <translation>Web ページ (*.html)</translation>
    </message>
    <message>
        <source>PDF (*.pdf)</source>
        <translation>PDF (*.pdf)</translation>
    </message>
    <message>
        <source>Markdown (*.md)</source>
        <translation>Markdown (*.md)</translation>
    </message>
    <message>
        <source>JSON, everything unmasked (*.json)</source>
        <translation>JSON、伏せ字なしの全データ (*.json)</translation>
    </message>
    <message>
        <source>The report could not be saved: {reason}</source>
        <translation>報告書を保存できません：{reason}</translation>
    </message>
    <message>
        <source>Report saved as {name}</source>
        <translation>報告書を {name} に保存しました</translation>
    </message>
    <message>
        <source>Case of HeaderLens (*.hlcase)</source>
        <translation>HeaderLens のケース (*.hlcase)</translation>
    </message>
    <message>
        <source>Save case</source>
        <translation>ケースを保存</translation>
    </message>
    <message>
        <source>The case could not be saved: {reason}</source>
        <translation>ケースを保存できませんでした：{reason}</translation>
    </message>
    <message>
        <source>Case saved as {name}. It holds the whole message, recipients included.</source>
        <translation>ケースを {name} に保存しました。受信者を含むメール全体が入っています。</translation>
    </message>
    <message>
        <source>Save the original</source>
        <translation>元のデータを保存</translation>
    </message>
    <message>
        <source>Save the message as checked</source>
        <translation>検証したメールを保存</translation>
    </message>
    <message>
        <source>Saved email (*.eml);;All files (*)</source>
        <translation>保存したメール (*.eml);;すべてのファイル (*)</translation>
    </message>
    <message>
        <source>The message could not be saved: {reason}</source>
        <translation>メールを保存できませんでした：{reason}</translation>
    </message>
    <message>
        <source>Message saved as {name}</source>
        <translation>{name} として保存しました</translation>
    </message>
</context>
<context>
    <name>Toolbar</name>
    <message>
        <source>Open…</source>
        <translation>開く…</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>貼り付け</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>判定</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>根拠</translation>
    </message>
    <message>
        <source>Part of the result</source>
        <translation>結果の表示</translation>
    </message>
    <message>
        <source>Session list</source>
        <translation>検証したメールの一覧</translation>
    </message>
    <message>
        <source>Evidence pane</source>
        <translation>根拠の欄</translation>
    </message>
    <message>
        <source>More commands</source>
        <translation>その他の操作</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>コピー</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>中止</translation>
    </message>
    <message>
        <source>Re-check</source>
        <translation>再検証</translation>
    </message>
</context>
<context>
    <name>VerdictCard</name>
    <message>
        <source>Result: {headline}</source>
        <extracomment>Read out by screen readers before the headline of the verdict; keep the placeholder</extracomment>
        <translation>結果：{headline}</translation>
    </message>
</context>
<context>
    <name>WaysIn</name>
    <message>
        <source>Open a saved email</source>
        <translation>保存したメールを開く</translation>
    </message>
    <message>
        <source>Saved emails and mailboxes (*.eml *.emlx *.mbox *.msg *.zip *.gz *.txt *.html *.hlcase);;All files (*)</source>
        <translation>保存したメールとメールボックス (*.eml *.emlx *.mbox *.msg *.zip *.gz *.txt *.html *.hlcase);;すべてのファイル (*)</translation>
    </message>
    <message>
        <source>Open a folder of saved emails</source>
        <translation>保存したメールのフォルダーを開く</translation>
    </message>
    <message numerus="yes">
        <source>%n more file(s) were left out.</source>
        <translation>
            <numerusform>残りの%n件は検証していません。</numerusform>
        </translation>
    </message>
    <message>
        <source>Pasted text</source>
        <translation>貼り付けたテキスト</translation>
    </message>
</context>
</TS>
