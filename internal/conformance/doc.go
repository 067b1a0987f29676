// Package conformance holds no code but tests: cases of the public suites
// BetterTLS and x509-limbo, rebuilt with certificates of our own, put before
// package verify and before the openssl command. OpenSSL is what Telegram's
// client uses, so that where it differs from a suite, we do. docs/conformance.md
// is made from the results.
package conformance
