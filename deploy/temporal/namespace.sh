#!/bin/sh
# Makes the namespace and the search attributes that orders are found by. Safe to run at every start.
set -eu

# TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE come from the environment and are read by the command line itself.
until temporal operator cluster health >/dev/null 2>&1; do sleep 2; done

temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" >/dev/null 2>&1 ||
  temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention "$RETENTION"

# A new namespace takes a moment to be known everywhere.
until existing=$(temporal operator search-attribute list 2>/dev/null); do sleep 1; done
for name in OrderNumber Channel OrderStatus WaitingFor CustomerReference; do
  echo "$existing" | grep -qw "$name" ||
    temporal operator search-attribute create --name "$name" --type Keyword
done
