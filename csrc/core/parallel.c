/* SPDX-License-Identifier: MIT */
#include "parallel.h"

#ifdef _WIN32
#include <windows.h>
#include <process.h>
typedef HANDLE thread_handle;
#else
#include <pthread.h>
typedef pthread_t thread_handle;
#endif

enum { PART_ROWS = 1 << 12 };

struct task {
    sst_part_function function;
    void *work;
    int part;
    int parts;
};

#ifdef _WIN32

static unsigned __stdcall
run_task(void *argument)
{
    const struct task *task = argument;
    task->function(task->work, task->part, task->parts);
    return 0;
}

static int
start_thread(thread_handle *handle, struct task *task)
{
    *handle = (HANDLE)_beginthreadex(NULL, 0, run_task, task, 0, NULL);
    return *handle != NULL;
}

static void
join_thread(thread_handle handle)
{
    WaitForSingleObject(handle, INFINITE);
    CloseHandle(handle);
}

#else

static void *
run_task(void *argument)
{
    const struct task *task = argument;
    task->function(task->work, task->part, task->parts);
    return NULL;
}

static int
start_thread(thread_handle *handle, struct task *task)
{
    return pthread_create(handle, NULL, run_task, task) == 0;
}

static void
join_thread(thread_handle handle)
{
    pthread_join(handle, NULL);
}

#endif

void
sst_parallel(sst_part_function function, void *work, int parts)
{
    thread_handle handles[SST_MAX_THREADS];
    struct task tasks[SST_MAX_THREADS];
    int started = 0;
    while (started < parts - 1) {
        tasks[started] = (struct task){function, work, started + 1, parts};
        if (!start_thread(&handles[started], &tasks[started]))
            break;
        started++;
    }
    function(work, 0, parts);
    for (int part = started + 1; part < parts; part++)
        function(work, part, parts);
    for (int k = 0; k < started; k++)
        join_thread(handles[k]);
}

int
sst_parts_for(ptrdiff_t n, int most)
{
    ptrdiff_t worth = n / PART_ROWS + 1;
    return worth < most ? (int)worth : most;
}

ptrdiff_t
sst_part_start(ptrdiff_t n, int part, int parts)
{
    ptrdiff_t each = n / parts, rest = n % parts;
    return each * part + (part < rest ? part : rest);
}
