/* SPDX-License-Identifier: MIT
 * limits.h - what a Lua state may use: bytes, and seconds a hook.
 *
 * Bytes are bounded by the allocator: a script that asks for more gets "not enough memory". Seconds
 * are bounded from outside, so that scripts run at full speed: a watchdog thread signals the
 * worker, whose signal handler sets a hook in the running state that raises on every instruction
 * and thus cannot be swallowed by a pcall. A C function (a hostile pattern) is not interrupted by
 * that: after a second such period the watchdog prints a diagnostic and ends the process with exit
 * code 1. */
#ifndef QUOIN_LUA_LIMITS_H
#define QUOIN_LUA_LIMITS_H

#include "base/str.h"

#include <lua.h>

typedef struct MemoryLimit {
    size_t used, max; /* bytes */
} MemoryLimit;

/* lua_Alloc with a MemoryLimit as its context. */
void *limits_allocate(void *limit, void *block, size_t old_size, size_t new_size);

typedef struct Watchdog Watchdog;
typedef struct WatchSlot WatchSlot; /* one a worker */

Watchdog *watchdog_new(int workers, int seconds);
void watchdog_free(Watchdog *watchdog);
WatchSlot *watchdog_slot(Watchdog *watchdog, int worker);

/* What a worker does between watch_enter and watch_leave. Calls may nest (a layout that calls a
 * slot): the time counts from the outermost. */
typedef struct Watch {
    WatchSlot *slot;
    struct Watch *outer;
    lua_State *state;   /* the main thread of the state */
    lua_State *running; /* where the stop hook goes: `state` or one of its coroutines */
    const char *plugin; /* live as long as the watchdog */
    const char *hook;
    Str page; /* lives until watch_leave of this Watch and 100 ms more */
} Watch;

void watch_enter(Watch *watch, WatchSlot *slot);
/* True when the time was over: the call has been, or is to be, given up. */
bool watch_leave(Watch *watch);

/* For coroutines: another thread of the same state runs now. Returns the one before. */
lua_State *watch_switch(WatchSlot *slot, lua_State *running);
/* Raises on in `L` when the time is over. */
void watch_check(WatchSlot *slot, lua_State *L);
bool watch_is_over(const WatchSlot *slot);
/* Waiting for another program does not count; watch_resume starts the period again. */
void watch_pause(WatchSlot *slot);
void watch_resume(WatchSlot *slot);

#endif
