/* SPDX-License-Identifier: MIT
 * graph_pack.c - parts that do not touch, in rows: the author's order is kept. */
#include "text/graph_internal.h"

#include <math.h>

enum { LEAST_ROW = 560 * GRAPH_UNIT, LEAST_GRID = 420 * GRAPH_UNIT };

static Unit row_limit(const Part *parts, uint32_t count, Unit gap, Unit max_width, Unit least) {
    double area = 0;
    Unit widest = 0;
    for (uint32_t i = 0; i < count; i++) {
        area += (double)(parts[i].width + gap) * (double)(parts[i].height + gap);
        widest = parts[i].width > widest ? parts[i].width : widest;
    }
    double wish = floor(sqrt(area * 2));
    Unit limit = wish > (double)max_width ? max_width : (Unit)wish;
    limit = limit < least ? least : limit;
    limit = limit > max_width ? max_width : limit;
    return limit < widest ? widest : limit;
}

static void pack_rows(Part *parts, uint32_t count, Unit gap, Unit limit, Unit *width,
                      Unit *height) {
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

static Unit column_width(const Part *parts, uint32_t count, uint32_t columns, uint32_t column) {
    Unit width = 0;
    for (uint32_t i = column; i < count; i += columns)
        width = parts[i].width > width ? parts[i].width : width;
    return width;
}

static Unit grid_width(const Part *parts, uint32_t count, uint32_t columns, Unit gap) {
    Unit width = -gap;
    for (uint32_t c = 0; c < columns; c++)
        width += column_width(parts, count, columns, c) + gap;
    return width;
}

/* Nodes alone stand in columns, each in the middle of its cell. */
static void pack_grid(Part *parts, uint32_t count, Unit gap, Unit limit, Unit *width,
                      Unit *height) {
    uint32_t columns = count;
    while (columns > 1 && grid_width(parts, count, columns, gap) > limit)
        columns--;
    uint32_t rows = (count + columns - 1) / columns;
    columns = (count + rows - 1) / rows;
    *width = grid_width(parts, count, columns, gap);
    Unit y = 0;
    for (uint32_t row = 0; row < rows; row++) {
        Unit x = 0, row_height = 0;
        uint32_t first = row * columns, last = first + columns < count ? first + columns : count;
        for (uint32_t i = first; i < last; i++)
            row_height = parts[i].height > row_height ? parts[i].height : row_height;
        for (uint32_t i = first; i < last; i++) {
            Unit column = column_width(parts, count, columns, i - first);
            parts[i].x = x + (column - parts[i].width) / 2;
            parts[i].y = y + (row_height - parts[i].height) / 2;
            x += column + gap;
        }
        y += row_height + gap;
    }
    *height = y - gap;
}

void graph_pack(Part *parts, uint32_t count, Unit gap, Unit max_width, Unit *width, Unit *height) {
    bool are_lone = count > 1;
    for (uint32_t i = 0; i < count; i++)
        are_lone &= parts[i].is_lone;
    Unit limit = row_limit(parts, count, gap, max_width, are_lone ? LEAST_GRID : LEAST_ROW);
    if (are_lone)
        pack_grid(parts, count, gap, limit, width, height);
    else
        pack_rows(parts, count, gap, limit, width, height);
}
