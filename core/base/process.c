/* SPDX-License-Identifier: MIT
 * process.c - posix_spawn with three pipes, served by one poll loop.
 *
 * The child leads its own process group, so that what it starts is ended with it. */
#include "base/process.h"

#include "base/fs.h"
#include "base/path.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

typedef struct Pipe {
    int read_end, write_end; /* -1: closed */
} Pipe;

typedef struct Run {
    pid_t pid;
    Pipe pipes[3]; /* the child's standard input, output and error */
    Str input;     /* what is still to be written */
    Buf *sinks[3]; /* [1] and [2]; NULL: dropped */
    size_t max_bytes;
    int64_t deadline; /* milliseconds, monotonic; 0: none */
} Run;

static int64_t now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void close_end(int *end) {
    if (*end >= 0)
        close(*end);
    *end = -1;
}

static void close_pipes(Run *run) {
    for (int i = 0; i < 3; i++) {
        close_end(&run->pipes[i].read_end);
        close_end(&run->pipes[i].write_end);
    }
}

/* Close-on-exec from the start: a child that another thread starts at this moment must not
 * inherit our ends, or we would wait for it too. */
static bool open_pipes(Run *run) {
    for (int i = 0; i < 3; i++)
        run->pipes[i] = (Pipe){-1, -1};
    for (int i = 0; i < 3; i++) {
        int ends[2];
        if (pipe2(ends, O_CLOEXEC) != 0)
            return false;
        run->pipes[i] = (Pipe){ends[0], ends[1]};
        int own = i == 0 ? ends[1] : ends[0];
        fcntl(own, F_SETFL, O_NONBLOCK);
    }
    return true;
}

/* dup2 to its own number would leave the close-on-exec flag set; a pipe can only have such a
 * number when a standard stream of ours was closed. */
static bool move_above_standard(Run *run) {
    for (int i = 0; i < 3; i++) {
        int *end = i == 0 ? &run->pipes[i].read_end : &run->pipes[i].write_end;
        if (*end > 2)
            continue;
        int moved = fcntl(*end, F_DUPFD_CLOEXEC, 3);
        if (moved < 0)
            return false;
        close_end(end);
        *end = moved;
    }
    return true;
}

static int spawn(Run *run, const char *const argv[]) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none, defaults;
    sigemptyset(&none);
    sigemptyset(&defaults);
    sigaddset(&defaults, SIGPIPE);
    sigaddset(&defaults, SIGINT);
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_adddup2(&actions, run->pipes[0].read_end, 0);
    posix_spawn_file_actions_adddup2(&actions, run->pipes[1].write_end, 1);
    posix_spawn_file_actions_adddup2(&actions, run->pipes[2].write_end, 2);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &defaults);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF |
                                              POSIX_SPAWN_SETPGROUP);
    /* posix_spawn does not write to argv; its type is older than const. */
    char *const *arguments = (char *const *)(uintptr_t)argv;
    int error = posix_spawnp(&run->pid, argv[0], &actions, &attributes, arguments, environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

/* A child that reads no more must not end us with SIGPIPE: the signal is blocked in this thread
 * while we write, and taken back when it was ours. */
static ssize_t write_quietly(int file, Str bytes) {
    sigset_t pipe_signal, before, pending;
    sigemptyset(&pipe_signal);
    sigaddset(&pipe_signal, SIGPIPE);
    sigpending(&pending);
    bool was_pending = sigismember(&pending, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe_signal, &before);
    ssize_t written = write(file, bytes.data, bytes.len);
    int error = errno;
    if (written < 0 && error == EPIPE && !was_pending) {
        struct timespec at_once = {0};
        sigtimedwait(&pipe_signal, NULL, &at_once);
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    errno = error;
    return written;
}

static bool is_try_again(int error) {
    return error == EAGAIN || error == EINTR;
}

static void feed(Run *run) {
    ssize_t written = write_quietly(run->pipes[0].write_end, run->input);
    if (written >= 0)
        run->input = str_from_offset(run->input, (size_t)written);
    bool is_broken = written < 0 && !is_try_again(errno);
    if (is_broken || run->input.len == 0)
        close_end(&run->pipes[0].write_end);
}

/* Reads on when the limit is reached, so that the child can finish; the rest is dropped. */
static void drain(Run *run, int stream) {
    char bytes[16384];
    ssize_t got = read(run->pipes[stream].read_end, bytes, sizeof bytes);
    if (got == 0 || (got < 0 && !is_try_again(errno)))
        close_end(&run->pipes[stream].read_end);
    Buf *sink = run->sinks[stream];
    if (got <= 0 || !sink)
        return;
    size_t room = sink->len < run->max_bytes ? run->max_bytes - sink->len : 0;
    buf_add(sink, str_slice((Str){bytes, (size_t)got}, 0, room));
}

/* Serves the pipes until the child has closed its ends. False when time is up. */
static bool serve_pipes(Run *run) {
    for (;;) {
        struct pollfd polls[3] = {
            {run->pipes[0].write_end, POLLOUT, 0},
            {run->pipes[1].read_end, POLLIN, 0},
            {run->pipes[2].read_end, POLLIN, 0},
        };
        if (polls[1].fd < 0 && polls[2].fd < 0)
            return true;
        int64_t left = run->deadline ? run->deadline - now_ms() : 1000;
        if (left <= 0)
            return false;
        int ready = poll(polls, 3, left > 1000 ? 1000 : (int)left);
        if (ready < 0 && errno != EINTR)
            return true;
        if (ready <= 0)
            continue;
        if (polls[0].revents)
            feed(run);
        for (int i = 1; i < 3; i++) {
            if (polls[i].revents)
                drain(run, i);
        }
    }
}

/* Waits for the child's end until the deadline. False when time is up. */
static bool wait_until_deadline(const Run *run, int *status) {
    for (long pause_ms = 1;; pause_ms = pause_ms < 20 ? pause_ms * 2 : 20) {
        pid_t ended = waitpid(run->pid, status, run->deadline ? WNOHANG : 0);
        if (ended == run->pid)
            return true;
        if (ended < 0 && errno != EINTR) {
            *status = -1;
            return true;
        }
        if (run->deadline && now_ms() >= run->deadline)
            return false;
        struct timespec pause = {0, pause_ms * 1000000};
        if (run->deadline)
            nanosleep(&pause, NULL);
    }
}

static void end_child(const Run *run, int *status) {
    kill(-run->pid, SIGKILL);
    kill(run->pid, SIGKILL);
    while (waitpid(run->pid, status, 0) < 0 && errno == EINTR)
        continue;
}

bool process_run(const char *const argv[], Str input, int timeout_seconds, size_t max_bytes,
                 Buf *out, Buf *err, ProcessResult *result) {
    Run run = {.input = input, .sinks = {NULL, out, err}, .max_bytes = max_bytes};
    *result = (ProcessResult){.exit_code = -1};
    int error = open_pipes(&run) && move_above_standard(&run) ? spawn(&run, argv) : errno;
    if (error) {
        close_pipes(&run);
        errno = error;
        return false;
    }
    close_end(&run.pipes[0].read_end);
    close_end(&run.pipes[1].write_end);
    close_end(&run.pipes[2].write_end);
    if (input.len == 0)
        close_end(&run.pipes[0].write_end);
    if (timeout_seconds > 0)
        run.deadline = now_ms() + (int64_t)timeout_seconds * 1000;

    int status = -1;
    bool is_in_time = serve_pipes(&run);
    close_pipes(&run);
    if (!is_in_time || !wait_until_deadline(&run, &status)) {
        end_child(&run, &status);
        result->timed_out = true;
    } else if (status != -1 && WIFEXITED(status)) {
        result->exit_code = WEXITSTATUS(status);
    }
    return true;
}

static bool is_program(const char *path) {
    return fs_kind(path) == FS_FILE && access(path, X_OK) == 0;
}

bool process_find(Arena *arena, const char *program, Str *out) {
    Str name = str_from(program), folder;
    if (name.len == 0)
        return false;
    Str rest = str_find_char(name, '/') == STR_NONE ? str_from(getenv("PATH")) : STR(".");
    while (rest.len) {
        str_cut(rest, ':', &folder, &rest);
        Str path = path_join(arena, folder.len ? folder : STR("."), name);
        const char *candidate = str_terminated(arena, path);
        if (!is_program(candidate))
            continue;
        /* Links in its name stay: many programs decide by the name that they are called by. */
        *out = path_join(arena, fs_absolute(arena, "."), path);
        return true;
    }
    return false;
}
