package org.adapt4j.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a cell ended with: the content of its {@code result.json}, which is written and read here only. */
public sealed interface CellResult {
    /** Where the cell stands with this result. */
    CellState state();

    /** Why it is not done; empty if it is. */
    String reason();

    /**
     * What the cell took.
     *
     * @param wallSeconds that processes worked on it
     * @param environmentSteps of training or adaptation
     * @param updates of the agent
     */
    record Spent(double wallSeconds, long environmentSteps, long updates) {
        /** Nothing. */
        public static final Spent NOTHING = new Spent(0, 0, 0);

        private void writeTo(ObjectNode node) {
            node.put("wall-seconds", wallSeconds)
                    .put("environment-steps", environmentSteps)
                    .put("updates", updates);
        }

        private static Spent read(JsonNode node) {
            return new Spent(
                    node.path("wall-seconds").asDouble(),
                    node.path("environment-steps").asLong(),
                    node.path("updates").asLong());
        }
    }

    /**
     * The cell came to its end.
     *
     * @param spent what it took
     * @param backEnd which implementation played
     * @param preset whose settings
     * @param benchmark title of the benchmark
     * @param parameters trainable numbers of the agent
     * @param scale how large it was, in words
     * @param film name of its film in the folder, if there is one
     */
    record Done(
            Spent spent,
            String backEnd,
            String preset,
            String benchmark,
            long parameters,
            String scale,
            Optional<String> film)
            implements CellResult {
        @Override
        public CellState state() {
            return CellState.DONE;
        }

        @Override
        public String reason() {
            return "";
        }
    }

    /**
     * The cell failed.
     *
     * @param failure why
     * @param spent what it took, as far as it lived to tell
     * @param logTail last lines of its log
     */
    record Failed(Failure failure, Spent spent, List<String> logTail) implements CellResult {
        /** Freezes the lines. */
        public Failed {
            logTail = List.copyOf(logTail);
        }

        @Override
        public CellState state() {
            return CellState.FAILED;
        }

        @Override
        public String reason() {
            return failure.reason();
        }
    }

    /**
     * The cell cannot be.
     *
     * @param reason why
     */
    record NotApplicable(String reason) implements CellResult {
        @Override
        public CellState state() {
            return CellState.NOT_APPLICABLE;
        }
    }

    /**
     * The content of the file.
     *
     * @param cell that has this result
     */
    default byte[] bytes(String cell) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("cell", cell);
        node.put("status", state().word());
        node.put("reason", reason().isEmpty() ? null : reason());
        if (this instanceof Done done) {
            done.spent.writeTo(node);
            node.put("back-end", done.backEnd).put("preset", done.preset).put("benchmark", done.benchmark);
            node.put("parameters", done.parameters).put("scale", done.scale);
            node.put("film", done.film.orElse(null));
        } else if (this instanceof Failed failed) {
            node.put("failure", failed.failure.kind().word());
            failed.spent.writeTo(node);
            failed.logTail.forEach(node.putArray("log-tail")::add);
        }
        return (node.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads the content of the file.
     *
     * @throws IOException if it is something else
     */
    static CellResult of(JsonNode node) throws IOException {
        String reason = node.path("reason").asText("");
        String status = node.path("status").asText();
        if (status.equals(CellState.DONE.word())) {
            return new Done(
                    Spent.read(node),
                    node.path("back-end").asText(""),
                    node.path("preset").asText(""),
                    node.path("benchmark").asText(""),
                    node.path("parameters").asLong(),
                    node.path("scale").asText(""),
                    Optional.of(node.path("film")).filter(JsonNode::isTextual).map(JsonNode::asText));
        }
        if (status.equals(CellState.FAILED.word())) {
            List<String> tail = new ArrayList<>();
            node.path("log-tail").forEach(line -> tail.add(line.asText()));
            Failure.Kind kind = Failure.Kind.of(node.path("failure").asText(""));
            return new Failed(new Failure(kind, reason), Spent.read(node), tail);
        }
        if (status.equals(CellState.NOT_APPLICABLE.word())) {
            return new NotApplicable(reason);
        }
        throw new IOException("no status that a cell ends with");
    }
}
