// SPDX-License-Identifier: Apache-2.0
// The small shop of test/flow with a back office: an owner who is signed in, and staff with chosen
// permissions.
#pragma once
#include "../../test/flow/fixture.h"

struct office {
    struct fixture f;
    int64_t owner;
};
void office_open(struct office *o);
void office_close(struct office *o);
int64_t office_staff(struct office *o, const char *email, const char *role,
                     const char *perm);                // perm NULL: none
void office_enter(struct office *o, int64_t staff_id); // signs the browser in
void office_leave(struct office *o);                   // a browser without cookies
struct str office_between(struct office *o, struct str text, const char *after,
                          const char *until); // or absent
// A form as a page shows it: its hidden key.
struct str office_key(struct office *o, const struct test_response *r);
// Posts a multipart form with one file.
struct office_file {
    const char *path, *field, *filename, *type;
    struct str bytes;
    const char *const *fields; // name, value, ..., NULL
};
struct test_response office_upload(struct office *o, const struct office_file *u);
