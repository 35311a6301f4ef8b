/* SPDX-License-Identifier: MIT
 * pool.h - run a function over a range of items on several threads. */
#ifndef QUOIN_BASE_POOL_H
#define QUOIN_BASE_POOL_H

#include <stddef.h>

/* Called once for each item in [0, count), by worker `worker` in [0, jobs). Items are handed
 * out in order, one at a time; a worker is one thread for the whole call. */
typedef void (*PoolTask)(void *context, int worker, size_t item);

/* Runs all items and returns when every one is done. With jobs 1 everything runs on the calling
 * thread; else worker 0 is the calling thread. */
void pool_run(int jobs, size_t count, PoolTask task, void *context);

int pool_core_count(void); /* at least 1 */

#endif
