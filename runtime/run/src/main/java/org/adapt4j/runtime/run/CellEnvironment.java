package org.adapt4j.runtime.run;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the process of every cell is started with, whoever starts it: the numerical libraries and glibc read it once, before Java runs, and
 * some of it changes the last bits of what a cell computes.
 */
final class CellEnvironment {
    /**
     * What makes training faster: without secondary arenas and with these thresholds, glibc keeps the pages of freed tensors instead of
     * handing them back, and memory that is fresh to a process is dear (1.25 times faster IMPALA training, measured for this project).
     */
    private static final Map<String, String> ALLOCATION = Map.of(
            "MALLOC_ARENA_MAX", "1",
            "MALLOC_MMAP_THRESHOLD_", "4294967296",
            "MALLOC_TRIM_THRESHOLD_", "17179869184",
            "MALLOC_TOP_PAD_", "67108864");

    /** Begins the names of variables that choose threads or instruction sets for the numerical libraries, and so their last bits. */
    private static final List<String> FOREIGN = List.of("OMP_", "GOMP_", "KMP_", "MKL_", "DNNL_", "ONEDNN_", "ATEN_");

    /** Where this process found a safe place for native libraries, so that the cell need not look for one again. */
    private static final String CACHE = "adapt4j.cache";

    /** Where this process found the native libraries of its class path, likewise. */
    private static final String NATIVE_JARS = "adapt4j.native-jars";

    /** Where this process has class data of the cells' classes, likewise. */
    static final String CLASS_DATA = "adapt4j.class-data";

    /** Class data of the cells' classes, beside the jars, where somebody made them; empty where Java would not. Java passes over one that is of other jars. */
    private static final String ARCHIVE = "cells.jsa";

    /** Of Java's heap: little is allocated, and what a larger nursery had touched would stay resident. */
    private static final int NURSERY_MEGABYTES = 32;

    /**
     * Java compiles a method that was called so often, and compiles the hot ones once more. Most of a cell's start is called a few hundred times and
     * never again: with Java's own numbers a third of what a short cell takes went into compiling that. What a long cell does reaches these within
     * seconds.
     */
    private static final List<String> COMPILING = List.of(
            // Three times Java's own.
            "-XX:Tier3InvocationThreshold=600",
            "-XX:Tier3MinInvocationThreshold=300",
            "-XX:Tier3CompileThreshold=6000",
            // Ten times Java's own.
            "-XX:Tier4InvocationThreshold=50000",
            "-XX:Tier4MinInvocationThreshold=6000",
            "-XX:Tier4CompileThreshold=150000",
            "-XX:Tier4BackEdgeThreshold=400000");

    private CellEnvironment() {}

    /** Options that only make a process on this class path start sooner. */
    static List<String> shortCuts(String classPath) {
        List<String> options = new ArrayList<>();
        Stream.of(classDataBeside(classPath), Path.of(System.getProperty(CLASS_DATA, "")))
                .filter(CellEnvironment::holdsData)
                .findFirst()
                .ifPresent(archive -> options.addAll(List.of(
                        "-XX:SharedArchiveFile=" + archive.toAbsolutePath(),
                        // At the address that they were written for; at another, all 40 MB are changed first.
                        "-XX:+IgnoreUnrecognizedVMOptions",
                        "-XX:+UnlockDiagnosticVMOptions",
                        "-XX:ArchiveRelocationMode=0")));
        String jars = System.getProperty(NATIVE_JARS, "");
        if (!jars.isEmpty()) {
            options.add("-D" + NATIVE_JARS + "=" + jars);
        }
        return options;
    }

    static Path classDataBeside(String classPath) {
        String firstJar = classPath.split(File.pathSeparator, 2)[0];
        return Path.of(firstJar).resolveSibling(ARCHIVE);
    }

    private static boolean holdsData(Path archive) {
        try {
            return Files.isRegularFile(archive) && Files.size(archive) > 0;
        } catch (IOException e) {
            return false; // gone since
        }
    }

    /** Makes the variables of a process those of a cell; what has nothing to do with its numbers stays. */
    static void apply(CellResources given, Map<String, String> variables) {
        variables.keySet().removeIf(name -> FOREIGN.stream().anyMatch(name::startsWith));
        variables.putAll(own(given));
        String cache = System.getProperty(CACHE);
        if (cache != null) {
            variables.put("ADAPT4J_CACHE", cache);
        }
    }

    private static Map<String, String> own(CellResources given) {
        String threads = Integer.toString(given.threads());
        Map<String, String> own = new TreeMap<>(ALLOCATION);
        own.put("OMP_NUM_THREADS", threads);
        own.put("MKL_NUM_THREADS", threads);
        own.put("OPT_OUT_TRACKING", "true");
        return own;
    }

    /** Options of the virtual machine. */
    static List<String> options(CellResources given, Path folder) {
        List<String> options = new ArrayList<>(List.of(
                "-Xmx" + given.heapMegabytes() + "m",
                "-Xmn" + Math.min(NURSERY_MEGABYTES, given.heapMegabytes() / 2) + "m",
                // Replays lie outside the heap and are as large as the experiment says; the plan has told how large.
                "-XX:MaxDirectMemorySize=1024g",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:+UseSerialGC",
                "-XX:ErrorFile=" + folder.resolve(CrashReport.FILE),
                "-XX:-CreateCoredumpOnCrash",
                // Nobody reads Java's counters, and a process that is killed leaves their file in /tmp.
                "-XX:-UsePerfData",
                "-Djava.awt.headless=true",
                // A library that is missing is an error to report, not one to fetch from the network while experiments
                // run.
                "-Dai.djl.offline=true",
                // A cell builds a handful of components: by reflection sooner than by classes made for each.
                "-Dguice_bytecode_gen_option=DISABLED"));
        options.addAll(COMPILING);
        options.addAll(ofLaterJava(Runtime.version().feature()));
        return options;
    }

    /**
     * From version 24 on Java warns of native code, and is to refuse it, unless it is allowed; and of what Guice does to define classes, unless it
     * uses loaders of its own for that. The launcher does the same.
     */
    static List<String> ofLaterJava(int version) {
        return version < 24
                ? List.of()
                : List.of("--enable-native-access=ALL-UNNAMED", "-Dguice_custom_class_loading=CHILD");
    }
}
