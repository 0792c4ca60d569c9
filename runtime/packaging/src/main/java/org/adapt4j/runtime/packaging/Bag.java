package org.adapt4j.runtime.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.adapt4j.runtime.run.StorageException;

/** A bag as the BagIt File Packaging Format, version 1.0, lays it out (RFC 8493): a payload below {@code data/}, and the sums of all files. */
final class Bag {
    static final String PAYLOAD = "data/";
    static final String DECLARATION = "bagit.txt";
    static final String INFO = "bag-info.txt";
    static final String MANIFEST = "manifest-sha512.txt";
    static final String TAG_MANIFEST = "tagmanifest-sha512.txt";
    private static final String VERSION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
    private static final Pattern LINE = Pattern.compile("([0-9a-fA-F]{128})[ \t]+\\*?([^\r\n]+)");
    private static final Pattern OXUM = Pattern.compile("(?m)^Payload-Oxum: (\\d+)\\.(\\d+)$");

    private Bag() {}

    /**
     * Makes the files of a bag around a payload.
     *
     * @param payload by name below {@code data/}
     * @param info further lines of {@code bag-info.txt}, by label
     * @return all files by name, the payload's among them
     */
    static SortedMap<String, Content> around(SortedMap<String, Content> payload, Map<String, String> info) {
        SortedMap<String, Content> files = new TreeMap<>();
        StringBuilder manifest = new StringBuilder();
        long bytes = 0;
        for (Map.Entry<String, Content> file : payload.entrySet()) {
            String name = PAYLOAD + file.getKey();
            Sum sum = sum(file.getValue());
            bytes += sum.bytes();
            line(manifest, sum, name);
            files.put(name, file.getValue());
        }
        StringBuilder about = new StringBuilder();
        new TreeMap<>(info)
                .forEach((label, value) -> about.append(label)
                        .append(": ")
                        .append(value.replaceAll("\\s+", " "))
                        .append('\n'));
        about.append("Payload-Oxum: ")
                .append(bytes)
                .append('.')
                .append(payload.size())
                .append('\n');
        SortedMap<String, Content> tags = new TreeMap<>(Map.of(
                DECLARATION, Content.of(VERSION),
                INFO, Content.of(about.toString()),
                MANIFEST, Content.of(manifest.toString())));
        StringBuilder tagManifest = new StringBuilder();
        tags.forEach((name, content) -> line(tagManifest, sum(content), name));
        files.putAll(tags);
        files.put(TAG_MANIFEST, Content.of(tagManifest.toString()));
        return files;
    }

    private static void line(StringBuilder manifest, Sum sum, String name) {
        manifest.append(sum.hex()).append("  ").append(escaped(name)).append('\n');
    }

    /** As RFC 8493, section 2.1.3, asks for. */
    private static String escaped(String name) {
        return name.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D");
    }

    private static String unescaped(String name) {
        return name.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%");
    }

    private record Sum(String hex, long bytes) {}

    private static Sum sum(Content content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-512");
            long bytes;
            try (InputStream in = new DigestInputStream(content.open(), digest)) {
                bytes = in.transferTo(java.io.OutputStream.nullOutputStream());
            }
            return new Sum(HexFormat.of().formatHex(digest.digest()), bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-512", e);
        } catch (IOException e) {
            throw new PackageException("cannot read what is to be packed: " + e.getMessage(), e);
        }
    }

    /**
     * Checks a bag that was unpacked: it is complete and valid, see RFC 8493, section 3.
     *
     * @param further tag files that need not be listed
     * @return what is wrong, a line each, by name of the file; empty if nothing is
     */
    static List<String> flaws(Path bag, List<String> further) {
        List<String> flaws = new ArrayList<>();
        try {
            Path declaration = bag.resolve(DECLARATION);
            if (!Files.isRegularFile(declaration)) {
                return List.of(DECLARATION + ": is missing, so this is no bag");
            }
            String text = text(declaration);
            if (!text.equals(VERSION)) {
                flaws.add(DECLARATION + ": does not declare BagIt 1.0 in UTF-8");
            }
            SortedMap<String, String> payload = manifest(bag, MANIFEST, flaws);
            SortedMap<String, String> tags = manifest(bag, TAG_MANIFEST, flaws);
            for (String tag : List.of(DECLARATION, INFO, MANIFEST)) {
                if (!tags.containsKey(tag)) {
                    flaws.add(TAG_MANIFEST + ": does not list " + tag);
                }
            }
            long bytes = check(bag, payload, flaws);
            check(bag, tags, flaws);
            for (String name : files(bag)) {
                boolean listed = name.startsWith(PAYLOAD) ? payload.containsKey(name) : tags.containsKey(name);
                if (!listed && !name.equals(TAG_MANIFEST) && !further.contains(name)) {
                    flaws.add(name + ": is not listed in any manifest");
                }
            }
            Path info = bag.resolve(INFO);
            Matcher oxum = OXUM.matcher(Files.isRegularFile(info) ? text(info) : "");
            if (!oxum.find()
                    || !oxum.group(1).equals(Long.toString(bytes))
                    || !oxum.group(2).equals(Integer.toString(payload.size()))) {
                flaws.add(INFO + ": states another size of the payload than it has");
            }
            return flaws;
        } catch (IOException e) {
            throw StorageException.of(bag, e);
        }
    }

    private static SortedMap<String, String> manifest(Path bag, String name, List<String> flaws) throws IOException {
        SortedMap<String, String> sums = new TreeMap<>();
        Path file = bag.resolve(name);
        if (!Files.isRegularFile(file)) {
            flaws.add(name + ": is missing");
            return sums;
        }
        int number = 0;
        for (String line : text(file).split("\n")) {
            number++;
            Matcher parts = LINE.matcher(line);
            if (!parts.matches()) {
                flaws.add(name + ": " + number + ": is not a sum and a name");
            } else {
                String listed = unescaped(parts.group(2));
                if (!bag.resolve(listed).normalize().startsWith(bag)
                        || sums.put(listed, parts.group(1).toLowerCase(java.util.Locale.ROOT)) != null) {
                    flaws.add(name + ": " + number + ": lists " + listed + ", which is outside or was listed before");
                    sums.remove(listed);
                }
            }
        }
        return sums;
    }

    private static long check(Path bag, Map<String, String> sums, List<String> flaws) {
        long bytes = 0;
        for (Map.Entry<String, String> listed : sums.entrySet()) {
            Path file = bag.resolve(listed.getKey());
            if (!Files.isRegularFile(file)) {
                flaws.add(listed.getKey() + ": is listed, but not there");
                continue;
            }
            Sum sum = sum(Content.of(file));
            bytes += sum.bytes();
            if (!sum.hex().equals(listed.getValue())) {
                flaws.add(listed.getKey() + ": does not hold what was packed (its SHA-512 differs)");
            }
        }
        return bytes;
    }

    private static List<String> files(Path bag) throws IOException {
        try (Stream<Path> files = Files.walk(bag)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> bag.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    private static String text(Path file) throws IOException {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            return "";
        }
    }
}
