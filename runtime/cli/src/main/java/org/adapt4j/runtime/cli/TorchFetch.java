package org.adapt4j.runtime.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.adapt4j.runtime.natives.OwnFolder;
import org.adapt4j.runtime.run.StorageException;

/**
 * Has DJL fetch its libtorch for CUDA from where its makers publish it: some gigabytes, which nothing but this command does. DJL fetches only
 * where no libtorch is on the class path, so it happens in a process of its own without the one that comes with this program.
 *
 * @param cache the user's own folder that DJL keeps it in
 * @param offline whether it must do without the network, and so can only find what was fetched before
 */
record TorchFetch(Path cache, boolean offline) {

    /** The flavour of CUDA 12.8. */
    static final String FLAVOR = "cu128";

    static final String OPTION = "--fetch-cuda";

    /** Into the folder that the user keeps such things in. */
    static TorchFetch here() {
        return new TorchFetch(OwnFolder.of("libtorch"), false);
    }

    /**
     * Fetches it, or finds that it was fetched before.
     *
     * @return the folder that {@code PYTORCH_LIBRARY_PATH} is to name
     * @throws NativeLibraryException if it cannot be fetched
     */
    Path fetch() {
        Optional<Path> before = fetched();
        if (before.isPresent()) {
            return before.get();
        }
        String said = run(command(System.getProperty("java.class.path")));
        return fetched()
                .orElseThrow(() -> new NativeLibraryException("libtorch for CUDA could not be fetched (" + said
                        + "). Fetch a libtorch for CUDA 12.8 by other means, unpack it, and let"
                        + " PYTORCH_LIBRARY_PATH name its folder lib"));
    }

    /** What was fetched, if anything was. Libraries of the wrong flavour are none: DJL takes the one for the processor where there is no other. */
    private Optional<Path> fetched() {
        Path all = cache.resolve("pytorch");
        if (!Files.isDirectory(all)) {
            return Optional.empty();
        }
        try (Stream<Path> folders = Files.list(all)) {
            return folders.filter(folder -> folder.getFileName().toString().contains("-" + FLAVOR + "-"))
                    .filter(folder -> Files.isRegularFile(folder.resolve("libtorch_cuda.so")))
                    .sorted()
                    .findFirst();
        } catch (IOException e) {
            throw StorageException.of(all, e);
        }
    }

    /** The process that fetches. */
    List<String> command(String classPath) {
        String without = Arrays.stream(classPath.split(File.pathSeparator))
                .filter(part -> !Path.of(part).getFileName().toString().startsWith("pytorch-native-"))
                .collect(Collectors.joining(File.pathSeparator));
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dai.djl.offline=" + offline,
                "-DDJL_CACHE_DIR=" + cache,
                "-DPYTORCH_FLAVOR=" + FLAVOR,
                "-cp",
                without,
                Fetching.class.getName());
    }

    /** The last line that it printed. */
    private static String run(List<String> command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().keySet().removeIf(name -> name.startsWith("PYTORCH_") || name.startsWith("DJL_"));
            builder.environment().put("OPT_OUT_TRACKING", "true");
            Process process = builder.start();
            process.getOutputStream().close();
            String last = "";
            for (String line : process.inputReader().lines().toList()) {
                last = line.isBlank() ? last : line.strip();
            }
            process.waitFor();
            return last;
        } catch (IOException e) {
            throw new NativeLibraryException("no process can be started to fetch libtorch: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NativeLibraryException("interrupted while libtorch was fetched", e);
        }
    }
}
