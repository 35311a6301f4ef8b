/* SPDX-License-Identifier: MIT
 * pool.c - threads that live for one call and take items from a shared counter. */
#include "base/pool.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

enum { MAX_JOBS = 256, STACK_BYTES = 8 * 1024 * 1024 };

typedef struct Work {
    PoolTask task;
    void *context;
    size_t count;
    atomic_size_t next;
} Work;

typedef struct Worker {
    Work *work;
    int index;
    pthread_t thread;
} Worker;

static void *run_worker(void *argument) {
    const Worker *worker = argument;
    Work *work = worker->work;
    for (;;) {
        size_t item = atomic_fetch_add(&work->next, 1);
        if (item >= work->count)
            return NULL;
        work->task(work->context, worker->index, item);
    }
}

/* Where a thread cannot be had, the others do its share. */
void pool_run(int jobs, size_t count, PoolTask task, void *context) {
    Work work = {.task = task, .context = context, .count = count};
    Worker workers[MAX_JOBS];
    if (jobs > MAX_JOBS)
        jobs = MAX_JOBS;
    if ((size_t)(jobs > 0 ? jobs : 1) > count)
        jobs = (int)count;
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, STACK_BYTES);
    int started = 1;
    for (; started < jobs; started++) {
        Worker *worker = &workers[started];
        *worker = (Worker){.work = &work, .index = started};
        if (pthread_create(&worker->thread, &attributes, run_worker, worker) != 0)
            break;
    }
    workers[0] = (Worker){.work = &work, .index = 0};
    run_worker(&workers[0]);
    for (int i = 1; i < started; i++)
        pthread_join(workers[i].thread, NULL);
    pthread_attr_destroy(&attributes);
}

int pool_core_count(void) {
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count < 1 ? 1 : count > MAX_JOBS ? MAX_JOBS : (int)count;
}
