package org.adapt4j.runtime.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.adapt4j.api.benchmark.Finding;
import org.adapt4j.runtime.natives.OwnFolder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks whether this machine can run experiments, and says what to do where it cannot. */
@Command(
        name = "doctor",
        description = "Check this machine: Java, native libraries, memory, disk, plug-ins, what benchmarks need.")
final class DoctorVerb implements Callable<Integer> {
    private static final long ENOUGH_MEMORY = 2_000_000_000L;
    private static final long ENOUGH_DISK = 2_000_000_000L;

    private static final String PLUGINS = "plug-ins";

    /** Where the driver shows itself on Linux. */
    private static final Path NVIDIA = Path.of("/dev/nvidiactl");

    private final Console console;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "FILE.conf",
            description = "Look at what this experiment needs, too.")
    private @Nullable Path file;

    @Parameters(index = "1..*", paramLabel = "key=value", description = "Settings that override the file's.")
    private List<String> overrides = List.of();

    @Mixin
    private PluginOption plugins = new PluginOption();

    @Option(
            names = TorchFetch.OPTION,
            description = "Let DJL fetch libtorch for CUDA, some gigabytes, and say how it is used.")
    private boolean fetch;

    @Option(names = "--json", description = "Print the findings as JSON.")
    private boolean json;

    DoctorVerb(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<Finding> findings = new ArrayList<>(
                List.of(java(), platform(), cores(), memory(), disk(), libtorch(), accelerators(), plugins()));
        if (fetch) {
            findings.add(fetched());
        }
        if (findings.stream()
                .allMatch(finding -> finding.good() || !finding.what().equals(PLUGINS))) {
            Path experiment = file;
            findings.addAll(
                    experiment == null
                            ? plugins.workbench().inspect()
                            : plugins.workbench()
                                    .benchmark(experiment, overrides)
                                    .inspect());
        }
        if (json) {
            printJson(findings);
        } else {
            print(findings, console.out());
        }
        return findings.stream().allMatch(Finding::good) ? Exit.OK : Exit.USAGE;
    }

    private static void print(List<Finding> findings, PrintStream out) {
        for (Finding finding : findings) {
            out.printf(
                    Locale.ROOT, "%-8s %-18s %s%n", finding.good() ? "ok" : "PROBLEM", finding.what(), finding.found());
            if (!finding.good()) {
                out.printf(Locale.ROOT, "%-27s -> %s%n", "", finding.advice());
            }
        }
    }

    private void printJson(List<Finding> findings) {
        ArrayNode array = new ObjectMapper().createArrayNode();
        for (Finding finding : findings) {
            ObjectNode node = array.addObject();
            node.put("what", finding.what()).put("good", finding.good());
            node.put("found", finding.found()).put("advice", finding.good() ? null : finding.advice());
        }
        console.json(array);
    }

    private static Finding java() {
        return new Finding(
                "Java",
                Runtime.version().feature() >= 17,
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                "install a JDK, version 17 or later");
    }

    private static Finding platform() {
        String name = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        return new Finding(
                "platform",
                name.equals("Linux amd64"),
                name,
                "the native libraries that ship are for Linux on x86-64; elsewhere put DJL's pytorch-native-cpu of"
                        + " your platform on the class path");
    }

    private static Finding cores() {
        int cores = Runtime.getRuntime().availableProcessors();
        return new Finding("cores", true, cores + " available", "");
    }

    private static Finding memory() {
        long available = available();
        return new Finding(
                "memory",
                available >= ENOUGH_MEMORY,
                available < 0 ? "unknown" : Quantities.bytes(available) + " available",
                "each cell takes about 1 to 2 GB: stop other programs, or run with fewer --slots");
    }

    /** Bytes that can be had without swapping, -1 if the system does not say. */
    static long available() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/meminfo"))) {
                if (line.startsWith("MemAvailable:")) {
                    return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
                }
            }
        } catch (IOException e) {
            return -1;
        }
        return -1;
    }

    private static Finding disk() {
        Path here = Path.of("").toAbsolutePath();
        try {
            long free = Files.getFileStore(here).getUsableSpace();
            boolean writable = Files.isWritable(here);
            return new Finding(
                    "disk",
                    writable && free >= ENOUGH_DISK,
                    Quantities.bytes(free) + " free in " + here + (writable ? "" : ", which cannot be written to"),
                    writable ? "free some space, or write elsewhere with --out" : "write elsewhere with --out");
        } catch (IOException e) {
            return new Finding("disk", false, here + ": " + e, "run from another folder");
        }
    }

    private static Finding libtorch() {
        String advice =
                "the jars pytorch-native-cpu and pytorch-jni must be on the class path: build anew with ./mvnw -q"
                        + " -DskipTests package; they are unpacked into " + OwnFolder.path()
                        + ", which must allow programs (set " + OwnFolder.VARIABLE
                        + " to have them elsewhere); the system must have libgomp1 and libstdc++6";
        try {
            return new Finding("libtorch", true, NativeCheck.version(), advice);
        } catch (NativeLibraryException e) {
            return new Finding("libtorch", false, String.valueOf(e.getMessage()), advice);
        }
    }

    /** None is no problem: nothing asks for one but {@code device = gpu}. */
    private static Finding accelerators() {
        try {
            int count = NativeCheck.accelerators();
            String driver = Files.exists(NVIDIA) ? "; an NVIDIA driver is there" : "";
            return new Finding(
                    "accelerators",
                    true,
                    count > 0
                            ? count + " for device = gpu"
                            : "none that it can use" + driver
                                    + "; device = gpu needs one, and a libtorch 2.7.1 for CUDA 12.8 whose folder lib"
                                    + " PYTORCH_LIBRARY_PATH names; adapt4j doctor " + TorchFetch.OPTION
                                    + " fetches one",
                    "");
        } catch (NativeLibraryException e) {
            return new Finding("accelerators", true, "unknown, for the tensor library cannot be loaded", "");
        }
    }

    private static Finding fetched() {
        try {
            return new Finding(
                    "libtorch for CUDA",
                    true,
                    "fetched; use it by PYTORCH_LIBRARY_PATH="
                            + TorchFetch.here().fetch(),
                    "");
        } catch (NativeLibraryException e) {
            return new Finding(
                    "libtorch for CUDA", false, String.valueOf(e.getMessage()), "see whether the network is there");
        }
    }

    private Finding plugins() {
        List<String> names = new ArrayList<>();
        try {
            plugins.workbench().plugins().forEach(plugin -> names.add(plugin.id()));
            return new Finding(PLUGINS, true, String.join(", ", names), "");
        } catch (RuntimeException e) {
            return new Finding(PLUGINS, false, String.valueOf(e.getMessage()), "mend or remove the jar named here");
        }
    }
}
