"""What of CPython, PySide6 and the other packages goes into the Windows program, by name."""

from __future__ import annotations

PYTHON = (
    "python3.dll", "python313.dll", "python313.zip", "LICENSE.txt",
    "_ctypes.pyd", "libffi-8.dll",
    "_asyncio.pyd", "_overlapped.pyd", "_multiprocessing.pyd", "_queue.pyd", "_socket.pyd", "select.pyd",
    "_hashlib.pyd", "_ssl.pyd", "libcrypto-3.dll", "libssl-3.dll",
    "_bz2.pyd", "_lzma.pyd", "_decimal.pyd", "pyexpat.pyd", "unicodedata.pyd",
)  # fmt: skip
"""Of the embeddable CPython. Without its own programs, which ours replace, and sqlite, msi, winsound, uuid, wmi."""

NEWER_RUNTIME = ("vcruntime140.dll", "vcruntime140_1.dll")
"""Microsoft's C runtime, which CPython and Qt both bring. A process loads one of a name, and Qt's is the newer one: it
takes the place of CPython's."""

QT = (
    "PySide6/__init__.py", "PySide6/_config.py", "PySide6/_git_pyside_version.py", "PySide6/support/__init__.py",
    "PySide6/support/deprecated.py",
    "PySide6/QtCore.pyd", "PySide6/QtGui.pyd", "PySide6/QtPrintSupport.pyd", "PySide6/QtSvg.pyd",
    "PySide6/QtWidgets.pyd", "PySide6/pyside6.abi3.dll",
    "PySide6/Qt6Core.dll", "PySide6/Qt6Gui.dll", "PySide6/Qt6PrintSupport.dll", "PySide6/Qt6Svg.dll",
    "PySide6/Qt6Widgets.dll",
    "PySide6/msvcp140.dll", "PySide6/msvcp140_1.dll", "PySide6/msvcp140_2.dll",
    # offscreen is for --self-test and for PDF in the terminal
    "PySide6/plugins/platforms/qoffscreen.dll", "PySide6/plugins/platforms/qwindows.dll",
    "PySide6/plugins/iconengines/qsvgicon.dll", "PySide6/plugins/imageformats/qico.dll",
    "PySide6/plugins/imageformats/qsvg.dll",
    "PySide6/translations/qtbase_ja.qm",
    "shiboken6/__init__.py", "shiboken6/_config.py", "shiboken6/_git_shiboken_module_version.py",
    "shiboken6/Shiboken.pyd", "shiboken6/shiboken6.abi3.dll",
)  # fmt: skip
"""Of the wheels PySide6-Essentials and shiboken6. The style is Fusion, which is in Qt6Widgets; there is no OpenGL, QML,
network, SQL or XML of Qt in the program. On Windows the input method for Japanese is part of the platform plugin."""

RUNTIME_FROM = "PySide6/"
"""Where NEWER_RUNTIME is taken from."""

LEFT_OUT = (
    "*/RECORD", "*/WHEEL", "*/INSTALLER", "*/top_level.txt", "*/entry_points.txt", "*/sboms/*",
    "*.pyi", "*/py.typed", "*.h", "*.c", "*.lib", "*/tests/*", "*/test/*", "*.data/*", "olefile/olefile2.py",
    "cffi/*", "*/__main__.py", "dkim/arcsign.py", "dkim/arcverify.py", "dkim/dkimsign.py",
    "dkim/dkimverify.py", "dkim/dknewkey.py", "spfquery.py", "type99.py", "publicsuffixlist/update.py",
)  # fmt: skip
"""Of the other packages, which come whole else: what only compilers, installers and type checkers read, and commands.
cffi itself is a compiler; the packages need its _cffi_backend only. olefile2 is for Python 2."""

FOUND_IN_WINDOWS = frozenset({
    "advapi32.dll", "authz.dll", "bcrypt.dll", "bcryptprimitives.dll", "comdlg32.dll", "crypt32.dll", "d3d11.dll",
    "d3d12.dll", "d3d9.dll", "dwmapi.dll", "dwrite.dll", "dxgi.dll", "gdi32.dll", "icuuc.dll", "imm32.dll",
    "iphlpapi.dll", "kernel32.dll", "mpr.dll", "mscms.dll", "msvcrt.dll", "netapi32.dll", "ntdll.dll", "ole32.dll",
    "oleaut32.dll", "rpcrt4.dll", "setupapi.dll", "shell32.dll", "shlwapi.dll", "uiautomationcore.dll", "user32.dll",
    "userenv.dll", "uxtheme.dll", "version.dll", "winmm.dll", "winspool.drv", "ws2_32.dll", "wtsapi32.dll",
})  # fmt: skip
"""Libraries of every Windows 10 since 1809, which Qt 6.12 asks for. api-ms-win-* are names for parts of Windows too."""
