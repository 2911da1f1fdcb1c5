package main

import (
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"path"
	"path/filepath"

	"github.com/fluxcd/pkg/apis/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
)

// artifacts is a folder of archives that is also served over HTTP.
type artifacts struct {
	folder string
	url    string
}

// store archives a revision and describes the archive. The one before stays
// until then: whoever read the status last may still be about to fetch it.
func (a *artifacts) store(ctx context.Context, key types.NamespacedName, url string, revision revision) (*meta.Artifact, error) {
	relative := path.Join(folderOf(key), revision.commit+".tar.gz")
	file := filepath.Join(a.folder, filepath.FromSlash(relative))
	older, err := filepath.Glob(filepath.Join(filepath.Dir(file), "*.tar.gz"))
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return nil, err
	}
	if err := archive(ctx, url, revision.commit, file); err != nil {
		return nil, err
	}
	for _, name := range older {
		if name == file {
			continue
		}
		if err := os.Remove(name); err != nil {
			return nil, err
		}
	}
	content, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	size := int64(len(content))
	return &meta.Artifact{
		Path:           relative,
		URL:            a.url + "/" + relative,
		Revision:       revision.String(),
		Digest:         fmt.Sprintf("sha256:%x", sha256.Sum256(content)),
		LastUpdateTime: metav1.Now(),
		Size:           &size,
	}, nil
}

// remove forgets everything of an object.
func (a *artifacts) remove(key types.NamespacedName) error {
	return os.RemoveAll(filepath.Join(a.folder, filepath.FromSlash(folderOf(key))))
}

func folderOf(key types.NamespacedName) string {
	return path.Join("gitrepository", key.Namespace, key.Name)
}
