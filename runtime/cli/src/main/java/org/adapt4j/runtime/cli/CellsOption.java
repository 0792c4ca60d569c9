package org.adapt4j.runtime.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.adapt4j.runtime.experiment.Place;
import org.adapt4j.runtime.natives.NativeLibraries;
import org.adapt4j.runtime.program.CellProgram;
import org.adapt4j.runtime.program.Signals;
import org.adapt4j.runtime.report.Report;
import org.adapt4j.runtime.run.CellFolder;
import org.adapt4j.runtime.run.CellLauncher;
import org.adapt4j.runtime.run.CellProcess;
import org.adapt4j.runtime.run.CellResources;
import org.adapt4j.runtime.run.CellState;
import org.adapt4j.runtime.run.CellStatus;
import org.adapt4j.runtime.run.Code;
import org.adapt4j.runtime.run.CodeLog;
import org.adapt4j.runtime.run.DiskSpace;
import org.adapt4j.runtime.run.Origin;
import org.adapt4j.runtime.run.PlannedCell;
import org.adapt4j.runtime.run.RunFolder;
import org.adapt4j.runtime.run.RunPlan;
import org.adapt4j.runtime.run.Scheduler;
import org.adapt4j.runtime.run.StorageException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the cells of a folder; what {@code run} and {@code resume} have in common. */
final class CellsOption {
    @Option(
            names = "--slots",
            paramLabel = "N",
            description = "How many cells run at once; by default as many as there are cores for their threads.")
    private int slots;

    @Option(
            names = "--heap",
            paramLabel = "MB",
            description = "Java heap of each cell in megabytes, instead of what the experiment says.")
    private @Nullable Integer heap;

    @Option(names = "--retry-failed", description = "Run cells again that failed by an exception.")
    private boolean retryFailed;

    @Option(
            names = "--accept-changed-code",
            description =
                    "Go on with other jars, another Java or other data than the run was begun with; the report shows"
                            + " the change.")
    private boolean acceptChangedCode;

    @Option(names = "--json", description = "Print the outcome as JSON.")
    private boolean json;

    @Mixin
    private PluginOption plugins = new PluginOption();

    PluginOption plugins() {
        return plugins;
    }

    /** Runs what is left to do at a place, writes the report, and returns the exit status. */
    int run(Console console, RunFolder folder, Workbench workbench, Place place) {
        workbench.adopt(folder.plan());
        place.keepIn(folder);
        pin(folder, workbench, plugins, acceptChangedCode);
        // Here, not in each of the cells that start at once.
        NativeLibraries.ofThisProcess().readyForTensors();
        if (place.isHere() && !ClassData.provide(folder, workbench)) {
            sayHowToGoOn(console, folder);
            return Exit.INTERRUPTED;
        }
        Map<String, Long> steps = steps(folder.plan(), workbench);
        CellProcess processes = CellProgram.process(cell -> resources(workbench, cell), plugins.folder());
        List<CellStatus> all;
        int here = slots(workbench, folder.plan(), slots);
        try (CellLauncher launcher = place.open(folder, processes)) {
            all = run(
                    console,
                    folder,
                    workbench,
                    steps,
                    progress -> new Scheduler(
                            folder,
                            launcher,
                            () -> Math.min(
                                    launcher.most().orElse(Integer.MAX_VALUE),
                                    slots > 0 ? slots : launcher.capacity().orElse(here)),
                            cell -> steps.getOrDefault(cell.id(), 0L),
                            DiskSpace.ofThisMachine(),
                            progress),
                    retryFailed);
        } catch (StorageException e) {
            if (!e.isResumable()) {
                throw e;
            }
            console.err().println(e.getMessage());
            sayHowToGoOn(console, folder);
            return Exit.INTERRUPTED;
        }
        int exit = Summary.exit(all);
        if (exit == Exit.INTERRUPTED) {
            if (json) {
                console.json(Summary.toJson(folder, all));
            }
            console.err().println(Summary.line(all));
            sayHowToGoOn(console, folder);
            return exit;
        }
        Report.Written written = Report.write(folder.path(), Report.Options.defaults());
        written.warnings().forEach(console.err()::println);
        console.err().println(Summary.line(all));
        if (exit == Exit.CELLS_FAILED) {
            console.err()
                    .println("Run the failed cells again with: adapt4j resume --retry-failed " + plugins.again()
                            + folder.path());
        }
        if (json) {
            console.json(
                    Summary.toJson(folder, all).put("report", written.page().toString()));
        } else {
            console.out().println(written.page());
        }
        return exit;
    }

    private void sayHowToGoOn(Console console, RunFolder folder) {
        console.err().println("Go on with: adapt4j resume " + plugins.again() + folder.path());
    }

    /** Runs what a scheduler finds to do, heard by those who watch and stopped by signals. */
    static List<CellStatus> run(
            Console console,
            RunFolder folder,
            Workbench workbench,
            Map<String, Long> steps,
            Function<Progress, Scheduler> made,
            boolean retryFailed) {
        try (Progress progress = new Progress(console, folder, steps)) {
            Scheduler scheduler = made.apply(progress);
            progress.stopOnFailure(workbench.stopsOnFailure() ? scheduler::stop : () -> {});
            stopOnSignals(scheduler, progress);
            List<CellStatus> all = scheduler.run(retryFailed);
            if (Summary.exit(all) == Exit.OK) {
                workbench.tidy(folder);
            }
            return all;
        }
    }

    /** What each cell takes, by id. */
    static Map<String, Long> steps(RunPlan plan, Workbench workbench) {
        Map<String, Long> steps = new HashMap<>();
        for (List<PlannedCell> alike : PlanVerb.groups(plan).values()) {
            long each = workbench.work(alike.get(0)).steps();
            alike.forEach(cell -> steps.put(cell.id(), each));
        }
        return steps;
    }

    /** Refuses to go on with other code than the run was begun with. @param accept whether a change is welcome */
    static void pin(RunFolder folder, Workbench workbench, PluginOption plugins, boolean accept) {
        CodeLog log = CodeLog.of(folder.path());
        Map<String, String> versions = new HashMap<>();
        workbench.plugins().forEach(plugin -> versions.put(plugin.id(), plugin.version()));
        if (plugins.trustsAll()) {
            versions.put("trust", "jars of --plugins were run untrusted (--trust-all)");
        }
        boolean begins = folder.status().stream()
                .allMatch(status -> status.state() == CellState.PLANNED || status.state() == CellState.NOT_APPLICABLE);
        if (accept) {
            Origin.accept(folder.path());
        } else if (!begins) {
            Origin.demandUnchanged(folder.path());
        }
        log.pin(Code.ofThisProcess(plugins.folder(), log.last()), versions, begins, accept);
    }

    private CellResources resources(Workbench workbench, CellFolder cell) {
        CellResources given = workbench.resources(cell.resolved());
        return heap == null ? given : new CellResources(heap, given.threads(), given.accelerated());
    }

    /** How many cells run at once. @param slots what was asked for; 0 for as many as there are cores for */
    static int slots(Workbench workbench, RunPlan plan, int slots) {
        if (slots < 0) {
            throw new UsageException("--slots " + slots + ": must be at least 1");
        }
        if (slots > 0) {
            return slots;
        }
        return PlanVerb.slots(workbench, plan);
    }

    private static void stopOnSignals(Scheduler scheduler, Progress progress) {
        AtomicInteger times = new AtomicInteger();
        Runnable stop = () -> {
            if (times.incrementAndGet() == 1) {
                progress.stopping();
                scheduler.stop();
            } else {
                progress.say("stopping now");
                scheduler.kill();
            }
        };
        for (String name : List.of("INT", "TERM", "HUP")) {
            var unused = Signals.on(name, stop);
        }
    }
}
