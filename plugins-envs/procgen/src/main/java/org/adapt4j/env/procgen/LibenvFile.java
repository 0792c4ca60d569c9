package org.adapt4j.env.procgen;

import com.sun.jna.FunctionMapper;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.adapt4j.api.benchmark.UnplayableTaskException;

/**
 * A built library of openai/procgen and its folder of pictures, looked at before they are used: the library would end the process.
 *
 * @param library the shared library
 * @param assets the folder {@code procgen/data/assets}
 */
record LibenvFile(Path library, Path assets) {

    /** What to do where there is no library. */
    static final String HOW_TO_BUILD =
            "build openai/procgen with CMake, Qt 5 and gym3's libenv.h as its README and that of this plug-in tell, "
                    + "then set benchmark { back-end = native, library = …/libenv.so, assets = …/procgen/data/assets }";

    private static final List<String> FUNCTIONS = List.of(
            "libenv_version",
            "libenv_make",
            "libenv_get_tensortypes",
            "libenv_set_buffers",
            "libenv_observe",
            "libenv_act",
            "libenv_close",
            "get_state",
            "set_state");

    /** One picture of each folder that the library reads when it makes its first environment. */
    static final List<String> PICTURES = List.of(
            "kenney/Ground/Planet/planet.png",
            "kenney-abstract",
            "misc_assets/cheese.png",
            "platform_backgrounds/alien_bg.png",
            "platform_backgrounds_2/beach1.png",
            "platformer/playerBlue_stand.png",
            "space_backgrounds/deep_space_01.png",
            "topdown_backgrounds/floortiles.png",
            "water_backgrounds/water1.png");

    private static final int NOW = 2;

    /** Lets the library find its own Qt before another in the process, as gym3 does on Linux. */
    private static final int OWN_SYMBOLS_FIRST = 8;

    private static final FunctionMapper SNAKE_CASE =
            (library, method) -> method.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);

    /** Where the pictures lie beside a library: in a package of procgen, or beside the folder that CMake built in. */
    static Path assetsOf(Path library) {
        Path folder = library.toAbsolutePath().normalize().resolve("../..").normalize();
        Path packaged = folder.resolve("assets");
        return Files.isDirectory(packaged) ? packaged : folder.resolve("procgen/data/assets");
    }

    /**
     * Loads it.
     *
     * @throws UnplayableTaskException if it is not there, does not load, or is something else
     */
    Libenv load() {
        demand(Files.isRegularFile(library), "library: there is no file " + library);
        for (String picture : PICTURES) {
            demand(
                    Files.exists(assets.resolve(picture)),
                    "assets: " + assets + " lacks " + picture + ", so it is not the folder procgen/data/assets");
        }
        Map<String, Object> options = Map.of(
                Library.OPTION_FUNCTION_MAPPER,
                SNAKE_CASE,
                Library.OPTION_OPEN_FLAGS,
                Platform.isLinux() ? NOW | OWN_SYMBOLS_FIRST : NOW);
        String path = library.toAbsolutePath().toString();
        try {
            NativeLibrary opened = NativeLibrary.getInstance(path, options);
            for (String function : FUNCTIONS) {
                opened.getFunction(function);
            }
            Libenv libenv = Native.load(path, Libenv.class, options);
            int version = libenv.libenvVersion();
            demand(
                    version == Libenv.VERSION,
                    "library: " + library + " speaks version " + version + " of libenv, not " + Libenv.VERSION);
            return libenv;
        } catch (UnsatisfiedLinkError e) {
            throw new UnplayableTaskException("library: " + library + " cannot be used: " + e.getMessage()
                    + ". It needs the packages of Qt 5 it was built with; otherwise " + HOW_TO_BUILD);
        }
    }

    private static void demand(boolean holds, String problem) {
        if (!holds) {
            throw new UnplayableTaskException(problem + "; " + HOW_TO_BUILD);
        }
    }
}
