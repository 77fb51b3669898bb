; texts-en.nsh の日本語版。名前は同じ。
LangString Welcome ${LANG_JAPANESE} "HeaderLens を、お使いのアカウントだけにインストールします。管理者権限は要りません。$\r$\n$\r$\n保存したメールの［プログラムから開く］に HeaderLens が加わります。今お使いの既定のアプリは変わりません。"
LangString TooOld ${LANG_JAPANESE} "HeaderLens には 64 ビット版の Windows 10（バージョン 1809）以降が必要です。"
LangString CloseFirst ${LANG_JAPANESE} "HeaderLens が開いています。終了してから［再試行］を選んでください。"
LangString MailType ${LANG_JAPANESE} "保存したメール"
LangString CaseType ${LANG_JAPANESE} "HeaderLens ケース"
LangString ShortcutHint ${LANG_JAPANESE} "保存したメールの本当の送信者を確かめる"
LangString RemoveSettings ${LANG_JAPANESE} "HeaderLens の設定も削除しますか？$\r$\n$\r$\n言語や DNS サーバーなどの設定です。メールの内容は含まれません。"
