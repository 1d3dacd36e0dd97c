# SPDX-License-Identifier: Apache-2.0
# The commands of every day; the build itself is in meson.build.
DIR = demo-shop

.PHONY: all run check quality bench fuzz clean format

all:                        # builds build/kontor
	@scripts/deps.sh --check build
	@scripts/build.sh build --target kontor

run:                        # from a fresh machine to a shop that sells: http://127.0.0.1:8080 and /desk
	@scripts/deps.sh build
	@scripts/build.sh build --target kontor
	@scripts/run.sh $(DIR)

check:                      # from a fresh machine to all tests; the last line is `N passed, N failed`
	@scripts/deps.sh build test
	@test/run.sh

quality:                    # every template in every language, scheme and width, with screenshots; Lighthouse
	@scripts/deps.sh build test
	@scripts/build.sh build --target kontor
	@test/browser/run.sh every
	@test/browser/run.sh lighthouse

bench:                      # loads, peers, ratios; writes bench/results/*.json
	@scripts/deps.sh build bench
	@scripts/build.sh build --target kontor
	@bench/run.sh

fuzz:                       # every fuzzer for a minute
	@scripts/deps.sh build fuzz
	@scripts/fuzz.sh 60

clean:
	rm -rf build build-asan build-fuzz

format:                     # lays out all C by .clang-format
	@scripts/deps.sh --check format
	find src tools test -name '*.[ch]' | xargs clang-format -i
