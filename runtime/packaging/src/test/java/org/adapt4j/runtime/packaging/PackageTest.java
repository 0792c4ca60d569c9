package org.adapt4j.runtime.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.adapt4j.runtime.run.RunFolder;
import org.apache.commons.compress.archivers.zip.UnixStat;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PackageTest {
    private static final PackageMaker.Jars NO_JARS = new PackageMaker.Jars(List.of(), Optional.empty(), Set.of());

    @TempDir
    private Path folder;

    @TempDir
    private static Path shared;

    private static Path template = Path.of("");

    @BeforeAll
    static void pack() {
        Path run = SmallRun.write(shared.resolve("run"), 0, 5, SmallRun.machine("avx2"));
        template = create(run, shared.resolve("small.zip")).file();
    }

    private Path packed() throws IOException {
        return Files.copy(template, folder.resolve("small.zip"), StandardCopyOption.REPLACE_EXISTING);
    }

    private static PackageMaker.Made create(Path run, Path out, PackageMaker.Extra... extras) {
        return PackageMaker.create(run, new PackageMaker.Options(Set.of(extras), Terms.USUAL), NO_JARS, out);
    }

    private static List<Level.Outcome> outcomes(List<Level> levels) {
        return levels.stream().map(Level::outcome).toList();
    }

    @Test
    void packsTheSameRunIntoTheSameBytesInEveryTimeZone() throws IOException {
        byte[] here = Files.readAllBytes(packed());
        TimeZone before = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Auckland"));

            PackageMaker.Made there = create(shared.resolve("run"), folder.resolve("again.zip"));

            assertThat(Files.readAllBytes(there.file())).isEqualTo(here);
        } finally {
            TimeZone.setDefault(before);
        }
    }

    @Test
    void verifiesWhatItPacked() throws IOException {
        List<Level> levels = Verification.of(packed(), Optional.empty());

        assertThat(levels).extracting(Level::name).containsExactly("archive", "signature", "integrity", "recompute");
        assertThat(outcomes(levels))
                .containsExactly(
                        Level.Outcome.GOOD, Level.Outcome.NOT_APPLICABLE, Level.Outcome.GOOD, Level.Outcome.GOOD);
    }

    @Test
    void packsOfTheReportWhatFollowsFromTheResults() throws IOException {
        Path run = SmallRun.write(folder.resolve("run"), 0, 5, SmallRun.machine("avx2"));
        Files.createDirectories(run.resolve("report"));
        Files.writeString(run.resolve("report/notes.csv"), "cell\n");

        Path file = create(run, folder.resolve("small.zip")).file();

        assertThat(entries(file).keySet())
                .noneMatch(name -> name.endsWith("notes.csv"))
                .anyMatch(name -> name.endsWith("report/evaluations.csv"));
        assertThat(outcomes(Verification.of(file, Optional.empty()))).doesNotContain(Level.Outcome.DIFFERENT);
    }

    @Test
    void packsWhatWasJudgedBefore() throws IOException {
        assertThat(entries(packed()).keySet()).anyMatch(name -> name.endsWith("/data/run/judged.jsonl"));
    }

    @Test
    void packsEveryEpisodeAsARowAndSeesThatTheRowsFollow() throws IOException {
        Path run = SmallRun.write(folder.resolve("run"), 0, 5, SmallRun.machine("avx2"));
        Path file = create(run, folder.resolve("small.zip"), PackageMaker.Extra.EPISODES)
                .file();
        assertThat(outcomes(Verification.of(file, Optional.empty()))).doesNotContain(Level.Outcome.DIFFERENT);

        remake(file, "results/episodes.csv", text -> text.replaceFirst("episode,0,2", "episode,0,3"));

        Level recompute = Verification.of(file, Optional.empty()).get(3);
        assertThat(recompute.outcome()).isEqualTo(Level.Outcome.DIFFERENT);
        assertThat(recompute.words()).contains("results/episodes.csv: line");
    }

    @Test
    void packsThePoliciesThatAdaptationsEndedWithAmongTheModels() throws IOException {
        Path run = SmallRun.write(folder.resolve("run"), 0, 5, SmallRun.machine("avx2"));
        Path cell = RunFolder.open(run)
                .cell(RunFolder.open(run).plan().cells().get(0))
                .adapted();
        Files.createDirectories(cell);
        Files.writeString(cell.resolve("weights.safetensors"), "weights");
        Files.writeString(cell.resolve("README.md"), "card");

        PackageMaker.Made made = create(run, folder.resolve("small.zip"), PackageMaker.Extra.MODELS);

        assertThat(made.warnings()).noneMatch(warning -> warning.contains("models"));
        assertThat(entries(made.file()).keySet())
                .anyMatch(name -> name.endsWith("/adapted/weights.safetensors"))
                .anyMatch(name -> name.endsWith("/adapted/README.md"));
        assertThat(outcomes(Verification.of(made.file(), Optional.empty()))).doesNotContain(Level.Outcome.DIFFERENT);
        assertThat(entries(create(run, folder.resolve("small.zip")).file()).keySet())
                .noneMatch(name -> name.contains("/adapted/"));
    }

    @Test
    void saysWhichModelsTheRunDidNotKeep() throws IOException {
        Path run = SmallRun.write(folder.resolve("run"), 0, 5, SmallRun.machine("avx2"));

        assertThat(create(run, folder.resolve("small.zip"), PackageMaker.Extra.MODELS)
                        .warnings())
                .anyMatch(warning -> warning.startsWith("--with models: there are none in the run"));

        Path learned = RunFolder.open(run)
                .cell(RunFolder.open(run).plan().cells().get(0))
                .learned();
        Files.createDirectories(learned);
        Files.writeString(learned.resolve("SHA256SUMS"), "0".repeat(64) + "  weights.safetensors\n");

        assertThat(create(run, folder.resolve("small.zip"), PackageMaker.Extra.MODELS)
                        .warnings())
                .anyMatch(warning -> warning.contains("what 1 of 1 pre-training cells learned is not in the package")
                        && warning.contains("run.keep = none"));
        assertThat(create(run, folder.resolve("small.zip")).warnings())
                .noneMatch(warning -> warning.contains("models"));
    }

    @Test
    void linksThePageToThePackageAndThePackagedPageToHowToUseIt() throws IOException {
        Path run = SmallRun.write(folder.resolve("run"), 0, 5, SmallRun.machine("avx2"));

        Path file = create(run, folder.resolve("small.zip")).file();

        assertThat(run.resolve("report/report.html")).content().contains("href=\"../../small.zip\"");
        String page = new String(
                entries(file).entrySet().stream()
                        .filter(entry -> entry.getKey().endsWith("/report.html"))
                        .findFirst()
                        .orElseThrow()
                        .getValue(),
                StandardCharsets.UTF_8);
        assertThat(page).contains("href=\"../../REPRODUCE.md\"").doesNotContain("small.zip");
        assertThat(entries(file).keySet()).anyMatch(name -> name.endsWith("/data/REPRODUCE.md"));
    }

    @Test
    void comparesWhatWasPublishedWithWhatFollows() throws IOException {
        Path file = packed();
        Path published = Files.createDirectories(folder.resolve("published"));
        Path report = shared.resolve("run/report");
        Files.copy(report.resolve("tables/scores.csv"), published.resolve("scores.csv"));
        Files.copy(report.resolve("tables/scores.md"), published.resolve("scores.md"));
        Files.writeString(published.resolve("other.csv"), "a\n1\n");

        Level good = PublishedNumbers.of(file, published);
        Files.writeString(
                published.resolve("scores.md"),
                Files.readString(published.resolve("scores.md")).replaceFirst("0\\.", "0.9"));
        Level edited = PublishedNumbers.of(file, published);

        assertThat(good.outcome()).isEqualTo(Level.Outcome.GOOD);
        assertThat(good.words()).startsWith("2 files").endsWith("not of the package: other.csv");
        assertThat(edited.outcome()).isEqualTo(Level.Outcome.DIFFERENT);
        assertThat(edited.words()).startsWith("scores.md: line");
    }

    @Test
    void readersWrittenFromTheStandardsTakeIt() throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        entries(packed()).forEach((name, bytes) -> files.put(name.substring(name.indexOf('/') + 1), bytes));

        assertThat(StandardsReader.flawsOfBag(files)).isEmpty();
        assertThat(StandardsReader.flawsOfCrate(files, "data/")).isEmpty();

        files.put("data/REPRODUCE.md", new byte[] {1});
        files.remove("data/seeds.json");
        assertThat(StandardsReader.flawsOfBag(files)).hasSizeGreaterThanOrEqualTo(3);
        assertThat(StandardsReader.flawsOfCrate(files, "data/"))
                .containsExactly("seeds.json is described, but not there");
    }

    @Test
    void noticesABitThatFlippedAnywhereInTheArchive() throws IOException {
        Path file = packed();
        byte[] good = Files.readAllBytes(file);
        Random random = new Random(1);
        List<Integer> unnoticed = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            byte[] bad = good.clone();
            int place = random.nextInt(bad.length);
            bad[place] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, bad);
            try {
                if (!outcomes(Verification.of(file, Optional.empty())).contains(Level.Outcome.DIFFERENT)) {
                    unnoticed.add(place);
                }
            } catch (PackageException e) {
                assertThat(e).hasMessageContaining(file.toString());
            }
        }

        assertThat(unnoticed).isEmpty();
    }

    @Test
    void namesTheFileOfThePayloadThatChanged() throws IOException {
        Path file = packed();
        rewrite(
                file,
                entries -> entries.replaceAll((name, bytes) ->
                        name.endsWith("REPRODUCE.md") ? "other".getBytes(StandardCharsets.UTF_8) : bytes));

        Level integrity = Verification.of(file, Optional.empty()).get(2);

        assertThat(integrity.outcome()).isEqualTo(Level.Outcome.DIFFERENT);
        assertThat(integrity.words()).contains("data/REPRODUCE.md: does not hold what was packed");
    }

    @Test
    void noticesAFileThatNoManifestLists() throws IOException {
        Path file = packed();
        rewrite(
                file,
                entries -> entries.put(
                        entries.firstKey().substring(0, entries.firstKey().indexOf('/')) + "/data/more.txt",
                        new byte[] {1}));

        assertThat(Verification.of(file, Optional.empty()).get(2).words())
                .contains("data/more.txt: is not listed in any manifest");
    }

    @Test
    void findsANumberOfAFigureThatDoesNotFollowThoughEveryManifestWasMadeAnew() throws IOException {
        Path file = packed();
        remake(file, "run/report/figures/adaptation-return.csv", text -> {
            int digit = text.lastIndexOf('.') + 1; // the first one after a point counts
            char other = text.charAt(digit) == '8' ? '7' : '8';
            return text.substring(0, digit) + other + text.substring(digit + 1);
        });

        List<Level> levels = Verification.of(file, Optional.empty());

        assertThat(levels.get(2).outcome()).isEqualTo(Level.Outcome.GOOD);
        assertThat(levels.get(3).outcome()).isEqualTo(Level.Outcome.DIFFERENT);
        assertThat(levels.get(3).words())
                .contains("adaptation-return.csv: line")
                .contains("follows from the results");
    }

    @Test
    void findsAScoreThatWasChangedThoughEveryManifestWasMadeAnew() throws IOException {
        Path file = packed();
        String cell = onlyName(file, "evaluations.jsonl");
        remake(file, cell, text -> text.replaceFirst("\"normalised\":0\\.2", "\"normalised\":0.9"));

        Level integrity = Verification.of(file, Optional.empty()).get(2);

        assertThat(integrity.outcome()).isEqualTo(Level.Outcome.DIFFERENT);
        assertThat(integrity.words()).contains("evaluations.jsonl");
    }

    @Test
    void noticesAJarOtherThanTheOneThatRanThoughEveryManifestWasMadeAnew() throws IOException {
        Path file = packed();
        remake(file, "software/lock.json", text -> text.replaceFirst("\"sha256\" : \"....", "\"sha256\" : \"0123"));

        Level integrity = Verification.of(file, Optional.empty()).get(2);

        assertThat(integrity.outcome()).isEqualTo(Level.Outcome.DIFFERENT);
        assertThat(integrity.words()).contains("than made the run, by run/code.jsonl");
    }

    @Test
    void describesEveryFileInItsMetadata() throws IOException {
        Path file = packed();

        JsonNode graph = new ObjectMapper()
                .readTree(entries(file).entrySet().stream()
                        .filter(entry -> entry.getKey().endsWith("/data/ro-crate-metadata.json"))
                        .findFirst()
                        .orElseThrow()
                        .getValue())
                .path("@graph");

        Set<String> ids = new HashSet<>();
        graph.forEach(entity -> ids.add(entity.path("@id").asText()));
        entries(file).keySet().stream()
                .map(name -> name.substring(name.indexOf('/') + 1))
                .filter(name -> name.startsWith("data/") && !name.endsWith("ro-crate-metadata.json"))
                .forEach(name -> assertThat(ids).contains(name.substring("data/".length())));
        assertThat(ids).contains("./", "ro-crate-metadata.json").hasSize(graph.size());
        assertThat(graph.findValuesAsText("@type").stream().filter("CreateAction"::equals))
                .hasSize(10);
    }

    @Test
    void tellsWhoseSignatureItIs() throws IOException {
        Path file = packed();
        Signature.makeKeys(folder.resolve("mine"));
        Signature.makeKeys(folder.resolve("other"));

        Signature.signPackage(file, folder.resolve("mine"));

        assertThat(outcomes(Verification.of(file, Optional.of(folder.resolve("mine.pub")))))
                .containsExactly(Level.Outcome.GOOD, Level.Outcome.GOOD, Level.Outcome.GOOD, Level.Outcome.GOOD);
        assertThat(Verification.of(file, Optional.of(folder.resolve("other.pub")))
                        .get(1)
                        .outcome())
                .isEqualTo(Level.Outcome.DIFFERENT);
        assertThatThrownBy(() -> Signature.makeKeys(folder.resolve("mine"))).hasMessageContaining("never overwritten");
    }

    @Test
    void refusesArchivesThatReachOutOfTheirFolder() throws IOException {
        for (String name :
                List.of("../outside", "/etc/outside", "a/../../outside", "a\\b", "a//b", "a/./b", "con\u0001")) {
            Path file = archive(name);

            assertThatThrownBy(() -> Verification.of(file, Optional.empty()))
                    .as(name)
                    .isInstanceOf(PackageException.class)
                    .hasMessageContaining("refused");
        }
        assertThat(folder.resolveSibling("outside")).doesNotExist();
    }

    @Test
    void refusesALink() throws IOException {
        Path file = folder.resolve("link.zip");
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(file)) {
            ZipArchiveEntry link = new ZipArchiveEntry("a/link");
            link.setUnixMode(UnixStat.LINK_FLAG | UnixStat.DEFAULT_LINK_PERM);
            zip.putArchiveEntry(link);
            zip.write("/etc/passwd".getBytes(StandardCharsets.UTF_8));
            zip.closeArchiveEntry();
        }

        assertThatThrownBy(() -> Verification.of(file, Optional.empty()))
                .isInstanceOf(PackageException.class)
                .hasMessageContaining("it holds a link: a/link");
    }

    @Test
    void refusesArchivesThatHoldMoreThanTheyMay() throws IOException {
        Path file = archive("a/b");

        assertThatThrownBy(() -> Unpacking.unpack(file, folder.resolve("x"), new Unpacking.Limits(10, 3)))
                .hasMessageContaining("more than 3 bytes");
        assertThatThrownBy(() -> Unpacking.unpack(file, folder.resolve("y"), new Unpacking.Limits(0, 1000)))
                .hasMessageContaining("more than 0");
    }

    @Test
    void refusesABomb() throws IOException {
        Path file = folder.resolve("bomb.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("a/b"));
            for (int i = 0; i < 20; i++) {
                zip.write(new byte[1 << 20]);
            }
        }

        assertThatThrownBy(() -> Verification.of(file, Optional.empty()))
                .isInstanceOf(PackageException.class)
                .hasMessageContaining("is refused: it unpacks to more than");
    }

    @Test
    void refusesWhatIsNoArchive() throws IOException {
        Path file = Files.writeString(folder.resolve("no.zip"), "no archive");

        assertThatThrownBy(() -> Verification.of(file, Optional.empty()))
                .isInstanceOf(PackageException.class)
                .hasMessageContaining("is not a readable ZIP archive");
        assertThatThrownBy(() -> Verification.of(folder.resolve("none.zip"), Optional.empty()))
                .hasMessageContaining("there is no such file");
    }

    private Path archive(String name) throws IOException {
        Path file = folder.resolve("bad.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(new byte[10]);
            zip.closeEntry();
        }
        return file;
    }

    private interface Edit {
        void edit(SortedMap<String, byte[]> entries);
    }

    private static void rewrite(Path file, Edit edit) throws IOException {
        SortedMap<String, byte[]> entries = entries(file);
        edit.edit(entries);
        SortedMap<String, Content> contents = new TreeMap<>();
        entries.forEach((name, bytes) -> contents.put(name, Content.of(bytes)));
        StableZip.write(file, contents);
    }

    /** Changes a file of the payload, and makes all manifests anew. */
    private static void remake(Path file, String name, java.util.function.UnaryOperator<String> edit)
            throws IOException {
        SortedMap<String, byte[]> entries = entries(file);
        String top = entries.firstKey().substring(0, entries.firstKey().indexOf('/') + 1);
        SortedMap<String, Content> payload = new TreeMap<>();
        entries.forEach((full, bytes) -> {
            String inside = full.substring(top.length());
            if (inside.startsWith(Bag.PAYLOAD)) {
                String own = inside.substring(Bag.PAYLOAD.length());
                String text = new String(bytes, StandardCharsets.UTF_8);
                String edited = own.equals(name) ? edit.apply(text) : text;
                if (own.equals(name)) {
                    assertThat(edited).isNotEqualTo(text);
                }
                payload.put(own, own.equals(name) ? Content.of(edited) : Content.of(bytes));
            }
        });
        SortedMap<String, Content> all = new TreeMap<>();
        Bag.around(payload, java.util.Map.of()).forEach((own, content) -> all.put(top + own, content));
        StableZip.write(file, all);
    }

    private static String onlyName(Path file, String end) throws IOException {
        String full = entries(file).keySet().stream()
                .filter(name -> name.endsWith(end))
                .findFirst()
                .orElseThrow();
        return full.substring(full.indexOf("/data/") + "/data/".length());
    }

    private static SortedMap<String, byte[]> entries(Path file) throws IOException {
        SortedMap<String, byte[]> entries = new TreeMap<>();
        try (java.util.zip.ZipFile zip = new java.util.zip.ZipFile(file.toFile());
                Stream<? extends ZipEntry> all = zip.stream()) {
            for (ZipEntry entry : all.toList()) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                zip.getInputStream(entry).transferTo(out);
                entries.put(entry.getName(), out.toByteArray());
            }
        }
        return entries;
    }
}
