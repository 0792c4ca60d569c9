package org.adapt4j.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.adapt4j.runtime.cli.JobArray.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class JobArrayTest {
    @TempDir
    private Path folder = Path.of("");

    private JobArray array(String name, Path run) {
        return new JobArray(name, run, 3, 2, 2304, List.of("echo", "work", run.toString(), "it's"));
    }

    @Test
    void asksSlurmForWhatAWorkerNeeds() {
        assertThat(array("Coin Run_2", Path.of("/scratch/runs/coin")).script(Target.SLURM))
                .isEqualTo("""
                        #!/bin/sh
                        #SBATCH --job-name=a-coin-run-2
                        #SBATCH --array=1-3
                        #SBATCH --cpus-per-task=2
                        #SBATCH --mem=2304M
                        #SBATCH --requeue
                        #SBATCH --signal=B:TERM@120
                        #SBATCH --output=/dev/null
                        # Any number of these may run at once; each takes cells that no other has. A worker that is stopped or lost
                        # leaves checkpoints, from which another goes on.
                        export MALLOC_ARENA_MAX=1 MALLOC_MMAP_THRESHOLD_=4294967296
                        export MALLOC_TRIM_THRESHOLD_=17179869184 MALLOC_TOP_PAD_=67108864
                        export OPT_OUT_TRACKING=true LC_ALL=C.UTF-8
                        exec >>'/scratch/runs/coin/jobs'/worker-"$SLURM_ARRAY_TASK_ID".log 2>&1
                        exec 'echo' 'work' '/scratch/runs/coin' 'it'\\''s' --name a-coin-run-2-"$SLURM_ARRAY_TASK_ID"
                        """);
    }

    @Test
    void asksPbsForTheSame() {
        assertThat(array("x", Path.of("/scratch/x")).script(Target.PBS))
                .contains("#PBS -N a-x\n", "#PBS -J 1-3\n", "#PBS -l select=1:ncpus=2:mem=2304mb\n", "#PBS -r y\n")
                .contains("--name a-x-\"$PBS_ARRAY_INDEX\"\n");
    }

    @Test
    void asksKubernetesForAnIndexedJob() {
        assertThat(array("x", Path.of("/scratch/x")).kubernetes("registry/java:17", "runs"))
                .contains("completions: 3\n", "completionMode: Indexed\n", "image: \"registry/java:17\"\n")
                .contains(
                        "mountPath: \"/scratch\"", "claimName: \"runs\"", "requests: {cpu: \"2\", memory: \"2304Mi\"}")
                .contains("--name a-x-\\\"$JOB_COMPLETION_INDEX\\\"\\n\"]");
    }

    @ParameterizedTest
    @EnumSource(names = {"SLURM", "PBS"})
    void becomesAWorkerWhateverTheFolderIsCalled(Target target) throws Exception {
        Path run = folder.resolve("it's a $(run) \"here\"");
        Files.createDirectories(run.resolve("jobs"));
        Path script = Files.writeString(
                run.resolve("jobs").resolve(target.file), array("näme", run).script(target));

        ProcessBuilder shell = new ProcessBuilder("sh", script.toString()).inheritIO();
        shell.environment().put("SLURM_ARRAY_TASK_ID", "2");
        shell.environment().put("PBS_ARRAY_INDEX", "2");
        Process process = shell.start();

        assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
        assertThat(run.resolve("jobs/worker-2.log")).hasContent("work " + run + " it's --name a-n-me-2");
    }
}
