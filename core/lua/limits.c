/* SPDX-License-Identifier: MIT
 * limits.c - the limiting allocator and the watchdog. */
#include "lua/limits.h"

#include <lauxlib.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define TICK_MILLISECONDS 100
#define TICKS_A_SECOND    (1000 / TICK_MILLISECONDS)
#define STOP_SIGNAL       SIGUSR2

void *limits_allocate(void *context, void *block, size_t old_size, size_t new_size) {
    MemoryLimit *limit = context;
    size_t old = block != NULL ? old_size : 0; /* for new blocks Lua passes a type instead */
    if (new_size == 0) {
        free(block);
        limit->used -= old;
        return NULL;
    }
    if (new_size > old && new_size - old > limit->max - limit->used) {
        return NULL;
    }
    void *moved = realloc(block, new_size);
    if (moved != NULL) {
        limit->used += new_size - old;
    }
    return moved;
}

/* The worker writes, the watchdog reads. `call` is 0 when idle, else the number of the outermost
 * call; `version` is odd while the description changes. Stores are releases and loads acquires, so
 * a reader that saw a new field also sees the new version. */
struct WatchSlot {
    Watchdog *watchdog;
    _Atomic uint64_t call;
    _Atomic uint64_t stopped; /* the call that the watchdog gave up */
    _Atomic uint64_t version;
    _Atomic uint64_t started; /* tick; UINT64_MAX: paused */
    _Atomic(const char *) plugin;
    _Atomic(const char *) hook;
    _Atomic(const char *) page;
    _Atomic size_t page_len;
    pthread_mutex_t lock; /* held while the signal is sent, so that the thread cannot be gone */
    pthread_t thread;     /* written before `call` is published */
    uint64_t last_call;   /* the worker's own */
    Watch *current;       /* the worker's own */
    lua_State *volatile running;
};

struct Watchdog {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    bool is_ending;
    uint64_t limit; /* ticks */
    int seconds;
    _Atomic uint64_t tick;
    int worker_count;
    WatchSlot *slots;
};

static _Thread_local WatchSlot *thread_slot;

/* Stays set: a pcall that catches the error meets the next one. */
static void stop_hook(lua_State *L, lua_Debug *activation) {
    (void)activation;
    luaL_error(L, "took too long");
}

static void set_stop_hook(lua_State *L) {
    lua_sethook(L, stop_hook, LUA_MASKCALL | LUA_MASKRET | LUA_MASKLINE | LUA_MASKCOUNT, 1);
}

/* Runs on the worker's thread. lua_sethook is meant to be called from signal handlers. */
static void on_stop_signal(int signal_number) {
    (void)signal_number;
    WatchSlot *slot = thread_slot;
    if (slot != NULL && slot->running != NULL && watch_is_over(slot)) {
        set_stop_hook(slot->running);
    }
}

/* The description of what runs; false when it changed meanwhile. */
typedef struct Description {
    const char *plugin, *hook;
    Str page;
} Description;

static bool describe(WatchSlot *slot, uint64_t call, Description *out) {
    uint64_t version = atomic_load_explicit(&slot->version, memory_order_acquire);
    out->plugin = atomic_load_explicit(&slot->plugin, memory_order_acquire);
    out->hook = atomic_load_explicit(&slot->hook, memory_order_acquire);
    out->page.data = atomic_load_explicit(&slot->page, memory_order_acquire);
    out->page.len = atomic_load_explicit(&slot->page_len, memory_order_acquire);
    return version % 2 == 0 && atomic_load(&slot->version) == version &&
           atomic_load(&slot->call) == call;
}

static void end_process(const Watchdog *watchdog, WatchSlot *slot, uint64_t call) {
    Description what;
    if (!describe(slot, call, &what)) {
        return;
    }
    char text[1024];
    int len = snprintf(text, sizeof text,
                       "error: plugin %s, hook %s: a single function took longer than %d seconds "
                       "and cannot be interrupted [plugin.limit]\n  while processing %.*s\n"
                       "  hint: look for a string pattern with many repetitions; nothing was "
                       "written\n",
                       what.plugin, what.hook, 2 * watchdog->seconds, (int)what.page.len,
                       what.page.len > 0 ? what.page.data : "");
    if (len > 0) {
        size_t count = (size_t)len < sizeof text ? (size_t)len : sizeof text - 1;
        ssize_t written = write(STDERR_FILENO, text, count);
        (void)written;
    }
    _exit(1);
}

static void stop_call(WatchSlot *slot, uint64_t call) {
    pthread_mutex_lock(&slot->lock);
    atomic_store(&slot->stopped, call);
    if (atomic_load(&slot->call) == call) { /* else watch_leave saw `stopped`, or will wait */
        pthread_kill(slot->thread, STOP_SIGNAL);
    }
    pthread_mutex_unlock(&slot->lock);
}

static void look_at(Watchdog *watchdog, WatchSlot *slot, uint64_t tick) {
    uint64_t call = atomic_load(&slot->call);
    uint64_t started = atomic_load_explicit(&slot->started, memory_order_acquire);
    if (call == 0 || started >= tick) {
        return;
    }
    uint64_t ticks = tick - started;
    if (ticks > 2 * watchdog->limit && atomic_load(&slot->stopped) == call) {
        end_process(watchdog, slot, call);
    } else if (ticks > watchdog->limit) {
        stop_call(slot, call); /* again each tick: a coroutine may have been switched */
    }
}

static void *watch_workers(void *context) {
    Watchdog *watchdog = context;
    struct timespec next;
    clock_gettime(CLOCK_REALTIME, &next);
    pthread_mutex_lock(&watchdog->lock);
    while (!watchdog->is_ending) {
        next.tv_nsec += TICK_MILLISECONDS * 1000000L;
        next.tv_sec += next.tv_nsec / 1000000000L;
        next.tv_nsec %= 1000000000L;
        while (!watchdog->is_ending &&
               pthread_cond_timedwait(&watchdog->wake, &watchdog->lock, &next) == 0) {
        }
        clock_gettime(CLOCK_REALTIME, &next); /* a machine that slept does not make up for it */
        uint64_t tick = atomic_fetch_add(&watchdog->tick, 1) + 1;
        for (int i = 0; i < watchdog->worker_count; i++) {
            look_at(watchdog, &watchdog->slots[i], tick);
        }
    }
    pthread_mutex_unlock(&watchdog->lock);
    return NULL;
}

Watchdog *watchdog_new(int workers, int seconds) {
    Watchdog *watchdog = calloc(1, sizeof *watchdog);
    WatchSlot *slots = calloc((size_t)workers, sizeof *slots);
    if (watchdog == NULL || slots == NULL) {
        abort();
    }
    watchdog->slots = slots;
    watchdog->worker_count = workers;
    watchdog->seconds = seconds;
    watchdog->limit = (uint64_t)seconds * TICKS_A_SECOND;
    for (int i = 0; i < workers; i++) {
        slots[i].watchdog = watchdog;
        pthread_mutex_init(&slots[i].lock, NULL);
    }
    struct sigaction action = {.sa_handler = on_stop_signal, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    sigaction(STOP_SIGNAL, &action, NULL);
    pthread_mutex_init(&watchdog->lock, NULL);
    pthread_cond_init(&watchdog->wake, NULL);
    if (pthread_create(&watchdog->thread, NULL, watch_workers, watchdog) != 0) {
        fprintf(stderr, "quoin: cannot start a thread\n");
        abort();
    }
    return watchdog;
}

void watchdog_free(Watchdog *watchdog) {
    if (watchdog == NULL) {
        return;
    }
    pthread_mutex_lock(&watchdog->lock);
    watchdog->is_ending = true;
    pthread_cond_signal(&watchdog->wake);
    pthread_mutex_unlock(&watchdog->lock);
    pthread_join(watchdog->thread, NULL);
    for (int i = 0; i < watchdog->worker_count; i++) {
        pthread_mutex_destroy(&watchdog->slots[i].lock);
    }
    pthread_cond_destroy(&watchdog->wake);
    pthread_mutex_destroy(&watchdog->lock);
    free(watchdog->slots);
    free(watchdog);
}

WatchSlot *watchdog_slot(Watchdog *watchdog, int worker) {
    return &watchdog->slots[worker];
}

static void publish(WatchSlot *slot, const Watch *watch) {
    uint64_t version = atomic_load_explicit(&slot->version, memory_order_relaxed);
    atomic_store_explicit(&slot->version, version + 1, memory_order_release);
    atomic_store_explicit(&slot->plugin, watch->plugin, memory_order_release);
    atomic_store_explicit(&slot->hook, watch->hook, memory_order_release);
    atomic_store_explicit(&slot->page, watch->page.data, memory_order_release);
    atomic_store_explicit(&slot->page_len, watch->page.len, memory_order_release);
    atomic_store_explicit(&slot->version, version + 2, memory_order_release);
}

void watch_enter(Watch *watch, WatchSlot *slot) {
    watch->slot = slot;
    watch->outer = slot->current;
    watch->running = watch->state;
    slot->current = watch;
    publish(slot, watch);
    slot->running = watch->running;
    if (watch->outer != NULL) {
        return;
    }
    thread_slot = slot;
    slot->thread = pthread_self();
    watch_resume(slot);
    atomic_store_explicit(&slot->call, ++slot->last_call, memory_order_release);
}

bool watch_leave(Watch *watch) {
    WatchSlot *slot = watch->slot;
    bool is_over = watch_is_over(slot);
    if (watch->outer != NULL) {
        slot->current = watch->outer;
        publish(slot, watch->outer);
        slot->running = watch->outer->running;
        if (watch_is_over(slot)) {
            set_stop_hook(slot->running);
        }
    } else {
        atomic_store(&slot->call, 0);
        is_over = atomic_load(&slot->stopped) == slot->last_call;
        if (is_over) { /* the signal may be on its way to this thread */
            pthread_mutex_lock(&slot->lock);
            pthread_mutex_unlock(&slot->lock);
        }
        slot->running = NULL;
        slot->current = NULL;
    }
    lua_sethook(watch->state, NULL, 0, 0);
    return is_over;
}

lua_State *watch_switch(WatchSlot *slot, lua_State *running) {
    lua_State *before = slot->running;
    slot->running = running;
    slot->current->running = running;
    return before;
}

void watch_check(WatchSlot *slot, lua_State *L) {
    if (slot->current != NULL && watch_is_over(slot)) {
        set_stop_hook(L);
        luaL_error(L, "took too long");
    }
}

bool watch_is_over(const WatchSlot *slot) {
    return atomic_load_explicit(&slot->stopped, memory_order_acquire) == slot->last_call &&
           slot->last_call != 0;
}

void watch_pause(WatchSlot *slot) {
    atomic_store_explicit(&slot->started, UINT64_MAX, memory_order_release);
}

void watch_resume(WatchSlot *slot) {
    atomic_store_explicit(&slot->started,
                          atomic_load_explicit(&slot->watchdog->tick, memory_order_relaxed),
                          memory_order_release);
}
