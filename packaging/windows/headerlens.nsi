; The installer for one person, without administrator rights. installers/windows/nsis.py calls makensis with
;   VERSION  0.1.0              NUMBERS  0.1.0.0           OUT    the file to write
;   TREE     the program folder LISTS    the folder of install.nsh and uninstall.nsh (every file, one line each)
;   HOME     where releases are, may be missing            SIGN   what signs the uninstaller, may be missing
;
; Silent: /S, with /D=C:\folder as the last word. Ends with 0 done, 1 cancelled, 2 Windows too old, 3 HeaderLens is open.
; Uninstall.exe /S keeps the person's settings; with /SETTINGS it removes them. /UPGRADE is what a newer installer says:
; then the Start-menu entry stays as well, as Windows would unpin it.
Unicode true
Target amd64-unicode
ManifestDPIAware true
ManifestSupportedOS Win10
ManifestLongPathAware true
RequestExecutionLevel user
SetCompressor /SOLID lzma
SetCompressorDictSize 64
CRCCheck force

!include "MUI2.nsh"
!include "FileFunc.nsh"
!include "LogicLib.nsh"
!include "WinVer.nsh"
!include "x64.nsh"

!define NAME "HeaderLens"
!define PUBLISHER "The HeaderLens developers"
!define EXE "HeaderLens.exe"
!define MAIL_TYPE "HeaderLens.Mail"
!define CASE_TYPE "HeaderLens.Case"
!define CLASSES "Software\Classes"
!define ENTRY "Software\Microsoft\Windows\CurrentVersion\Uninstall\HeaderLens"
!define QT_NEEDS_BUILD 17763 ; Windows 10 1809

Name "${NAME}"
Caption "${NAME} ${VERSION}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\${NAME}"
InstallDirRegKey HKCU "Software\${NAME}" "Folder"
BrandingText "${NAME} ${VERSION}"
ShowInstDetails nevershow
ShowUninstDetails nevershow

VIProductVersion "${NUMBERS}"
VIFileVersion "${NUMBERS}"
!macro About LANGUAGE
  VIAddVersionKey /LANG=${LANGUAGE} "ProductName" "${NAME}"
  VIAddVersionKey /LANG=${LANGUAGE} "ProductVersion" "${VERSION}"
  VIAddVersionKey /LANG=${LANGUAGE} "FileVersion" "${VERSION}"
  VIAddVersionKey /LANG=${LANGUAGE} "FileDescription" "${NAME} Setup"
  VIAddVersionKey /LANG=${LANGUAGE} "CompanyName" "${PUBLISHER}"
  VIAddVersionKey /LANG=${LANGUAGE} "LegalCopyright" "${PUBLISHER}, Apache-2.0"
!macroend

!ifdef SIGN
  !uninstfinalize `${SIGN} -in "%1" -out "%1.signed" && mv "%1.signed" "%1"`
!endif

!define MUI_ICON "headerlens.ico"
!define MUI_UNICON "headerlens.ico"
!define MUI_WELCOMEFINISHPAGE_BITMAP "welcome.bmp"
!define MUI_WELCOMEPAGE_TEXT "$(Welcome)"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\${EXE}"
!define MUI_FINISHPAGE_NOREBOOTSUPPORT
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
; the first language is that of everybody whose own is not here
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "Japanese"
!insertmacro About ${LANG_ENGLISH}
!insertmacro About ${LANG_JAPANESE}
!include "texts-en.nsh"
!include "texts-ja.nsh"

; While HeaderLens runs, in a window or in a terminal, Windows lets nobody write its library.
!macro MustBeClosed UN
  Function ${UN}MustBeClosed
    ${Do}
      ${IfNot} ${FileExists} "$INSTDIR\runtime\python313.dll"
        ${Break}
      ${EndIf}
      ClearErrors
      FileOpen $0 "$INSTDIR\runtime\python313.dll" a
      ${IfNot} ${Errors}
        FileClose $0
        ${Break}
      ${EndIf}
      MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(CloseFirst)" /SD IDCANCEL IDRETRY again
      SetErrorLevel 3
      Quit
      again:
    ${Loop}
  FunctionEnd
!macroend
!insertmacro MustBeClosed ""
!insertmacro MustBeClosed "un."

; Explorer shows the new icons and "Open with" entries at once (SHCNE_ASSOCCHANGED).
!macro TellExplorer
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
!macroend

Function .onInit
  ${IfNot} ${IsNativeAMD64}
  ${AndIfNot} ${IsNativeARM64}
  ${OrIfNot} ${AtLeastBuild} ${QT_NEEDS_BUILD}
    MessageBox MB_ICONSTOP "$(TooOld)" /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
FunctionEnd

Section
  SetShellVarContext current
  Call MustBeClosed
  ; the older version knows best what it put here; its settings stay
  ${If} ${FileExists} "$INSTDIR\Uninstall.exe"
    ExecWait '"$INSTDIR\Uninstall.exe" /S /UPGRADE _?=$INSTDIR'
  ${EndIf}
  SetOverwrite on
  !include "${LISTS}/install.nsh"
  SetOutPath "$INSTDIR"
  WriteUninstaller "$INSTDIR\Uninstall.exe"
  CreateShortCut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\${EXE}" "" "$INSTDIR\${EXE}" 0 SW_SHOWNORMAL "" "$(ShortcutHint)"
  Call WriteTypes
  Call WriteEntry
  !insertmacro TellExplorer
SectionEnd

; Mails: offered under "Open with" and in the system's list of programs, the default stays whose it is.
; Cases: our own type.
Function WriteTypes
  WriteRegStr HKCU "${CLASSES}\${MAIL_TYPE}" "" "$(MailType)"
  WriteRegStr HKCU "${CLASSES}\${MAIL_TYPE}\DefaultIcon" "" "$INSTDIR\${EXE},0"
  WriteRegStr HKCU "${CLASSES}\${MAIL_TYPE}\shell\open\command" "" '"$INSTDIR\${EXE}" "%1"'
  WriteRegStr HKCU "${CLASSES}\${CASE_TYPE}" "" "$(CaseType)"
  WriteRegStr HKCU "${CLASSES}\${CASE_TYPE}\DefaultIcon" "" "$INSTDIR\${EXE},0"
  WriteRegStr HKCU "${CLASSES}\${CASE_TYPE}\shell\open\command" "" '"$INSTDIR\${EXE}" "%1"'
  WriteRegStr HKCU "${CLASSES}\.hlcase" "" "${CASE_TYPE}"
  WriteRegStr HKCU "${CLASSES}\Applications\${EXE}" "FriendlyAppName" "${NAME}"
  WriteRegStr HKCU "${CLASSES}\Applications\${EXE}\shell\open\command" "" '"$INSTDIR\${EXE}" "%1"'
  !macro Offer TYPE
    WriteRegStr HKCU "${CLASSES}\${TYPE}\OpenWithProgids" "${MAIL_TYPE}" ""
    WriteRegStr HKCU "${CLASSES}\Applications\${EXE}\SupportedTypes" "${TYPE}" ""
    WriteRegStr HKCU "Software\${NAME}\Capabilities\FileAssociations" "${TYPE}" "${MAIL_TYPE}"
  !macroend
  !insertmacro Offer ".eml"
  !insertmacro Offer ".msg"
  !insertmacro Offer ".mbox"
  WriteRegStr HKCU "${CLASSES}\Applications\${EXE}\SupportedTypes" ".hlcase" ""
  WriteRegStr HKCU "Software\${NAME}\Capabilities\FileAssociations" ".hlcase" "${CASE_TYPE}"
  WriteRegStr HKCU "Software\${NAME}\Capabilities" "ApplicationName" "${NAME}"
  WriteRegStr HKCU "Software\${NAME}\Capabilities" "ApplicationDescription" "$(ShortcutHint)"
  WriteRegStr HKCU "Software\RegisteredApplications" "${NAME}" "Software\${NAME}\Capabilities"
FunctionEnd

Function WriteEntry
  WriteRegStr HKCU "Software\${NAME}" "Folder" "$INSTDIR"
  WriteRegStr HKCU "${ENTRY}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${ENTRY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${ENTRY}" "Publisher" "${PUBLISHER}"
  WriteRegStr HKCU "${ENTRY}" "DisplayIcon" "$INSTDIR\${EXE},0"
  WriteRegStr HKCU "${ENTRY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${ENTRY}" "UninstallString" '"$INSTDIR\Uninstall.exe"'
  WriteRegStr HKCU "${ENTRY}" "QuietUninstallString" '"$INSTDIR\Uninstall.exe" /S'
  !ifdef HOME
    WriteRegStr HKCU "${ENTRY}" "URLInfoAbout" "${HOME}"
  !endif
  WriteRegDWORD HKCU "${ENTRY}" "NoModify" 1
  WriteRegDWORD HKCU "${ENTRY}" "NoRepair" 1
  WriteRegDWORD HKCU "${ENTRY}" "EstimatedSize" ${KILOBYTES}
FunctionEnd

Function un.onInit
  SetShellVarContext current
  Call un.MustBeClosed
FunctionEnd

Section "Uninstall"
  SetShellVarContext current
  !include "${LISTS}/uninstall.nsh"
  Delete "$INSTDIR\Uninstall.exe"
  SetOutPath "$TEMP" ; a current folder cannot be removed
  RMDir "$INSTDIR"
  RMDir "$LOCALAPPDATA\Programs" ; only if nobody else has anything there
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/UPGRADE" $1
  ${If} ${Errors}
    Delete "$SMPROGRAMS\${NAME}.lnk"
  ${EndIf}
  Call un.RemoveTypes
  DeleteRegKey HKCU "Software\${NAME}"
  DeleteRegKey HKCU "${ENTRY}"
  DeleteRegKey /ifempty HKCU "Software\Microsoft\Windows\CurrentVersion\Uninstall"
  Call un.RemoveSettings
  !insertmacro TellExplorer
SectionEnd

Function un.RemoveTypes
  !macro Withdraw TYPE
    DeleteRegValue HKCU "${CLASSES}\${TYPE}\OpenWithProgids" "${MAIL_TYPE}"
    DeleteRegKey /ifempty HKCU "${CLASSES}\${TYPE}\OpenWithProgids"
    DeleteRegKey /ifempty HKCU "${CLASSES}\${TYPE}"
  !macroend
  !insertmacro Withdraw ".eml"
  !insertmacro Withdraw ".msg"
  !insertmacro Withdraw ".mbox"
  ReadRegStr $0 HKCU "${CLASSES}\.hlcase" ""
  ${If} $0 == "${CASE_TYPE}"
    DeleteRegValue HKCU "${CLASSES}\.hlcase" ""
  ${EndIf}
  DeleteRegKey /ifempty HKCU "${CLASSES}\.hlcase"
  DeleteRegKey HKCU "${CLASSES}\${MAIL_TYPE}"
  DeleteRegKey HKCU "${CLASSES}\${CASE_TYPE}"
  DeleteRegKey HKCU "${CLASSES}\Applications\${EXE}"
  DeleteRegKey /ifempty HKCU "${CLASSES}\Applications"
  DeleteRegValue HKCU "Software\RegisteredApplications" "${NAME}"
  DeleteRegKey /ifempty HKCU "Software\RegisteredApplications"
FunctionEnd

; The settings hold no mail; they are the person's, and stay unless he says otherwise.
Function un.RemoveSettings
  ${IfNot} ${FileExists} "$LOCALAPPDATA\${NAME}\settings.json"
    Return
  ${EndIf}
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/SETTINGS" $1
  ${If} ${Errors}
    MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "$(RemoveSettings)" /SD IDNO IDYES remove
    Return
  ${EndIf}
  remove:
  Delete "$LOCALAPPDATA\${NAME}\settings.json"
  RMDir "$LOCALAPPDATA\${NAME}"
FunctionEnd
