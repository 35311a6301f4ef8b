/* SPDX-License-Identifier: MIT
 * nav.c - the tree of the navigation from the folders, projects, reading order, and the bounded
 * part of the tree that one page shows. */
#include "model/nav.h"

#include "base/path.h"
#include "base/utf8.h"
#include "base/vec.h"

#include <stdlib.h>
#include <string.h>

/* While the tree is built: a node and what decides its place among its siblings. */
typedef struct Draft Draft;
struct Draft {
    NavNode *node;
    Str path;    /* of the page or folder */
    Str title;   /* from `nav:`; empty: the page's */
    size_t rank; /* place in `nav:`, SIZE_MAX when it is not listed */
    int order;
    bool is_index; /* stands beside its siblings as the folder's README next to index.md */
    Draft *parent;
    VEC(Draft *) children;
};

typedef struct Builder {
    Site *site;
    Map by_path; /* folder or page path -> Draft */
    VEC(Draft *) all;
} Builder;

/* --- nav: in the config -------------------------------------------------------------------- */

static Str listed_path(const Value *item, Str *title) {
    *title = STR_EMPTY;
    if (item->type == VALUE_MAP && item->count == 1) { /* - Title: path */
        *title = item->entries[0].key;
        return value_as_text(item->entries[0].value);
    }
    return value_as_text(item);
}

static void apply_config(Builder *builder) {
    Site *site = builder->site;
    const Value *nav = config_value(site->config, "nav");
    for (size_t i = 0; nav != NULL && i < nav->count; i++) {
        Str title, path = listed_path(nav->items[i], &title);
        if (path.len == 0) {
            diag_report(site->diag, SEVERITY_WARNING, "config.nav",
                        config_pos(site->config, nav->items[i]), "a path, or `Title: path`",
                        "this names no page");
            continue;
        }
        path = path_normalise(site->arena, path, NULL);
        const Page *page = site_page(site, path);
        Str key = page != NULL && page->is_index ? path_dir(path) : path;
        Draft *draft = map_get(&builder->by_path, key);
        if (draft == NULL) {
            diag_report(site->diag, SEVERITY_WARNING, "config.nav",
                        config_pos(site->config, nav->items[i]),
                        "site paths of pages or folders, e.g. manual/index.md",
                        "there is no page or folder `" STR_FMT "`", STR_ARG(path));
            continue;
        }
        draft->rank = i;
        draft->title = title;
    }
}

/* --- the tree ------------------------------------------------------------------------------ */

static Draft *new_draft(Builder *builder, Str path) {
    Arena *arena = builder->site->arena;
    Draft *draft = arena_new(arena, Draft);
    draft->node = arena_new(arena, NavNode);
    draft->path = path;
    draft->rank = SIZE_MAX;
    draft->order = PAGE_ORDER_DEFAULT;
    map_set(&builder->by_path, path, draft);
    vec_push(&builder->all, draft);
    return draft;
}

static void adopt(Draft *parent, Draft *child) {
    child->parent = parent;
    child->node->parent = parent->node;
    vec_push(&parent->children, child);
}

static Draft *folder_draft(Builder *builder, Str folder) {
    Draft *draft = map_get(&builder->by_path, folder);
    if (draft == NULL) {
        draft = new_draft(builder, folder);
        adopt(folder_draft(builder, path_dir(folder)), draft);
    }
    return draft;
}

static void place_page(Builder *builder, Page *page) {
    Str dir = path_dir(page->path);
    Draft *draft;
    if (page->is_generated && page->project != NULL && dir.len == 0) {
        dir = page->project->id; /* a plugin's page for a project may have any path */
    }
    if (page->is_index) {
        draft = folder_draft(builder, dir);
    } else {
        draft = new_draft(builder, page->path);
        adopt(folder_draft(builder, dir), draft);
    }
    draft->node->page = page;
    draft->order = page->order;
    page->nav = draft->node;
}

static int compare_drafts(const void *a, const void *b) {
    const Draft *left = *(Draft *const *)a, *right = *(Draft *const *)b;
    if (left->rank != right->rank) {
        return left->rank < right->rank ? -1 : 1;
    }
    if (left->order != right->order) {
        return left->order < right->order ? -1 : 1;
    }
    int order = str_compare_natural(path_base(left->path), path_base(right->path));
    return order != 0 ? order : str_compare(left->path, right->path);
}

static void finish_node(Builder *builder, Draft *draft, uint32_t depth, uint32_t position) {
    NavNode *node = draft->node;
    Arena *arena = builder->site->arena;
    node->depth = depth;
    node->position = position;
    node->title = draft->title.len > 0 ? draft->title
                  : node->page != NULL ? node->page->title
                                       : path_readable(arena, path_base(draft->path));
    if (draft->children.count > 1) {
        qsort(draft->children.items, draft->children.count, sizeof(Draft *), compare_drafts);
    }
    node->child_count = draft->children.count;
    node->children = arena_array(arena, NavNode *, node->child_count);
    for (size_t i = 0; i < node->child_count; i++) {
        node->children[i] = draft->children.items[i]->node;
        finish_node(builder, draft->children.items[i], depth + 1, (uint32_t)i);
    }
}

/* --- projects ------------------------------------------------------------------------------ */

typedef VEC(const Page *) PageList;

static void collect_pages(const NavNode *node, PageList *list) {
    if (node->page != NULL) {
        vec_push(list, node->page);
    }
    for (size_t i = 0; i < node->child_count; i++) {
        collect_pages(node->children[i], list);
    }
}

static Str project_text(const Site *site, Str id, const Page *home, const char *field) {
    const Value *projects = config_value(site->config, "projects");
    Str text = value_as_text(value_get(value_get(projects, id), str_from(field)));
    if (text.len == 0 && home != NULL) {
        text = value_as_text(value_get(home->face->meta, str_from(field)));
    }
    return text;
}

static Project *make_project(Site *site, Draft *draft, uint32_t index) {
    Project *project = (Project *)site_project(site, draft->path);
    if (project == NULL) {
        project = arena_new(site->arena, Project);
        project->id = draft->path;
    }
    const Page *home = draft->node->page;
    project->home = home;
    project->index = index;
    project->owner = project_text(site, project->id, home, "owner");
    project->status = project_text(site, project->id, home, "status");
    project->description = project_text(site, project->id, home, "description");
    Str title = project_text(site, project->id, NULL, "title");
    title = draft->title.len > 0 ? draft->title : title.len > 0 ? title : home->title;
    project->title = utf8_line(site->arena, title);
    draft->title = project->title;
    return project;
}

static bool is_project(const Site *site, const Draft *draft) {
    return draft->node->page != NULL && draft->node->page->is_index && draft->path.len > 0 &&
           map_has(&site->sources->folders, draft->path);
}

static void order_projects(Builder *builder, Draft *root) {
    const Value *projects = config_value(builder->site->config, "projects");
    for (size_t i = 0; i < root->children.count; i++) {
        Draft *draft = root->children.items[i];
        const Value *order = value_get(value_get(projects, draft->path), STR("order"));
        if (order != NULL) {
            draft->order = site_order(order);
        }
    }
    if (root->children.count > 1) {
        qsort(root->children.items, root->children.count, sizeof(Draft *), compare_drafts);
    }
}

static void make_projects(Builder *builder, Draft *root) {
    Site *site = builder->site;
    Project **list = arena_array(site->arena, Project *, root->children.count + 1);
    size_t count = 0;
    order_projects(builder, root);
    for (size_t i = 0; i < root->children.count; i++) {
        Draft *draft = root->children.items[i];
        if (is_project(site, draft)) {
            list[count] = make_project(site, draft, (uint32_t)count);
            count++;
        }
    }
    site->projects = list;
    site->project_count = count;
}

/* Settings for a project that is not there are a slip. */
static void check_projects(const Site *site) {
    const Value *projects = config_value(site->config, "projects");
    if (projects == NULL) {
        return;
    }
    Str *ids = arena_array(site->arena, Str, site->project_count + 1);
    for (size_t i = 0; i < site->project_count; i++) {
        ids[i] = site->projects[i]->id;
    }
    for (size_t i = 0; i < projects->count; i++) {
        const ValueEntry *entry = &projects->entries[i];
        if (site_project(site, entry->key) != NULL) {
            continue;
        }
        Str near = str_nearest(entry->key, ids, site->project_count);
        Str hint = near.len > 0
                       ? str_format(site->arena, "did you mean `" STR_FMT "`?", STR_ARG(near))
                       : STR("projects are the folders with pages at the top of the content");
        diag_report(site->diag, SEVERITY_WARNING, "config.project",
                    (Pos){site->config->file, entry->line, entry->column, (uint32_t)entry->key.len},
                    str_terminated(site->arena, hint), "there is no project `" STR_FMT "`",
                    STR_ARG(entry->key));
    }
}

static void fill_project(Site *site, Project *project) {
    PageList pages = {0};
    collect_pages(project->home->nav, &pages);
    project->page_count = pages.count;
    project->pages = vec_to_arena(site->arena, &pages);
    for (size_t i = 0; i < project->page_count; i++) {
        Page *page = (Page *)project->pages[i];
        page->project = project;
        page->previous = i > 0 ? project->pages[i - 1] : NULL;
        page->next = i + 1 < project->page_count ? project->pages[i + 1] : NULL;
    }
}

/* Pages that hide from the navigation still belong to the project of their folder. */
static void adopt_hidden_pages(Site *site) {
    for (size_t i = 0; i < site->page_count; i++) {
        Page *page = site->pages[i];
        Str first, rest;
        if (page->nav == NULL && str_cut(page->path, '/', &first, &rest)) {
            page->project = site_project(site, first);
        }
    }
}

void nav_build(Site *site) {
    Builder builder = {.site = site};
    Draft *root = new_draft(&builder, STR_EMPTY);
    for (size_t i = 0; i < site->page_count; i++) {
        Page *page = site->pages[i];
        page->nav = NULL;
        page->previous = page->next = NULL;
        if (page->in_nav || page->is_index) {
            place_page(&builder, page);
        }
    }
    apply_config(&builder);
    make_projects(&builder, root);
    check_projects(site);
    finish_node(&builder, root, 0, 0);
    site->nav = root->node;
    site->home = root->node->page;
    for (size_t i = 0; i < site->project_count; i++) {
        fill_project(site, site->projects[i]);
    }
    adopt_hidden_pages(site);
    for (size_t i = 0; i < builder.all.count; i++) {
        vec_release(&builder.all.items[i]->children);
    }
    vec_release(&builder.all);
    map_release(&builder.by_path);
}

/* --- what one page shows ------------------------------------------------------------------- */

typedef VEC(NavItem) NavItems;

/* The child of `parent` on the way down to `target`; NULL when the way does not lead there. */
static const NavNode *step_towards(const NavNode *parent, const NavNode *target) {
    while (target != NULL && target->parent != parent) {
        target = target->parent;
    }
    return target;
}

static void add_more(NavItems *items, const NavNode *parent, size_t count) {
    NavItem item = {.title = parent->title,
                    .page = parent->page,
                    .depth = parent->depth + 1,
                    .more = (uint32_t)count};
    if (count > 0) {
        vec_push(items, item);
    }
}

static void add_row(NavItems *items, const NavNode *parent, const NavNode *target);

static void add_item(NavItems *items, const NavNode *node, const NavNode *target, bool is_open) {
    NavItem item = {.title = node->title,
                    .page = node->page,
                    .depth = node->depth,
                    .is_current = node == target,
                    .is_ancestor = is_open && node != target,
                    .has_children = node->child_count > 0};
    vec_push(items, item);
    if (is_open) {
        add_row(items, node, target);
    }
}

/* One row of siblings: a window around the one that leads to the target, or the first ones. */
static void add_row(NavItems *items, const NavNode *parent, const NavNode *target) {
    const NavNode *open = step_towards(parent, target);
    size_t count = parent->child_count, from = 0, middle = open != NULL ? open->position : 0;
    if (count > NAV_WINDOW && middle > NAV_WINDOW / 2) {
        from = middle - NAV_WINDOW / 2;
        from = from + NAV_WINDOW > count ? count - NAV_WINDOW : from;
    }
    size_t to = from + NAV_WINDOW < count ? from + NAV_WINDOW : count;
    add_more(items, parent, from);
    for (size_t i = from; i < to; i++) {
        add_item(items, parent->children[i], target, parent->children[i] == open);
    }
    add_more(items, parent, count - to);
}

size_t nav_visible(const Site *site, const Page *page, Arena *arena, const NavItem **out) {
    NavItems items = {0};
    add_row(&items, site->nav, page->nav != NULL ? page->nav : site->nav);
    size_t count = items.count;
    *out = vec_to_arena(arena, &items);
    return count;
}

size_t nav_breadcrumbs(const Site *site, const Page *page, Arena *arena, const NavItem **out) {
    size_t count = 0;
    const NavNode *node = page->nav != NULL    ? page->nav->parent
                          : page == site->home ? NULL
                                               : site->nav;
    for (const NavNode *up = node; up != NULL; up = up->parent) {
        count++;
    }
    NavItem *items = arena_array(arena, NavItem, count);
    for (size_t i = count; i > 0; node = node->parent) {
        items[--i] = (NavItem){.title = node->title,
                               .page = node->page,
                               .depth = node->depth,
                               .is_ancestor = true,
                               .has_children = true};
    }
    *out = items;
    return count;
}
