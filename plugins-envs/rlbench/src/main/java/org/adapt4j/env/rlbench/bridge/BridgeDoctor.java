package org.adapt4j.env.rlbench.bridge;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.adapt4j.api.benchmark.Finding;
import org.jspecify.annotations.Nullable;

/** Says what of RLBench is missing on this machine, and where it is to be had. Starts no simulator. */
public final class BridgeDoctor {

    private static final long PATIENCE_SECONDS = 20;
    private static final double HELLO_SECONDS = 5;

    /** Prints for each of its arguments whether Python finds such a module. */
    private static final String FINDS = """
        import importlib.util, sys
        for name in sys.argv[1:]:
            print(name, importlib.util.find_spec(name) is not None)
        """;

    private static final List<String> MODULES = List.of("numpy", "pyrep", "rlbench");

    private BridgeDoctor() {}

    /** Looks at everything that the bridge needs. */
    public static List<Finding> inspect(BridgeSettings settings) {
        List<Finding> findings = new ArrayList<>();
        if (settings.connect().isEmpty()) {
            coppeliasim(settings, findings);
            python(settings, findings);
            display(findings);
        } else {
            servers(settings, findings);
        }
        return findings;
    }

    private static void coppeliasim(BridgeSettings settings, List<Finding> findings) {
        String root = settings.coppeliasim().isEmpty()
                ? System.getenv().getOrDefault("COPPELIASIM_ROOT", "")
                : settings.coppeliasim();
        String advice =
                "get CoppeliaSim 4.1.0 Edu for Ubuntu from https://www.coppeliarobotics.com/previousVersions, unpack "
                        + "it, and name its folder in COPPELIASIM_ROOT or bridge.coppeliasim";
        if (root.isEmpty()) {
            findings.add(Finding.bad("rlbench/coppeliasim", "COPPELIASIM_ROOT is not set", advice));
        } else if (!Files.isRegularFile(Path.of(root, "coppeliaSim.sh"))) {
            findings.add(Finding.bad("rlbench/coppeliasim", "there is no coppeliaSim.sh in " + root, advice));
        } else if (settings.coppeliasim().isEmpty()
                && !System.getenv().getOrDefault("LD_LIBRARY_PATH", "").contains(root)) {
            findings.add(Finding.bad(
                    "rlbench/coppeliasim",
                    root + " is not in LD_LIBRARY_PATH",
                    "add it, and set QT_QPA_PLATFORM_PLUGIN_PATH to it; or set bridge.coppeliasim, which does both"));
        } else {
            findings.add(Finding.good("rlbench/coppeliasim", root));
        }
    }

    private static void python(BridgeSettings settings, List<Finding> findings) {
        String said;
        try {
            said = run(settings, List.of("-c", FINDS), MODULES);
        } catch (IOException e) {
            findings.add(Finding.bad(
                    "rlbench/python",
                    "'" + settings.python() + "' does not run: " + e.getMessage(),
                    "name the Python that has RLBench: bridge.python"));
            return;
        }
        findings.add(Finding.good("rlbench/python", settings.python()));
        for (String module : MODULES) {
            findings.add(
                    said.contains(module + " True")
                            ? Finding.good("rlbench/" + module, "installed")
                            : Finding.bad(
                                    "rlbench/" + module,
                                    settings.python() + " finds no module " + module,
                                    where(module)));
        }
    }

    private static String where(String module) {
        return switch (module) {
            case "pyrep" ->
                "with CoppeliaSim's variables set: pip install git+https://github.com/stepjam/PyRep.git (built on the"
                        + " spot; MIT)";
            case "rlbench" ->
                "pip install git+https://github.com/stepjam/RLBench.git (non-commercial licence: read it first)";
            default -> "pip install " + module;
        };
    }

    private static String run(BridgeSettings settings, List<String> options, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(settings.python()));
        command.addAll(options);
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(Simulator.variables(settings.coppeliasim()));
        Path said = Files.createTempFile("adapt4j-rlbench", ".txt");
        try {
            Process process = builder.redirectOutput(said.toFile()).start();
            process.getOutputStream().close();
            boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            process.destroyForcibly();
            String text = Files.readString(said, StandardCharsets.UTF_8).strip();
            if (!ended) {
                throw new IOException("it did not end within " + PATIENCE_SECONDS + " s");
            }
            if (process.exitValue() != 0) {
                throw new IOException("it ended with " + process.exitValue() + ": " + text);
            }
            return text;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            Files.deleteIfExists(said);
        }
    }

    private static void display(List<Finding> findings) {
        @Nullable String display = System.getenv("DISPLAY");
        findings.add(
                display == null || display.isEmpty()
                        ? Finding.bad(
                                "rlbench/display",
                                "DISPLAY is not set",
                                "CoppeliaSim draws through an X server even without a window: apt-get install xvfb,"
                                        + " then run everything with xvfb-run")
                        : Finding.good("rlbench/display", display));
    }

    private static void servers(BridgeSettings settings, List<Finding> findings) {
        BridgeSettings hasty = settings.within(HELLO_SECONDS);
        for (int slot = 0; slot < settings.connect().size(); slot++) {
            String what = "rlbench/" + settings.connect().get(slot);
            try (Simulator simulator = Simulator.reach(hasty, slot)) {
                findings.add(Finding.good(what, simulator.versions()));
            } catch (BridgeException e) {
                findings.add(Finding.bad(
                        what,
                        String.valueOf(e.getMessage()),
                        "start adapt4j_rlbench_bridge.py there, see the plug-in's README"));
            }
        }
    }
}
