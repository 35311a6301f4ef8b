/* SPDX-License-Identifier: MIT
 * highlight_machine.c - all patterns of a mode at once: a deterministic automaton whose states are
 * made when text first leads to them. Most text needs a few dozen of them. */
#include "text/highlight_internal.h"

#include <stdlib.h>
#include <string.h>

#define STATE_UNKNOWN (-1)
#define STATE_DEAD    (-2)
#define MAX_STATES    1000 /* then they are forgotten and made anew */
#define MAX_AHEAD     256  /* bytes behind the best match so far */

void machine_add_rule(Machine *machine, uint32_t first_node, uint8_t conditions) {
    vec_push(&machine->starts, first_node);
    vec_push(&machine->conditions, conditions);
    machine->used_conditions |= conditions;
}

/* --- bytes that no rule tells apart -------------------------------------------------------- */

static int lowest_bit(uint64_t bits) {
    return __builtin_ctzll(bits);
}

/* Splits the classes by one more set; `sizes` are their numbers of bytes. */
static void refine(Machine *machine, const ByteSet *set, uint16_t *sizes) {
    int16_t inside[256];        /* class -> the class of its bytes in the set */
    uint16_t counts[256] = {0}; /* class -> its bytes in the set */
    uint32_t before = machine->class_count;
    memset(inside, -1, before * sizeof *inside);
    for (int k = 0; k < 4; k++) {
        for (uint64_t bits = set->bits[k]; bits; bits &= bits - 1)
            counts[machine->classes[k * 64 + lowest_bit(bits)]]++;
    }
    for (int k = 0; k < 4; k++) {
        for (uint64_t bits = set->bits[k]; bits; bits &= bits - 1) {
            int byte = k * 64 + lowest_bit(bits);
            uint8_t class = machine->classes[byte];
            if (counts[class] == sizes[class])
                continue; /* all of it */
            if (inside[class] < 0) {
                inside[class] = (int16_t)machine->class_count++;
                counts[inside[class]] = sizes[inside[class]] = counts[class];
            }
            machine->classes[byte] = (uint8_t)inside[class];
        }
    }
    for (uint32_t i = 0; i < before; i++) {
        if (inside[i] >= 0)
            sizes[i] = (uint16_t)(sizes[i] - counts[i]);
    }
}

static void make_classes(Machine *machine) {
    memset(machine->classes, 0, sizeof machine->classes);
    uint16_t sizes[256] = {256};
    machine->class_count = 1;
    for (size_t i = 0; i < machine->nfa.sets.count; i++)
        refine(machine, &machine->nfa.sets.items[i], sizes);
    for (unsigned byte = 0; byte < 256; byte++)
        machine->samples[machine->classes[byte]] = (uint8_t)byte;
}

/* --- states -------------------------------------------------------------------------------- */

/* Adds what can be reached from `node` without a byte to `work`. */
static void close_over(Machine *machine, uint32_t node) {
    vec_push(&machine->stack, node);
    while (machine->stack.count > 0) {
        uint32_t at = machine->stack.items[--machine->stack.count];
        if (at == NFA_NONE || machine->marks[at] == machine->generation)
            continue;
        machine->marks[at] = machine->generation;
        const NfaNode *node_at = &machine->nfa.nodes.items[at];
        if (node_at->kind != NFA_SPLIT) {
            vec_push(&machine->work, at);
            continue;
        }
        vec_push(&machine->stack, node_at->other);
        vec_push(&machine->stack, node_at->next);
    }
}

static void begin_work(Machine *machine) {
    machine->work.count = 0;
    if (++machine->generation == 0) { /* came round */
        memset(machine->marks, 0, machine->nfa.nodes.count * sizeof *machine->marks);
        machine->generation = 1;
    }
}

static void sort_work(Machine *machine) {
    uint32_t *items = machine->work.items;
    for (size_t i = 1; i < machine->work.count; i++) { /* nearly sorted, and short */
        uint32_t item = items[i];
        size_t k = i;
        for (; k > 0 && items[k - 1] > item; k--)
            items[k] = items[k - 1];
        items[k] = item;
    }
}

static uint64_t hash_work(const Machine *machine) {
    uint64_t hash = 1469598103934665603u;
    for (size_t i = 0; i < machine->work.count; i++)
        hash = (hash ^ machine->work.items[i]) * 1099511628211u;
    return hash ^ (hash >> 29);
}

static void enter_slot(Machine *machine, uint32_t state) {
    size_t mask = machine->slot_count - 1;
    size_t slot = machine->states.items[state].hash & mask;
    while (machine->slots[slot])
        slot = (slot + 1) & mask;
    machine->slots[slot] = state + 1;
}

static void grow_slots(Machine *machine) {
    free(machine->slots);
    machine->slot_count = machine->slot_count ? machine->slot_count * 2 : 64;
    machine->slots = calloc(machine->slot_count, sizeof *machine->slots);
    if (!machine->slots)
        abort();
    for (uint32_t i = 0; i < machine->states.count; i++)
        enter_slot(machine, i);
}

static bool equals_work(const Machine *machine, const MachineState *state) {
    return state->count == machine->work.count &&
           memcmp(machine->members.items + state->first, machine->work.items,
                  state->count * sizeof(uint32_t)) == 0;
}

static void add_state(Machine *machine, uint64_t hash) {
    MachineState state = {(uint32_t)machine->members.count, (uint32_t)machine->work.count, hash};
    int32_t accept = -1;
    for (size_t i = 0; i < machine->work.count; i++) {
        const NfaNode *node = &machine->nfa.nodes.items[machine->work.items[i]];
        if (node->kind == NFA_ACCEPT && (accept < 0 || (int32_t)node->set < accept))
            accept = (int32_t)node->set;
        vec_push(&machine->members, machine->work.items[i]);
    }
    vec_push(&machine->states, state);
    vec_push(&machine->rows, accept);
    for (uint32_t i = 0; i < machine->class_count; i++)
        vec_push(&machine->rows, STATE_UNKNOWN);
}

static int32_t row_of(const Machine *machine, size_t state) {
    return (int32_t)(state * (machine->class_count + 1));
}

/* The row of the state whose nodes are in `work`; made when there is none. */
static int32_t find_state(Machine *machine) {
    if (machine->work.count == 0)
        return STATE_DEAD;
    sort_work(machine);
    uint64_t hash = hash_work(machine);
    if (machine->states.count * 2 >= machine->slot_count)
        grow_slots(machine);
    size_t mask = machine->slot_count - 1;
    for (size_t slot = hash & mask; machine->slots[slot]; slot = (slot + 1) & mask) {
        uint32_t state = machine->slots[slot] - 1;
        if (machine->states.items[state].hash == hash &&
            equals_work(machine, &machine->states.items[state]))
            return row_of(machine, state);
    }
    add_state(machine, hash);
    enter_slot(machine, (uint32_t)machine->states.count - 1);
    return row_of(machine, machine->states.count - 1);
}

static void forget_states(Machine *machine) {
    machine->states.count = machine->members.count = 0;
    machine->rows.count = 0;
    if (machine->slot_count)
        memset(machine->slots, 0, machine->slot_count * sizeof *machine->slots);
    for (int i = 0; i < START_COUNT; i++)
        machine->start[i] = STATE_UNKNOWN;
}

static int32_t start_state(Machine *machine, int conditions) {
    begin_work(machine);
    for (size_t i = 0; i < machine->starts.count; i++) {
        if ((machine->conditions.items[i] & ~conditions) == 0)
            close_over(machine, machine->starts.items[i]);
    }
    return machine->start[conditions] = find_state(machine);
}

static int32_t make_transition(Machine *machine, int32_t row, uint8_t class) {
    size_t from = (size_t)row / (machine->class_count + 1);
    MachineState state = machine->states.items[from];
    uint8_t sample = machine->samples[class];
    begin_work(machine);
    for (uint32_t i = 0; i < state.count; i++) {
        const NfaNode *node = &machine->nfa.nodes.items[machine->members.items[state.first + i]];
        if (node->kind == NFA_SET && byteset_has(&machine->nfa.sets.items[node->set], sample))
            close_over(machine, node->next);
    }
    if (machine->states.count >= MAX_STATES) {
        forget_states(machine); /* `work` survives */
        return find_state(machine);
    }
    int32_t to = find_state(machine);
    machine->rows.items[(size_t)row + 1 + class] = to;
    return to;
}

/* --- outside ------------------------------------------------------------------------------- */

/* Marks the bytes that lead anywhere from the start of a rule without one of `conditions`. */
static void find_first_bytes(Machine *machine, uint8_t conditions, uint8_t mark) {
    ByteSet all = {{0}};
    begin_work(machine);
    for (size_t i = 0; i < machine->starts.count; i++) {
        if (!(machine->conditions.items[i] & conditions))
            close_over(machine, machine->starts.items[i]);
    }
    for (size_t i = 0; i < machine->work.count; i++) {
        const NfaNode *node = &machine->nfa.nodes.items[machine->work.items[i]];
        for (int k = 0; k < 4 && node->kind == NFA_SET; k++)
            all.bits[k] |= machine->nfa.sets.items[node->set].bits[k];
    }
    for (unsigned byte = 0; byte < 256; byte++) {
        if (byteset_has(&all, (uint8_t)byte))
            machine->may_start[byte] |= mark;
    }
}

void machine_prepare(Machine *machine) {
    if (machine->is_ready)
        return;
    machine->is_ready = true;
    machine->marks = calloc(machine->nfa.nodes.count + 1, sizeof *machine->marks);
    if (!machine->marks)
        abort();
    make_classes(machine);
    forget_states(machine);
    find_first_bytes(machine, 0, MAY_START);
    find_first_bytes(machine, AT_LINE_START | AT_LINE_TEXT, MAY_START_INSIDE);
    machine->may_start['\n'] |= MAY_START_INSIDE;
}

int32_t machine_match(Machine *machine, int conditions, Str text, size_t at, size_t *match_end) {
    int32_t row = machine->start[conditions], rule = -1;
    if (row == STATE_UNKNOWN)
        row = start_state(machine, conditions);
    const uint8_t *from = (const uint8_t *)text.data + at, *best = from;
    const uint8_t *end = (const uint8_t *)text.data + text.len;
    const int32_t *rows = machine->rows.items;
    for (const uint8_t *p = from; p < end && row >= 0;) {
        uint8_t class = machine->classes[*p];
        int32_t to = rows[row + 1 + class];
        if (to == STATE_UNKNOWN) {
            to = make_transition(machine, row, class);
            rows = machine->rows.items; /* they may have moved */
        }
        if (to < 0)
            break;
        row = to;
        p++;
        if (rows[row] >= 0) {
            rule = rows[row];
            best = p;
        } else if (p - best > MAX_AHEAD) {
            break;
        }
    }
    *match_end = at + (size_t)(best - from);
    return rule;
}

void machine_release(Machine *machine) {
    vec_release(&machine->nfa.nodes);
    vec_release(&machine->nfa.sets);
    vec_release(&machine->starts);
    vec_release(&machine->conditions);
    vec_release(&machine->states);
    vec_release(&machine->members);
    vec_release(&machine->rows);
    vec_release(&machine->stack);
    vec_release(&machine->work);
    free(machine->slots);
    free(machine->marks);
}
