.PHONY: check test run templ fixtures roots fuzz bench screenshots lighthouse

check test: ## everything that has to pass, as CI runs it
	bash scripts/test.sh

run: ## the server on 127.0.0.1:8080
	go run ./cmd/server

templ: ## code of the pages, from web/templates/*.templ
	go tool templ generate

fixtures: ## certificates below testdata/certs
	go generate ./internal/testpki

roots: ## the root lists in rootstore/
	go generate ./rootstore

screenshots: ## pictures of the pages, in docs/screenshots
	mkdir -p docs/screenshots
	HOOKCHECK_BROWSER=required HOOKCHECK_PICTURES=$(CURDIR)/docs/screenshots go test -count=1 -run TestScreenshots ./web

lighthouse: ## Lighthouse on the front page and a report, in docs/lighthouse.md
	npm ci --prefix web/testdata/lighthouse --ignore-scripts --no-audit --no-fund --silent
	HOOKCHECK_LIGHTHOUSE=required HOOKCHECK_LIGHTHOUSE_TABLE=$(CURDIR)/docs/lighthouse.md go test -count=1 -run TestLighthouse -v ./web

bench:
	go test -run '^$$' -bench . -benchmem ./...

FUZZTIME ?= 1m
fuzz: ## every fuzz target for FUZZTIME
	@for pkg in $$(go list ./...); do \
	  for target in $$(go test -list '^Fuzz' $$pkg | grep '^Fuzz'); do \
	    echo "$$pkg $$target"; go test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) $$pkg || exit 1; \
	  done; \
	done
