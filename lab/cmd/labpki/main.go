// Command labpki writes the keys and certificates of one cluster into a folder:
//
//	ca.crt ca.key          signs the two below
//	server.crt server.key  the API server's, for 127.0.0.1 unless told
//	admin.crt admin.key    a client's, in group system:masters
//	sa.key                 signs service account tokens
//
// What is there already is kept, except for the server's pair: a second run
// replaces it, for other hosts or with other times.
package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"log"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"
)

const day = 24 * time.Hour

// pair is a certificate with its key.
type pair struct {
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
}

func main() {
	log.SetFlags(0)
	log.SetPrefix("labpki: ")
	dir := flag.String("dir", "", "folder to write to")
	hosts := flag.String("hosts", "127.0.0.1,localhost,kubernetes.default.svc", "names and addresses of the server, with commas between")
	valid := flag.Duration("valid", 365*day, "how long from now the server's certificate holds; below zero for one that has expired")
	flag.Parse()
	if *dir == "" || flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}
	if err := write(*dir, strings.Split(*hosts, ","), *valid); err != nil {
		log.Fatal(err)
	}
}

func write(dir string, hosts []string, valid time.Duration) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	ca, err := readPair(dir, "ca")
	if errors.Is(err, fs.ErrNotExist) {
		ca, err = writeOnce(dir)
	}
	if err != nil {
		return err
	}
	now := time.Now()
	server := &x509.Certificate{
		Subject:     pkix.Name{CommonName: "kube-apiserver"},
		NotBefore:   now.Add(-2 * day),
		NotAfter:    now.Add(valid),
		KeyUsage:    x509.KeyUsageDigitalSignature,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	for _, host := range hosts {
		if ip := net.ParseIP(host); ip != nil {
			server.IPAddresses = append(server.IPAddresses, ip)
		} else {
			server.DNSNames = append(server.DNSNames, host)
		}
	}
	_, err = writePair(dir, "server", server, ca)
	return err
}

// writeOnce writes all that lives as long as the cluster, and returns its authority.
func writeOnce(dir string) (*pair, error) {
	signing, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	if err := writeKey(dir, "sa", signing); err != nil {
		return nil, err
	}
	now := time.Now()
	ca, err := writePair(dir, "ca", &x509.Certificate{
		Subject:               pkix.Name{CommonName: "lab-ca"},
		NotBefore:             now.Add(-2 * day),
		NotAfter:              now.Add(365 * day),
		IsCA:                  true,
		BasicConstraintsValid: true,
		KeyUsage:              x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
	}, nil)
	if err != nil {
		return nil, err
	}
	_, err = writePair(dir, "admin", &x509.Certificate{
		Subject:     pkix.Name{CommonName: "admin", Organization: []string{"system:masters"}},
		NotBefore:   now.Add(-2 * day),
		NotAfter:    now.Add(365 * day),
		KeyUsage:    x509.KeyUsageDigitalSignature,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
	}, ca)
	return ca, err
}

// writePair makes a key and has the issuer sign for it; without an issuer it signs itself.
func writePair(dir, name string, template *x509.Certificate, issuer *pair) (*pair, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	if template.SerialNumber, err = rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120)); err != nil {
		return nil, err
	}
	if issuer == nil {
		issuer = &pair{template, key}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, issuer.certificate, key.Public(), issuer.key)
	if err != nil {
		return nil, fmt.Errorf("signing %s: %w", name, err)
	}
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, err
	}
	if err := writeKey(dir, name, key); err != nil {
		return nil, err
	}
	return &pair{certificate, key}, writePEM(filepath.Join(dir, name+".crt"), "CERTIFICATE", der)
}

func writeKey(dir, name string, key *ecdsa.PrivateKey) error {
	// Not PKCS #8, which the API server does not take for service accounts.
	der, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		return err
	}
	return writePEM(filepath.Join(dir, name+".key"), "EC PRIVATE KEY", der)
}

// writePEM replaces the file as a whole: the API server reads it again whenever it changes.
func writePEM(path, kind string, der []byte) error {
	temporary := path + ".new"
	content := pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der})
	if err := os.WriteFile(temporary, content, 0o600); err != nil {
		return err
	}
	return os.Rename(temporary, path)
}

func readPair(dir, name string) (*pair, error) {
	der, err := readPEM(filepath.Join(dir, name+".crt"))
	if err != nil {
		return nil, err
	}
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, fmt.Errorf("%s.crt: %w", name, err)
	}
	if der, err = readPEM(filepath.Join(dir, name+".key")); err != nil {
		return nil, err
	}
	key, err := x509.ParseECPrivateKey(der)
	if err != nil {
		return nil, fmt.Errorf("%s.key: %w", name, err)
	}
	return &pair{certificate, key}, nil
}

func readPEM(path string) ([]byte, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(content)
	if block == nil {
		return nil, fmt.Errorf("%s is not PEM", path)
	}
	return block.Bytes, nil
}
