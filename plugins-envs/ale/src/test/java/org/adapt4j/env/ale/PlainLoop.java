package org.adapt4j.env.ale;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.adapt4j.env.ale.cartridge.Cartridge;
import org.bytedeco.javacpp.Loader;

/** The program {@code src/test/cpp/plain_loop.cpp}, compiled against the same library that the plug-in loads. */
final class PlainLoop {

    private static final Path SOURCE = Path.of("src/test/cpp/plain_loop.cpp");

    private final Path folder;
    private final Path program;
    private final Path libraries;

    /** Compiles it into a folder. */
    PlainLoop(Path folder) {
        this.folder = folder;
        AleLibrary.load();
        Path library =
                Path.of(Objects.requireNonNull(Loader.getLoadedLibraries().get("ale")));
        libraries = Objects.requireNonNull(library.getParent());
        program = folder.resolve("plain_loop");
        run(
                List.of(
                        "g++",
                        "-O3",
                        "-std=c++17",
                        "-D_GLIBCXX_USE_CXX11_ABI=0",
                        source().toString(),
                        library.toString(),
                        libraries.resolve("libSDL2-2.0.so.0").toString(),
                        "-o",
                        program.toString()),
                "");
    }

    private static Path source() {
        return Files.exists(SOURCE) ? SOURCE : Path.of("plugins-envs/ale").resolve(SOURCE);
    }

    /** Whether this machine can compile it. */
    static boolean isPossible() {
        try {
            Process process = new ProcessBuilder("g++", "--version")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(5, TimeUnit.MINUTES) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Steps per second of processor time. */
    double speed(Cartridge cartridge, double seconds) {
        List<String> lines = run(
                List.of(
                        program.toString(),
                        "speed",
                        file(cartridge.aleGame(), cartridge.rom()).toString(),
                        Double.toString(seconds)),
                "");
        return Double.parseDouble(lines.get(0));
    }

    /**
     * For the first observation and after each action of one game: reward, 1 if the game is over, checksum of the stack.
     *
     * @param game ALE's name of the game whose RAM cells the cartridge uses
     * @param rom the cartridge
     */
    List<String> trace(String game, byte[] rom, int noOps, List<Integer> actions) {
        StringBuilder input = new StringBuilder();
        actions.forEach(action -> input.append(action).append('\n'));
        return run(
                List.of(program.toString(), "trace", file(game, rom).toString(), Integer.toString(noOps)),
                input.toString());
    }

    /** FNV-1a, as the program computes it. */
    static String checksum(byte[] bytes) {
        int hash = 0x811c9dc5;
        for (byte value : bytes) {
            hash = (hash ^ value & 255) * 16777619;
        }
        return Integer.toUnsignedString(hash);
    }

    private Path file(String game, byte[] rom) {
        try {
            return Files.write(folder.resolve(game + ".bin"), rom);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> run(List<String> command, String input) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("LD_LIBRARY_PATH", libraries.toString());
        try {
            Path given = Files.writeString(folder.resolve("input"), input);
            Process process = builder.redirectInput(given.toFile()).start();
            List<String> lines = new ArrayList<>();
            try (BufferedReader output =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                output.lines().forEach(lines::add);
            }
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + " ended with " + process.exitValue());
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
