package org.adapt4j.runtime.packaging;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.adapt4j.runtime.run.CellFolder;
import org.adapt4j.runtime.run.CellResult;
import org.adapt4j.runtime.run.CellState;
import org.adapt4j.runtime.run.PlannedCell;
import org.adapt4j.runtime.run.RunFolder;

/**
 * The metadata of a research object crate, RO-Crate 1.2, attached to the payload: the run is its root data set, and each cell an action of
 * the Process Run Crate profile, with its configuration as object and its files as results.
 */
final class Crate {
    static final String NAME = "ro-crate-metadata.json";
    private static final String CONTEXT = "https://w3id.org/ro/crate/1.2/context";
    private static final String SPECIFICATION = "https://w3id.org/ro/crate/1.2";
    private static final String PROFILE = "https://w3id.org/ro/wfrun/process/0.5";
    private static final String TOOL = "#adapt4j";
    private static final Map<String, String> FORMATS = Map.of(
            "json", "application/json",
            "jsonl", "application/jsonl",
            "csv", "text/csv",
            "html", "text/html",
            "svg", "image/svg+xml",
            "png", "image/png",
            "gif", "image/gif",
            "md", "text/markdown",
            "jar", "application/java-archive");

    private final RunFolder run;
    private final SortedMap<String, Content> payload;
    private final ArrayNode graph = JsonNodeFactory.instance.arrayNode();

    /** @param payload all files but the metadata, by name */
    Crate(RunFolder run, SortedMap<String, Content> payload) {
        this.run = run;
        this.payload = payload;
    }

    String json() {
        ObjectNode metadata = entity(NAME, "CreativeWork");
        reference(metadata, "conformsTo", SPECIFICATION);
        reference(metadata, "about", "./");
        root();
        ObjectNode profile = entity(PROFILE, "CreativeWork");
        profile.put("name", "Process Run Crate").put("version", "0.5");
        ObjectNode tool = entity(TOOL, "SoftwareApplication");
        tool.put("name", "Adapt4J");
        new TreeMap<>(run.plan().versions()).forEach((name, version) -> {
            ObjectNode part = entity("#software-" + name, "SoftwareApplication");
            part.put("name", name).put("softwareVersion", version);
            tool.withArray("softwareRequirements").addObject().put("@id", "#software-" + name);
        });
        run.plan().cells().forEach(this::action);
        payload.keySet().forEach(this::file);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("@context", CONTEXT);
        json.set("@graph", graph);
        return json.toPrettyString() + "\n";
    }

    private void root() {
        ObjectNode root = entity("./", "Dataset");
        root.put("name", run.plan().name());
        root.put(
                "description",
                run.plan().description().isEmpty()
                        ? run.plan().name()
                        : run.plan().description());
        root.put("datePublished", RunFolder.plan(run.path()).path("created").asText());
        root.put("license", "No licence was stated; ask whoever published this package.");
        reference(root, "conformsTo", PROFILE);
        ArrayNode parts = root.putArray("hasPart");
        payload.keySet().forEach(name -> parts.addObject().put("@id", iri(name)));
        ArrayNode actions = root.putArray("mentions");
        run.plan().cells().stream()
                .filter(cell -> run.cell(cell).result().isPresent())
                .forEach(cell -> actions.addObject().put("@id", "#cell-" + cell.id()));
    }

    private void action(PlannedCell cell) {
        CellFolder folder = run.cell(cell);
        CellResult result = folder.result().orElse(null);
        if (result == null) {
            return;
        }
        ObjectNode action = entity("#cell-" + cell.id(), "CreateAction");
        action.put("name", cell.title());
        action.put("actionStatus", result.state() == CellState.DONE ? "CompletedActionStatus" : "FailedActionStatus");
        if (!result.reason().isEmpty()) {
            action.put("error", result.reason());
        }
        reference(action, "instrument", TOOL);
        String prefix = PackageMaker.RUN + "cells/" + cell.id() + "/";
        String configuration = prefix + CellFolder.RESOLVED;
        ArrayNode objects = action.putArray("object");
        objects.addObject().put("@id", iri(configuration));
        cell.learned()
                .filter(learned -> payload.containsKey(PackageMaker.RUN + "cells/" + learned + "/result.json"))
                .ifPresent(learned ->
                        objects.addObject().put("@id", iri(PackageMaker.RUN + "cells/" + learned + "/result.json")));
        ArrayNode results = action.putArray("result");
        payload.subMap(prefix, prefix + Character.MAX_VALUE).keySet().stream()
                .filter(name -> !name.equals(configuration))
                .forEach(name -> results.addObject().put("@id", iri(name)));
    }

    private void file(String name) {
        ObjectNode file = entity(iri(name), "File");
        file.put("name", name);
        String ending = name.substring(name.lastIndexOf('.') + 1);
        file.put("encodingFormat", FORMATS.getOrDefault(ending, "text/plain"));
    }

    private ObjectNode entity(String id, String type) {
        ObjectNode entity = graph.addObject();
        entity.put("@id", id).put("@type", type);
        return entity;
    }

    private static void reference(ObjectNode from, String name, String id) {
        from.putObject(name).put("@id", id);
    }

    /** A relative reference as RFC 3986 has it. */
    private static String iri(String name) {
        StringBuilder iri = new StringBuilder();
        for (byte b : name.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || "-._~/".indexOf(c) >= 0)) {
                iri.append(c);
            } else {
                iri.append(String.format("%%%02X", b & 0xFF));
            }
        }
        return iri.toString();
    }
}
