package proving

import (
	"strings"
	"testing"
)

// TestRefusedEdits: where the server does not accept its configuration, or the
// bot cannot be found, the fix ends with an error and every file is as it was.
func TestRefusedEdits(t *testing.T) {
	all := map[string][]trial{"nginx": nginxTrials(t), "apache2": apacheTrials(t), "haproxy": haproxyTrials(t), "caddy": caddyTrials(t)}
	spoil := map[string]string{
		"nginx":   "echo 'nonsense here;' > /etc/nginx/conf.d/zz.conf",
		"apache2": "echo Nonsense >> /etc/apache2/apache2.conf",
		"haproxy": "echo '    nonsense' >> /etc/haproxy/haproxy.cfg",
		"caddy":   "printf 'other.example.org {\\n\\tnonsense\\n}\\n' >> /etc/caddy/Caddyfile",
	}
	for server, trials := range all {
		for _, c := range trials {
			c.spoil = spoil[server]
			switch c.name {
			case "not found": // the bot is not running
				c.bot, c.spoil = "", "true"
			case "intermediate", "plain HTTP":
			default:
				continue
			}
			t.Run(server+", "+c.name, func(t *testing.T) {
				t.Parallel()
				need(t, server)
				c.refused(t, newGround(t, strings.HasPrefix(c.finding, "chain.")))
			})
		}
	}
}

func (c trial) refused(t *testing.T, g ground) {
	t.Helper()
	for name, text := range c.files {
		g.bot.write(t, name, []byte(text))
	}
	if c.bot != "" {
		g.bot.startBot(t, c.bot)
	}
	g.bot.run(t, c.start)
	broken := c.await(t, g, hookURL, "the finding", func(r result) bool { return r.finding(c.finding) != nil })
	fix := broken.remedy(t, c.finding, c.remedy)
	g.bot.run(t, c.spoil)
	original := g.bot.etc(t)
	out, err := g.bot.try(t, fix.Body)
	if err == nil {
		t.Errorf("no error:\n%s", out)
	}
	if names := changed(original, g.bot.etc(t)); len(names) > 0 {
		t.Errorf("it left %v changed\n%s", names, out)
	}
	if !strings.Contains(out, "the configuration is as it was") {
		t.Errorf("it does not say so:\n%s", out)
	}
	c.await(t, g, hookURL, "the same as before", func(r result) bool { return r.finding(c.finding) != nil })
}
