package org.adapt4j.runtime.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.adapt4j.runtime.run.Code;
import org.adapt4j.runtime.run.Sha256;
import org.adapt4j.runtime.run.StorageException;

/**
 * The jars that made a run, and where each is to be had: Adapt4J's own and third parties' plug-ins travel in the package, libraries are named
 * by their coordinates in Maven Central unless they are to travel too, and everything by its SHA-256.
 */
final class Software {
    static final String FOLDER = "software/";
    static final String JARS = FOLDER + "jars/";
    static final String PLUGINS = FOLDER + "plugins/";
    static final String LOCK = FOLDER + "lock.json";
    static final String BILL = FOLDER + "sbom.cdx.json";
    static final String LIBRARIES = FOLDER + "libraries/";
    static final String PLUGIN_PREFIX = "plugins/";
    static final String LEFT_OUT = "left out";
    /** Begins the names of Adapt4J's own jars. */
    private static final String OWN = "adapt4j-";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final PackageMaker.Jars hand;
    private final Map<String, Path> bySum = new HashMap<>();
    private final Map<String, String> coordinates = new HashMap<>();
    /** Coordinates of the jar that the bill lies in and is about, by its file's name: it cannot state that jar's sum. */
    private final Map<String, String> subject = new HashMap<>();

    private final boolean libraries;
    private final List<String> warnings = new ArrayList<>();

    private Software(PackageMaker.Jars hand, boolean libraries) {
        this.hand = hand;
        this.libraries = libraries;
        try {
            for (Path jar : hand.jars()) {
                if (Files.isRegularFile(jar)) {
                    bySum.put(Sha256.of(jar), jar);
                }
            }
            if (hand.bill().isPresent()) {
                JsonNode bill = JSON.readTree(Files.readAllBytes(hand.bill().get()));
                JsonNode about = bill.path("metadata").path("component");
                subject.put(
                        about.path("name").asText() + "-"
                                + about.path("version").asText() + ".jar",
                        about.path("purl").asText());
                for (JsonNode component : bill.path("components")) {
                    for (JsonNode hash : component.path("hashes")) {
                        if (hash.path("alg").asText().equals("SHA-256")) {
                            coordinates.put(
                                    hash.path("content").asText(),
                                    component.path("purl").asText());
                        }
                    }
                }
            }
        } catch (IOException e) {
            throw StorageException.of(hand.bill().orElse(Path.of("jars")), e);
        }
    }

    /** @param libraries whether these travel too */
    static Software at(PackageMaker.Jars hand, boolean libraries) {
        return new Software(hand, libraries);
    }

    /**
     * Adds jars, lock and bill of materials to a payload.
     *
     * @param code what made the run in the end
     * @return what is missing, in sentences
     */
    List<String> addTo(SortedMap<String, Content> payload, Code code) {
        ObjectNode lock = JsonNodeFactory.instance.objectNode();
        lock.put("java", code.java());
        for (Code.Part part : code.parts()) {
            ObjectNode entry = lock.withArray("jars").addObject();
            entry.put("name", part.name()).put("version", part.version()).put("sha256", part.sha256());
            String origin = coordinates.getOrDefault(part.sha256(), subject.getOrDefault(part.name(), ""));
            boolean own = part.name().startsWith(OWN);
            boolean plugin = part.name().startsWith(PLUGIN_PREFIX);
            if (!own && !plugin && !libraries) {
                entry.put("origin", origin.isEmpty() ? "unknown" : "Maven Central")
                        .put("purl", origin);
                continue;
            }
            if (hand.needless().contains(part.name())) {
                entry.put("origin", LEFT_OUT + ": the run uses nothing of it");
                continue;
            }
            Optional<Path> file = find(part);
            if (file.isEmpty()) {
                warnings.add(part.name() + ": the jar that made this run is not here any more (sha256 "
                        + part.sha256().substring(0, 16) + "); the package says so, and its cells cannot be run again"
                        + " from it alone");
                entry.put("origin", "missing");
                continue;
            }
            String name = plugin
                    ? PLUGINS + part.name().substring(PLUGIN_PREFIX.length())
                    : (own ? JARS : LIBRARIES) + part.name();
            payload.put(name, Content.of(file.get()));
            entry.put("origin", "package").put("file", name).put("purl", origin);
        }
        payload.put(LOCK, Content.of(lock.toPrettyString() + "\n"));
        hand.bill().ifPresent(bill -> payload.put(BILL, Content.of(bill)));
        if (hand.bill().isEmpty()) {
            warnings.add("no bill of materials: this is an unpacked build");
        }
        return warnings;
    }

    /** Where it lay when the run was made, or wherever a file of its sum is. */
    private Optional<Path> find(Code.Part part) {
        Path found = bySum.get(part.sha256());
        if (found != null) {
            return Optional.of(found);
        }
        // The path stands first in what was noted, see KnownSums; it may hold spaces, the four facts after it do not.
        String[] facts = part.seen().split(" ");
        if (facts.length < 5) {
            return Optional.empty();
        }
        Path then = Path.of(String.join(" ", List.of(facts).subList(0, facts.length - 4)));
        try {
            return Files.isRegularFile(then) && Sha256.of(then).equals(part.sha256())
                    ? Optional.of(then)
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
