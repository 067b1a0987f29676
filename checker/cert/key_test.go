package cert

import "testing"

func TestRSASecurityBits(t *testing.T) {
	for n, want := range map[int]int{
		0: 0, 15: 0, 16: 8, 512: 56, 1024: 80, 1657: 104, 1962: 104, 1963: 112, 1967: 112, 1968: 112,
		2048: 112, 2300: 112, 3072: 128, 4096: 152, 6144: 176, 7680: 192, 8192: 200, 15360: 256, 16384: 272,
	} {
		if got := rsaSecurityBits(n); got != want {
			t.Errorf("%d bits: %d, want %d", n, got, want)
		}
	}
}

func TestDSASecurityBits(t *testing.T) {
	for sizes, want := range map[[2]int]int{
		{1024, 160}: 80, {2048, 224}: 112, {2048, 256}: 112, {3072, 256}: 128, {2048, 160}: 80, {512, 160}: 0, {2048, 100}: 0,
	} {
		if got := dsaSecurityBits(sizes[0], sizes[1]); got != want {
			t.Errorf("%v: %d, want %d", sizes, got, want)
		}
	}
}
