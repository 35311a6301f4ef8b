/* SPDX-License-Identifier: MIT
 * progress.c - the progress line: counts steps from all threads, prints at most ten times a
 * second. */
#include "app/progress.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#define FIRST_SECONDS 0.5
#define EVERY_SECONDS 0.1

static struct {
    pthread_mutex_t mutex;
    atomic_bool is_wanted;
    bool is_shown;
    const char *what;
    size_t done;
    double start, last;
} state = {.mutex = PTHREAD_MUTEX_INITIALIZER};

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

void progress_start(bool is_wanted) {
    state.is_wanted = is_wanted && isatty(STDERR_FILENO);
    state.start = now();
    state.last = state.start + FIRST_SECONDS - EVERY_SECONDS;
}

void progress_step(const char *what, size_t total) {
    if (!state.is_wanted) {
        return;
    }
    pthread_mutex_lock(&state.mutex);
    if (state.what != what) {
        state.what = what;
        state.done = 0;
    }
    state.done++;
    double time = now();
    if (time - state.last >= EVERY_SECONDS) {
        state.last = time;
        state.is_shown = true;
        fprintf(stderr, "\r\033[K%s %zu of %zu", what, state.done, total);
        fflush(stderr);
    }
    pthread_mutex_unlock(&state.mutex);
}

void progress_end(void) {
    pthread_mutex_lock(&state.mutex); /* `serve` ends while its builder goes on */
    if (state.is_shown) {
        fprintf(stderr, "\r\033[K");
        fflush(stderr);
        state.is_shown = false;
    }
    state.is_wanted = false;
    pthread_mutex_unlock(&state.mutex);
}

double progress_seconds(void) {
    return now() - state.start;
}
