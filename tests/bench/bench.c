/* SPDX-License-Identifier: MIT
 * bench.c - runs commands and prints their CPU time and peak memory as ratios to the first one.
 * Usage: bench ROUNDS NAME PREPARATION COMMAND [NAME PREPARATION COMMAND]...
 * PREPARATION and COMMAND are each one word for sh -c; what the preparation takes does not count.
 * The best of ROUNDS rounds counts; the rounds of all commands alternate. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

typedef struct Job {
    const char *name, *preparation, *command;
    double cpu, wall; /* seconds, best */
    long peak_kib;
} Job;

static double seconds(struct timeval time) {
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void run(Job *job) {
    struct rusage usage;
    int status;
    if (system(job->preparation) != 0) {
        fprintf(stderr, "bench: %s cannot be prepared\n", job->name);
        exit(1);
    }
    double start = now();
    pid_t child = fork();
    if (child == 0) {
        execl("/bin/sh", "sh", "-c", job->command, (char *)NULL);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, &usage) < 0 || !WIFEXITED(status) ||
        WEXITSTATUS(status) > 1) {
        fprintf(stderr, "bench: %s failed\n", job->name);
        exit(1);
    }
    double wall = now() - start, cpu = seconds(usage.ru_utime) + seconds(usage.ru_stime);
    job->cpu = job->cpu == 0 || cpu < job->cpu ? cpu : job->cpu;
    job->wall = job->wall == 0 || wall < job->wall ? wall : job->wall;
    job->peak_kib = usage.ru_maxrss;
}

int main(int argc, char **argv) {
    Job jobs[16] = {0};
    int count = 0, rounds = argc > 1 ? atoi(argv[1]) : 0;
    for (int i = 2; i + 2 < argc && count < 16; i += 3) {
        jobs[count++] = (Job){.name = argv[i], .preparation = argv[i + 1], .command = argv[i + 2]};
    }
    if (rounds < 1 || count == 0) {
        fprintf(stderr, "usage: bench ROUNDS NAME PREPARATION COMMAND ...\n");
        return 2;
    }
    for (int round = 0; round < rounds; round++) {
        for (int i = 0; i < count; i++) {
            run(&jobs[i]);
        }
    }
    printf("%-28s %10s %10s %10s %8s\n", "", "cpu ms", "wall ms", "peak MiB", "ratio");
    for (int i = 0; i < count; i++) {
        printf("%-28s %10.1f %10.1f %10.1f %8.2f\n", jobs[i].name, jobs[i].cpu * 1e3,
               jobs[i].wall * 1e3, (double)jobs[i].peak_kib / 1024, jobs[i].cpu / jobs[0].cpu);
    }
    return 0;
}
