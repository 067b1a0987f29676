package probe

import (
	"bytes"

	"hookcheck/checker/evidence"
)

// maxHeadSize is what the client reads in search of the end of a head
// (HttpReader.h, MAX_TOTAL_HEADERS_LENGTH).
const maxHeadSize = 1 << 18

// answer reads an HTTP answer as it arrives and comes to the decisions of the
// client's own reader (td/net/HttpReader.cpp), which differs from RFC 9112 in
// many points: without Content-Length and chunks an answer has no body.
type answer struct {
	in      []byte // not yet taken
	scanned int    // of in, in search of the end of the head
	head    *head
	flow    flow
	content []byte // without framing
	judged  bool   // content is the beginning of a body too long to be kept
	skipped int    // of the body behind it
	whole   bool
	err     *clientError
}

// feed takes what arrived and says whether the answer is decided.
func (a *answer) feed(p []byte) (decided bool) {
	if a.decided() {
		return true
	}
	a.in = append(a.in, p...)
	if a.head == nil {
		a.readHead()
	}
	if a.head != nil && !a.decided() {
		a.readBody()
	}
	return a.decided()
}

// verdict is what the client makes of a decided answer, nil where it takes it
// for one. It reads a request where an answer should be, and complains only
// when that is whole (telegram-bot-api/WebhookActor.cpp, handle).
func (a *answer) verdict() *clientError {
	if a.err == nil && a.whole && a.head.request != "" {
		return &clientError{evidence.HTTPBadHead, "Wrong response from the webhook: " + a.head.requestText(a.content)}
	}
	return a.err
}

func (a *answer) decided() bool { return a.whole || a.err != nil }

func (a *answer) readHead() {
	end := bytes.Index(a.in[a.scanned:], []byte("\r\n\r\n"))
	if end < 0 {
		a.scanned = max(0, len(a.in)-3)
		if len(a.in) > maxHeadSize {
			a.err = &clientError{evidence.HTTPHeadTooLarge, "Request Header Fields Too Large: total headers size exceeded"}
		}
		return
	}
	end += a.scanned
	if a.head, a.err = parseHead(a.in[:end+2]); a.err != nil {
		return
	}
	a.in = a.in[end+4:]
	if a.flow, a.err = startBody(a.head); a.err == nil && a.flow == nil {
		a.whole = true
	}
}

func (a *answer) readBody() {
	for {
		content, rest, whole, err := a.flow.pass(a.in)
		moved := len(rest) != len(a.in)
		a.in = rest
		a.take(content)
		switch {
		case err != nil:
			a.err = err
			return
		case whole:
			a.whole = true
			if !a.judged {
				a.content, a.err = judgeContent(a.head, a.content, true)
			}
			return
		case a.err != nil:
			return
		case !moved:
			return
		}
	}
}

// take keeps the beginning of a body, judges it when no more can be kept, and
// only counts the rest.
func (a *answer) take(content []byte) {
	if !a.judged {
		a.content = append(a.content, content...)
		if len(a.content) < maxBody {
			return
		}
		content = a.content[maxBody:]
		a.judged = true
		a.content, a.err = judgeContent(a.head, a.content[:maxBody], false)
	}
	if a.skipped += len(content); a.skipped > maxSkipped && a.err == nil {
		a.err = &clientError{evidence.HTTPEndless, ""}
	}
}

// cut is told that no more will come. The client would already have met
// damage in what did come.
func (a *answer) cut() {
	if a.decided() || a.head == nil || a.judged {
		return
	}
	a.content, a.err = judgeContent(a.head, a.content, false)
}
