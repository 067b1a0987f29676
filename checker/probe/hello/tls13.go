package hello

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/binary"
	"hash"
	"strings"

	"golang.org/x/crypto/chacha20poly1305"
	"golang.org/x/crypto/cryptobyte"
)

// flight13 agrees on the handshake keys and reads the encrypted messages.
func (f *flight) flight13(sh *serverHello) error {
	f.transcript = append(f.transcript, sh.raw...)
	secret, err := f.agree(sh.found[extKeyShare])
	if err != nil {
		return err
	}
	if f.msgs.rec.keys, err = f.serverKeys(secret); err != nil {
		return refInternal
	}
	return f.encrypted()
}

// encrypted reads the messages from EncryptedExtensions to Finished.
func (f *flight) encrypted() error {
	msg, err := f.msgs.next(msgEncryptedExtensions)
	if err != nil {
		return err
	}
	f.transcript = append(f.transcript, msg.raw...)
	if err := f.encryptedExtensions(msg.body); err != nil {
		return err
	}
	if msg, err = f.msgs.next(msgCertificateRequest, msgCertificate); err != nil {
		return err
	}
	if msg.kind == msgCertificateRequest {
		f.got.ClientCertRequested = true
		f.transcript = append(f.transcript, msg.raw...)
		if msg, err = f.msgs.next(msgCertificate); err != nil {
			return err
		}
	}
	f.transcript = append(f.transcript, msg.raw...)
	if err := f.certificates(msg.body, true); err != nil {
		return err
	}
	if msg, err = f.msgs.next(msgCertificateVerify); err != nil {
		return err
	}
	if err := f.certificateVerify(msg.body); err != nil {
		return err
	}
	_, err = f.msgs.next(msgFinished)
	return err
}

// agree is the client's side of the key exchange.
func (f *flight) agree(share []byte) ([]byte, error) {
	s := cryptobyte.String(share)
	var group uint16
	var peer cryptobyte.String
	if share == nil {
		return nil, refNoKeyShare
	}
	if !s.ReadUint16(&group) {
		return nil, refLengthMismatch
	}
	f.got.Group = groupName(group)
	if group != f.hello.share.group() {
		return nil, refBadKeyShare
	}
	if !s.ReadUint16LengthPrefixed(&peer) || !s.Empty() || peer.Empty() {
		return nil, refLengthMismatch
	}
	secret, err := f.hello.share.shared(peer)
	if err != nil {
		return nil, refBadECPoint
	}
	return secret, nil
}

// reshare makes the share that a HelloRetryRequest names.
func (f *flight) reshare(data []byte) error {
	if len(data) != 2 {
		return refLengthMismatch
	}
	group := binary.BigEndian.Uint16(data)
	f.got.Group = groupName(group)
	if group == f.hello.share.group() || !contains16(ecGroups, group) && !contains16(ffdheGroups, group) {
		return refBadKeyShare
	}
	share, err := newKeyShare(group)
	if err != nil {
		return refNoCode
	}
	f.hello.share = share
	return nil
}

// messageHash stands for the first hello once it was retried (RFC 8446,
// 4.4.1).
func (f *flight) messageHash() []byte {
	h := f.hash()()
	h.Write(f.transcript)
	sum := h.Sum(nil)
	return append([]byte{254, 0, 0, byte(len(sum))}, sum...)
}

func (f *flight) hash() func() hash.Hash {
	if strings.HasSuffix(f.suite.name, "SHA384") {
		return sha512.New384
	}
	return sha256.New
}

// serverKeys derives the keys of the server's handshake records (RFC 8446,
// 7.1 and 7.3).
func (f *flight) serverKeys(shared []byte) (*trafficKeys, error) {
	newHash := f.hash()
	size := newHash().Size()
	early, err := hkdf.Extract(newHash, make([]byte, size), nil)
	if err != nil {
		return nil, err
	}
	derived, err := expandLabel(newHash, early, "derived", newHash().Sum(nil), size)
	if err != nil {
		return nil, err
	}
	handshake, err := hkdf.Extract(newHash, shared, derived)
	if err != nil {
		return nil, err
	}
	sum := newHash()
	sum.Write(f.transcript)
	traffic, err := expandLabel(newHash, handshake, "s hs traffic", sum.Sum(nil), size)
	if err != nil {
		return nil, err
	}
	keyLen := 32
	if strings.Contains(f.suite.name, "AES_128") {
		keyLen = 16
	}
	key, err := expandLabel(newHash, traffic, "key", nil, keyLen)
	if err != nil {
		return nil, err
	}
	iv, err := expandLabel(newHash, traffic, "iv", nil, 12)
	if err != nil {
		return nil, err
	}
	aead, err := f.aead(key)
	return &trafficKeys{aead: aead, iv: iv}, err
}

func (f *flight) aead(key []byte) (cipher.AEAD, error) {
	if strings.Contains(f.suite.name, "CHACHA20") {
		return chacha20poly1305.New(key)
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

func expandLabel(h func() hash.Hash, secret []byte, label string, context []byte, size int) ([]byte, error) {
	info := binary.BigEndian.AppendUint16(nil, uint16(size))
	label = "tls13 " + label
	info = append(append(info, byte(len(label))), label...)
	info = append(append(info, byte(len(context))), context...)
	return hkdf.Expand(h, secret, string(info), size)
}

func (f *flight) encryptedExtensions(body []byte) error {
	s := cryptobyte.String(body)
	var list cryptobyte.String
	if !s.ReadUint16LengthPrefixed(&list) || !s.Empty() {
		return refLengthMismatch
	}
	_, err := f.hello.parseExtensions(list, inEncrypted)
	return err
}

// certificateVerify checks the algorithm and the signature.
func (f *flight) certificateVerify(body []byte) error {
	s := cryptobyte.String(body)
	var alg uint16
	var signature cryptobyte.String
	if !s.ReadUint16(&alg) {
		return refLengthShort
	}
	if !contains16(sigAlgs, alg) || !f.hello.single() && !fitsKey(alg, f.leafKey, true) {
		return refWrongSignature
	}
	if !f.hello.single() && len(f.got.Chain) > 0 && wrongCurve(f.got.Chain[0], alg) {
		return refWrongCurve
	}
	if !s.ReadUint16LengthPrefixed(&signature) || !s.Empty() {
		return refLengthMismatch
	}
	if f.hello.single() || len(f.got.Chain) == 0 {
		return nil
	}
	sum := f.hash()()
	sum.Write(f.transcript)
	return f.signedBy(alg, verifyContent(sum.Sum(nil)), signature)
}
