package org.adapt4j.runtime.natives;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A libtorch that the user brings, as DJL documents it: {@code PYTORCH_LIBRARY_PATH} names its folder, and {@code PYTORCH_FLAVOR} which part of
 * DJL's binding fits it. Where nobody names the flavour, the files of the folder tell it: one for CUDA has {@code libtorch_cuda.so}.
 *
 * @param folder that holds {@code libtorch.so}
 * @param flavor {@code cpu}, or {@code cu} with a version of CUDA
 * @param version as the folder above says it; empty if it does not
 */
record OwnTorch(Path folder, String flavor, Optional<String> version) {

    static final String PATH = "PYTORCH_LIBRARY_PATH";
    static final String FLAVOR = "PYTORCH_FLAVOR";

    /** That of CUDA 12.8, for which DJL 0.35 has a binding. */
    private static final String CUDA = "cu128";

    private static final String LIBRARY = "libtorch.so";
    private static final String CUDA_LIBRARY = "libtorch_cuda.so";

    /** Holds "2.7.1+cu128" or alike in the archives that PyTorch gives out. */
    private static final String VERSION = "build-version";

    private static final int LONGEST_VERSION = 100;

    /**
     * The one that the environment names.
     *
     * @return empty if it names none
     * @throws WrongLibraryException if it names a place without one
     */
    static Optional<OwnTorch> of(Map<String, String> environment) {
        String path = environment.getOrDefault(PATH, "");
        if (path.isBlank()) {
            return Optional.empty();
        }
        Path folder = Stream.of(path.split(File.pathSeparator))
                .map(Path::of)
                .map(part -> part.endsWith(LIBRARY) ? part.toAbsolutePath().getParent() : part)
                .filter(part -> part != null && Files.isRegularFile(part.resolve(LIBRARY)))
                .findFirst()
                .orElseThrow(() -> new WrongLibraryException(PATH + "=" + path + ": there is no " + LIBRARY
                        + " in it. Name the folder lib of an unpacked libtorch, or unset the variable"));
        String named = environment.getOrDefault(FLAVOR, "");
        String flavor = !named.isBlank() ? named : Files.exists(folder.resolve(CUDA_LIBRARY)) ? CUDA : "cpu";
        return Optional.of(new OwnTorch(folder, flavor, version(folder)));
    }

    private static Optional<String> version(Path folder) {
        Path file = folder.toAbsolutePath().resolveSibling(VERSION);
        try {
            if (Files.isRegularFile(file) && Files.size(file) < LONGEST_VERSION) {
                return Optional.of(Files.readString(file).strip());
            }
        } catch (IOException e) {
            return Optional.empty(); // it is only for a better message
        }
        return Optional.empty();
    }

    /**
     * Looks whether a binding fits, before anything is loaded that could end the process.
     *
     * @param bound version of libtorch that the binding is for
     * @param flavors that the binding has
     * @throws WrongLibraryException if none does
     */
    void demandBinding(String bound, Set<String> flavors) {
        if (version.isPresent() && !version.get().startsWith(bound)) {
            throw refused("is libtorch " + version.get() + ", and the binding is for " + bound);
        }
        if (!flavors.contains(flavor)) {
            throw refused("would need a binding of the flavour '" + flavor + "', and there are only "
                    + String.join(", ", flavors) + "; " + FLAVOR + " chooses one");
        }
        boolean accelerated = Files.exists(folder.resolve(CUDA_LIBRARY));
        if (accelerated == flavor.equals("cpu")) {
            throw refused((accelerated ? "is for CUDA, and " : "is for the processor alone, and ") + FLAVOR + " is "
                    + flavor + ", which does not fit; unset it to have the right one chosen");
        }
    }

    private WrongLibraryException refused(String why) {
        return new WrongLibraryException(PATH + "=" + folder + ": " + why + ". Unset " + PATH
                + " to use the library that comes with this program");
    }
}
