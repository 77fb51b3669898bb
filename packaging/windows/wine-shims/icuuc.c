/* For trying HeaderLens under wine only, never shipped: Windows 10 has this part of ICU, wine does not, and Qt's library
 * does not load without it. Every conversion fails cleanly, so that Qt uses its own for UTF-8 and Latin-1. */
#define SHOWN __declspec(dllexport)

enum { FILE_ACCESS_ERROR = 4 };

static void fail(int *error)
{
    if (error) {
        *error = FILE_ACCESS_ERROR;
    }
}

SHOWN void *ucnv_open(const char *name, int *error) { (void)name; fail(error); return 0; }
SHOWN void ucnv_close(void *converter) { (void)converter; }
SHOWN void ucnv_reset(void *converter) { (void)converter; }
SHOWN signed char ucnv_getMaxCharSize(void *converter) { (void)converter; return 1; }
SHOWN const char *ucnv_getName(void *converter, int *error) { (void)converter; fail(error); return 0; }
SHOWN const char *ucnv_getStandardName(const char *name, const char *standard, int *error)
{
    (void)name, (void)standard;
    fail(error);
    return 0;
}
SHOWN const char *ucnv_getAvailableName(int index) { (void)index; return 0; }
SHOWN int ucnv_countAvailable(void) { return 0; }
SHOWN int ucnv_toUCountPending(void *converter, int *error) { (void)converter; fail(error); return 0; }
SHOWN int ucnv_fromUCountPending(void *converter, int *error) { (void)converter; fail(error); return 0; }
SHOWN void UCNV_FROM_U_CALLBACK_SUBSTITUTE(void) {}
SHOWN void UCNV_TO_U_CALLBACK_SUBSTITUTE(void) {}
SHOWN void ucnv_getToUCallBack(void *converter, void **action, const void **context)
{
    (void)converter, (void)action, (void)context;
}
SHOWN void ucnv_getFromUCallBack(void *converter, void **action, const void **context)
{
    (void)converter, (void)action, (void)context;
}
SHOWN void ucnv_setToUCallBack(void *converter, void *to, const void *with, void **from, const void **was, int *error)
{
    (void)converter, (void)to, (void)with, (void)from, (void)was;
    fail(error);
}
SHOWN void ucnv_setFromUCallBack(void *converter, void *to, const void *with, void **from, const void **was, int *error)
{
    (void)converter, (void)to, (void)with, (void)from, (void)was;
    fail(error);
}
SHOWN void ucnv_cbToUWriteUChars(void *arguments, const void *text, int length, int offset, int *error)
{
    (void)arguments, (void)text, (void)length, (void)offset;
    fail(error);
}
SHOWN void ucnv_cbFromUWriteUChars(void *arguments, const void **text, const void *limit, int offset, int *error)
{
    (void)arguments, (void)text, (void)limit, (void)offset;
    fail(error);
}
SHOWN void ucnv_toUnicode(void *converter, void **target, const void *limit, const char **source, const char *end,
                          int *offsets, signed char flush, int *error)
{
    (void)converter, (void)target, (void)limit, (void)source, (void)end, (void)offsets, (void)flush;
    fail(error);
}
SHOWN void ucnv_fromUnicode(void *converter, char **target, const char *limit, const void **source, const void *end,
                            int *offsets, signed char flush, int *error)
{
    (void)converter, (void)target, (void)limit, (void)source, (void)end, (void)offsets, (void)flush;
    fail(error);
}
