package org.adapt4j.runtime.report.page;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.adapt4j.runtime.report.folder.Cell;
import org.adapt4j.runtime.report.study.Study;

/** What the curves of adaptation run along: the resource that the cells' budgets limit. */
final class Scale {
    private static final List<String> RESOURCES = List.of("environment-steps", "updates", "epochs", "demonstrations");

    private Scale() {}

    /** Such as {@code environment steps}, which it also is where no cell says. */
    static String words(Study study) {
        return study.run().adaptations().stream()
                .flatMap(cell -> limited(cell.folder().resolve("resolved.conf")).stream())
                .findFirst()
                .orElse("environment steps");
    }

    /** How far one cell's amount reaches. */
    static String reach(Study study) {
        List<Cell> cells = study.run().adaptations();
        boolean together =
                !cells.isEmpty() && cells.stream().allMatch(cell -> cell.task().isEmpty());
        return together ? "all tasks together" : "per task";
    }

    private static List<String> limited(Path resolved) {
        if (!Files.isRegularFile(resolved)) {
            return List.of();
        }
        try {
            Config budget = ConfigFactory.parseFile(resolved.toFile()).getConfig("phase.budget");
            return RESOURCES.stream()
                    .filter(name -> budget.hasPath(name) && budget.getLong(name) > 0)
                    .map(name -> name.replace('-', ' '))
                    .limit(1)
                    .toList();
        } catch (ConfigException e) {
            return List.of(); // a damaged cell, of which the page says so elsewhere
        }
    }
}
