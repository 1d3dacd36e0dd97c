// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>
#include <sys/socket.h>

// False for every address that is not globally reachable unicast (IANA special-purpose registries,
// RFC 6890), also when it is wrapped into IPv6 (mapped, NAT64, 6to4), and for what is not IP.
bool address_is_public(const struct sockaddr *at);
