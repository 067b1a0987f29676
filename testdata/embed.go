// Package testdata gives tests the committed keys and fixtures.
package testdata

import "embed"

// Keys are the committed RSA test keys.
//
//go:embed certs/keys/*.pem
var Keys embed.FS
