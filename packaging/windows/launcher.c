/* HeaderLens.exe and bin\headerlens.exe: both load the Python beside them and let it run runtime\start.pyc.
 *
 * Built twice from this file: with -DCONSOLE it is the terminal's program, without it the window's. HOME_STEPS says how
 * many folders above the exe the program folder is, PYTHON names the library ("python313.dll").
 */
#define WIN32_LEAN_AND_MEAN
#define _WIN32_WINNT 0x0A00
#include <windows.h>
#include <shellapi.h>
#include <wchar.h>

#define LONGEST 32768 /* UTF-16 units of the longest path Windows knows, with its end */
#define WIDE_(text) L##text
#define WIDE(text) WIDE_(text)

enum { MISSING = 3, NO_MEMORY = 4 };

typedef int (*PythonMain)(int, wchar_t **);

static wchar_t home[LONGEST];
static wchar_t script[LONGEST];

/* Where the program folder is; with its last backslash. False when Windows does not tell, or it is too deep. */
static BOOL find_home(void)
{
    DWORD length = GetModuleFileNameW(NULL, home, LONGEST);
    if (length == 0 || length >= LONGEST) {
        return FALSE;
    }
    for (int steps = 0; steps <= HOME_STEPS; steps++) {
        wchar_t *last = wcsrchr(home, L'\\');
        if (last == NULL) {
            return FALSE;
        }
        *last = 0;
    }
    return wcslen(home) + 64 < LONGEST && wcscat(home, L"\\") != NULL;
}

/* `target` becomes the program folder and `below`; find_home left room for the longest `below` there is. */
static const wchar_t *inside(wchar_t *target, const wchar_t *below)
{
    return wcscat(wcscpy(target, home), below);
}

/* Libraries come from the program folder and from Windows, never from the current folder: whoever opens a mail in a
 * folder of downloads must not load a library that lies beside it. Qt's plugins look for Qt's libraries by name only,
 * therefore their folder is named too. */
static void guard_libraries(void)
{
    wchar_t *folder = script; /* it is filled in later */
    SetDllDirectoryW(L"");
    SetSearchPathMode(BASE_SEARCH_PATH_ENABLE_SAFE_SEARCHMODE | BASE_SEARCH_PATH_PERMANENT);
    SetDefaultDllDirectories(LOAD_LIBRARY_SEARCH_DEFAULT_DIRS);
    AddDllDirectory(inside(folder, L"runtime"));
    AddDllDirectory(inside(folder, L"runtime\\lib\\PySide6"));
}

/* Tell that the program is not whole, in the language of this Windows. */
static void complain(void)
{
    static const wchar_t english[] = L"HeaderLens is not whole: a program file is missing. Please install it again.\n";
    static const wchar_t japanese[] =
        L"HeaderLens \x306E\x30D7\x30ED\x30B0\x30E9\x30E0 \x30D5\x30A1\x30A4\x30EB\x304C\x8DB3\x308A\x307E\x305B\x3093"
        L"\x3002\x3082\x3046\x4E00\x5EA6\x30A4\x30F3\x30B9\x30C8\x30FC\x30EB\x3057\x3066\x304F\x3060\x3055\x3044\x3002\n";
    BOOL is_japanese = PRIMARYLANGID(GetUserDefaultUILanguage()) == LANG_JAPANESE;
    const wchar_t *text = is_japanese ? japanese : english;
#ifdef CONSOLE
    HANDLE channel = GetStdHandle(STD_ERROR_HANDLE);
    DWORD done;
    if (!WriteConsoleW(channel, text, (DWORD)wcslen(text), &done, NULL)) {
        char octets[512]; /* a file or a pipe takes UTF-8 */
        int length = WideCharToMultiByte(CP_UTF8, 0, text, -1, octets, sizeof octets, NULL, NULL);
        WriteFile(channel, octets, length > 0 ? (DWORD)length - 1 : 0, &done, NULL);
    }
#else
    MessageBoxW(NULL, text, L"HeaderLens", MB_OK | MB_ICONERROR);
#endif
}

static PythonMain load_python(void)
{
    HMODULE python = LoadLibraryExW(inside(script, L"runtime\\" WIDE(PYTHON)), NULL,
                                    LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_DEFAULT_DIRS);
    return python == NULL ? NULL : (PythonMain)(void (*)(void))GetProcAddress(python, "Py_Main");
}

static int launch(void)
{
    if (!find_home()) {
        complain();
        return MISSING;
    }
    guard_libraries();
    PythonMain python_main = load_python();
    inside(script, L"runtime\\start.pyc");
    if (python_main == NULL || GetFileAttributesW(script) == INVALID_FILE_ATTRIBUTES) {
        complain();
        return MISSING;
    }
    /* -I: nothing of the user's environment, site-packages or current folder; -B: write no .pyc into the program folder */
    wchar_t *ours[] = {NULL, L"-I", L"-B", L"-X", L"utf8", script};
    const int count = sizeof ours / sizeof *ours;
    int given;
    wchar_t **theirs = CommandLineToArgvW(GetCommandLineW(), &given);
    wchar_t **words = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, (count + (size_t)given + 1) * sizeof *words);
    if (theirs == NULL || given < 1 || words == NULL) {
        return NO_MEMORY;
    }
    ours[0] = theirs[0];
    memcpy(words, ours, sizeof ours);
    memcpy(words + count, theirs + 1, ((size_t)given - 1) * sizeof *words);
    return python_main(count + given - 1, words);
}

#ifdef CONSOLE
int wmain(void)
{
    return launch();
}
#else
int WINAPI wWinMain(HINSTANCE self, HINSTANCE before, PWSTR line, int show)
{
    (void)self, (void)before, (void)line, (void)show; /* argv is taken from the whole command line */
    return launch();
}
#endif
