package org.adapt4j.runtime.cell;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.Snapshot;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.run.Resource;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.space.Space;
import org.adapt4j.runtime.experiment.ResolvedCell;
import org.adapt4j.runtime.run.CellFolder;
import org.adapt4j.runtime.run.DurableFiles;
import org.adapt4j.runtime.run.Sha256;
import org.adapt4j.runtime.run.Sums;
import org.adapt4j.toolkit.run.BudgetMeter;

/**
 * The policy that an adaptation ended with, for other programs: its weights as safetensors and a card that says what they are, with their
 * {@link Sums}. No cell reads it.
 */
final class AdaptedFiles {
    private static final String CARD = "README.md";

    private AdaptedFiles() {}

    /**
     * Writes it; nothing where the method made no agent.
     *
     * @param spec what the policy sees and does
     * @param conditioning its extra input
     * @param budget what was spent on it
     * @param agents weights of each agent of the method, which is one with almost every method
     */
    static void write(
            CellFolder cell,
            EnvironmentSpec spec,
            Conditioning conditioning,
            BudgetMeter budget,
            List<Snapshot> agents) {
        if (agents.isEmpty()) {
            return;
        }
        Map<String, Snapshot> files = new TreeMap<>();
        for (int i = 0; i < agents.size(); i++) {
            files.put(i == 0 ? CellFolder.WEIGHTS : "weights-" + (i + 1) + ".safetensors", agents.get(i));
        }
        DurableFiles.createFolder(cell.adapted());
        Map<String, String> sums = new TreeMap<>();
        files.forEach((name, weights) -> sums.put(name, write(cell, name, bytes(weights))));
        String card = card(ResolvedCell.parse(cell.resolved()), spec, conditioning, budget, files);
        sums.put(CARD, write(cell, CARD, card.getBytes(StandardCharsets.UTF_8)));
        Sums.write(cell.adapted(), sums);
    }

    private static String write(CellFolder cell, String name, byte[] bytes) {
        DurableFiles.write(cell.adapted().resolve(name), bytes);
        return Sha256.of(bytes);
    }

    private static byte[] bytes(Snapshot weights) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            Safetensors.write(weights, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("weights cannot be written as bytes", e);
        }
        return bytes.toByteArray();
    }

    private static String card(
            ResolvedCell cell,
            EnvironmentSpec spec,
            Conditioning conditioning,
            BudgetMeter budget,
            Map<String, Snapshot> files) {
        ResolvedCell.Method.Adapt adapt = (ResolvedCell.Method.Adapt) cell.method();
        StringBuilder card = new StringBuilder();
        card.append("# Policy of ").append(ResolvedCell.name(cell.algorithm())).append(" after adapting to ");
        card.append(String.join(", ", adapt.tasks())).append("\n\n");
        card.append("The parameters with which an adaptation ended, written by Adapt4J (`run.keep = adapted`).\n\n");
        card.append("| | |\n|---|---|\n");
        row(card, "benchmark", ResolvedCell.name(cell.benchmark()));
        row(card, "base algorithm", ResolvedCell.name(cell.algorithm()));
        row(card, "learned by", adapt.learnedBy().map(ResolvedCell::name).orElse("nobody: from scratch"));
        row(card, "adapted by", ResolvedCell.name(adapt.adapter()));
        row(card, "preset, seed", cell.preset() + ", " + cell.seed());
        row(card, "spent on adapting", spent(budget));
        row(card, "all settings", "`../resolved.conf`");
        row(card, "how well it plays", "`../evaluations.jsonl`, its last lines");
        card.append("\n## What it sees\n\n| component | numbers | shape | range |\n|---|---|---|---|\n");
        for (Component component : spec.observation()) {
            String stack = component.stack() == 1 ? "" : ", the last " + component.stack() + " frames, newest last";
            card.append("| `")
                    .append(component.name())
                    .append("` | ")
                    .append(component.space().element());
            card.append(" | ").append(shape(component.space())).append(stack);
            card.append(" | ").append(range(component.space())).append(" |\n");
        }
        card.append(
                "\nAs its algorithm's README says, pictures are scaled and vectors may be normalised before the first layer.\n");
        card.append("\n## What it does\n\n").append(action(spec.action())).append("\n");
        card.append("\n## What else it is told\n\n").append(extra(conditioning)).append("\n");
        files.forEach((name, weights) -> {
            card.append("\n## Tensors of `").append(name).append("`\n\n| name | shape | type |\n|---|---|---|\n");
            weights.tensors()
                    .forEach((tensor, values) -> card.append("| `")
                            .append(tensor)
                            .append("` | ")
                            .append(values.shape())
                            .append(" | ")
                            .append(values.type())
                            .append(" |\n"));
        });
        card.append(
                "\nMatrices of linear layers are [outputs, inputs], kernels [outputs, inputs, height, width], as in PyTorch.\n");
        card.append("\n## Load it\n\n```python\nfrom safetensors.torch import load_file\n\nweights = load_file(\"");
        card.append(CellFolder.WEIGHTS).append("\")\n```\n");
        return card.toString();
    }

    private static void row(StringBuilder card, String name, String value) {
        card.append("| ").append(name).append(" | ").append(value).append(" |\n");
    }

    private static String spent(BudgetMeter budget) {
        StringBuilder words = new StringBuilder();
        for (Resource resource : Resource.values()) {
            if (budget.spent(resource) > 0) {
                words.append(words.isEmpty() ? "" : ", ")
                        .append(budget.spent(resource))
                        .append(' ');
                words.append(resource.key().replace('-', ' '));
            }
        }
        return words.isEmpty() ? "nothing" : words.toString();
    }

    private static String shape(Space space) {
        return space instanceof Box box ? box.shape().toString() : "one number";
    }

    private static String range(Space space) {
        return space instanceof Box box ? box.low() + " to " + box.high() : "0 to " + (((Discrete) space).size() - 1);
    }

    private static String action(Space action) {
        return action instanceof Discrete choices
                ? "One of " + choices.size() + " choices, numbered from 0."
                : action.width() + " numbers from " + range(action) + ".";
    }

    private static String extra(Conditioning conditioning) {
        if (conditioning instanceof Conditioning.Memory memory) {
            return "It remembers over the episodes of a trial: LSTM layers, " + memory.layers() + " of "
                    + memory.units()
                    + " units. Joined to what it sees are its last action, the last reward, and whether that ended an episode; a new trial"
                    + " begins with zeros.";
        }
        if (conditioning instanceof Conditioning.Context context) {
            return "A vector of " + context.size()
                    + " numbers that its encoder draws from recent experience of the task, which is not kept here.";
        }
        return "Nothing.";
    }
}
