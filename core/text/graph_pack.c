/* SPDX-License-Identifier: MIT
 * graph_pack.c - parts that do not touch, in rows: the author's order is kept. */
#include "text/graph_internal.h"

#include <math.h>

enum { LEAST_ROW = 420 * GRAPH_UNIT };

static Unit row_limit(const Part *parts, uint32_t count, Unit gap, Unit max_width) {
    double area = 0;
    Unit widest = 0;
    for (uint32_t i = 0; i < count; i++) {
        area += (double)(parts[i].width + gap) * (double)(parts[i].height + gap);
        widest = parts[i].width > widest ? parts[i].width : widest;
    }
    double wish = floor(sqrt(area * 2));
    Unit limit = wish > (double)max_width ? max_width : (Unit)wish;
    limit = limit < LEAST_ROW ? LEAST_ROW : limit;
    limit = limit > max_width ? max_width : limit;
    return limit < widest ? widest : limit;
}

void graph_pack(Part *parts, uint32_t count, Unit gap, Unit max_width, Unit *width, Unit *height) {
    Unit limit = row_limit(parts, count, gap, max_width);
    Unit x = 0, y = 0, row_height = 0;
    *width = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (x > 0 && x + parts[i].width > limit) {
            y += row_height + gap;
            x = row_height = 0;
        }
        parts[i].x = x;
        parts[i].y = y;
        x += parts[i].width;
        *width = x > *width ? x : *width;
        x += gap;
        row_height = parts[i].height > row_height ? parts[i].height : row_height;
    }
    *height = y + row_height;
}
