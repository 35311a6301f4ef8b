/* SPDX-License-Identifier: MIT
 * serve_builder.c - the builder's thread, its orders and its bell. */
#include "app/serve_builder.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#define BACKGROUND_NICE 5

struct Builder {
    Options options; /* of the stations: not so talkative */
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    bool is_ordered, is_ending;
    Edition *ready;       /* not taken yet */
    VEC(Edition *) grave; /* to be freed */
    int bell[2];          /* a pipe: a byte for each edition that is ready */
    bool is_busy;         /* the server's own */
    FaceSet known;        /* the thread's own: the last faces that were read */
};

/* The faces of this edition are where the next one begins. */
static void remember(Builder *builder, const Edition *edition) {
    if (edition->is_linked) {
        faceset_release(&builder->known);
        faceset_copy(&builder->known, &edition->faces);
    }
}

static void bury_all(Builder *builder) {
    while (builder->grave.count > 0) {
        Edition *edition = builder->grave.items[--builder->grave.count];
        pthread_mutex_unlock(&builder->lock);
        edition_free(edition);
        pthread_mutex_lock(&builder->lock);
    }
}

static void make(Builder *builder) {
    builder->is_ordered = false;
    pthread_mutex_unlock(&builder->lock);
    Edition *edition = edition_make(&builder->options, &builder->known);
    remember(builder, edition);
    pthread_mutex_lock(&builder->lock);
    builder->ready = edition;
    ssize_t rung = write(builder->bell[1], "", 1);
    (void)rung;
}

/* Someone waits for the first edition. Later ones are made behind the back of a person who writes
 * and whose browser wants the processor, too. */
static void step_back(void) {
#ifdef __linux__
    setpriority(PRIO_PROCESS, 0, BACKGROUND_NICE); /* of this thread and those that it starts */
#endif
}

static void *work(void *pointer) {
    Builder *builder = pointer;
    pthread_mutex_lock(&builder->lock);
    while (!builder->is_ending) {
        bury_all(builder);
        if (builder->is_ordered) {
            make(builder);
            step_back();
        } else if (!builder->is_ending) {
            pthread_cond_wait(&builder->wake, &builder->lock);
        }
    }
    bury_all(builder);
    pthread_mutex_unlock(&builder->lock);
    return NULL;
}

Builder *builder_new(const Options *options) {
    Builder *builder = calloc(1, sizeof *builder);
    sigset_t all, before;
    if (builder == NULL || pipe(builder->bell) != 0) {
        abort();
    }
    for (int i = 0; i < 2; i++) {
        fcntl(builder->bell[i], F_SETFD, FD_CLOEXEC);
        fcntl(builder->bell[i], F_SETFL, O_NONBLOCK);
    }
    builder->options = *options;
    builder->options.verbosity = 0;
    pthread_mutex_init(&builder->lock, NULL);
    pthread_cond_init(&builder->wake, NULL);
    /* Signals are for the server's thread, but for the one that stops plugins. */
    sigfillset(&all);
    sigdelset(&all, SIGUSR2);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    if (pthread_create(&builder->thread, NULL, work, builder) != 0) {
        abort();
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return builder;
}

void builder_free(Builder *builder) {
    pthread_mutex_lock(&builder->lock);
    builder->is_ending = true;
    pthread_cond_signal(&builder->wake);
    pthread_mutex_unlock(&builder->lock);
    pthread_join(builder->thread, NULL);
    edition_free(builder->ready);
    faceset_release(&builder->known);
    vec_release(&builder->grave);
    close(builder->bell[0]);
    close(builder->bell[1]);
    pthread_mutex_destroy(&builder->lock);
    pthread_cond_destroy(&builder->wake);
    free(builder);
}

void builder_start(Builder *builder) {
    builder->is_busy = true;
    pthread_mutex_lock(&builder->lock);
    builder->is_ordered = true;
    pthread_cond_signal(&builder->wake);
    pthread_mutex_unlock(&builder->lock);
}

bool builder_is_busy(const Builder *builder) {
    return builder->is_busy;
}

int builder_file(const Builder *builder) {
    return builder->bell[0];
}

Edition *builder_take(Builder *builder) {
    char bytes[16];
    while (read(builder->bell[0], bytes, sizeof bytes) > 0) {
    }
    pthread_mutex_lock(&builder->lock);
    Edition *edition = builder->ready;
    builder->ready = NULL;
    pthread_mutex_unlock(&builder->lock);
    builder->is_busy = builder->is_busy && edition == NULL;
    return edition;
}

void builder_bury(Builder *builder, Edition *edition) {
    if (edition == NULL) {
        return;
    }
    pthread_mutex_lock(&builder->lock);
    vec_push(&builder->grave, edition);
    pthread_cond_signal(&builder->wake);
    pthread_mutex_unlock(&builder->lock);
}
