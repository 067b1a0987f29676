package rules

import (
	"strings"
	"time"
)

// The certificates of the catalogue's examples: one chain under
// bot.example.org and what stands beside it.

func exampleNow() time.Time { return time.Date(2026, time.March, 10, 12, 0, 0, 0, time.UTC) }

func exampleRef(subject, issuer, digit string, from, to int) certRef {
	return certRef{
		Subject: subject, Issuer: issuer, SHA256: strings.Repeat(digit, 32), Position: -1,
		NotBefore: exampleNow().AddDate(0, 0, from), NotAfter: exampleNow().AddDate(0, 0, to),
	}
}

func exampleAt(c certRef, position int) certRef {
	c.Position = position
	return c
}

func exampleLeaf() certRef {
	return exampleAt(exampleRef("CN = bot.example.org", exampleIntermediate().Subject, "3f", -30, 60), 0)
}

func exampleIntermediate() certRef {
	return exampleRef("O = Example CA, CN = Example Intermediate", "O = Example CA, CN = Example Root", "a7", -400, 1000)
}

func exampleCrossSign() certRef {
	return exampleRef("O = Example CA, CN = Example Root", "O = Elder CA, CN = Elder Root", "c2", -400, 900)
}

func exampleRoot() certRef {
	return exampleRef("O = Example CA, CN = Example Root", "O = Example CA, CN = Example Root", "0b", -2000, 5000)
}

func exampleOther() certRef {
	return exampleRef("O = Former CA, CN = Former Intermediate", "O = Former CA, CN = Former Root", "d8", -900, 900)
}

func exampleSelfSigned() certRef {
	return exampleAt(exampleRef("CN = bot.example.org", "CN = bot.example.org", "5e", -30, 335), 0)
}
