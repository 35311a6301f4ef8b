/* SPDX-License-Identifier: MIT
 * serve_faces.h - faces that outlive the site they were read for: a page that has not changed is
 * not read again.
 *
 * A shelf holds faces that were read together and what was found while reading them. Sets of faces
 * share shelves and count them; one thread does all of that (the builder's). */
#ifndef QUOIN_APP_SERVE_FACES_H
#define QUOIN_APP_SERVE_FACES_H

#include "app/pipeline.h"
#include "base/stamp.h"

typedef struct Shelf {
    size_t users;
    Arena arena; /* the faces, and the sources they were read from */
    Diag *diag;
} Shelf;

Shelf *shelf_new(const char *root); /* one user; `root` as in diag_set_root */
void shelf_release(Shelf *shelf);   /* one user less; the last one frees it */
/* A copy of `source` that lives as long as the faces: they borrow from it. */
const Source *shelf_add_source(Shelf *shelf, const Source *source);

typedef struct KeptFace {
    const Face *face;
    Shelf *shelf;
    Stamp page, sidecar;
    bool is_doubtful; /* it was written just before it was read: the clock may not tell the next
                         writing from this one */
} KeptFace;

typedef struct FaceSet {
    Arena arena;
    Map by_path; /* site path -> KeptFace */
    VEC(Shelf *) shelves;
    uint64_t basis;    /* config, kinds and plugins that they were read with */
    size_t read_count; /* of them, those that were read for this set */
} FaceSet;

/* Reads every page of pipeline->sources that `known` (may be NULL) does not have as it is now, on
 * all workers; sets pipeline->faces. */
void faceset_read(FaceSet *set, const FaceSet *known, Pipeline *pipeline, uint64_t basis);
/* The same faces once more. */
void faceset_copy(FaceSet *set, const FaceSet *other);
void faceset_release(FaceSet *set);

/* Adds to `diag` what was found while reading the faces of the set, and nothing of faces that are
 * no longer in it. */
void faceset_report(const FaceSet *set, Diag *diag);

#endif
