package org.adapt4j.runtime.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.adapt4j.runtime.run.Code;
import org.adapt4j.runtime.run.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SoftwareTest {

    private static final String BILL = """
            {
              "metadata": {"component": {"name": "adapt4j-tool", "version": "1.0", "purl": "pkg:maven/org.adapt4j/adapt4j-tool@1.0"}},
              "components": [
                {"purl": "pkg:maven/org.adapt4j/adapt4j-part@1.0", "hashes": [{"alg": "SHA-256", "content": "%s"}]},
                {"purl": "pkg:maven/org.example/library@2.0", "hashes": [{"alg": "SHA-256", "content": "abcd"}]}
              ]
            }
            """;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void locksEveryJarByItsCoordinatesThatOfTheBillItselfToo() throws IOException {
        Path tool = Files.writeString(folder.resolve("adapt4j-tool-1.0.jar"), "tool");
        Path part = Files.writeString(folder.resolve("adapt4j-part-1.0.jar"), "part");
        Path bill = Files.writeString(folder.resolve("bill.json"), BILL.formatted(Sha256.of(part)));
        Code code = new Code("17", List.of(of(tool), of(part), new Code.Part("library-2.0.jar", "2.0", "abcd", "")));
        SortedMap<String, Content> payload = new TreeMap<>();

        List<String> missing = Software.at(
                        new PackageMaker.Jars(List.of(tool, part), Optional.of(bill), Set.of()), false)
                .addTo(payload, code);

        assertThat(missing).isEmpty();
        JsonNode lock = read(Objects.requireNonNull(payload.get(Software.LOCK)));
        assertThat(lock.path("jars").findValuesAsText("purl"))
                .containsExactly(
                        "pkg:maven/org.adapt4j/adapt4j-part@1.0",
                        "pkg:maven/org.adapt4j/adapt4j-tool@1.0",
                        "pkg:maven/org.example/library@2.0");
    }

    private static Code.Part of(Path jar) throws IOException {
        return new Code.Part(String.valueOf(jar.getFileName()), "1.0", Sha256.of(jar), "");
    }

    private static JsonNode read(Content content) throws IOException {
        try (InputStream in = content.open()) {
            return new ObjectMapper().readTree(in);
        }
    }
}
