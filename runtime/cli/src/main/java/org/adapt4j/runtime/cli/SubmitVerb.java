package org.adapt4j.runtime.cli;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.adapt4j.runtime.experiment.NamedFiles;
import org.adapt4j.runtime.run.CellResources;
import org.adapt4j.runtime.run.DurableFiles;
import org.adapt4j.runtime.run.Origin;
import org.adapt4j.runtime.run.PlannedCell;
import org.adapt4j.runtime.run.RunFolder;
import org.adapt4j.runtime.run.RunPlan;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes the folder of a run, and the job array whose workers run it. */
@Command(
        name = "submit",
        description = {
            "Make the folder of a run, and the job array of a batch system whose workers run its cells.",
            "Starts nothing: it prints the command that does. Every node must see the run, Java and the jars where this machine does."
        })
final class SubmitVerb implements Callable<Integer> {
    private static final long MEGABYTE = 1 << 20;

    /** The numerical libraries of a cell, beyond its heap and its replays; and the worker itself. */
    private static final long LIBRARIES_MEGABYTES = 1024;

    private static final long WORKER_MEGABYTES = 1280;

    /** Of a worker, which only starts cells. */
    private static final int HEAP_MEGABYTES = 512;

    private final Console console;

    @Mixin
    private ExperimentOption experiment = new ExperimentOption();

    @Mixin
    private PluginOption plugins = new PluginOption();

    @Option(
            names = "--to",
            required = true,
            paramLabel = "SYSTEM",
            description = "Which batch system: ${COMPLETION-CANDIDATES}.")
    private JobArray.Target target = JobArray.Target.SLURM;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "How many workers; by default one for each cell that can begin at once, at most 100.")
    private int workers;

    @Option(
            names = "--slots",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many cells each worker runs at once (default: ${DEFAULT-VALUE}).")
    private int slots;

    @Option(names = "--image", paramLabel = "IMAGE", description = "For Kubernetes: image with Java and the jars.")
    private @Nullable String image;

    @Option(names = "--claim", paramLabel = "NAME", description = "For Kubernetes: claim of the volume with the run.")
    private @Nullable String claim;

    @Option(names = "--out", paramLabel = "DIR", description = "Folder of the run; by default runs/ and the name.")
    private @Nullable Path out;

    SubmitVerb(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (slots < 1 || workers < 0) {
            throw new UsageException("--slots and --workers must be at least 1");
        }
        boolean kubernetes = target == JobArray.Target.KUBERNETES;
        if (kubernetes && (image == null || claim == null)) {
            throw new UsageException("--to kubernetes needs --image (Java and the jars, where this machine has them)"
                    + " and --claim (the volume that holds the run)");
        }
        Path file = experiment.file();
        Workbench workbench = plugins.workbench();
        RunPlan plan = workbench.plan(file, experiment.overrides());
        Path path = (out == null ? Path.of("runs", plan.name()) : out)
                .toAbsolutePath()
                .normalize();
        RunFolder folder = RunFolder.create(path, plan);
        Origin.of(file, experiment.overrides(), List.copyOf(NamedFiles.of(plan.cells())))
                .keepIn(folder.path(), workbench.sources(file));
        workbench.adopt(plan);
        CellsOption.pin(folder, workbench, plugins, false);
        JobArray array = array(folder, workbench);
        Path script = folder.path().resolve("jobs").resolve(target.file);
        DurableFiles.write(
                script,
                kubernetes ? array.kubernetes(String.valueOf(image), String.valueOf(claim)) : array.script(target));
        console.err()
                .println(plan.name() + ": " + plan.cells().size() + " cells in " + folder.path() + ", "
                        + array.workers() + " workers with " + array.cores() + " cores and " + array.megabytes()
                        + " MB each");
        console.err().println("Start them with the command below; see adapt4j status " + folder.path());
        console.out().println(target.starts + " " + script);
        return Exit.OK;
    }

    private JobArray array(RunFolder folder, Workbench workbench) {
        long cell = 0;
        int threads = 1;
        for (List<PlannedCell> alike : PlanVerb.groups(folder.plan()).values()) {
            PlannedCell first = alike.get(0);
            if (first.notApplicable().isEmpty()) {
                CellResources given = workbench.resources(first.resolved());
                Workbench.Work work = workbench.work(first);
                threads = Math.max(threads, given.threads());
                cell = Math.max(
                        cell,
                        given.heapMegabytes()
                                + LIBRARIES_MEGABYTES
                                + (work.replayBytes() + work.rolloutBytes()) / MEGABYTE);
            }
        }
        long begin = folder.plan().cells().stream()
                .filter(planned ->
                        planned.learned().isEmpty() && planned.notApplicable().isEmpty())
                .count();
        int count = workers > 0 ? workers : (int) Math.max(1, Math.min(100, begin / slots));
        return new JobArray(
                folder.plan().name(),
                folder.path(),
                count,
                threads * slots,
                WORKER_MEGABYTES + slots * cell,
                command(folder));
    }

    /** What the launcher started this process with, but for the size of the heap and what it knows of this machine. */
    private static List<String> ownOptions() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> !option.startsWith("-Xmx")
                        && !option.startsWith("-Dadapt4j.")
                        && !option.startsWith("-agent")
                        && !option.startsWith("-javaagent"))
                .toList();
    }

    private List<String> command(RunFolder folder) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + HEAP_MEGABYTES + "m");
        command.addAll(ownOptions());
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "work",
                folder.path().toString(),
                "--slots",
                Integer.toString(slots)));
        plugins.folder().ifPresent(jars -> command.addAll(List.of("--plugins", jars.toString())));
        if (plugins.trustsAll()) {
            command.add("--trust-all");
        }
        return command;
    }
}
