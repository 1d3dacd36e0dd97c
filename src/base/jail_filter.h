// SPDX-License-Identifier: Apache-2.0
// The system calls that work in a jail may make. In force from here on, for this process and what
// would come after it. False: the system has no seccomp.
#pragma once
#include "base/base.h"

MUST_USE bool jail_filter(void);

#if defined(__SANITIZE_ADDRESS__)
#define JAIL_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define JAIL_ASAN 1
#endif
#endif
#ifndef JAIL_ASAN
#define JAIL_ASAN 0
#endif
