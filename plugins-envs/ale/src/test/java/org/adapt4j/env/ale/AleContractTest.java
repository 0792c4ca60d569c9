package org.adapt4j.env.ale;

import java.util.List;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.testkit.VectorEnvironmentContract;
import org.junit.jupiter.api.Tag;

/** With sticky actions, whose chances are ALE's own and must be saved too. */
@Tag("native")
final class AleContractTest extends VectorEnvironmentContract {

    // Emulators are lent again and again, which the checks are to see, and which makes them quick.
    private static final AleBenchmark BENCHMARK = Setup.of(
                    List.of("cartridge/reef", "cartridge/saucers"), List.of("cartridge/court"))
            .sticky(0.25)
            .maxFrames(300)
            .threads(2)
            .benchmark();

    @Override
    protected TaskDistribution benchmark() {
        return BENCHMARK;
    }

    @Override
    protected int steps() {
        return 120;
    }
}
