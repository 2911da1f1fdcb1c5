// Command gitsource stands in for Flux's source-controller, which cannot be
// built from its released module alone. It serves GitRepository objects only,
// without credentials, verification, submodules, includes or ignore rules, and
// writes their status as source-controller does.
//
//	gitsource [-kubeconfig FILE] -listen 127.0.0.1:PORT -storage FOLDER
package main

import (
	"errors"
	"flag"
	"fmt"
	"log"
	"net/http"
	"os"
	"time"

	"github.com/fluxcd/pkg/runtime/predicates"
	sourcev1 "github.com/fluxcd/source-controller/api/v1"
	"github.com/go-logr/stdr"
	"k8s.io/apimachinery/pkg/runtime"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/builder"
	metricsserver "sigs.k8s.io/controller-runtime/pkg/metrics/server"
	"sigs.k8s.io/controller-runtime/pkg/predicate"
)

func main() {
	listen := flag.String("listen", "127.0.0.1:0", "where artifacts are served")
	storage := flag.String("storage", "", "folder for artifacts")
	flag.Parse()
	ctrl.SetLogger(stdr.New(log.New(os.Stderr, "", log.LstdFlags)))
	if err := run(*listen, *storage); err != nil {
		fmt.Fprintln(os.Stderr, "gitsource:", err)
		os.Exit(1)
	}
}

func run(listen, storage string) error {
	if storage == "" {
		return errors.New("-storage is needed")
	}
	// Of -kubeconfig, which this package defines, or else of KUBECONFIG.
	config, err := ctrl.GetConfig()
	if err != nil {
		return err
	}
	scheme := runtime.NewScheme()
	if err := sourcev1.AddToScheme(scheme); err != nil {
		return err
	}
	manager, err := ctrl.NewManager(config, ctrl.Options{
		Scheme:  scheme,
		Metrics: metricsserver.Options{BindAddress: "0"}, // none
	})
	if err != nil {
		return err
	}
	artifacts := &artifacts{folder: storage, url: "http://" + listen}
	err = ctrl.NewControllerManagedBy(manager).
		For(&sourcev1.GitRepository{}, builder.WithPredicates(
			// As upstream: its own status is no reason to look again.
			predicate.Or(predicate.GenerationChangedPredicate{}, predicates.ReconcileRequestedPredicate{}),
		)).
		Complete(&reconciler{client: manager.GetClient(), artifacts: artifacts})
	if err != nil {
		return err
	}

	server := &http.Server{
		Addr:              listen,
		Handler:           http.FileServer(http.Dir(storage)),
		ReadHeaderTimeout: 10 * time.Second,
	}
	ctx := ctrl.SetupSignalHandler()
	failed := make(chan error, 1)
	go func() { failed <- server.ListenAndServe() }()
	defer server.Close()
	go func() { failed <- manager.Start(ctx) }()
	return <-failed
}
