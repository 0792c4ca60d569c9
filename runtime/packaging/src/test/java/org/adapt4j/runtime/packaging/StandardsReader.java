package org.adapt4j.runtime.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** Reads bags and crates as RFC 8493 and RO-Crate 1.2 are written; shares nothing with what makes packages. */
final class StandardsReader {
    private StandardsReader() {}

    private static String text(Map<String, byte[]> files, String name) {
        return new String(files.getOrDefault(name, new byte[0]), StandardCharsets.UTF_8);
    }

    /** What keeps files from being a complete and valid bag (sections 2 and 3). */
    static List<String> flawsOfBag(Map<String, byte[]> files) {
        List<String> flaws = new ArrayList<>();
        List<String> declaration = text(files, "bagit.txt").lines().toList();
        if (declaration.size() != 2
                || !declaration.get(0).equals("BagIt-Version: 1.0")
                || !declaration.get(1).equals("Tag-File-Character-Encoding: UTF-8")) {
            flaws.add("bagit.txt is not the declaration of section 2.1.1");
        }
        Map<String, String> payload = manifest(files, "manifest-sha512.txt");
        Map<String, String> tags = manifest(files, "tagmanifest-sha512.txt");
        long bytes = 0;
        int count = 0;
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            boolean isPayload = file.getKey().startsWith("data/");
            bytes += isPayload ? file.getValue().length : 0;
            count += isPayload ? 1 : 0;
            if (isPayload && !payload.containsKey(file.getKey())) {
                flaws.add(file.getKey() + " is payload that no manifest lists");
            }
        }
        for (Map<String, String> sums : List.of(payload, tags)) {
            sums.forEach((name, sum) -> {
                if (!files.containsKey(name)) {
                    flaws.add(name + " is listed, but not there");
                } else if (!sum.equals(sha512(files.get(name)))) {
                    flaws.add(name + " has another sum");
                }
            });
        }
        if (!tags.containsKey("manifest-sha512.txt")
                || tags.keySet().stream().anyMatch(name -> name.startsWith("data/"))) {
            flaws.add("the tag manifest must list the payload manifest and no payload");
        }
        String oxum = "Payload-Oxum: " + bytes + "." + count;
        if (text(files, "bag-info.txt").lines().noneMatch(oxum::equals)) {
            flaws.add("bag-info.txt does not say " + oxum);
        }
        if (text(files, "bag-info.txt").lines().anyMatch(line -> !line.matches("[^:\\s][^:]*: \\S.*"))) {
            flaws.add("bag-info.txt holds a line that is no label, colon, space and value (section 2.2.2)");
        }
        return flaws;
    }

    /** A sum, white space, and a path in which a line feed, a carriage return and a percent sign are encoded (section 2.1.3). */
    private static Map<String, String> manifest(Map<String, byte[]> files, String name) {
        Map<String, String> sums = new HashMap<>();
        text(files, name).lines().forEach(line -> {
            String[] parts = line.split("\\s+", 2);
            sums.put(
                    parts[1].replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%"),
                    parts[0].toLowerCase(Locale.ROOT));
        });
        return sums;
    }

    private static String sha512(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** What keeps a folder's files from being an attached crate ("Root Data Entity", "Data Entities", "Metadata of the RO-Crate"). */
    static List<String> flawsOfCrate(Map<String, byte[]> files, String root) throws IOException {
        List<String> flaws = new ArrayList<>();
        JsonNode crate = new ObjectMapper().readTree(files.get(root + "ro-crate-metadata.json"));
        if (!crate.path("@context").asText().equals("https://w3id.org/ro/crate/1.2/context")) {
            flaws.add("@context is not that of RO-Crate 1.2");
        }
        Map<String, JsonNode> entities = new HashMap<>();
        for (JsonNode entity : crate.path("@graph")) {
            if (entity.path("@type").isMissingNode()
                    || entities.put(entity.path("@id").asText(), entity) != null) {
                flaws.add(entity.path("@id").asText() + " has no type, or is described twice");
            }
        }
        JsonNode descriptor = entities.getOrDefault("ro-crate-metadata.json", MissingNode.getInstance());
        if (!descriptor.at("/about/@id").asText().equals("./")
                || !descriptor.at("/conformsTo/@id").asText().startsWith("https://w3id.org/ro/crate/1.2")) {
            flaws.add("the metadata descriptor is not about ./, or does not conform to RO-Crate 1.2");
        }
        JsonNode dataset = entities.getOrDefault("./", MissingNode.getInstance());
        for (String needed : List.of("name", "description", "datePublished", "license")) {
            if (dataset.path(needed).isMissingNode()) {
                flaws.add("the root data entity has no " + needed);
            }
        }
        if (!dataset.path("datePublished").asText().matches("\\d{4}-\\d{2}-\\d{2}.*")) {
            flaws.add("datePublished is no date of ISO 8601 to the day");
        }
        TreeSet<String> parts = new TreeSet<>();
        dataset.path("hasPart").forEach(part -> parts.add(part.path("@id").asText()));
        entities.forEach((id, entity) -> {
            String path = URLDecoder.decode(id.replace("+", "%2B"), StandardCharsets.UTF_8);
            if (entity.path("@type").asText().equals("File") && !files.containsKey(root + path)) {
                flaws.add(path + " is described, but not there");
            }
            if (entity.path("@type").asText().equals("File") && !parts.contains(id)) {
                flaws.add(id + " is not reached from the root data entity by hasPart");
            }
            references(entity).stream()
                    .filter(reference -> !reference.startsWith("http") && !entities.containsKey(reference))
                    .forEach(reference -> flaws.add(id + " refers to " + reference + ", which nothing describes"));
        });
        return flaws;
    }

    private static List<String> references(JsonNode entity) {
        List<String> references = new ArrayList<>();
        entity.properties().forEach(property -> {
            JsonNode value = property.getValue();
            (value.isArray() ? value : new ObjectMapper().createArrayNode().add(value)).forEach(one -> {
                if (one.isObject() && one.size() == 1 && one.has("@id")) {
                    references.add(one.path("@id").asText());
                }
            });
        });
        return references;
    }
}
