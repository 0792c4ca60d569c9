package org.adapt4j.runtime.spark;

import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.jspecify.annotations.Nullable;

/**
 * Carries messages from tasks to the driver through Spark's own connection, which is authenticated as all of Spark is, and opens no port of its
 * own. Spark makes the two ends and hands them to nobody, so each process keeps its own here; a process has one driver, or one executor.
 */
public final class CellLink implements SparkPlugin {
    private static volatile @Nullable UnaryOperator<byte[]> desk;
    private static volatile @Nullable PluginContext context;

    /** Says who answers in this process; nobody if {@code null}. */
    static void answerBy(@Nullable UnaryOperator<byte[]> whom) {
        desk = whom;
    }

    /** Asks the driver, from a task. @throws Exception if it does not answer */
    static byte[] ask(byte[] message) throws Exception {
        return (byte[]) Objects.requireNonNull(context, "an executor").ask(message);
    }

    @Override
    public DriverPlugin driverPlugin() {
        return new DriverPlugin() {
            @Override
            public Map<String, String> init(SparkContext spark, PluginContext own) {
                return Map.of();
            }

            @Override
            public Object receive(Object message) {
                return Objects.requireNonNull(desk, "a driver").apply((byte[]) message);
            }
        };
    }

    @Override
    public ExecutorPlugin executorPlugin() {
        return new ExecutorPlugin() {
            @Override
            public void init(PluginContext own, Map<String, String> unused) {
                context = own;
            }
        };
    }
}
