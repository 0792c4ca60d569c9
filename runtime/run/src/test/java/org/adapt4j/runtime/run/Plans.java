package org.adapt4j.runtime.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Small plans for tests. */
final class Plans {
    private Plans() {}

    static RunPlan of(PlannedCell... cells) {
        return new RunPlan(
                "a",
                "b",
                Map.of("adapt4j", "0.1.0"),
                JsonNodeFactory.instance.arrayNode(),
                JsonNodeFactory.instance.arrayNode(),
                List.of(cells),
                "x = 1\ny = 2\nz = 3\n");
    }

    static PlannedCell pretrain(String behaviour, long seed) {
        String resolved = behaviour + "\nseed = " + seed + "\n";
        return new PlannedCell(
                CellFolder.idOf(resolved),
                "pretrain",
                "reptile",
                "paper",
                Map.of("benchmark.train-levels", "100"),
                seed,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                resolved);
    }

    static PlannedCell adapt(String behaviour, PlannedCell learned) {
        String resolved = behaviour + "\nlearned = " + learned.id() + "\n";
        return new PlannedCell(
                CellFolder.idOf(resolved),
                "adapt",
                "reptile",
                "paper",
                Map.of("benchmark.train-levels", "100"),
                learned.seed(),
                Optional.of("coinrun/10000"),
                Optional.of(learned.id()),
                Optional.empty(),
                resolved);
    }

    static PlannedCell impossible(String reason) {
        String resolved = "impossible\n";
        return new PlannedCell(
                CellFolder.idOf(resolved),
                "pretrain",
                "pearl",
                "paper",
                Map.of(),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.of(reason),
                resolved);
    }
}
