package web_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sort"
	"testing"

	"github.com/chromedp/chromedp"

	"hookcheck/internal/browser"
	"hookcheck/internal/lab"
	"hookcheck/internal/testpki"
)

// maxPicture is what a picture of the README may weigh.
const maxPicture = 150_000

// TestScreenshots writes the pictures of the README; `make screenshots` runs it.
func TestScreenshots(t *testing.T) {
	dir := os.Getenv("HOOKCHECK_PICTURES")
	if dir == "" {
		t.Skip("only for: make screenshots")
	}
	const missing, self, private = "https://bot.example.org/webhook", "https://self.example.org/webhook", "https://private.example.org/webhook"
	u, _ := open(t, pictured(t), "/")
	for _, p := range []struct {
		name, path, target, scheme, at string
		width, height                  int64
	}{
		{"front", "/", "", "light", "", 1000, 800}, {"front.ru", "/ru/", "", "light", "", 1000, 800},
		{"report", "/", missing, "light", "", 1000, 1150}, {"report.ru", "/ru/", missing, "light", "", 1000, 1150},
		{"chain", "/", missing, "light", "chain", 1000, 620}, {"chain.ru", "/ru/", missing, "light", "chain", 1000, 620},
		{"dark", "/", private, "dark", "", 1000, 800}, {"dark.ru", "/ru/", private, "dark", "", 1000, 800},
		{"phone", "/", self, "light", "", 360, 800}, {"phone.ru", "/ru/", self, "light", "", 360, 800},
	} {
		u.Run(browser.Window(p.width, p.height), browser.Colours(p.scheme), chromedp.Navigate(u.Site+p.path+"?target="+p.target))
		if p.target != "" {
			u.Run(submitForm, chromedp.WaitVisible(chromedp.CSS(`section.verdict`)))
		}
		if p.at != "" {
			u.Run(chromedp.Evaluate[chromedp.Void](`document.getElementById("` + p.at + `").scrollIntoView()`))
		}
		small, err := fewColours(u.Photograph())
		if err != nil || len(small) > maxPicture {
			t.Fatalf("%s: %d bytes, %v", p.name, len(small), err)
		}
		if err := os.WriteFile(filepath.Join(dir, p.name+".png"), small, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// pictured are the lab's servers, and one whose missing intermediate is
// offered by its CA.
func pictured(t *testing.T) map[string]string {
	ca := testpki.PublicRoot().Intermediate("Example Public CA 1")
	shop := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.Write(ca.Cert.Raw) }))
	t.Cleanup(shop.Close)
	leaf := ca.LeafWith([]string{"bot.example.org"}, testpki.AIA(shop.URL+"/ca1.der"))
	hosts := labHosts(t)
	hosts["bot.example.org"] = served(t, lab.OK, leaf, leaf)
	return hosts
}

// fewColours writes a picture with the 256 colours that it uses most, which
// makes a page's picture a third of its size.
func fewColours(in []byte) ([]byte, error) {
	src, err := png.Decode(bytes.NewReader(in))
	if err != nil {
		return nil, err
	}
	count := map[color.RGBA]int{}
	at := func(x, y int) color.RGBA { return color.RGBAModel.Convert(src.At(x, y)).(color.RGBA) }
	b := src.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			count[at(x, y)]++
		}
	}
	var all []color.RGBA
	for c := range count {
		all = append(all, c)
	}
	sort.Slice(all, func(i, j int) bool {
		if count[all[i]] != count[all[j]] {
			return count[all[i]] > count[all[j]]
		}
		return all[i].R < all[j].R || all[i].R == all[j].R && (all[i].G < all[j].G || all[i].G == all[j].G && all[i].B < all[j].B)
	})
	var palette color.Palette
	for _, c := range all[:min(256, len(all))] {
		palette = append(palette, c)
	}
	nearest := map[color.RGBA]uint8{}
	for _, c := range all {
		nearest[c] = uint8(palette.Index(c))
	}
	out := image.NewPaletted(b, palette)
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			out.SetColorIndex(x, y, nearest[at(x, y)])
		}
	}
	var w bytes.Buffer
	err = (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&w, out)
	return w.Bytes(), err
}
