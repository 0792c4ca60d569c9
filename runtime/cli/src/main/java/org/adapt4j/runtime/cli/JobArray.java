package org.adapt4j.runtime.cli;

import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The text by which a batch system starts workers for a run.
 *
 * @param name of the run
 * @param run its folder, which every node must see under this path
 * @param workers how many are started
 * @param cores for each
 * @param megabytes of memory for each
 * @param command of a worker; every node must find its Java and its jars where this machine does
 */
record JobArray(String name, Path run, int workers, int cores, long megabytes, List<String> command) {
    /** A worker that is asked to stop ends its update and writes a checkpoint. */
    private static final int SECONDS_TO_STOP = 120;

    /** A batch system that is known. */
    enum Target {
        /** A job array for {@code sbatch}. */
        SLURM("slurm.sh", "sbatch"),
        /** A job array for {@code qsub} of PBS. */
        PBS("pbs.sh", "qsub"),
        /** An indexed job for {@code kubectl}. */
        KUBERNETES("kubernetes.yaml", "kubectl apply -f");

        final String file;
        final String starts;

        Target(String file, String starts) {
            this.file = file;
            this.starts = starts;
        }
    }

    /** The text for a target; of Kubernetes what depends on the cluster is left to {@link #kubernetes}. */
    String script(Target target) {
        return target == Target.SLURM ? slurm() : pbs();
    }

    private String slurm() {
        return """
                #!/bin/sh
                #SBATCH --job-name=%s
                #SBATCH --array=1-%d
                #SBATCH --cpus-per-task=%d
                #SBATCH --mem=%dM
                #SBATCH --requeue
                #SBATCH --signal=B:TERM@%d
                #SBATCH --output=/dev/null
                # Any number of these may run at once; each takes cells that no other has. A worker that is stopped or lost
                # leaves checkpoints, from which another goes on.
                %s""".formatted(word(), workers, cores, megabytes, SECONDS_TO_STOP, start("$SLURM_ARRAY_TASK_ID"));
    }

    private String pbs() {
        return """
                #!/bin/sh
                #PBS -N %s
                #PBS -J 1-%d
                #PBS -l select=1:ncpus=%d:mem=%dmb
                #PBS -r y
                #PBS -j oe
                #PBS -o /dev/null
                # Any number of these may run at once; each takes cells that no other has. A worker that is stopped or lost
                # leaves checkpoints, from which another goes on.
                %s""".formatted(word(), workers, cores, megabytes, start("$PBS_ARRAY_INDEX"));
    }

    /**
     * An indexed job of Kubernetes.
     *
     * @param image that holds Java and the jars where this machine has them
     * @param claim volume that holds the run, mounted at the folder above it
     */
    String kubernetes(String image, String claim) {
        String mount = String.valueOf(run.getParent());
        return """
                apiVersion: batch/v1
                kind: Job
                metadata:
                  name: %1$s
                spec:
                  completions: %2$d
                  parallelism: %2$d
                  completionMode: Indexed
                  backoffLimit: %3$d
                  template:
                    spec:
                      restartPolicy: OnFailure
                      terminationGracePeriodSeconds: %4$d
                      containers:
                        - name: worker
                          image: %5$s
                          command: ["/bin/sh", "-c", %6$s]
                          resources:
                            requests: {cpu: "%7$d", memory: "%8$dMi"}
                            limits: {memory: "%8$dMi"}
                          volumeMounts:
                            - {name: runs, mountPath: %9$s}
                      volumes:
                        - name: runs
                          persistentVolumeClaim: {claimName: %10$s}
                """.formatted(
                        word(),
                        workers,
                        10 * workers,
                        SECONDS_TO_STOP,
                        json(image),
                        json(start("$JOB_COMPLETION_INDEX")),
                        cores,
                        megabytes,
                        json(mount),
                        json(claim));
    }

    /** Lines of a shell that become the worker, so that signals of the batch system reach it. */
    private String start(String index) {
        String words = command.stream().map(JobArray::quoted).collect(Collectors.joining(" "));
        return """
                export MALLOC_ARENA_MAX=1 MALLOC_MMAP_THRESHOLD_=4294967296
                export MALLOC_TRIM_THRESHOLD_=17179869184 MALLOC_TOP_PAD_=67108864
                export OPT_OUT_TRACKING=true LC_ALL=C.UTF-8
                exec >>%s/worker-"%s".log 2>&1
                exec %s --name %s-"%s"
                """.formatted(quoted(run.resolve("jobs").toString()), index, words, word(), index);
    }

    /** The name as batch systems take it: small letters, digits and hyphens, beginning with a letter. */
    private String word() {
        String plain =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
        String cut = plain.substring(0, Math.min(plain.length(), 50)).replaceAll("-+$", "");
        return cut.isEmpty() ? "adapt4j" : "a-" + cut;
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    /** JSON's strings are YAML's too. */
    private static String json(String text) {
        return TextNode.valueOf(text).toString();
    }
}
