package org.adapt4j.env.ale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.adapt4j.api.benchmark.Finding;
import org.adapt4j.api.benchmark.UnplayableTaskException;

/**
 * The user's folder of cartridges, and the folders in it. Cartridges are known by what is in them, never by their names.
 *
 * @param folder where to look; empty if the user named none
 * @param known the game whose cartridge has an MD5
 */
record RomFolder(Optional<Path> folder, Function<String, Optional<Game>> known) {

    /** ALE reads no more than this of a file. */
    private static final long LARGEST = 512 * 1024;

    private static final int SMALLEST = 2048;
    private static final int DEPTH = 4;
    private static final int MOST_FILES = 20_000;

    /** Names the folder for all experiments on a machine. */
    static final String VARIABLE = "ALE_ROMS";

    /** What to do without a folder. */
    static final String POINT = "set benchmark.roms, or the environment variable " + VARIABLE
            + ", to the folder that holds your cartridges";

    /** Looks for the cartridges that ALE knows. */
    RomFolder(Optional<Path> folder) {
        this(folder, Games::withMd5);
    }

    /**
     * A file and what it is.
     *
     * @param file where it is
     * @param game the game whose cartridge it is; empty if it is none of ALE's
     * @param fault why it is none
     */
    private record Sighting(Path file, Optional<Game> game, String fault) {}

    /**
     * The cartridge of a game.
     *
     * @throws UnplayableTaskException if there is none, saying what there is instead
     */
    byte[] image(Game game) {
        String task = Kind.ROM.key() + "/" + game.name();
        folderFault().ifPresent(fault -> {
            throw new UnplayableTaskException(task + ": " + fault);
        });
        List<Sighting> sightings = look();
        for (Sighting sighting : sightings) {
            if (sighting.game().equals(Optional.of(game))) {
                return read(sighting.file(), task);
            }
        }
        for (Sighting sighting : sightings) {
            if (stem(sighting.file()).equals(game.name())) {
                throw new UnplayableTaskException(
                        task + ": " + sighting.file() + " is not the cartridge that ALE knows: "
                                + sighting.game()
                                        .map(other -> "it is that of " + other.name())
                                        .orElse(sighting.fault())
                                + ". Its MD5 must be " + game.md5());
            }
        }
        throw new UnplayableTaskException(task + ": no file in " + folder.orElseThrow() + " is its cartridge (MD5 "
                + game.md5() + "), under whatever name. " + recognised(sightings));
    }

    /** What is in the folder: each of ALE's games that was recognised, what is wrong with files that look like cartridges. */
    List<Finding> inspect(List<Game> wanted) {
        List<Finding> findings = new ArrayList<>();
        Optional<String> fault = folder.isEmpty() ? Optional.of("no cartridges of yours") : folderFault();
        if (fault.isPresent()) {
            for (Game game : wanted) {
                findings.add(Finding.bad(Kind.ROM.key() + "/" + game.name(), fault.get(), POINT));
            }
            if (wanted.isEmpty() && folder.isPresent()) {
                findings.add(Finding.bad("ALE cartridges", fault.get(), POINT));
            }
            return findings;
        }
        Map<String, Path> found = new TreeMap<>();
        for (Sighting sighting : look()) {
            sighting.game().ifPresent(game -> found.putIfAbsent(game.name(), sighting.file()));
            if (sighting.game().isEmpty() && looksLikeACartridge(sighting.file())) {
                findings.add(Finding.good(sighting.file().getFileName().toString(), "ignored: " + sighting.fault()));
            }
        }
        found.forEach((name, file) -> findings.add(Finding.good(Kind.ROM.key() + "/" + name, file.toString())));
        for (Game game : wanted) {
            if (!found.containsKey(game.name())) {
                findings.add(Finding.bad(
                        Kind.ROM.key() + "/" + game.name(),
                        "no cartridge in " + folder.orElseThrow(),
                        "add the file with MD5 " + game.md5() + ", under whatever name"));
            }
        }
        return findings;
    }

    private Optional<String> folderFault() {
        if (folder.isEmpty()) {
            return Optional.of("this needs a cartridge of your own: " + POINT);
        }
        Path path = folder.get();
        if (!Files.exists(path)) {
            return Optional.of("there is no folder " + path);
        }
        if (!Files.isDirectory(path)) {
            return Optional.of(path + " is a file, not a folder");
        }
        if (!Files.isReadable(path) || !Files.isExecutable(path)) {
            return Optional.of("the folder " + path + " cannot be read: look at its permissions");
        }
        return Optional.empty();
    }

    private List<Sighting> look() {
        List<Path> files = new ArrayList<>();
        collect(folder.orElseThrow(), DEPTH, files);
        return files.stream().map(this::sight).toList();
    }

    /** A folder in it that cannot be read hides its own files only. */
    private static void collect(Path within, int depth, List<Path> files) {
        List<Path> entries;
        try (Stream<Path> listed = Files.list(within)) {
            entries = listed.sorted().toList();
        } catch (IOException e) {
            return;
        }
        for (Path entry : entries) {
            if (files.size() >= MOST_FILES) {
                return;
            }
            if (Files.isRegularFile(entry)) {
                files.add(entry);
            } else if (depth > 1 && Files.isDirectory(entry)) {
                collect(entry, depth - 1, files);
            }
        }
    }

    private Sighting sight(Path file) {
        try {
            long size = Files.size(file);
            if (isPacked(file)) {
                return new Sighting(file, Optional.empty(), "it is an archive: unpack it");
            }
            if (size == 0) {
                return new Sighting(file, Optional.empty(), "it is empty");
            }
            if (size > LARGEST) {
                return new Sighting(file, Optional.empty(), "it has " + size + " bytes, more than any cartridge");
            }
            String md5 = md5(Files.readAllBytes(file));
            Optional<Game> game = known.apply(md5);
            return new Sighting(file, game, game.isPresent() ? "" : fault(size, md5));
        } catch (IOException e) {
            return new Sighting(file, Optional.empty(), "it cannot be read: look at its permissions (" + e + ")");
        }
    }

    private static String fault(long size, String md5) {
        boolean whole = size >= SMALLEST && size % 1024 == 0;
        return whole
                ? "its MD5 is " + md5 + ", which is none of ALE's "
                        + Games.all().size() + " cartridges (another edition?)"
                : "it has " + size
                        + " bytes, and cartridges have 2, 4, 8 or more whole KiB: it was cut short or is something"
                        + " else";
    }

    private static byte[] read(Path file, String task) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UnplayableTaskException(task + ": " + file + " cannot be read: " + e);
        }
    }

    private static String recognised(List<Sighting> sightings) {
        List<String> names = sightings.stream()
                .flatMap(sighting -> sighting.game().stream())
                .map(Game::name)
                .distinct()
                .sorted()
                .toList();
        return names.isEmpty()
                ? "None of its " + sightings.size() + " files is a cartridge that ALE knows"
                : "Recognised there: " + String.join(", ", names);
    }

    private static boolean looksLikeACartridge(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return isPacked(file) || name.endsWith(".bin") || name.endsWith(".a26") || name.endsWith(".rom");
    }

    private static boolean isPacked(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".zip") || name.endsWith(".gz") || name.endsWith(".7z");
    }

    private static String stem(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        int dot = name.lastIndexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    static String md5(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }
}
