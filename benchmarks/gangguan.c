/* One call of the system fails, below Python and its libraries (Linux: seccomp user notification).

   gangguan FOLDERS CALL NTH FAULT LOG COMMAND...

   FOLDERS  absolute, parted by colons: only calls on what lies in them count
   CALL     a name of the table below, "create" (to open for writing), or "semua"
   NTH      the nth such call fails, from 1 on; 0: none fails, all are written to LOG
   FAULT    number of the error; 0: the process that calls is killed (SIGKILL)

   LOG gets a line per call with its path: all of them, or the one that failed. */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* Where the path of a call stands: a file descriptor, a path, or a folder and a path. */
enum { OF_FD, OF_PATH, OF_AT };

static const struct { int number; const char *name; int kind, argument; } CALLS[] = {
    {SYS_write, "write", OF_FD, 0}, {SYS_pwrite64, "write", OF_FD, 0},
    {SYS_writev, "write", OF_FD, 0}, {SYS_pwritev, "write", OF_FD, 0},
    {SYS_sendfile, "write", OF_FD, 0}, {SYS_copy_file_range, "write", OF_FD, 2},
    {SYS_read, "read", OF_FD, 0}, {SYS_pread64, "read", OF_FD, 0}, {SYS_readv, "read", OF_FD, 0},
    {SYS_open, "open", OF_PATH, 0}, {SYS_openat, "open", OF_AT, 0},
    {SYS_rename, "rename", OF_PATH, 1}, {SYS_renameat, "rename", OF_AT, 2},
    {SYS_renameat2, "rename", OF_AT, 2},
    {SYS_fsync, "fsync", OF_FD, 0}, {SYS_fdatasync, "fsync", OF_FD, 0},
    {SYS_unlink, "unlink", OF_PATH, 0}, {SYS_unlinkat, "unlink", OF_AT, 0},
    {SYS_mkdir, "mkdir", OF_PATH, 0}, {SYS_mkdirat, "mkdir", OF_AT, 0},
    {SYS_rmdir, "rmdir", OF_PATH, 0},
    {SYS_ftruncate, "truncate", OF_FD, 0}, {SYS_fallocate, "truncate", OF_FD, 0},
    {SYS_getdents64, "list", OF_FD, 0}, {SYS_flock, "lock", OF_FD, 0},
    {SYS_chmod, "mark", OF_PATH, 0}, {SYS_fchmod, "mark", OF_FD, 0},
    {SYS_fchmodat, "mark", OF_AT, 0}, {SYS_utimensat, "mark", OF_AT, 0},
    {SYS_link, "link", OF_PATH, 1}, {SYS_linkat, "link", OF_AT, 2},
    {SYS_symlink, "link", OF_PATH, 1}, {SYS_symlinkat, "link", OF_AT, 1},
    {SYS_mmap, "map", OF_FD, 4},
};
#define N_CALLS ((int)(sizeof CALLS / sizeof *CALLS))

static void fail(const char *what) {
    perror(what);
    exit(125);
}

/* The name of a call: opening a file to write is "create". */
static const char *name_of(const struct seccomp_notif *call, int i) {
    if (strcmp(CALLS[i].name, "open")) return CALLS[i].name;
    return call->data.args[call->data.nr == SYS_open ? 1 : 2] & (O_WRONLY | O_RDWR) ? "create" : "open";
}

static int is_asked(const char *wanted, const char *name) {
    return !strcmp(wanted, "semua") || !strcmp(wanted, name) ||
           (!strcmp(wanted, "create") && !strcmp(name, "open"));
}

/* Have the kernel ask about the calls of the table; return where it asks. */
static int listen_to_calls(const char *wanted) {
    struct sock_filter program[N_CALLS + 4];
    int n = 0, asked = 0;
    for (int i = 0; i < N_CALLS; i++)
        asked += is_asked(wanted, CALLS[i].name);
    program[n++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
                                                offsetof(struct seccomp_data, nr));
    for (int i = 0; i < N_CALLS; i++)
        if (is_asked(wanted, CALLS[i].name))
            program[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K,
                                                        CALLS[i].number, asked--, 0);
    program[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    program[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF);
    struct sock_fprog whole = {n, program};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)) fail("no_new_privs");
    int asks = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &whole);
    if (asks < 0) fail("seccomp");
    return asks;
}

static void hand_over(int socket, int asks) {
    char room[CMSG_SPACE(sizeof(int))] = {0}, byte = 0;
    struct iovec part = {&byte, 1};
    struct msghdr said = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = room,
                          .msg_controllen = sizeof room};
    struct cmsghdr *head = CMSG_FIRSTHDR(&said);
    head->cmsg_level = SOL_SOCKET, head->cmsg_type = SCM_RIGHTS, head->cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(head), &asks, sizeof asks);
    if (sendmsg(socket, &said, 0) < 0) fail("sendmsg");
}

static int taken_over(int socket) {
    char room[CMSG_SPACE(sizeof(int))], byte;
    struct iovec part = {&byte, 1};
    struct msghdr said = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = room,
                          .msg_controllen = sizeof room};
    if (recvmsg(socket, &said, 0) < 1) exit(125);
    int asks;
    memcpy(&asks, CMSG_DATA(CMSG_FIRSTHDR(&said)), sizeof asks);
    return asks;
}

/* Write the absolute path that a call is about; an empty one if it has none. */
static void path_of(const struct seccomp_notif *call, int i, char *path) {
    char link[64], text[PATH_MAX] = "";
    const __u64 *given = call->data.args;
    int at = CALLS[i].argument;
    path[0] = 0;
    if (CALLS[i].kind != OF_FD) {
        sprintf(link, "/proc/%d/mem", call->pid);
        int memory = open(link, O_RDONLY | O_CLOEXEC);
        if (memory < 0) return;
        ssize_t got = pread(memory, text, sizeof text - 1, given[at + (CALLS[i].kind == OF_AT)]);
        close(memory);
        if (got > 0) text[got] = 0;
    }
    if (text[0] == '/') {
        strcpy(path, text);
        return;
    }
    if (CALLS[i].kind == OF_PATH || (CALLS[i].kind == OF_AT && (int)given[at] == AT_FDCWD))
        sprintf(link, "/proc/%d/cwd", call->pid);
    else
        sprintf(link, "/proc/%d/fd/%d", call->pid, (int)given[at]);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    path[length < 0 ? 0 : length] = 0;
    if (CALLS[i].kind != OF_FD && path[0] == '/') {
        strncat(path, "/", PATH_MAX - strlen(path) - 1);
        strncat(path, text, PATH_MAX - strlen(path) - 1);
    }
}

static int lies_in(const char *path, const char *folders) {
    char every[8192], *rest = every, *folder;
    snprintf(every, sizeof every, "%s", folders);
    while ((folder = strsep(&rest, ":")))
        if (!strncmp(path, folder, strlen(folder)) && strchr("/", path[strlen(folder)])) return 1;
    return 0;
}

static void note(const char *log, const char *name, const char *path) {
    FILE *file = fopen(log, "a");
    if (!file) fail(log);
    fprintf(file, "%s\t%s\n", name, path);
    fclose(file);
}

int main(int count, char **words) {
    if (count < 7) return 125;
    const char *folders = words[1], *wanted = words[2], *log = words[5];
    int nth = atoi(words[3]), fault = atoi(words[4]), seen = 0, pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair)) fail("socketpair");
    pid_t child = fork();
    if (!child) {
        close(pair[0]);
        int asks = listen_to_calls(wanted);
        hand_over(pair[1], asks);
        close(asks), close(pair[1]);
        execvp(words[6], words + 6);
        fail(words[6]);
    }
    close(pair[1]);
    int asks = taken_over(pair[0]);
    for (struct pollfd ready = {asks, POLLIN, 0}; poll(&ready, 1, -1) >= 0 || errno == EINTR;) {
        if (ready.revents & POLLHUP) break;
        struct seccomp_notif call = {0};
        if (ioctl(asks, SECCOMP_IOCTL_NOTIF_RECV, &call)) continue;
        struct seccomp_notif_resp answer = {call.id, 0, 0, SECCOMP_USER_NOTIF_FLAG_CONTINUE};
        char path[2 * PATH_MAX];
        int i = 0;
        while (i < N_CALLS - 1 && CALLS[i].number != call.data.nr) i++;
        path_of(&call, i, path);
        const char *name = name_of(&call, i);
        if ((!strcmp(wanted, "semua") || !strcmp(wanted, name)) && lies_in(path, folders)) {
            seen++;
            if (!nth || seen == nth) note(log, name, path);
            if (seen == nth && fault) answer.flags = 0, answer.error = -fault;
            if (seen == nth && !fault) kill(call.pid, SIGKILL);
        }
        ioctl(asks, SECCOMP_IOCTL_NOTIF_SEND, &answer);
    }
    int status;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
