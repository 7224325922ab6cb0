"""Many files: inputs, plan, workers, cluster, publishing, the report of a run."""
