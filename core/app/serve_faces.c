/* SPDX-License-Identifier: MIT
 * serve_faces.c - reads what has changed, keeps what has not. */
#include "app/serve_faces.h"

#include "app/progress.h"
#include "base/pool.h"

#include <stdlib.h>

/* Above this many pages to read, pages share shelves: a shelf of its own costs 64 KB. */
#define MANY_PAGES 64

/* --- shelves -----------------------------------------------------------------------------------
 */

Shelf *shelf_new(const char *root) {
    Shelf *shelf = calloc(1, sizeof *shelf);
    if (shelf == NULL) {
        abort();
    }
    shelf->users = 1;
    shelf->diag = diag_new();
    diag_set_root(shelf->diag, root);
    return shelf;
}

void shelf_release(Shelf *shelf) {
    if (shelf == NULL || --shelf->users > 0) {
        return;
    }
    diag_free(shelf->diag);
    arena_release(&shelf->arena);
    free(shelf);
}

const Source *shelf_add_source(Shelf *shelf, const Source *source) {
    Arena *arena = &shelf->arena;
    Source *copy = arena_new(arena, Source);
    *copy = *source;
    copy->path = str_copy(arena, source->path);
    copy->file = str_copy(arena, source->file);
    copy->disk = str_terminated(arena, str_from(source->disk));
    copy->sidecar =
        source->sidecar != NULL ? str_terminated(arena, str_from(source->sidecar)) : NULL;
    copy->sidecar_file = str_copy(arena, source->sidecar_file);
    return copy;
}

/* --- reading -----------------------------------------------------------------------------------
 */

typedef struct Todo {
    size_t source; /* its index */
    KeptFace *kept;
} Todo;

typedef struct Work {
    Pipeline *pipeline;
    ReadWorker *workers;
    Shelf **shared; /* one a worker; NULL when each page has its own */
    VEC(Todo) todo;
} Work;

static void read_item(void *pointer, int number, size_t item) {
    Work *work = pointer;
    Pipeline *pipeline = work->pipeline;
    Todo *todo = &work->todo.items[item];
    ReadWorker *worker = &work->workers[number];
    if (work->shared != NULL) {
        todo->kept->shelf = work->shared[number];
    }
    Shelf *shelf = todo->kept->shelf;
    ReadContext context = {.config = pipeline->config,
                           .kinds = &pipeline->kinds,
                           .hooks = &pipeline->hooks,
                           .diag = shelf->diag};
    const Source *source = shelf_add_source(shelf, &pipeline->sources.items[todo->source]);
    worker->faces = &shelf->arena;
    todo->kept->is_doubtful =
        stamp_is_young(&todo->kept->page) || stamp_is_young(&todo->kept->sidecar);
    todo->kept->face = read_source(&context, worker, source);
    progress_step("Reading", work->todo.count);
}

/* The face as it was kept when its files are as they were; else an empty place, to be read. */
static KeptFace *keep_or_plan(FaceSet *set, const FaceSet *known, Work *work, size_t index) {
    const Source *source = &work->pipeline->sources.items[index];
    const KeptFace *old = known != NULL ? map_get(&known->by_path, source->path) : NULL;
    KeptFace *kept = arena_new(&set->arena, KeptFace);
    kept->page = stamp_of(source->disk);
    kept->sidecar = stamp_of(source->sidecar);
    bool is_kept = old != NULL && !old->is_doubtful && stamp_equal(&old->page, &kept->page) &&
                   stamp_equal(&old->sidecar, &kept->sidecar);
    if (is_kept) {
        *kept = *old;
    } else {
        Todo todo = {index, kept};
        vec_push(&work->todo, todo);
    }
    return kept;
}

static void prepare_shelves(FaceSet *set, Work *work) {
    const char *root = diag_root(work->pipeline->diag);
    size_t jobs = (size_t)work->pipeline->jobs;
    bool is_shared = work->todo.count > MANY_PAGES;
    work->shared = is_shared ? arena_array(&set->arena, Shelf *, jobs) : NULL;
    for (size_t i = 0; i < (is_shared ? jobs : work->todo.count); i++) {
        Shelf *shelf = shelf_new(root);
        vec_push(&set->shelves, shelf);
        *(is_shared ? &work->shared[i] : &work->todo.items[i].kept->shelf) = shelf;
    }
}

static void read_all(Work *work) {
    int jobs = work->todo.count < 4 ? 1 : work->pipeline->jobs;
    work->workers = calloc((size_t)jobs, sizeof *work->workers);
    if (work->workers == NULL) {
        abort();
    }
    for (int i = 0; i < jobs; i++) {
        work->workers[i] = (ReadWorker){.index = i, .markdown = markdown_new()};
    }
    pool_run(jobs, work->todo.count, read_item, work);
    for (int i = 0; i < jobs; i++) {
        markdown_free(work->workers[i].markdown);
        arena_release(&work->workers[i].scratch);
    }
    free(work->workers);
}

/* The set uses the shelves of the faces that it took over. */
static void use_old_shelves(FaceSet *set) {
    for (size_t i = 0; i < set->by_path.count; i++) {
        Shelf *shelf = ((KeptFace *)set->by_path.entries[i].value)->shelf;
        bool is_new = true;
        for (size_t j = set->shelves.count; j > 0 && is_new; j--) { /* most often the last one */
            is_new = set->shelves.items[j - 1] != shelf;
        }
        if (is_new) {
            shelf->users++;
            vec_push(&set->shelves, shelf);
        }
    }
}

void faceset_read(FaceSet *set, const FaceSet *known, Pipeline *pipeline, uint64_t basis) {
    Sources *sources = &pipeline->sources;
    Work work = {.pipeline = pipeline};
    *set = (FaceSet){.basis = basis};
    known = known != NULL && known->basis == basis ? known : NULL;
    for (size_t i = 0; i < sources->count; i++) {
        if (sources->items[i].is_page) {
            KeptFace *kept = keep_or_plan(set, known, &work, i);
            map_set(&set->by_path, str_copy(&set->arena, sources->items[i].path), kept);
        }
    }
    prepare_shelves(set, &work);
    read_all(&work);
    use_old_shelves(set);
    pipeline->faces = arena_array(&pipeline->arena, const Face *, sources->count);
    for (size_t i = 0; i < sources->count; i++) {
        const KeptFace *kept = map_get(&set->by_path, sources->items[i].path);
        pipeline->faces[i] = kept != NULL ? kept->face : NULL;
    }
    set->read_count = work.todo.count;
    vec_release(&work.todo);
}

void faceset_copy(FaceSet *set, const FaceSet *other) {
    *set = (FaceSet){.basis = other->basis};
    for (size_t i = 0; i < other->by_path.count; i++) {
        KeptFace *kept = arena_new(&set->arena, KeptFace);
        *kept = *(const KeptFace *)other->by_path.entries[i].value;
        map_set(&set->by_path, str_copy(&set->arena, other->by_path.entries[i].key), kept);
    }
    for (size_t i = 0; i < other->shelves.count; i++) {
        other->shelves.items[i]->users++;
        vec_push(&set->shelves, other->shelves.items[i]);
    }
}

void faceset_release(FaceSet *set) {
    for (size_t i = 0; i < set->shelves.count; i++) {
        shelf_release(set->shelves.items[i]);
    }
    vec_release(&set->shelves);
    map_release(&set->by_path);
    arena_release(&set->arena);
    *set = (FaceSet){0};
}

/* --- findings ----------------------------------------------------------------------------------
 */

/* The page that a finding is about: where it stands, or what was processed when a plugin failed. */
static const Shelf *shelf_about(const Map *by_file, const Finding *finding) {
    const Shelf *shelf = map_get(by_file, finding->pos.file);
    return shelf != NULL ? shelf : map_get(by_file, finding->second.file);
}

void faceset_report(const FaceSet *set, Diag *diag) {
    Map by_file = {0};
    for (size_t i = 0; i < set->by_path.count; i++) {
        const KeptFace *kept = set->by_path.entries[i].value;
        map_set(&by_file, kept->face->file, kept->shelf);
    }
    for (size_t i = 0; i < set->shelves.count; i++) {
        size_t count;
        const Finding *findings = diag_findings(set->shelves.items[i]->diag, &count);
        for (size_t j = 0; j < count; j++) {
            const Shelf *about = shelf_about(&by_file, &findings[j]);
            if (about == NULL || about == set->shelves.items[i]) {
                diag_add(diag, &findings[j]);
            }
        }
    }
    map_release(&by_file);
}
