package org.adapt4j.env.gymnasium;

import java.nio.file.Path;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.testkit.VectorEnvironmentContract;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

@Tag("native")
final class WalkContractTest extends VectorEnvironmentContract {

    @TempDir
    private static Path folder;

    private static @Nullable GymnasiumBenchmark benchmark;

    /** One for all checks, since each begins by asking Python. */
    @Override
    protected TaskDistribution benchmark() {
        if (benchmark == null) {
            benchmark = new Installation(folder).benchmark("Walk-v0?goal=2", "Walk-v0?goal=-2");
        }
        return benchmark;
    }
}
