package main

import (
	"crypto/tls"
	"io"
	"log"
)

// quietLog swallows what net/http says about clients that go away.
var quietLog = log.New(io.Discard, "", 0)

func serverConfig(c tls.Certificate) *tls.Config {
	return &tls.Config{Certificates: []tls.Certificate{c}, MinVersion: tls.VersionTLS12}
}
