package org.adapt4j.runtime.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.adapt4j.runtime.report.SyntheticRun.Size;

/**
 * Writes reports of made-up runs, one of each sort, to be looked at by people and compared before and after a change: every
 * byte but the page's white space should be the same.
 *
 * <p>Argument: the folder to write into; it should be empty.
 */
final class ExampleReports {

    private ExampleReports() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        Files.createDirectories(folder);
        write(SyntheticRun.imperfect(folder.resolve("small")));
        write(SyntheticRun.of(
                folder.resolve("large"),
                new Size(List.of("paper", "reference", "mandi-2022"), List.of(100, 1000, 10000), 5, 20, 11)));
        write(SyntheticRun.of(folder.resolve("single"), new Size(List.of("paper"), List.of(200), 1, 4, 6)));
        write(SyntheticRun.games(
                folder.resolve("games"), List.of("rom/assault", "rom/beam_rider", "rom/ms_pacman", "rom/pong"), 10));
        write(SyntheticRun.games(folder.resolve("kinds"), List.of("cartridge/court", "rom/assault", "rom/pong"), 2));
        SyntheticRun imitation = SyntheticRun.imitation(folder.resolve("imitation"), 3);
        imitation.published("""
            [{"method":"maml","source":"Somebody 2023, Table 4","demonstrations":[0,1,10,50],"action-loss":[0.2522,0.0408,0.0109,0.0044],"returns":[]}]\
            """);
        write(imitation);
        SyntheticRun believing = SyntheticRun.small(folder.resolve("beliefs"));
        believing.believes("reptile", 1, 0.0625);
        believing.believes("rl2", 0.9375, 1.25);
        believing.scratchOnce();
        write(believing);
    }

    private static void write(SyntheticRun run) {
        Report.write(run.root(), Report.Options.defaults().withTensorBoard());
    }
}
