package org.adapt4j.runtime.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.adapt4j.runtime.run.RunPlan;
import org.adapt4j.runtime.settings.ConfigurationException;
import org.adapt4j.runtime.settings.Problem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks an experiment without running it. */
@Command(name = "validate", description = "Check an experiment: every problem at once, with file and line.")
final class ValidateVerb implements Callable<Integer> {
    private final Console console;

    @Mixin
    private ExperimentOption experiment = new ExperimentOption();

    @Mixin
    private PluginOption plugins = new PluginOption();

    @Option(names = "--json", description = "Print the outcome as JSON.")
    private boolean json;

    ValidateVerb(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Path file = experiment.file();
        RunPlan plan;
        try {
            plan = plugins.workbench().plan(file, experiment.overrides());
        } catch (ConfigurationException e) {
            if (json) {
                console.json(problems(e));
            } else {
                console.err().println(e.withColumns());
            }
            return Exit.USAGE;
        }
        long impossible = plan.cells().stream()
                .filter(cell -> cell.notApplicable().isPresent())
                .count();
        if (json) {
            ObjectNode node = new ObjectMapper().createObjectNode();
            node.put("valid", true).put("name", plan.name());
            node.put("cells", plan.cells().size()).put("not-applicable", impossible);
            console.json(node);
        } else {
            console.out()
                    .println(file + ": " + plan.name() + ": " + plan.cells().size() + " cells, " + impossible
                            + " of them n/a. No problems.");
        }
        return Exit.OK;
    }

    private static ObjectNode problems(ConfigurationException all) {
        ObjectNode node = new ObjectMapper().createObjectNode();
        node.put("valid", false);
        ArrayNode problems = node.putArray("problems");
        for (Problem problem : all.problems()) {
            ObjectNode one = problems.addObject();
            one.put("file", problem.file()).put("line", problem.line());
            one.put("column", problem.column());
            one.put("key", problem.path()).put("message", problem.message());
        }
        return node;
    }
}
