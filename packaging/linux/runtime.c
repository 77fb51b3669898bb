/* What an AppImage begins with: makes the file system behind it readable and starts the program in it.
 *
 * Mounts it by FUSE for as long as the program runs. Where that cannot be done (no /dev/fuse, no fusermount3), it is
 * unpacked into a folder of this user alone and removed afterwards: slower by half a second, and nothing to install.
 * Releases may carry the AppImage project's own runtime instead (installers/linux/appimage.py); this one is for building
 * without a download. Statically linked against squashfuse, libfuse3 and zstd; options and variables are those of
 * the AppImage specification, type 2.
 */
#define _GNU_SOURCE
#define FUSE_USE_VERSION 34
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <squashfuse/ll.h>
#include <squashfuse/squashfuse.h>

#define FAILED 127 /* what shells say of a program that cannot be started */
#define CHUNK (1024 * 1024)

static char self[PATH_MAX]; /* the AppImage */
static size_t offset;       /* where the file system begins in it */
static pid_t program;       /* the running one, for signals to be handed on */

/* squashfuse can also read LZO, whose library is under the GPL. Our file systems are zstd; with this in its place the
 * library stays out, and such a file system is refused. */
int lzo1x_decompress_safe(const unsigned char *in, size_t size, unsigned char *out, size_t *room, void *memory);
int lzo1x_decompress_safe(const unsigned char *in, size_t size, unsigned char *out, size_t *room, void *memory) {
	(void)in, (void)size, (void)out, (void)room, (void)memory;
	return -1;
}

static void complain(const char *what, const char *about) {
	fprintf(stderr, "AppImage: %s %s: %s\n", what, about, strerror(errno));
}

/* The end of the ELF file this is: its last part are the section headers. 0 when it cannot be read. */
static size_t end_of_elf(void) {
	Elf64_Ehdr head;
	int file = open(self, O_RDONLY | O_CLOEXEC);
	if (file < 0 || read(file, &head, sizeof head) != (ssize_t)sizeof head) {
		complain("cannot read", self);
		return 0;
	}
	close(file);
	return head.e_shoff + (size_t)head.e_shentsize * head.e_shnum;
}

/* --- mounted ------------------------------------------------------------------------------------------------------ */

static struct fuse_lowlevel_ops operations = {
	.getattr = sqfs_ll_op_getattr,   .opendir = sqfs_ll_op_opendir, .releasedir = sqfs_ll_op_releasedir,
	.readdir = sqfs_ll_op_readdir,   .lookup = sqfs_ll_op_lookup,   .open = sqfs_ll_op_open,
	.release = sqfs_ll_op_release,   .read = sqfs_ll_op_read,       .readlink = sqfs_ll_op_readlink,
	.forget = sqfs_ll_op_forget,     .statfs = stfs_ll_op_statfs,
};

/* Answer the kernel until the other end of `alive` is closed. */
static void answer(struct fuse_session *session, int alive) {
	struct fuse_buf request = {.mem = NULL};
	struct pollfd both[] = {{.fd = fuse_session_fd(session), .events = POLLIN}, {.fd = alive, .events = POLLIN}};
	for (;;) {
		if (poll(both, 2, -1) < 0 && errno != EINTR) break;
		if (both[1].revents) break;
		if (!both[0].revents) continue;
		int got = fuse_session_receive_buf(session, &request);
		if (got == -EINTR || got == -EAGAIN) continue;
		if (got <= 0) break;
		fuse_session_process_buf(session, &request);
	}
	free(request.mem);
}

/* The process that serves the files: says so on `ready` when they are there, ends when `alive` does. */
static int serve(const char *folder, int ready, int alive) {
	char *words[] = {self, "-o", "ro,nosuid,nodev,fsname=AppImage,subtype=squashfuse", NULL};
	struct fuse_args arguments = FUSE_ARGS_INIT(3, words);
	sqfs_ll files = {.ino_data = NULL};
	sqfs_ll_chan channel;
	int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
	if (nowhere >= 0) dup2(nowhere, STDERR_FILENO); /* without FUSE the files are unpacked: nothing to complain of */
	setsid(); /* Ctrl-C is for the program; its files must outlive it */
	if (sqfs_open_image(&files.fs, self, offset) != SQFS_OK || sqfs_ll_init(&files) != SQFS_OK) return 1;
	if (sqfs_ll_mount(&channel, folder, &arguments, &operations, sizeof operations, &files) != SQFS_OK) return 1;
	if (write(ready, "1", 1) == 1) answer(channel.session, alive);
	sqfs_ll_unmount(&channel, folder);
	sqfs_ll_destroy(&files);
	return rmdir(folder) != 0; /* here, because this process sees the end even where the other one was killed */
}

/* Start `serve` for `folder`; its process, or -1 where there is no FUSE. `*alive` has to be closed to end it. */
static pid_t mount_on(const char *folder, int *alive) {
	int ready[2], living[2];
	char word = 0;
	if (pipe2(ready, O_CLOEXEC) || pipe2(living, O_CLOEXEC)) return -1;
	pid_t server = fork();
	if (server == 0) {
		close(living[1]);
		_exit(serve(folder, ready[1], living[0]));
	}
	close(ready[1]);
	close(living[0]);
	*alive = living[1];
	if (server > 0 && read(ready[0], &word, 1) == 1) return server;
	close(living[1]);
	if (server > 0) waitpid(server, NULL, 0);
	return -1;
}

/* --- unpacked ----------------------------------------------------------------------------------------------------- */

static bool unpack_file(sqfs *files, sqfs_inode *inode, const char *target) {
	static char chunk[CHUNK];
	int file = open(target, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (file < 0) return false;
	bool good = true;
	for (sqfs_off_t at = 0; good;) {
		sqfs_off_t size = CHUNK;
		good = sqfs_read_range(files, inode, at, &size, chunk) == SQFS_OK;
		if (!good || size == 0) break;
		good = write(file, chunk, size) == size;
		at += size;
	}
	good = fchmod(file, inode->base.mode & 0755) == 0 && good;
	return close(file) == 0 && good;
}

static bool unpack_link(sqfs *files, sqfs_inode *inode, const char *target) {
	char text[PATH_MAX];
	size_t size = sizeof text;
	return sqfs_readlink(files, inode, text, &size) == SQFS_OK && symlink(text, target) == 0;
}

static bool unpack_one(sqfs *files, sqfs_traverse *walk, const char *folder) {
	char target[PATH_MAX];
	sqfs_inode inode;
	if (snprintf(target, sizeof target, "%s/%s", folder, walk->path) >= (int)sizeof target) return false;
	if (sqfs_inode_get(files, &inode, sqfs_dentry_inode(&walk->entry)) != SQFS_OK) return false;
	if (S_ISDIR(inode.base.mode)) return mkdir(target, 0755) == 0;
	if (S_ISREG(inode.base.mode)) return unpack_file(files, &inode, target);
	return S_ISLNK(inode.base.mode) && unpack_link(files, &inode, target);
}

/* Write everything into the folder, which exists. */
static bool unpack(const char *folder) {
	sqfs files;
	sqfs_traverse walk;
	sqfs_err trouble = SQFS_OK;
	if (sqfs_open_image(&files, self, offset) != SQFS_OK) return false;
	bool good = sqfs_traverse_open(&walk, &files, sqfs_inode_root(&files)) == SQFS_OK;
	while (good && sqfs_traverse_next(&walk, &trouble))
		good = walk.dir_end || unpack_one(&files, &walk, folder);
	if (!good) complain("cannot unpack into", folder);
	return good && trouble == SQFS_OK;
}

static int remove_one(const char *path, const struct stat *info, int kind, struct FTW *where) {
	(void)info, (void)kind, (void)where;
	return remove(path);
}

/* --- the program -------------------------------------------------------------------------------------------------- */

static void hand_on(int number) {
	if (program > 0) kill(program, number);
}

static void surround(const char *folder, char **words) {
	char here[PATH_MAX];
	setenv("APPIMAGE", self, 1);
	setenv("APPDIR", folder, 1);
	setenv("ARGV0", words[0], 1);
	if (getcwd(here, sizeof here)) setenv("OWD", here, 1);
}

/* Start AppRun of `folder` with `words` and wait for it; its exit status as a shell would have it. */
static int start(const char *folder, char **words) {
	char path[PATH_MAX + sizeof "/AppRun"];
	int status = 0;
	pid_t parent = getpid();
	snprintf(path, sizeof path, "%s/AppRun", folder);
	surround(folder, words);
	program = fork();
	if (program == 0) {
		prctl(PR_SET_PDEATHSIG, SIGTERM); /* without this process its files would be gone */
		if (getppid() == parent) execv(path, words);
		complain("cannot start", path);
		_exit(FAILED);
	}
	int handed[] = {SIGTERM, SIGHUP, SIGUSR1, SIGUSR2};
	for (size_t at = 0; at < sizeof handed / sizeof *handed; at++) signal(handed[at], hand_on);
	signal(SIGINT, SIG_IGN); /* the terminal sends these two to the program as well */
	signal(SIGQUIT, SIG_IGN);
	while (program > 0 && waitpid(program, &status, 0) < 0 && errno == EINTR);
	return program < 0 ? FAILED : WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static int run(char **words, bool unpacked) {
	const char *place = getenv("TMPDIR");
	char folder[PATH_MAX];
	int alive = -1, status = FAILED;
	snprintf(folder, sizeof folder, "%s/.HeaderLens-XXXXXX", place && *place ? place : "/tmp");
	if (!mkdtemp(folder)) {
		complain("cannot make", folder);
		return FAILED;
	}
	pid_t server = unpacked ? -1 : mount_on(folder, &alive);
	if (server > 0 || unpack(folder)) status = start(folder, words);
	if (server > 0) {
		close(alive);
		waitpid(server, NULL, 0);
	} else {
		nftw(folder, remove_one, 64, FTW_DEPTH | FTW_PHYS);
	}
	return status;
}

static int help(void) {
	puts("--appimage-extract          unpack into the folder squashfs-root\n"
	     "--appimage-extract-and-run  unpack, run, and remove what was unpacked (also APPIMAGE_EXTRACT_AND_RUN=1)\n"
	     "--appimage-offset           where the file system begins\n"
	     "Everything else is for the program.");
	return 0;
}

int main(int count, char **words) {
	const char *extract = getenv("APPIMAGE_EXTRACT_AND_RUN");
	bool unpacked = extract && *extract && strcmp(extract, "0") != 0;
	const char *first = count > 1 ? words[1] : "";
	ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
	if (length <= 0 || (offset = end_of_elf()) == 0) return FAILED;
	if (strcmp(first, "--appimage-help") == 0) return help();
	if (strcmp(first, "--appimage-offset") == 0) return printf("%zu\n", offset) < 0;
	if (strcmp(first, "--appimage-extract") == 0)
		return mkdir("squashfs-root", 0755) == 0 && unpack("squashfs-root") ? 0 : FAILED;
	if (strcmp(first, "--appimage-extract-and-run") == 0) {
		words[1] = words[0];
		words++;
		unpacked = true;
	}
	return run(words, unpacked);
}
