package web_test

import (
	"strings"
	"testing"

	"hookcheck/internal/langtest"
	"hookcheck/web"
)

// TestProblemsInRussian: an error of the API is told in the language of the
// document, of the query or of the header, title and detail.
func TestProblemsInRussian(t *testing.T) {
	s := newSite(t, nil, func(o *web.Options) { o.Rate = 3 })
	const doc = "application/json"
	for name, w := range map[string]struct {
		status int
		field  string
		got    problemDoc
	}{
		"lang in the document": {422, "target", decodeProblem(t, s.post("/api/v1/checks", doc, `{"target":"a..b","lang":"ru"}`))},
		"found before lang":    {400, "target", decodeProblem(t, s.post("/api/v1/checks", doc, `{"target":7}`, "Accept-Language", "ru"))},
		"unknown member":       {400, "tarjet", decodeProblem(t, s.post("/api/v1/checks", doc, `{"lang":"ru","tarjet":"x"}`, "Accept-Language", "ru"))},
		"no JSON":              {415, "", decodeProblem(t, s.post("/api/v1/checks?lang=ru", "text/plain", `x`))},
		"query":                {422, "file", decodeProblem(t, s.post("/api/v1/pem?lang=ru", "application/x-pem-file", " "))},
		"rule":                 {404, "", decodeProblem(t, s.get("/api/v1/rules/none?lang=ru"))},
		"report":               {404, "id", decodeProblem(t, s.get("/api/v1/checks/none", "Accept-Language", "ru"))},
		"nothing there":        {404, "", decodeProblem(t, s.get("/api/v1/none", "Accept-Language", "ru"))},
		"explain":              {422, "text", decodeProblem(t, s.post("/api/v1/explain", doc, `{"text":"","lang":"ru"}`))},
	} {
		p := w.got
		if p.Status != w.status || p.Field != w.field || !langtest.Cyrillic(p.Title) || p.Detail != "" && !langtest.Cyrillic(p.Detail) || langtest.EnglishRun(p.Detail) != "" {
			t.Errorf("%s: %+v", name, p)
		}
	}
	if p := decodeProblem(t, s.post("/api/v1/checks", doc, `{"target":"a..b","lang":"en"}`, "Accept-Language", "ru")); langtest.Cyrillic(p.Title + p.Detail) {
		t.Errorf("lang=en, and yet: %+v", p)
	}
	for range 4 {
		w := s.post("/api/v1/checks", doc, `{"target":"bot.example.org:8443","timeout_ms":1,"lang":"ru"}`)
		if w.Code == 429 {
			if p := decodeProblem(t, w); !langtest.Cyrillic(p.Title) || !langtest.Cyrillic(p.Detail) {
				t.Errorf("%+v", p)
			}
			return
		}
	}
	t.Error("the limit of checks never came")
}

// TestMistakesOnPages: the line beside a field does not begin with the name
// that programs know it by.
func TestMistakesOnPages(t *testing.T) {
	s := newSite(t, nil)
	for _, root := range []string{"", "/ru"} {
		for _, body := range []string{
			s.postForm(root+"/checks", field{key: "target", value: "a..b"}).Body.String(),
			s.postForm(root+"/checks", field{key: "target", value: "quite unknown words"}).Body.String(),
			s.postForm(root + "/pem").Body.String(),
			s.postForm(root+"/explain", field{key: "text", value: " "}).Body.String(),
		} {
			_, line, found := strings.Cut(body, `role="alert">`)
			line, _, _ = strings.Cut(line, "<")
			if !found || line == "" || strings.Contains(line, "target:") || strings.Contains(line, "file:") || langtest.Cyrillic(line) != (root == "/ru") {
				t.Errorf("%s: %q", root, line)
			}
		}
	}
}
