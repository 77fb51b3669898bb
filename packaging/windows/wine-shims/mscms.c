/* For trying HeaderLens under wine only, never shipped: wine's colour management raises where it has nothing, and Qt then
 * sees no screen. Here every call fails cleanly, as on a Windows without colour profiles. */
#define SHOWN __declspec(dllexport)

SHOWN void *WcsCreateIccProfile(void *profile, unsigned options) { (void)profile, (void)options; return 0; }
SHOWN void *OpenColorProfileW(void *profile, unsigned access, unsigned share, unsigned creation)
{
    (void)profile, (void)access, (void)share, (void)creation;
    return 0;
}
SHOWN void *WcsOpenColorProfileW(void *a, void *b, void *c, unsigned d, unsigned e, unsigned f, unsigned g)
{
    (void)a, (void)b, (void)c, (void)d, (void)e, (void)f, (void)g;
    return 0;
}
SHOWN int CloseColorProfile(void *profile) { (void)profile; return 1; }
SHOWN int GetColorProfileFromHandle(void *profile, void *buffer, unsigned *size)
{
    (void)profile, (void)buffer, (void)size;
    return 0;
}
SHOWN int GetColorDirectoryW(void *machine, void *buffer, unsigned *size)
{
    (void)machine, (void)buffer, (void)size;
    return 0;
}
