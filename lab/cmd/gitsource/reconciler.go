package main

import (
	"context"
	"fmt"
	"time"

	"github.com/fluxcd/pkg/apis/meta"
	sourcev1 "github.com/fluxcd/source-controller/api/v1"
	apimeta "k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

const defaultTimeout = time.Minute

// reconciler keeps the status of GitRepository objects and their artifacts.
type reconciler struct {
	client    client.Client
	artifacts *artifacts
}

// Reconcile looks at the repository once, and again after spec.interval, when
// the spec changes, and when the reconcile annotation asks for it.
func (r *reconciler) Reconcile(ctx context.Context, request ctrl.Request) (ctrl.Result, error) {
	var source sourcev1.GitRepository
	if err := r.client.Get(ctx, request.NamespacedName, &source); err != nil {
		if client.IgnoreNotFound(err) == nil {
			return ctrl.Result{}, r.artifacts.remove(request.NamespacedName)
		}
		return ctrl.Result{}, err
	}
	if source.Spec.Suspend {
		return ctrl.Result{}, nil
	}

	before := source.DeepCopy()
	fetchErr := r.fetch(ctx, &source)
	source.Status.ObservedGeneration = source.Generation
	if asked, ok := meta.ReconcileAnnotationValue(source.Annotations); ok {
		source.Status.SetLastHandledReconcileRequest(asked)
	}
	report(&source, fetchErr)
	if err := r.client.Status().Patch(ctx, &source, client.MergeFrom(before)); err != nil {
		return ctrl.Result{}, client.IgnoreNotFound(err)
	}
	// The queue's own back-off is for a repository that cannot be had.
	return ctrl.Result{RequeueAfter: source.GetRequeueAfter()}, fetchErr
}

// fetch makes the artifact of the wanted revision unless there is one already.
func (r *reconciler) fetch(ctx context.Context, source *sourcev1.GitRepository) error {
	timeout := defaultTimeout
	if source.Spec.Timeout != nil {
		timeout = source.Spec.Timeout.Duration
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()

	revision, err := resolve(ctx, source.Spec.URL, source.Spec.Reference)
	if err != nil {
		return err
	}
	if have := source.Status.Artifact; have != nil && have.Revision == revision.String() {
		return nil
	}
	artifact, err := r.artifacts.store(ctx, client.ObjectKeyFromObject(source), source.Spec.URL, revision)
	if err != nil {
		return err
	}
	source.Status.Artifact = artifact
	return nil
}

// report writes the conditions that source-controller has for success and for a failed fetch.
func report(source *sourcev1.GitRepository, err error) {
	set := func(kind string, status metav1.ConditionStatus, reason, message string) {
		apimeta.SetStatusCondition(&source.Status.Conditions, metav1.Condition{
			Type:               kind,
			Status:             status,
			Reason:             reason,
			Message:            message,
			ObservedGeneration: source.Generation,
		})
	}
	if err != nil {
		message := fmt.Sprintf("failed to checkout and determine revision: %v", err)
		set(sourcev1.FetchFailedCondition, metav1.ConditionTrue, sourcev1.GitOperationFailedReason, message)
		set(meta.ReadyCondition, metav1.ConditionFalse, sourcev1.GitOperationFailedReason, message)
		return
	}
	message := fmt.Sprintf("stored artifact for revision '%s'", source.Status.Artifact.Revision)
	apimeta.RemoveStatusCondition(&source.Status.Conditions, sourcev1.FetchFailedCondition)
	set(sourcev1.ArtifactInStorageCondition, metav1.ConditionTrue, meta.SucceededReason, message)
	set(meta.ReadyCondition, metav1.ConditionTrue, meta.SucceededReason, message)
}
