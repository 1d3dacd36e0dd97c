// SPDX-License-Identifier: Apache-2.0
// What the disk gives: appends of 4 KiB with fdatasync, one after the other. fsync FILE SECONDS prints how many a second.
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

int main(int argc, char **argv) {
    static char block[4096];
    struct timespec begin, t;
    double took = 0;
    long n = 0;
    int fd = argc == 3 ? open(argv[1], O_CREAT | O_TRUNC | O_WRONLY, 0600) : -1;
    if (fd < 0) return fputs("usage: fsync FILE SECONDS\n", stderr), 2;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    for (; took < atoi(argv[2]); n++) {
        if (write(fd, block, sizeof block) != sizeof block || fdatasync(fd) != 0) return perror("fsync"), 1;
        clock_gettime(CLOCK_MONOTONIC, &t);
        took = (double)(t.tv_sec - begin.tv_sec) + (double)(t.tv_nsec - begin.tv_nsec) / 1e9;
    }
    close(fd);
    unlink(argv[1]);
    printf("%.0f\n", (double)n / took);
    return 0;
}
