package proving

import (
	"bufio"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"hookcheck/checker/remedy"
	"hookcheck/internal/testpki"
)

// host is a machine of its own in namespaces: its network, processes, /etc,
// /run and logs are its own. It ends with the test.
type host struct{ pid int }

// private gives the machine its own copy of what servers and firewalls write.
const private = `set -e
mount --make-rprivate /
mount -t proc proc /proc
mount -t tmpfs none /mnt
cp -a /etc /mnt/etc
mount --bind /mnt/etc /etc
[ ! -x /usr/bin/certbot ] || mkdir -p /var/lib/letsencrypt # which certbot makes at its first run
for d in /run /var/log /var/backups /var/lib/nginx /var/lib/haproxy /var/lib/caddy /var/lib/letsencrypt /var/cache/apache2; do
  if [ -d $d ]; then mount -t tmpfs -o mode=755 none $d; fi
done
if [ -d /var/lib/apache2 ]; then cp -a /var/lib/apache2 /mnt/apache2; mount --bind /mnt/apache2 /var/lib/apache2; fi
mkdir -p /run/haproxy /run/lock /run/apache2 /run/sshd /var/log/nginx /var/log/apache2 /var/lib/haproxy/dev
ip link set lo up
echo ready
while :; do sleep 1000 & wait $!; done
`

func startHost(t *testing.T) *host {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Fatal("namespaces need root")
	}
	cmd := exec.Command("bash", "-c", private)
	cmd.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNS | syscall.CLONE_NEWPID | syscall.CLONE_NEWNET | syscall.CLONE_NEWIPC, Pdeathsig: 0}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	if line, _ := bufio.NewReader(out).ReadString('\n'); line != "ready\n" {
		t.Fatalf("the machine did not start: %q", line)
	}
	return &host{cmd.Process.Pid}
}

func (h *host) enter(args ...string) *exec.Cmd {
	return exec.Command("nsenter", append([]string{"-t", fmt.Sprint(h.pid), "-m", "-p", "-n", "-i"}, args...)...)
}

// network puts a command of this machine into the host's network.
func (h *host) network() []string { return []string{"nsenter", "-t", fmt.Sprint(h.pid), "-n"} }

// try runs a script as the contract says: bash -e, root, no input.
func (h *host) try(t *testing.T, script string) (string, error) {
	t.Helper()
	// A file, as daemons would keep a pipe open.
	log, err := os.Create(filepath.Join(t.TempDir(), "log"))
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	cmd := h.enter("bash", "-e", "-c", script)
	cmd.Stdout, cmd.Stderr = log, log
	cmd.Env = append(os.Environ(), "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "XDG_DATA_HOME=/var/lib/caddy", "XDG_CONFIG_HOME=/var/lib/caddy")
	err = cmd.Run()
	out, _ := os.ReadFile(log.Name())
	return string(out), err
}

func (h *host) run(t *testing.T, script string) string {
	t.Helper()
	out, err := h.try(t, script)
	if err != nil {
		t.Fatalf("%v\n%s\n--- from\n%s", err, out, head(script))
	}
	return out
}

// head leaves long programs out of a message.
func head(script string) string {
	script = remedy.Outline(script)
	if len(script) > 3000 {
		return script[:3000] + "…"
	}
	return script
}

func (h *host) path(name string) string { return fmt.Sprintf("/proc/%d/root%s", h.pid, name) }

func (h *host) write(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(h.path(name)), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(h.path(name), data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// etc is what stands below /etc: mode, and target or digest.
func (h *host) etc(t *testing.T) map[string]string {
	t.Helper()
	state := map[string]string{}
	root := h.path("/etc")
	err := filepath.WalkDir(root+"/", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name := strings.TrimPrefix(path, root)
		if d.Type()&fs.ModeSymlink != 0 {
			state[name], err = os.Readlink(path)
			return err
		}
		if !d.Type().IsRegular() {
			return nil
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		state[name] = fmt.Sprintf("%v %x", info.Mode(), sha256.Sum256(data))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return state
}

// changed names the files that differ.
func changed(a, b map[string]string) []string {
	var names []string
	for name := range a {
		if a[name] != b[name] {
			names = append(names, name)
		}
	}
	for name := range b {
		if _, ok := a[name]; !ok {
			names = append(names, name)
		}
	}
	return names
}

// botVariable makes the test's own program the bot.
const botVariable = "HOOKCHECK_PROVING_BOT"

// serveBot answers POSTs to /webhook, and as a CA's server gives out the
// intermediate.
func serveBot(addr string) {
	http.HandleFunc("GET /ca.der", func(w http.ResponseWriter, _ *http.Request) { w.Write(testpki.DERs(testpki.PublicCA())[0]) })
	http.HandleFunc("POST /webhook", func(w http.ResponseWriter, _ *http.Request) {})
	fmt.Fprintln(os.Stderr, http.ListenAndServe(addr, nil))
	os.Exit(1)
}

// startBot runs the bot on an address of the machine.
func (h *host) startBot(t *testing.T, addr string) { h.startSelf(t, botVariable, addr) }

// startSelf runs the test's own program in another part.
func (h *host) startSelf(t *testing.T, variable, addr string) {
	t.Helper()
	cmd := h.enter(executable(t))
	cmd.Env = append(os.Environ(), variable+"="+addr)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	h.run(t, "for i in $(seq 200); do if (: < /dev/tcp/"+strings.Replace(addr, ":", "/", 1)+") 2>/dev/null; then exit; fi; sleep 0.05; done; exit 1")
}

// executable is the test's own program.
func executable(t *testing.T) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return self
}
