package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"

	sourcev1 "github.com/fluxcd/source-controller/api/v1"
)

// revision is a commit and the name that it was found under.
type revision struct {
	name   string // empty where the spec names the commit alone
	commit string
}

// String has the form of an artifact's revision, such as main@sha1:0123….
func (r revision) String() string {
	if r.name == "" {
		return "sha1:" + r.commit
	}
	return r.name + "@sha1:" + r.commit
}

// resolve asks the remote repository which commit the reference means.
func resolve(ctx context.Context, url string, reference *sourcev1.GitRepositoryRef) (revision, error) {
	if reference == nil {
		reference = &sourcev1.GitRepositoryRef{}
	}
	// The order of precedence that the API documents.
	var name, ref string
	switch {
	case reference.Commit != "":
		return revision{name: reference.Branch, commit: reference.Commit}, nil
	case reference.Name != "":
		name, ref = reference.Name, reference.Name
	case reference.SemVer != "":
		return revision{}, errors.New("gitsource does not know spec.ref.semver")
	case reference.Tag != "":
		name, ref = reference.Tag, "refs/tags/"+reference.Tag
	case reference.Branch != "":
		name, ref = reference.Branch, "refs/heads/"+reference.Branch
	default:
		name, ref = "master", "refs/heads/master"
	}
	listing, err := git(ctx, "ls-remote", "--", url, ref, ref+"^{}")
	if err != nil {
		return revision{}, err
	}
	// The last line of an annotated tag is the commit that it points at.
	fields := strings.Fields(listing)
	if len(fields) < 2 {
		return revision{}, fmt.Errorf("%s has no %s", url, ref)
	}
	return revision{name: name, commit: fields[len(fields)-2]}, nil
}

// archive writes the tree of a commit to a compressed tar file.
func archive(ctx context.Context, url, commit, file string) error {
	folder, err := os.MkdirTemp("", "gitsource-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	for _, arguments := range [][]string{
		{"init", "--quiet", "--bare", folder},
		{"--git-dir", folder, "fetch", "--quiet", "--depth=1", "--", url, commit},
		{"--git-dir", folder, "archive", "--format=tar.gz", "--output", file, commit},
	} {
		if _, err := git(ctx, arguments...); err != nil {
			return err
		}
	}
	return nil
}

func git(ctx context.Context, arguments ...string) (string, error) {
	command := exec.CommandContext(ctx, "git", arguments...)
	command.Env = append(os.Environ(),
		"GIT_TERMINAL_PROMPT=0", "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=/dev/null")
	output, err := command.Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return "", fmt.Errorf("git: %s", strings.TrimSpace(string(exit.Stderr)))
	}
	return string(output), err
}
