// SPDX-License-Identifier: Apache-2.0
// A seccomp-bpf program of pairs of instructions: is it this call? then that. Calls that name files
// and those that libraries make on the way and can live without fail with EACCES; whatever is not
// in the table ends the process. Memory may be mapped, but not to be executed.
#include "base/jail_filter.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#if defined(__x86_64__)
#define JAIL_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define JAIL_ARCH AUDIT_ARCH_AARCH64
#endif

#ifdef JAIL_ARCH
enum { MAX_STEPS = 256, X32 = 0x40000000 };

static const int allowed[] = {
    SYS_read,
    SYS_write,
    SYS_writev,
    SYS_close,
    SYS_exit,
    SYS_exit_group,
    SYS_munmap,
    SYS_mremap,
    SYS_madvise,
    SYS_brk,
    SYS_futex,
    SYS_sched_yield,
    SYS_clock_gettime,
    SYS_clock_getres,
    SYS_gettimeofday,
    SYS_nanosleep,
    SYS_getpid,
    SYS_gettid,
    SYS_rt_sigreturn,
    SYS_restart_syscall,
    SYS_getrandom,
    SYS_sysinfo,
    SYS_sched_getaffinity,
#if JAIL_ASAN // reports of the sanitizer
    SYS_rt_sigaction,
    SYS_rt_sigprocmask,
    SYS_sigaltstack,
#endif
};
static const int failing[] = {
    SYS_openat, SYS_newfstatat, SYS_statx, SYS_fstat,  SYS_faccessat, SYS_readlinkat, SYS_getcwd,
    SYS_lseek,  SYS_fcntl,      SYS_ioctl, SYS_prctl,  SYS_prlimit64, SYS_getrusage,  SYS_uname,
#ifdef SYS_open // older names, which aarch64 does not have
    SYS_open,   SYS_stat,       SYS_lstat, SYS_access, SYS_readlink,  SYS_getrlimit,  SYS_time,
#endif
};
static const int mapping[] = {SYS_mmap, SYS_mprotect}; // the third argument is the protection

struct program {
    struct sock_filter v[MAX_STEPS];
    unsigned short n;
};

static void step(struct program *p, struct sock_filter f) {
    ensure(p->n < MAX_STEPS);
    p->v[p->n++] = f;
}

static void load(struct program *p, size_t offset) {
    step(p, (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset));
}

static void answer(struct program *p, uint32_t with) {
    step(p, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, with));
}

static void when(struct program *p, int number, uint32_t with) {
    step(p, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)number, 0, 1));
    answer(p, with);
}

static void when_mapping(struct program *p, int number) {
    step(p, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)number, 0, 4));
    load(p, offsetof(struct seccomp_data, args[2])); // the low half on both machines
    step(p, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, PROT_EXEC, 0, 1));
    answer(p, SECCOMP_RET_KILL_PROCESS);
    answer(p, SECCOMP_RET_ALLOW);
}

static void build(struct program *p) {
    load(p, offsetof(struct seccomp_data, arch));
    step(p, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, JAIL_ARCH, 1, 0));
    answer(p, SECCOMP_RET_KILL_PROCESS);
    load(p, offsetof(struct seccomp_data, nr));
    step(p, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, X32, 0, 1));
    answer(p, SECCOMP_RET_KILL_PROCESS);
    for (size_t i = 0; i < ARRAY_LEN(allowed); i++) when(p, allowed[i], SECCOMP_RET_ALLOW);
    for (size_t i = 0; i < ARRAY_LEN(failing); i++) when(p, failing[i], SECCOMP_RET_ERRNO | EACCES);
    for (size_t i = 0; i < ARRAY_LEN(mapping); i++) when_mapping(p, mapping[i]);
    answer(p, SECCOMP_RET_KILL_PROCESS);
}

bool jail_filter(void) {
    struct program p = {.n = 0};
    build(&p);
    struct sock_fprog program = {.len = p.n, .filter = p.v};
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0;
}
#else
bool jail_filter(void) { return false; }
#endif
