// Command tether runs a program that cannot outlive the process that started
// it, however that one ends: tether PROGRAM [ARGUMENT ...]
//
// It asks the kernel for the signal and then becomes the program, so there is
// no process in between. Linux only.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"syscall"

	"golang.org/x/sys/unix"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "tether:", err)
		os.Exit(1)
	}
}

// run returns only where it fails.
func run(args []string) error {
	if len(args) == 0 {
		return fmt.Errorf("usage: tether PROGRAM [ARGUMENT ...]")
	}
	path, err := exec.LookPath(args[0])
	if err != nil {
		return err
	}
	// The signal is a property of the thread, and only the thread that execs keeps it.
	runtime.LockOSThread()
	parent := os.Getppid()
	if err := unix.Prctl(unix.PR_SET_PDEATHSIG, uintptr(unix.SIGKILL), 0, 0, 0); err != nil {
		return fmt.Errorf("asking for the signal: %w", err)
	}
	// A parent that ended before the request was made sends nothing any more.
	if os.Getppid() != parent {
		return fmt.Errorf("the process that started this is gone")
	}
	if err := syscall.Exec(path, args, os.Environ()); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}
