; What the installer and the system show beside NSIS's own sentences. texts-ja.nsh has the same names.
LangString Welcome ${LANG_ENGLISH} "HeaderLens will be installed for you alone. Administrator rights are not needed.$\r$\n$\r$\nSaved emails will offer it under “Open with”. The program that opens them now stays the same."
LangString TooOld ${LANG_ENGLISH} "HeaderLens needs 64-bit Windows 10, version 1809 or later."
LangString CloseFirst ${LANG_ENGLISH} "HeaderLens is open. Close it, then choose Retry."
LangString MailType ${LANG_ENGLISH} "Saved email"
LangString CaseType ${LANG_ENGLISH} "HeaderLens case"
LangString ShortcutHint ${LANG_ENGLISH} "Find out who really sent a saved mail"
LangString RemoveSettings ${LANG_ENGLISH} "Remove your HeaderLens settings too?$\r$\n$\r$\nThey hold your choices, such as language and name servers, and no mail."
