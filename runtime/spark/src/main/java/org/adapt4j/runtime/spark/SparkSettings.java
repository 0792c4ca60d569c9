package org.adapt4j.runtime.spark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.adapt4j.api.settings.Check;

/**
 * The section {@code run.spark} of an experiment.
 *
 * @param master Spark's name of the cluster: {@code spark://HOST:PORT}, {@code k8s://URL}, {@code local-cluster[WORKERS,CORES,MEGABYTES]}
 * @param host address of this machine that the executors reach it at
 * @param authenticate whether driver and executors must know a secret
 * @param secretFile holds the secret that a standalone cluster was started with
 * @param shared whether the workers see the run's folder and the jars at the paths that they have here
 * @param retries of a cell whose executor was lost, or whose process was ended by a signal
 * @param bringBack time between two transfers of a cell's files, without shared storage
 * @param conf further properties of Spark as {@code key=value}
 */
record SparkSettings(
        String master,
        String host,
        boolean authenticate,
        Optional<Path> secretFile,
        boolean shared,
        int retries,
        Duration bringBack,
        List<String> conf) {
    SparkSettings {
        Check.that(!master.isEmpty(), "master", "must name a cluster, such as spark://HOST:7077");
        Check.notNegative("retries", retries);
        Check.that(bringBack.toMillis() > 0, "bring-back", "must be positive but is " + bringBack);
        for (String property : conf) {
            Check.that(
                    property.indexOf('=') > 0,
                    "conf",
                    "must hold texts like \"spark.cores.max=16\" but holds " + property);
        }
        conf = List.copyOf(conf);
    }
}
